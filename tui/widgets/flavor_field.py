"""The name of a flavor as text, with the list of all a key away."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class FlavorField(Input):
    """Any name can be typed; enter, down or a click asks for the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,down", "ask", "list", show=False)]

    class ListRequested(Message):
        """The list of flavors is wanted."""

    def __init__(self, *, id: str) -> None:
        super().__init__(placeholder="cpu-basic", compact=True, id=id)

    def action_ask(self) -> None:
        """Ask for the list."""
        self.post_message(self.ListRequested())

    def on_click(self, event: events.Click) -> None:
        if event.chain > 1:
            self.action_ask()
