"""A screen between two moments: when its children are there, and when it was closed.

Keys that come fast open a screen and leave it at once, or close it twice. Textual then builds none of its
children and tells it all the same that it is mounted; and closing pops whatever is on top by then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import events
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import Screen

if TYPE_CHECKING:
    Mixed = Screen[Any]
else:
    Mixed = object  # styles are inherited along the first base that is a widget, which must be the screen

LONGEST_SECONDS = 5.0
"""How long a key waits for the screen it was typed for."""
_NEEDS_CHILDREN = (events.Mount, events.ScreenResume, events.ScreenSuspend, events.Resize)


class WholeScreen(Mixed):
    """Mixed into every screen: closes once, and hears nothing more of its children after that."""

    @property
    def is_whole(self) -> bool:
        """Whether its children can be asked for: after it was built, and before it begins to go."""
        return self._is_mounted and not self._is_closed

    @property
    def _is_closed(self) -> bool:
        """Whether it has left the stack for good; screens that are kept for later only rest."""
        if self._closing or self._pruning:
            return True
        return self not in self.app.screen_stack and not self.app.is_screen_installed(self)

    def when_whole(self, act: Callable[..., object], *arguments: Any) -> None:
        """Do something that needs its children: now, or once they are there, or never when they have gone."""
        if self.is_whole:
            act(*arguments)
        elif not self._is_closed:
            self.call_later(act, *arguments)  # its messages are handled once it is built

    async def built(self) -> bool:
        """Wait until its children are there; False when they are not to come."""
        if not self.is_whole and not self._is_closed:
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_SECONDS):
                    await self._mounted_event.wait()
        return self.is_whole

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close with a result; only while it is on top, so that no other screen goes in its place."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    async def on_event(self, event: events.Event) -> None:
        """Handle an event; a resize always to the size the terminal has now.

        A screen sends itself one more for every size it is given. Two sizes on their way to it at once would
        go round for ever, each undoing the other.
        """
        if isinstance(event, events.Resize) and event.size != (size := self.app.size):
            event = events.Resize(size, size, size)
        if not (isinstance(event, _NEEDS_CHILDREN) and (self._closing or self._pruning)):
            await super().on_event(event)
        if isinstance(event, events.Unmount):
            self._forget_watchers()

    def _forget_watchers(self) -> None:
        """Let go of what it and its widgets watched of the application.

        Textual lets go of a watcher that is gone when the value changes next, which may be never: every
        screen that was ever open stayed in memory.
        """
        for watchers in getattr(self.app, "__watchers", {}).values():
            watchers[:] = [(node, callback) for node, callback in watchers if not node._closing]

    async def _on_message(self, message: Message) -> None:
        """Handle no message that bubbles up once it is closed: a second Enter was meant for what it was."""
        if not (message.bubble and self._is_closed):
            await super()._on_message(message)
