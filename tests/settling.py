"""When an application has done all it was asked for: told by its queues, not by a clock.

Textual's Pilot sleeps 20 ms at a time until the process has used little time, twice after each key and up to
a second while a log arrives. Here a key is done when every widget waits for its next message and what is due
is painted. What another thread answers later is not waited for: that is what `until` is for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import monotonic

from textual._context import active_app
from textual.message_pump import MessagePump

LONGEST_SECONDS = 1.0
"""As long as Pilot waits for an application that never rests."""
QUIET_TURNS = 5
"""Turns of the loop in which nothing is to do: a key takes three from the driver to a queue."""


async def settle(*_limits: float) -> None:
    """Wait until the application of this task rests. Takes the place of Textual's `wait_for_idle`."""
    deadline = monotonic() + LONGEST_SECONDS
    quiet_turns = 0
    while quiet_turns < QUIET_TURNS and monotonic() < deadline:
        await asyncio.sleep(0)
        quiet_turns = quiet_turns + 1 if _rests() else 0


def _rests() -> bool:
    started = bool(active_app.get().screen_stack)
    return started and not any(_is_busy(pump) for pump in _pumps()) and not _paint()


def _pumps() -> Iterator[MessagePump]:
    app = active_app.get()
    yield app
    yield from app._registry


def _is_busy(pump: MessagePump) -> bool:
    """Whether it has a message to handle or is handling one: else it waits for its queue."""
    if not pump._running or pump._closing:
        return False
    if not pump._message_queue.empty():
        return True
    ready: asyncio.Event = pump._message_queue.ready_event
    return not ready._waiters


def _paint() -> bool:
    """Take over a new size and paint what is due, a frame before Textual would; False when nothing was."""
    app = active_app.get()
    if app._resize_event is not None:
        app._check_resize()
        return True
    screen = app.screen
    due = screen._layout_required or screen._scroll_required or screen._repaint_required
    if not (due or screen._recompose_required or screen._dirty_widgets or screen._callbacks):
        return False
    screen._on_timer_update()
    return True
