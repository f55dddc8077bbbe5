"""A text for which there is a list to choose from, one key away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from .fields import TextField
from .light_input import looks_of


class ListField(TextField):
    """Any text can be typed; enter or a click asks for the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "ask", "list", show=False)]

    @dataclass
    class ListRequested(Message):
        """The list is wanted."""

        list_field: ListField

        @property
        def control(self) -> ListField:
            return self.list_field

    def action_ask(self) -> None:
        """Ask for the list."""
        self.post_message(self.ListRequested(self))

    def on_click(self) -> None:
        if self.selection.is_empty:  # else the mouse was drawn over a part of the text
            self.action_ask()

    def render_line(self, y: int) -> Strip:
        strip, width = super().render_line(y), self.size.width
        looks = looks_of(self)
        style = self.rich_style + (looks.style_of("form-row--label") if looks else Style.null())
        sign = Strip([Segment(" ▾", style)])
        return Strip.join([strip.adjust_cell_length(width - sign.cell_length, self.rich_style), sign])

    def take(self, value: str) -> None:
        """Put a value of the list into the field."""
        self.value = value
        self.cursor_position = len(value)
