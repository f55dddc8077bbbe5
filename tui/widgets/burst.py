"""Tells an Enter that was pressed from a line break in a text that was pasted.

A terminal without bracketed paste, GNU screen, a serial line or `tmux paste-buffer` without -p sends a pasted
text as if it were typed, each line break as Enter or as ctrl+j. Characters of a paste come within the same
milliseconds; a person takes longer from Enter to the next key.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from textual.events import Key
from textual.message import Message

WAIT_SECONDS = 0.03
"""How long an Enter waits for what follows it: 300 baud has this distance, a fast typist twice as much."""
GAP_SECONDS = 0.1
"""Keys further apart are not of one paste: a busy machine may take a while between two of its characters."""
LONGEST_SECONDS = 0.3
"""How long it waits while the application has keys in hand: that may be waiting for the field to be gone."""
LINE_BREAKS = frozenset({"enter", "ctrl+j"})


def now() -> float:
    """The time in seconds on the clock by which Textual tells when a key was typed."""
    return Message().time


class Burst:
    """The keys on their way to one text field, in the order typed."""

    def __init__(self, more_to_come: Callable[[], bool]) -> None:
        """`more_to_come` tells whether keys are still waiting somewhere before the field."""
        self._more_to_come = more_to_come
        self._waiting: deque[Key] = deque()
        self._arrived = asyncio.Event()
        self._last_at, self._last_key = 0.0, ""
        self._has_lines = False
        """Whether the burst that goes on has had a line break already."""

    def arrives(self, message: Message) -> None:
        """Take notice of a message that was put into the queue of the field."""
        if isinstance(message, Key):
            self._waiting.append(message)
            self._arrived.set()

    async def line_break(self, event: Key) -> str | None:
        """Take notice that a key has its turn: the line break it is in a pasted text, None when it is none.

        The second half of a CR LF is an empty one. An Enter that ends a burst of a single line is Enter: a
        script types like that. May wait for WAIT_SECONDS.
        """
        while self._waiting and self._waiting.popleft() is not event:
            pass
        is_text = event.is_printable or event.key in LINE_BREAKS or event.key == "tab"
        if event.time - self._last_at > GAP_SECONDS or not is_text:
            self._has_lines, self._last_key = False, ""
        before, self._last_at, self._last_key = self._last_key, event.time, event.key
        if event.key not in LINE_BREAKS:
            return None
        self._has_lines = self._has_lines or await self._text_follows(event)
        if not self._has_lines:
            return None
        return "" if (before, event.key) == ("enter", "ctrl+j") else "\n"

    async def _text_follows(self, event: Key) -> bool:
        last_at, known = event.time, 0
        while True:
            for key in list(self._waiting)[known:]:
                if key.time - last_at > GAP_SECONDS:
                    return False
                if key.key not in LINE_BREAKS:
                    return key.is_printable
                last_at = key.time
            known = len(self._waiting)
            seconds = last_at + WAIT_SECONDS - now()
            if seconds <= 0 and not (seconds > -LONGEST_SECONDS and self._more_to_come()):
                return False
            self._arrived.clear()
            try:
                async with asyncio.timeout(max(seconds, 0.001)):
                    await self._arrived.wait()
            except TimeoutError:
                continue
