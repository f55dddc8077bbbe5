"""The log stream: replay from the start, then whatever comes, then the end (jobs-api.md §4)."""

from __future__ import annotations

import asyncio
import os

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .logs import JobLog

CHUNK_BYTES = 1 << 16
KEEP_ALIVE = b": keep-alive\n\n"


class LogStream(Response):
    """One reader of one log. A reader that does not read waits here alone."""

    media_type = "text/event-stream"

    def __init__(self, log: JobLog, tail: int | None, keep_alive_seconds: float) -> None:
        super().__init__(headers={"cache-control": "no-cache, no-transform", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._log = log
        self._tail = tail
        self._keep_alive_seconds = keep_alive_seconds
        self._wake = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the log until it ends or the reader is gone."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        gone = asyncio.create_task(_reader_leaves(receive))
        gone.add_done_callback(lambda _task: self._wake.set())
        self._log.watch(self._wake)
        try:
            await self._send_log(send, gone)
        finally:
            self._log.unwatch(self._wake)
            gone.cancel()

    async def _send_log(self, send: Send, gone: asyncio.Task[None]) -> None:
        descriptor = self._log.open()
        try:
            offset = await self._send_tail_marker(descriptor, send)
            while not gone.done():
                self._wake.clear()
                available = min(self._log.size_bytes - offset, CHUNK_BYTES)
                if available:
                    await _send_body(send, os.pread(descriptor, available, offset))
                    offset += available
                elif self._log.ended:
                    await _send_body(send, b"", more=False)
                    return
                elif not await self._woken(gone):
                    await _send_body(send, KEEP_ALIVE)
        finally:
            os.close(descriptor)

    async def _send_tail_marker(self, descriptor: int, send: Send) -> int:
        """Where to read from; a tail is preceded by the marker, which it does not count."""
        if self._tail is None:
            return 0
        marker_bytes, offset = self._log.starts_of_tail(descriptor, self._tail)
        if marker_bytes:
            await _send_body(send, os.pread(descriptor, marker_bytes, 0))
        return offset

    async def _woken(self, gone: asyncio.Task[None]) -> bool:
        """Wait for news; False when the log stayed silent for the keep-alive time."""
        if gone.done():
            return True
        try:
            async with asyncio.timeout(self._keep_alive_seconds):
                await self._wake.wait()
        except TimeoutError:
            return False
        return True


async def _reader_leaves(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_body(send: Send, body: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})
