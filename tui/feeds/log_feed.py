"""The logs that are open on screen: one reader each, their lines posted in batches.

Batches, because forty times as many lines go through as one by one (architecture.md, F10).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from textual.message import Message

from ..domain.job import Job
from ..domain.stream import LogLine, StreamState
from ..hub.client import HubClient
from ..hub.clock import Clock
from ..hub.log_connection import Patience
from ..hub.streams import follow_log
from ..hub.thread import Handle, HubThread
from ..messages import LogLinesArrived, LogRestarted, LogStateChanged

BATCH_SECONDS = 0.05
BATCH_LINES = 5_000

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
    ) -> None:
        self._client = client
        self._post = post
        self._thread = thread
        self._clock = clock
        self._patience = patience
        self._readers: dict[str, tuple[Handle[None], _Batches]] = {}
        self._opened: set[str] = set()

    def open(self, job: Job, tail: int | None = None) -> None:
        """Read a log from its first line, or its last `tail` lines, in place of any reader the job has."""
        self.close(job.id)
        if job.id in self._opened:
            self._post(LogRestarted(job.id))  # lines of an earlier reader may still be on their way
        self._opened.add(job.id)
        batches = _Batches(job.id, self._post)
        reading = follow_log(
            self._client, job, batches, tail=tail, clock=self._clock, patience=self._patience
        )
        self._readers[job.id] = (self._thread.submit(reading), batches)

    def close(self, job_id: str) -> None:
        """Stop reading: nothing more is posted for this job once this returns."""
        reader = self._readers.pop(job_id, None)
        if reader is not None:
            handle, batches = reader
            batches.close()
            handle.cancel()


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
