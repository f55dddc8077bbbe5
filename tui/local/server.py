"""Listening on loopback: uvicorn with a start that is heard of and a stop that does not wait for readers."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import resource
import socket
from collections.abc import Callable, Generator
from math import ceil
from typing import cast

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from .connections import PATIENCE, IdleConnections, Patience, PatientProtocol

LOOPBACK = "127.0.0.1"
HEAD_MAX_BYTES = 1 << 15
ACCEPTED_AT_ONCE = 32
"""So few that those dropped for them are closed before the next come."""
BACKLOG = 1024
"""Connections that may wait to be accepted."""
OPEN_FILES = 4096
GOODBYE_SECONDS = 0.1
"""How long replies that are being written may take to finish at a stop."""
LOOP_TURNS = 5


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


def allow_open_files() -> None:
    """Raise the process's own limit: each log reader needs two files, and macOS starts with 256."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class LoopbackServer(uvicorn.Server):
    """Serves one application until it is told to stop; signals are left to whoever runs it."""

    def __init__(self, app: ASGIApp, on_started: Callable[[], None], patience: Patience = PATIENCE) -> None:
        protocol = functools.partial(PatientProtocol, IdleConnections(patience))
        super().__init__(
            uvicorn.Config(
                _with_transport(app),
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                http=cast("type[asyncio.Protocol]", protocol),
                interface="asgi3",
                server_header=False,
                date_header=False,
                proxy_headers=False,
                backlog=ACCEPTED_AT_ONCE,
                timeout_keep_alive=ceil(patience.next_request_seconds),
                h11_max_incomplete_event_size=HEAD_MAX_BYTES,
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
        for listener in sockets or ():
            listener.listen(BACKLOG)
        self._on_started()

    async def main_loop(self) -> None:
        """Serve until the stop."""
        await self._stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close idle connections, give short replies a moment, break the streams.

        First no more are accepted, and those that just were become connections: asyncio forgets the socket of
        one whose server is closed in between.
        """
        for listener in sockets or ():
            asyncio.get_running_loop().remove_reader(listener)
        await _settle()
        for server in self.servers:
            server.close()
        for listener in sockets or ():
            listener.close()
        await _settle()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(list(self.server_state.tasks), timeout=GOODBYE_SECONDS)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        if self.server_state.tasks:
            await asyncio.wait(list(self.server_state.tasks), timeout=GOODBYE_SECONDS)
        await _settle()


async def _settle() -> None:
    """Let asyncio finish what it began: it accepts and closes connections in several turns of the loop."""
    for _ in range(LOOP_TURNS):
        await asyncio.sleep(0)


def _with_transport(app: ASGIApp) -> ASGIApp:
    """Give the application the connection beneath a request, which only faults use."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        scope["tui.transport"] = getattr(getattr(send, "__self__", None), "transport", None)
        with contextlib.suppress(asyncio.CancelledError):  # the hub stops: nobody is left to answer
            await app(scope, receive, send)

    return wrapped
