"""Keys of a text field take effect in the order they were typed, also when many come at once.

Textual lets a letter act in the field, but sends a key with a binding, Backspace among them, all the way up
to the application first: typed over a slow line, `ab⌫c` would become `ab`.
"""

from __future__ import annotations

from textual import events
from textual.widget import Widget
from textual.widgets import Input, TextArea

from .shown_input import ShownInput


async def act_at_once(field: Widget, event: events.Key) -> None:
    """Run the field's own binding of this key, if it has one; to be called by its `on_key`."""
    for binding in field._bindings.key_to_bindings.get(event.key, ()):
        if not binding.priority and not event.is_printable:
            event.stop()
            event.prevent_default()
            await field.run_action(binding.action)
            return


class OrderedInput(ShownInput):
    """An Input whose keys act in the order they were typed."""

    async def on_key(self, event: events.Key) -> None:
        await act_at_once(self, event)


def meant_for_field(focused: Widget | None, event: events.Key) -> bool:
    """Whether a key that has come up to the application was typed ahead for the field that has the focus.

    A field keeps the characters it is given and the keys it has bindings for; what comes up all the same was
    sent to the widget that had the focus before.
    """
    if not isinstance(focused, (Input, TextArea)):
        return False
    return event.is_printable or (
        isinstance(focused, OrderedInput) and event.key in focused._bindings.key_to_bindings
    )
