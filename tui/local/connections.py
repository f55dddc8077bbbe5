"""Connections that do not get to the point are dropped, which uvicorn alone never does.

A connection is idle while no complete request is being answered. Each may be idle for a while only, and
only so many at a time: one more, and the one that has been idle for longest goes. A client at work sends its
request at once, so a crowd of silent connections does not push it out.
"""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how many connections may be idle."""

    first_request_seconds: float = 10.0
    next_request_seconds: float = 30.0
    most_idle: int = 500
    """Far more than come in while one request is on its way from the socket to the parser."""


PATIENCE = Patience()


class IdleConnections:
    """Those waiting for a request, the longest idle first."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._timers: dict[PatientProtocol, asyncio.TimerHandle] = {}

    def begin(self, connection: PatientProtocol, *, first: bool) -> None:
        """A connection waits for a request from now on."""
        patience = self._patience
        seconds = patience.first_request_seconds if first else patience.next_request_seconds
        self.end(connection)
        loop = asyncio.get_running_loop()
        self._timers[connection] = loop.call_later(seconds, connection.transport.abort)
        if len(self._timers) > patience.most_idle:
            oldest = next(iter(self._timers))
            self.end(oldest)
            oldest.transport.abort()

    def end(self, connection: PatientProtocol) -> None:
        """It has a request, or is gone."""
        timer = self._timers.pop(connection, None)
        if timer is not None:
            timer.cancel()


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP with an eye on the time; a request that is none is refused in the Hub's form."""

    def __init__(self, idle: IdleConnections, **uvicorn_arguments: Any) -> None:
        super().__init__(**uvicorn_arguments)
        self.logger = logging.getLogger(__name__)
        self.logger.setLevel(logging.ERROR)  # what strangers send is not worth a word
        self._idle = idle

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._idle.begin(self, first=True)

    def data_received(self, data: bytes) -> None:
        """Stop waiting once a request is complete but for its body."""
        super().data_received(data)
        if self._answering():
            self._idle.end(self)

    def on_response_complete(self) -> None:
        """Wait for the next request, unless it has come already."""
        super().on_response_complete()
        if not self._answering() and not self.transport.is_closing():
            self._idle.begin(self, first=False)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing to wait for."""
        self._idle.end(self)
        super().connection_lost(exc)

    def _answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request
        return cycle is not None and not cycle.response_complete

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP, or has too long a head."""
        body = json.dumps({"error": msg}).encode()
        headers = [("Content-Type", "application/json"), ("Connection", "close"), ("X-Error-Message", msg)]
        reply = h11.Response(status_code=400, headers=[*headers, ("Content-Length", str(len(body)))])
        for event in (reply, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
