"""Time and waiting, in one place that a test can take over."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime


class Clock:
    """The real clock."""

    def now(self) -> datetime:
        """The wall clock, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    async def wait(self, wake: asyncio.Event, seconds: float | None) -> bool:
        """Wait until `wake` is set (True) or the time is over (False); None waits for ever."""
        try:
            async with asyncio.timeout(seconds):
                await wake.wait()
        except TimeoutError:
            return False
        return True

    async def sleep(self, seconds: float) -> None:
        """Wait for so long."""
        await self.wait(asyncio.Event(), seconds)
