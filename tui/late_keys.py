"""Keys typed at a screen that has closed since: meant for what stood there, not for what lay below.

A key waits in one queue after the other. Enter pressed twice in a dialog closes it with the first one; the
second would open the row below, `q` after `q` would end the program.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input, TextArea

from .keys import action_by_id, actions
from .widgets.burst import now

MOST_CLOSINGS = 8
"""Screens remembered that have closed. Keys older than so many closings have long been worked through."""


@dataclass(frozen=True)
class _Closing:
    """A screen has closed at a time of Textual's clock, in seconds."""

    at: float
    keys: frozenset[str]
    """Keys it would have taken."""
    typed: bool
    """Whether it would have taken characters too."""

    def would_have_taken(self, event: Key) -> bool:
        return event.key in self.keys or (self.typed and event.is_printable)


class LateKeys:
    """Tells the keys that came too late from those typed ahead for the screen that is there now."""

    def __init__(self) -> None:
        self._closings: deque[_Closing] = deque(maxlen=MOST_CLOSINGS)

    def screen_closes(self, screen: Screen[Any]) -> None:
        """A screen is about to leave the stack.

        A dialog takes every key it has. A full screen only those that close or open something: what else was
        typed behind them, like `j` after `q`, is typed ahead for the screen below.
        """
        keys = {"enter", "escape", *action_by_id("app.back").keys.split(",")}
        if screen.is_modal:
            keys |= screen.active_bindings.keys()
        everywhere = {key for one in actions("app") if one.priority for key in one.keys.split(",")}
        typed = isinstance(screen.focused, (Input, TextArea))
        self._closings.append(_Closing(now(), frozenset(keys - everywhere), typed))

    def too_late(self, event: Key) -> bool:
        """Whether a key was typed at a screen that has closed since, and was one of its own."""
        return any(event.time < one.at and one.would_have_taken(event) for one in self._closings)
