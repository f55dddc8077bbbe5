"""The logs that are open on screen: one reader each, their lines posted in batches.

Batches, because forty times as many lines go through as one by one (architecture.md, F10).
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Callable, Iterable

from textual.message import Message

from ..domain.job import Job
from ..domain.stream import LogLine, StreamPhase, StreamState
from ..hub.client import HubClient
from ..hub.clock import Clock
from ..hub.log_connection import Patience
from ..hub.streams import follow_log
from ..hub.thread import Handle, HubThread, run_blocking
from ..messages import LogLinesArrived, LogRestarted, LogStateChanged
from .log_memory import KeptLogError, LogMemory

BATCH_SECONDS = 0.05
BATCH_LINES = 5_000
KEPT = "as kept on this machine"
"""Said of a log that was not asked for from the Hub."""

Post = Callable[[Message], object]


class LogFeed:
    """Opens and closes readers; called from the interface thread."""

    def __init__(
        self,
        client: HubClient,
        post: Post,
        thread: HubThread,
        *,
        clock: Clock | None = None,
        patience: Patience | None = None,
        memory: LogMemory | None = None,
    ) -> None:
        self._client = client
        self._post = post
        self._thread = thread
        self._clock = clock
        self._patience = patience
        self._memory = memory
        self._readers: dict[str, tuple[Handle[None], _Batches]] = {}
        self._opened: set[str] = set()

    def open(self, job: Job, tail: int | None = None, *, fresh: bool = False) -> None:
        """Read a log from its first line, or its last `tail` lines, in place of any reader the job has.

        That of an ended job comes from this machine when it was kept here, unless it shall be `fresh`.
        """
        self.close(job.id)
        batches = _Batches(job.id, self._post)
        again = job.id in self._opened
        reading = self._read(job, batches, tail, again=again, kept=not fresh and not job.live)
        self._opened.add(job.id)
        self._readers[job.id] = (self._thread.submit(reading), batches)

    def keep(self, job: Job, lines: Iterable[LogLine]) -> None:
        """Keep a log that was read to its end; a full disk is no reason to bother anybody."""
        if self._memory is not None:
            self._thread.submit(_save(self._memory, job, lines))

    async def _read(self, job: Job, sink: _Batches, tail: int | None, *, again: bool, kept: bool) -> None:
        if again:  # lines of an earlier reader may still be on their way: said from here, it comes after them
            sink.restarted()
        if not kept or self._memory is None or not await _recall(self._memory, job, sink, tail):
            await follow_log(self._client, job, sink, tail=tail, clock=self._clock, patience=self._patience)

    def close(self, job_id: str) -> None:
        """Stop reading: nothing more is posted for this job once this returns."""
        reader = self._readers.pop(job_id, None)
        if reader is not None:
            handle, batches = reader
            batches.close()
            handle.cancel()


async def _save(memory: LogMemory, job: Job, lines: Iterable[LogLine]) -> None:
    with contextlib.suppress(OSError):
        await run_blocking(memory.save, job, lines)


async def _recall(memory: LogMemory, job: Job, sink: _Batches, tail: int | None) -> bool:
    """Hand on a log that was kept, or its last `tail` lines; False when it is not whole or damaged."""
    batches = await run_blocking(memory.read, job)
    if batches is None:
        return False
    last: deque[LogLine] = deque(maxlen=tail)
    try:
        while (lines := await run_blocking(next, batches, None)) is not None:
            if tail is None:
                sink.lines(lines)
            else:
                last.extend(lines)
    except KeptLogError:
        sink.restarted()
        with contextlib.suppress(OSError):
            await run_blocking(memory.forget, job)
        return False
    sink.lines(list(last))
    sink.state(StreamState(StreamPhase.ENDED, KEPT))
    return True


class _Batches:
    """Gathers lines on the hub thread until there are enough of them or the first has waited long enough."""

    def __init__(self, job_id: str, post: Post) -> None:
        self._job_id = job_id
        self._post = post
        self._pending: list[LogLine] = []
        self._timer: asyncio.TimerHandle | None = None
        self._lock = threading.Lock()
        self._closed = False

    def lines(self, lines: list[LogLine]) -> None:
        """Keep lines for the next batch."""
        self._pending += lines
        if len(self._pending) >= BATCH_LINES:
            self._flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(BATCH_SECONDS, self._flush)

    def state(self, state: StreamState) -> None:
        """Post a state after the lines that came before it."""
        self._flush()
        self._deliver(LogStateChanged(self._job_id, state))

    def restarted(self) -> None:
        """Post that everything so far is void, what is still held first of all."""
        self._pending = []
        self._deliver(LogRestarted(self._job_id))

    def close(self) -> None:
        """Post nothing from now on; from any thread."""
        with self._lock:
            self._closed = True

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._pending:
            lines, self._pending = self._pending, []
            self._deliver(LogLinesArrived(self._job_id, lines))

    def _deliver(self, message: Message) -> None:
        with self._lock:
            if not self._closed:
                self._post(message)
