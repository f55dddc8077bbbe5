"""Listening on loopback: uvicorn with a start that is heard of and a stop that does not wait for readers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Generator

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
KEEP_ALIVE_SECONDS = 30
GOODBYE_SECONDS = 0.1
"""How long replies that are being written may take to finish at a stop."""


def listen(port: int) -> socket.socket:
    """A socket on loopback; port 0 lets the system choose one.

    The protocol is named because asyncio turns Nagle's algorithm off only for sockets that name it, and with
    it each reply would wait 40 ms for an acknowledgement.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
    except OSError:
        listener.close()
        raise
    return listener


class LoopbackServer(uvicorn.Server):
    """Serves one application until it is told to stop; signals are left to whoever runs it."""

    def __init__(self, app: ASGIApp, on_started: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                _with_transport(app),
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                http="h11",
                interface="asgi3",
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
            )
        )
        self._on_started = on_started
        self._stop = asyncio.Event()

    def stop(self) -> None:
        """End `serve`; to be called on the server's loop."""
        self._stop.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave signals alone."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        self._on_started()

    async def main_loop(self) -> None:
        """Keep the Date header current until the stop."""
        while not self._stop.is_set():
            await self.on_tick(0)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close idle connections, give short replies a moment, break the streams."""
        for server in self.servers:
            server.close()
        for listener in sockets or ():
            listener.close()
        connections = list(self.server_state.connections)
        for connection in connections:
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(list(self.server_state.tasks), timeout=GOODBYE_SECONDS)
        for connection in connections:
            connection.transport.abort()
        if self.server_state.tasks:
            await asyncio.wait(list(self.server_state.tasks), timeout=GOODBYE_SECONDS)


def _with_transport(app: ASGIApp) -> ASGIApp:
    """Give the application the connection beneath a request, which only faults use."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        scope["tui.transport"] = getattr(getattr(send, "__self__", None), "transport", None)
        await app(scope, receive, send)

    return wrapped
