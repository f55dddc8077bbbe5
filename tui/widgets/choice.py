"""One of a few values in one line: all of them, or as many as there is room for around the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

_BEFORE, _AFTER = "‹", "›"


class Choice(Widget, can_focus=True):
    """Left and right, or the mouse, move the choice; the chosen value is marked, not only coloured."""

    DEFAULT_CSS = """
    Choice {
        height: 1; width: 1fr;
        & > .choice--chosen { text-style: bold; color: $text-accent; }
        & > .choice--other { text-style: dim; }
        &:focus > .choice--chosen { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--chosen", "choice--other"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "previous", show=False),
        Binding("right,l,space", "step(1)", "next", show=False),
    ]
    ALLOW_SELECT = False

    value: reactive[str] = reactive("")

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        choice: Choice
        value: str

        @property
        def control(self) -> Choice:
            return self.choice

    def __init__(self, options: Sequence[tuple[str, str]], *, value: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.options = tuple(options)
        """Values with their labels."""
        self.set_reactive(Choice.value, value or self.options[0][0])

    def watch_value(self, value: str) -> None:
        self.post_message(self.Changed(self, value))

    def action_step(self, step: int) -> None:
        """Choose the neighbour, going round at the ends."""
        values = [value for value, _ in self.options]
        here = values.index(self.value) if self.value in values else 0
        self.value = values[(here + step) % len(values)]

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for (value, _), end in zip(self.options, self._ends(), strict=True):
            if offset.x + self._hidden_cells < end:
                self.value = value
                return

    def _ends(self) -> list[int]:
        """The cell after each value and the gap behind it."""
        return list(accumulate(cell_len(label) + 3 for _, label in self.options))

    @property
    def _hidden_cells(self) -> int:
        """Cells out of sight on the left, the chosen value in the middle, where there is no room for all."""
        ends, width = self._ends(), self.size.width
        chosen = next((place for place, (value, _) in enumerate(self.options) if value == self.value), 0)
        start = ends[chosen - 1] if chosen else 0
        return max(0, min((start + ends[chosen] - width) // 2, ends[-1] - 1 - width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1

    def render_line(self, y: int) -> Strip:
        if y:
            return Strip.blank(self.size.width)
        base = self.rich_style
        chosen = base + self.get_component_rich_style("choice--chosen", partial=True)
        other = base + self.get_component_rich_style("choice--other", partial=True)
        segments = []
        for value, label in self.options:
            text = f"[{label}]" if value == self.value else f" {label} "
            segments += [Segment(text, chosen if value == self.value else other), Segment(" ", base)]
        width, hidden = self.size.width, self._hidden_cells
        strip = Strip(segments).crop(hidden, hidden + width).adjust_cell_length(width, base)
        before, after = hidden > 0, self._ends()[-1] - 1 > hidden + width
        parts = [Strip([Segment(_BEFORE, other)])] * before
        parts.append(strip.crop(int(before), width - int(after)))
        parts += [Strip([Segment(_AFTER, other)])] * after
        return Strip.join(parts)
