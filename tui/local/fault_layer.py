"""The layer between the doors and the endpoints in which faults strike.

A fault is looked up for each request that came through the doors; the first that fits and has not been
used up strikes.
"""

from __future__ import annotations

import asyncio

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .faults import Fault
from .log_file import EVENT_END


class Faults:
    """Serves requests, or does to them what is planned."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.planned: list[Fault] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        method, path = scope["method"], scope["path"]
        fault = next((fault for fault in self.planned if fault.strikes(method, path)), None)
        if fault is None:
            await self._app(scope, receive, send)
            return
        if fault.delay_seconds:
            await asyncio.sleep(fault.delay_seconds)
        if fault.hang:
            await _until_gone(receive)
        elif fault.shapes:
            await self._shape(fault, scope, receive, send)
        elif fault.reset:
            await _drop_connection(scope, receive)
        elif fault.replaces:
            await _response(fault)(scope, receive, send)
        else:
            await self._app(scope, receive, _with_headers(fault, send))

    async def _shape(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the endpoint answer until enough of it went through."""
        gate = _Gate(fault, _with_headers(fault, send))
        answering = asyncio.ensure_future(self._app(scope, receive, gate.send))
        closing = asyncio.create_task(gate.closed.wait())
        try:
            await asyncio.wait({answering, closing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            answering.cancel()
            closing.cancel()
            await asyncio.wait({answering, closing})
        if fault.reset:
            await _drop_connection(scope, receive)
        elif gate.closed.is_set() and fault.silent:
            await _until_gone(receive)
        elif gate.closed.is_set() and gate.length_known:
            scope["tui.transport"].close()
        elif gate.closed.is_set():
            await send({"type": "http.response.body", "body": b"", "more_body": False})


class _Gate:
    """Passes a reply on, shaped, until as much went through as shall."""

    def __init__(self, fault: Fault, send: Send) -> None:
        self._send = send
        self._events_to_skip = fault.skip
        self._counts_events = fault.skip > 0 or fault.lines is not None
        self._events_left = fault.lines
        self._bytes_left = fault.bytes
        if fault.silent and fault.lines is None and fault.bytes is None:
            self._bytes_left = 0
        self._events_seen = 0
        self._pending = b""
        self.closed = asyncio.Event()
        self.length_known = False
        """Whether the reply has said how long it is."""

    async def send(self, message: Message) -> None:
        if self.closed.is_set():
            return
        if message["type"] == "http.response.start":
            self.length_known = "content-length" in MutableHeaders(scope=message)
        else:
            message = dict(message)
            message["body"] = self._shaped(message.get("body", b""), last=not message.get("more_body"))
            message["more_body"] = message.get("more_body", False) or self._full
        await self._send(message)
        if self._full:
            self.closed.set()

    @property
    def _full(self) -> bool:
        return self._events_left == 0 or self._bytes_left == 0

    def _shaped(self, block: bytes, *, last: bool) -> bytes:
        if self._counts_events:
            block = self._chosen_events(block, last=last)
        if self._bytes_left is not None:
            block = block[: self._bytes_left]
            self._bytes_left -= len(block)
        return block

    def _chosen_events(self, block: bytes, *, last: bool) -> bytes:
        """The whole events of a block, and of what was left of the one before, that may pass."""
        *events, self._pending = (self._pending + block).split(EVENT_END)
        chosen = [event + EVENT_END for event in events if self._may_pass(event)]
        if last and self._events_left != 0:
            chosen.append(self._pending)
        return b"".join(chosen)

    def _may_pass(self, event: bytes) -> bool:
        if event.startswith(b":"):  # a keep-alive
            return True
        if self._events_left == 0:
            return False
        self._events_seen += 1
        if 1 < self._events_seen <= self._events_to_skip + 1:
            return False
        if self._events_left is not None:
            self._events_left -= 1
        return True


def _response(fault: Fault) -> Response:
    """The reply in place of the real one."""
    status = 500 if fault.status is None else fault.status
    if fault.body is None:
        words = f"Fault on demand: {status}"
        return JSONResponse({"error": words}, status, {"X-Error-Message": words, **fault.headers})
    if isinstance(fault.body, str | bytes):
        return Response(fault.body, status, dict(fault.headers))
    return JSONResponse(fault.body, status, dict(fault.headers))


def _with_headers(fault: Fault, send: Send) -> Send:
    """Set the headers of a fault on the real reply."""

    async def send_marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(fault.headers)
        await send(message)

    return send_marked


async def _drop_connection(scope: Scope, receive: Receive) -> None:
    """Break the connection under a request; the server put its transport into the scope."""
    scope["tui.transport"].abort()
    await _until_gone(receive)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
