"""Keys of a text field take effect in the order they were typed, also when many come at once.

Textual lets a letter act in the field, but sends a key with a binding, Backspace among them, all the way up
to the application first: typed over a slow line, `ab⌫c` would become `ab`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from .burst import Burst
from .shown_input import ShownInput

if TYPE_CHECKING:
    Mixed = Widget
else:
    Mixed = object  # styles are inherited along the first base that is a widget

_SCROLLING = ("scroll_", "page_")
"""Actions that a text field of one line has from what it is made of, and no use for."""


def _own_binding(field: Widget, event: events.Key) -> Binding | None:
    """What the field itself does with a key that is no character of the text."""
    if event.is_printable:
        return None
    for binding in field._bindings.key_to_bindings.get(event.key, ()):
        if not binding.priority and not (isinstance(field, Input) and binding.action.startswith(_SCROLLING)):
            return binding
    return None


async def act_at_once(field: Widget, event: events.Key) -> None:
    """Run the field's own binding of this key, if it has one; to be called by its `on_key`."""
    if (binding := _own_binding(field, event)) is not None:
        event.stop()
        event.prevent_default()
        await field.run_action(binding.action)


class _InOrder(Mixed):
    """A text field whose keys act in the order they were typed, and that keeps a paste together."""

    LINE_BREAK = ""
    """What a line break in a pasted text becomes."""
    _burst: Burst | None = None

    def post_message(self, message: Message) -> bool:
        self._keys_together.arrives(message)
        return super().post_message(message)

    @property
    def _keys_together(self) -> Burst:
        if self._burst is None:
            self._burst = Burst(self._more_to_come)
        return self._burst

    def _more_to_come(self) -> bool:
        return self.is_attached and self.screen.is_active and self.app.message_queue_size > 0

    async def on_key(self, event: events.Key) -> None:
        line_break = await self._keys_together.line_break(event)
        if line_break is None:
            await self.take_key(event)
            return
        event.stop()
        event.prevent_default()
        self.insert_text(self.LINE_BREAK if line_break else "")

    async def take_key(self, event: events.Key) -> None:
        """Act on a key that is not part of a pasted text; what is not stopped becomes text, or goes on."""
        await act_at_once(self, event)

    def insert_text(self, text: str) -> None:
        """Put a text where the cursor is."""
        raise NotImplementedError


class OrderedInput(_InOrder, ShownInput):
    """An Input of one line: a line break becomes a blank."""

    LINE_BREAK = " "

    def insert_text(self, text: str) -> None:
        self.replace(text, *sorted(self.selection))


class OrderedText(_InOrder, TextArea):
    """A TextArea of several lines."""

    LINE_BREAK = "\n"

    def insert_text(self, text: str) -> None:
        self.replace(text, *sorted(self.selection))


def meant_for_field(focused: Widget | None, event: events.Key) -> bool:
    """Whether a key that has come up to the application was typed ahead for the field that has the focus.

    A field keeps the characters it is given and the keys it has bindings for; what comes up all the same was
    sent to the widget that had the focus before.
    """
    if not isinstance(focused, (Input, TextArea)):
        return False
    return event.is_printable or (
        isinstance(focused, OrderedInput) and _own_binding(focused, event) is not None
    )
