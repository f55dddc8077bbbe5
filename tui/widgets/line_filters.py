"""What every painted line passes through last, whatever widget painted it."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from ..domain.text import without_controls
from ..presentation.ascii_text import ascii_text


class ControlFilter(LineFilter):
    """The last line of defence: no control character and no direction mark goes to the terminal.

    A text field shows what it holds, and what it holds may have come from a job of somebody else.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(text.isprintable() or control for text, _, control in segments):
            return segments
        return [
            segment if segment.control else Segment(without_controls(segment.text), segment.style)
            for segment in segments
        ]


class AsciiFilter(LineFilter):
    """`--ascii` for everything, the frames of dialogs and Textual's own widgets included."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(ascii_text(text), style, control) for text, style, control in segments]
