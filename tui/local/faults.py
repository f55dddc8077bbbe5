"""Trouble on demand: replies the hub would not give by itself, for tests and for showing.

A fault is looked up for each request that came through the doors; the first that fits and has not been
used up strikes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .logs import EVENT_END


@dataclass(slots=True)
class Fault:
    """What goes wrong with which requests."""

    method: str
    path: str
    """A pattern: `*` stands for any characters, also slashes."""
    times: int | None = None
    """How many requests it strikes; None is all of them."""
    status: int | None = None
    body: Any = None
    """Text and bytes are sent as they are, anything else as JSON; None is an error in the Hub's form."""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_seconds: float = 0
    hang: bool = False
    """Never answer."""
    reset: bool = False
    """Drop the connection: at once, or after `lines` when that is given."""
    lines: int | None = None
    """Let so many events of a stream through, then end it: cleanly, or by `reset`."""

    def strikes(self, scope: Scope) -> bool:
        """Whether it is meant for this request and not used up; counts the use."""
        fits = self.method in ("*", scope["method"]) and fnmatchcase(scope["path"], self.path)
        if not fits or self.times == 0:
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def response(self) -> Response:
        """The reply in place of the real one."""
        status = 500 if self.status is None else self.status
        if self.body is None:
            words = f"Fault on demand: {status}"
            return JSONResponse({"error": words}, status, {"X-Error-Message": words, **self.headers})
        if isinstance(self.body, str | bytes):
            return Response(self.body, status, dict(self.headers))
        return JSONResponse(self.body, status, dict(self.headers))


class Faults:
    """The layer between the doors and the endpoints in which faults strike."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.planned: list[Fault] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or do to it what is planned."""
        fault = next((fault for fault in self.planned if fault.strikes(scope)), None)
        if fault is None:
            await self._app(scope, receive, send)
            return
        if fault.delay_seconds:
            await asyncio.sleep(fault.delay_seconds)
        if fault.hang:
            await _until_gone(receive)
        elif fault.lines is not None:
            await self._cut(fault, scope, receive, send)
        elif fault.reset:
            await _drop_connection(scope, receive)
        elif fault.status is not None or fault.body is not None:
            await fault.response()(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _cut(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the endpoint stream until enough events went through."""
        gate = _Gate(send, fault.lines or 0)
        streaming = asyncio.ensure_future(self._app(scope, receive, gate.send))
        closing = asyncio.create_task(gate.full.wait())
        try:
            await asyncio.wait({streaming, closing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            streaming.cancel()
            closing.cancel()
            await asyncio.wait({streaming, closing})
        if fault.reset:
            await _drop_connection(scope, receive)
        elif gate.full.is_set():
            await send({"type": "http.response.body", "body": b"", "more_body": False})


class _Gate:
    """Passes a stream on until a number of events went through."""

    def __init__(self, send: Send, events: int) -> None:
        self._send = send
        self._events_left = events
        self._last_byte = b""
        self.full = asyncio.Event()

    async def send(self, message: Message) -> None:
        if self.full.is_set():
            return
        if message["type"] == "http.response.body":
            message = dict(message)
            message["body"] = self._first_events(message.get("body", b""))
        await self._send(message)
        if self._events_left == 0:
            self.full.set()

    def _first_events(self, body: bytes) -> bytes:
        """As much of a block as may pass; an event's end may lie across two blocks."""
        carried = len(self._last_byte)
        searched = self._last_byte + body
        end = 0
        while self._events_left:
            found = searched.find(EVENT_END, end)
            if found < 0:
                self._last_byte = searched[max(end, len(searched) - 1) :]
                return body
            end = found + len(EVENT_END)
            self._events_left -= 1
        return body[: end - carried]


async def _drop_connection(scope: Scope, receive: Receive) -> None:
    """Break the connection under a request; the server put its transport into the scope."""
    scope["tui.transport"].abort()
    await _until_gone(receive)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
