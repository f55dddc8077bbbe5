"""Every request × a server that stops in the middle: it ends in an error within its time, whatever comes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from tui.domain.errors import ErrorKind, HubError
from tui.hub import transport
from tui.hub.client import HubClient
from tui.hub.credentials import Token

LIMIT_SECONDS = 0.2
CALLS: dict[str, Callable[[HubClient], Awaitable[Any]]] = {
    "whoami": lambda client: client.whoami(),
    "hardware": lambda client: client.hardware(),
    "list": lambda client: _all(client.list_jobs("ada")),
    "get": lambda client: client.get_job("ada", "x"),
    "create": lambda client: client.create_job("ada", {}),
    "cancel": lambda client: client.cancel_job("ada", "x"),
    "log": lambda client: _read(client.log_events("ada", "x", tail=None)),
    "schedules": lambda client: client.list_schedules("ada"),
}
HEAD = b"HTTP/1.1 %s\r\ncontent-type: application/json\r\n"
OK, TROUBLE, REFUSED = b"200 OK", b"503 Service Unavailable", b"404 Not Found"


async def _all(pages: AsyncIterator[Any]) -> list[Any]:
    return [page async for page in pages]


async def _read(stream: contextlib.AbstractAsyncContextManager[AsyncIterator[bytes]]) -> None:
    async with stream as chunks:
        async for _ in chunks:
            pass


async def head_hangs(writer: asyncio.StreamWriter, status: bytes) -> None:
    """Take the request, answer nothing."""


async def head_drips(writer: asyncio.StreamWriter, status: bytes) -> None:
    for number in range(10_000):
        writer.write(b"HTTP/1.1 " + status + b"\r\n" if not number else b"x-%d: y\r\n" % number)
        await writer.drain()
        await asyncio.sleep(LIMIT_SECONDS / 20)


async def body_hangs(writer: asyncio.StreamWriter, status: bytes) -> None:
    writer.write(HEAD % status + b"content-length: 100\r\n\r\n[")
    await writer.drain()


async def body_drips(writer: asyncio.StreamWriter, status: bytes) -> None:
    writer.write(HEAD % status + b"content-length: 1000000\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(LIMIT_SECONDS / 20)


async def body_never_ends(writer: asyncio.StreamWriter, status: bytes) -> None:
    writer.write(HEAD % status + b"\r\n")
    while True:
        writer.write(b" " * 65_536)
        await writer.drain()


STALLS = (head_hangs, head_drips, body_hangs, body_drips, body_never_ends)
Stall = Callable[[asyncio.StreamWriter, bytes], Awaitable[None]]


@contextlib.asynccontextmanager
async def stalling(stall: Stall, status: bytes) -> AsyncIterator[HubClient]:
    """A server on loopback that does this to every request, and a client of it."""

    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        serving.add(task)
        try:
            await reader.readuntil(b"\r\n\r\n")
            await stall(writer, status)
            await reader.read()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = HubClient(f"http://127.0.0.1:{port}", lambda: Token("hf_test", "the test"))
    try:
        yield client
    finally:
        await client.close()
        server.close()
        for task in serving:
            task.cancel()
        if serving:
            await asyncio.wait(serving)
        await server.wait_closed()


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HEAD_SECONDS", "READ_SECONDS"):
        monkeypatch.setattr(transport, name, LIMIT_SECONDS)
    monkeypatch.setattr(transport, "TOTAL_SECONDS", 2 * LIMIT_SECONDS)


@pytest.mark.parametrize("status", [OK, TROUBLE, REFUSED], ids=lambda status: status[:3].decode())
@pytest.mark.parametrize(
    "stall",
    STALLS,
    ids=lambda stall: stall.__name__,
)
@pytest.mark.parametrize("call", CALLS)
async def test_a_server_that_stops_is_an_error_in_time(call: str, stall: Stall, status: bytes) -> None:
    if call == "log" and status is OK and stall not in (head_hangs, head_drips):
        pytest.skip("a stream may pause for as long as it likes: its reader watches it")
    async with stalling(stall, status) as client, asyncio.timeout(20 * LIMIT_SECONDS):
        with pytest.raises(HubError) as failed:
            await CALLS[call](client)
    has_status = status is not OK and stall not in (head_hangs, head_drips)
    if has_status:
        expected = {ErrorKind.SERVER} if status is TROUBLE else {ErrorKind.NOT_FOUND, ErrorKind.REFUSED}
    else:
        expected = {ErrorKind.TIMED_OUT, ErrorKind.GARBLED, ErrorKind.UNREACHABLE}
    assert failed.value.kind in expected
