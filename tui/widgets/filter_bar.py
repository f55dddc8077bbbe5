"""The one-line text field that takes the place of a status line while a filter or a search is typed."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class FilterBar(Input):
    """Hidden until opened; enter keeps what was typed, escape clears it and leaves."""

    DEFAULT_CSS = """
    FilterBar { display: none; }
    FilterBar.-open { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "clear", show=False),
        Binding("down", "keep", "keep", show=False),
    ]

    class Closed(Message):
        """The field has gone; its text is what is kept."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    def __init__(self, placeholder: str = "words, status:running, flavor:a10g*, -label:team=ml") -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False)

    def open(self, value: str) -> None:
        """Show the field with this text and take the focus."""
        self.add_class("-open")
        self.value = value
        self.cursor_position = len(value)
        self.focus()

    def action_keep(self) -> None:
        """Leave with the text as it is."""
        self.remove_class("-open")
        self.post_message(self.Closed(self.value))

    def action_drop(self) -> None:
        """Leave without a text."""
        self.value = ""
        self.action_keep()

    async def action_submit(self) -> None:
        self.action_keep()
