"""One of a few values, all of them on screen in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget


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
        left = 0
        for value, label in self.options:
            left += len(label) + 3
            if offset is not None and offset.x < left:
                self.value = value
                return

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
        return Strip(segments).adjust_cell_length(self.size.width, base)
