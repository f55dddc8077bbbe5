"""The streams of a job: its log, replayed and then live, and its metrics (jobs-api.md §4, §5)."""

from __future__ import annotations

import asyncio
import errno
import json
import os
from typing import Protocol

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .logs import JobLog
from .metrics import Metrics

CHUNK_BYTES = 1 << 16
KEEP_ALIVE = b": keep-alive\n\n"


class Source(Protocol):
    """What a stream waits for."""

    def watch(self, wake: asyncio.Event) -> None:
        """Set this event when there is news."""

    def unwatch(self, wake: asyncio.Event) -> None:
        """Stop setting this event."""


class EventStream(Response):
    """One reader of one source. A reader that does not read waits here alone."""

    media_type = "text/event-stream"

    def __init__(self, source: Source, keep_alive_seconds: float) -> None:
        super().__init__(headers={"cache-control": "no-cache, no-transform", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._source = source
        self._keep_alive_seconds = keep_alive_seconds
        self._wake = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until there is an end or the reader is gone."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        if scope["method"] == "HEAD":
            await _send_body(send, b"", more=False)
            return
        gone = asyncio.create_task(_reader_leaves(receive))
        gone.add_done_callback(lambda _task: self._wake.set())
        self._source.watch(self._wake)
        try:
            await self._send_events(send, gone)
        finally:
            self._source.unwatch(self._wake)
            gone.cancel()

    async def _send_events(self, send: Send, gone: asyncio.Task[None]) -> None:
        raise NotImplementedError

    async def _woken(self, gone: asyncio.Task[None]) -> bool:
        """Wait for news; False when there was silence for the keep-alive time."""
        if gone.done():
            return True
        try:
            async with asyncio.timeout(self._keep_alive_seconds):
                await self._wake.wait()
        except TimeoutError:
            return False
        return True


class LogStream(EventStream):
    """Replays a log and follows it to its end."""

    def __init__(self, log: JobLog, tail: int | None, keep_alive_seconds: float) -> None:
        super().__init__(log, keep_alive_seconds)
        self._log = log
        self._tail = tail
        self._descriptor: int | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until there is an end or the reader is gone.

        Raises:
            OSError: The log cannot be read; before anything was sent, unless it was empty so far.
        """
        self._log.prepare()
        try:
            if self._log.size_bytes:
                self._descriptor = self._log.open()
            await super().__call__(scope, receive, send)
        finally:
            if self._descriptor is not None:
                os.close(self._descriptor)

    async def _send_events(self, send: Send, gone: asyncio.Task[None]) -> None:
        offset = await self._send_tail_marker(send)
        while not gone.done():
            self._wake.clear()
            available = min(self._log.size_bytes - offset, CHUNK_BYTES)
            if available:
                await _send_body(send, self._read(available, offset))
                offset += available
            elif self._log.ended:
                await _send_body(send, b"", more=False)
                return
            elif not await self._woken(gone):
                await _send_body(send, KEEP_ALIVE)

    async def _send_tail_marker(self, send: Send) -> int:
        """Where to read from; a tail is preceded by the marker, which it does not count."""
        if self._tail is None or self._descriptor is None:
            return 0
        marker_bytes, offset = self._log.starts_of_tail(self._descriptor, self._tail)
        if marker_bytes:
            await _send_body(send, self._read(marker_bytes, 0))
        return offset

    def _read(self, size_bytes: int, offset: int) -> bytes:
        """A part of the log; OSError for one that is gone, since the stream would go on without it."""
        if self._descriptor is None:
            self._descriptor = self._log.open()
        block = os.pread(self._descriptor, size_bytes, offset)
        if len(block) < size_bytes:
            raise OSError(errno.EIO, "the log is shorter than it was")
        return block


class MetricStream(EventStream):
    """Sends each new sample, and never ends by itself (jobs-api.md §5).

    A subscription from before the job ran stays silent for good: it has to be opened again.
    """

    def __init__(self, metrics: Metrics, keep_alive_seconds: float, *, silent: bool) -> None:
        super().__init__(Metrics() if silent else metrics, keep_alive_seconds)
        self._metrics = metrics

    async def _send_events(self, send: Send, gone: asyncio.Task[None]) -> None:
        while not gone.done():
            self._wake.clear()
            if not await self._woken(gone):
                await _send_body(send, KEEP_ALIVE)
            elif not gone.done() and self._metrics.latest is not None:
                data = json.dumps(self._metrics.latest.as_json(), separators=(",", ":"))
                await _send_body(send, f"event: metric\ndata: {data}\n\n".encode())


async def _reader_leaves(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_body(send: Send, body: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})
