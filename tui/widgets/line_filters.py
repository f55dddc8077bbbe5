"""What every painted line passes through last, whatever widget painted it."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from ..domain.text import without_controls
from ..presentation.ascii_text import ascii_text, pure_ascii


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
    """`--ascii` for everything, the frames of dialogs and Textual's own widgets included.

    Where the terminal is not UTF-8 what people wrote in their language becomes ASCII as well.
    """

    def __init__(self, *, only_ascii: bool = False) -> None:
        super().__init__()
        self._as_ascii = pure_ascii if only_ascii else ascii_text

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        as_ascii = self._as_ascii
        return [
            Segment(text if control else as_ascii(text), style, control) for text, style, control in segments
        ]
