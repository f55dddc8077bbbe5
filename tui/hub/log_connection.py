"""One connection to a log stream, watched: bytes, lines and the stage each have their own patience."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from ..domain.job import Job
from ..domain.stream import LogLine
from .clock import Clock
from .sse import LogDecoder


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what. The Hub sends a comment every 30 s to show that it is there."""

    silent_seconds: float = 45.0
    """Without a byte: said."""
    cut_seconds: float = 75.0
    """Without a byte: the connection is taken for dead."""
    waiting_seconds: float = 5.0
    """Between looks at a job that has no container yet: its message says why."""
    lineless_seconds: float = 60.0
    """Between looks at a job whose stream lives but brings no line: it may have ended unnoticed."""
    ended_seconds: float = 5.0
    """Without a line, once the job has ended: the replay is over although the stream stays open."""
    first_retry_seconds: float = 1.0
    most_retry_seconds: float = 30.0


class Ending(Enum):
    """How a connection came to its end; the value says it."""

    CLEAN = "the hub ended the stream"
    QUIET = "nothing more came"
    DEAD = "no sign of life"
    LEFT = "the log was written anew"


class LogConnection:
    """Reads chunks until the stream ends, dies, or has nothing more to say.

    `on_lines` takes the lines of a chunk and says whether to go on; `on_silence` is told when it starts
    (True) and ends (False); `look` asks for the job as it is now.
    """

    def __init__(
        self,
        job: Job,
        clock: Clock,
        patience: Patience,
        *,
        on_lines: Callable[[list[LogLine]], bool],
        on_silence: Callable[[bool], None],
        look: Callable[[], Awaitable[Job]],
    ) -> None:
        self._job = job
        self._clock = clock
        self._patience = patience
        self._on_lines = on_lines
        self._on_silence = on_silence
        self._look = look
        self._decoder = LogDecoder()
        self._byte_at = self._line_at = self._looked_at = clock.monotonic()
        self._silent = False

    async def read(self, chunks: AsyncIterator[bytes]) -> Ending:
        """Read to the end, whichever it is."""
        arrived = asyncio.Event()
        while True:
            arrived.clear()
            next_chunk = asyncio.ensure_future(_next(chunks))
            next_chunk.add_done_callback(lambda _done: arrived.set())
            try:
                ending = await self._wait_for(arrived)
                if ending is not None:
                    return ending
                chunk = await next_chunk
            finally:
                await _dismiss(next_chunk)
            if chunk is None:
                return Ending.CLEAN
            if not self._take(chunk):
                return Ending.LEFT

    def _take(self, chunk: bytes) -> bool:
        self._byte_at = self._clock.monotonic()
        self._say_silent(False)
        lines = self._decoder.feed(chunk)
        if not lines:
            return True
        self._line_at = self._byte_at
        return self._on_lines(lines)

    async def _wait_for(self, arrived: asyncio.Event) -> Ending | None:
        """Wait for the next chunk, looking after everything that falls due meanwhile; None when it came."""
        while True:
            now = self._clock.monotonic()
            if await self._clock.wait(arrived, max(0.0, self._next_due() - now)):
                return None
            now = self._clock.monotonic()
            if now - self._byte_at >= self._patience.cut_seconds:
                return Ending.DEAD
            if not self._job.live and now - self._line_at >= self._patience.ended_seconds:
                return Ending.QUIET
            if now - self._byte_at >= self._patience.silent_seconds:
                self._say_silent(True)
            if self._job.live and now >= self._look_due():
                await self._look_at_job()

    def _next_due(self) -> float:
        dues = [self._byte_at + self._patience.cut_seconds]
        if not self._silent:
            dues.append(self._byte_at + self._patience.silent_seconds)
        if self._job.live:
            dues.append(self._look_due())
        else:
            dues.append(self._line_at + self._patience.ended_seconds)
        return min(dues)

    def _look_due(self) -> float:
        if self._job.stage == "SCHEDULING":
            return self._looked_at + self._patience.waiting_seconds
        return max(self._looked_at, self._line_at) + self._patience.lineless_seconds

    async def _look_at_job(self) -> None:
        self._job = await self._look()
        self._looked_at = self._clock.monotonic()
        if not self._job.live:
            self._line_at = self._looked_at  # what is still on its way gets its time

    def _say_silent(self, silent: bool) -> None:
        if silent != self._silent:
            self._silent = silent
            self._on_silence(silent)


async def _next(chunks: AsyncIterator[bytes]) -> bytes | None:
    return await anext(chunks, None)


async def _dismiss(task: asyncio.Future[bytes | None]) -> None:
    """End a read that is no longer wanted, so that the connection can be closed under it."""
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
