"""A clock whose waits end when the test says so."""

from __future__ import annotations

import asyncio
import queue
import threading
from datetime import UTC, datetime, timedelta

from tui.hub.clock import Clock

START = datetime(2026, 10, 9, 12, 0, tzinfo=UTC)
WAIT_SECONDS = 10.0


_Wait = tuple[float | None, asyncio.AbstractEventLoop, asyncio.Event]


class ManualClock(Clock):
    """Stands still; `pass_wait` lets the wait in progress run out, moving time by as much."""

    def __init__(self) -> None:
        self._elapsed = 0.0
        self._waits: queue.Queue[tuple[float | None, asyncio.AbstractEventLoop, asyncio.Event]] = (
            queue.Queue()
        )
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return START + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        with self._lock:
            return self._elapsed

    def advance(self, seconds: float) -> None:
        """Move time; no wait ends by it."""
        with self._lock:
            self._elapsed += seconds

    def next_wait(self) -> float | None:
        """Wait until the code under test waits; returns for how long it means to, None for "for ever"."""
        self._waiting = self._waits.get(timeout=WAIT_SECONDS)
        return self._waiting[0]

    def pass_wait(self) -> None:
        """Let the wait that `next_wait` returned run out."""
        seconds, loop, over = self._waiting
        self.advance(seconds or 0.0)
        loop.call_soon_threadsafe(over.set)

    async def wait(self, wake: asyncio.Event, seconds: float | None) -> bool:
        over = asyncio.Event()
        self._waits.put((seconds, asyncio.get_running_loop(), over))
        woken, timed_out = asyncio.ensure_future(wake.wait()), asyncio.ensure_future(over.wait())
        try:
            await asyncio.wait({woken, timed_out}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
            timed_out.cancel()
        return wake.is_set()
