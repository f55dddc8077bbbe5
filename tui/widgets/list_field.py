"""A text for which there is a list to choose from, one key away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from .fields import TextField


class ListField(TextField):
    """Any text can be typed; enter, down or a double click asks for the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,down", "ask", "list", show=False)]

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

    def on_click(self, event: events.Click) -> None:
        if event.chain > 1:
            self.action_ask()

    def take(self, value: str) -> None:
        """Put a value of the list into the field."""
        self.value = value
        self.cursor_position = len(value)
