"""Connections that do not get to the point are dropped, and do nobody harm until then."""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx2
import pytest

from tests.local_hub import LocalHub
from tui.local.connections import Patience
from tui.local.doors import HEADERS_MAX_BYTES

PATIENCE = Patience(first_request_seconds=0.4, next_request_seconds=0.8, most_idle=50)
CROWD = 500


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    """A hub of little patience."""
    with LocalHub(patience=PATIENCE, body_seconds=0.4) as impatient:
        yield impatient


def connect(hub: LocalHub) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", hub.port), timeout=5)
    connection.settimeout(5)
    return connection


def request(hub: LocalHub, path: str = "/api/whoami-v2", *headers: str, method: str = "GET") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{hub.port}"]
    lines += [f"Authorization: Bearer {hub.token}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def read_until(connection: socket.socket, end: bytes) -> bytes:
    """All that comes up to something that has to come."""
    received = b""
    while end not in received:
        block = connection.recv(65536)
        assert block, received
        received += block
    return received


def rest(connection: socket.socket) -> bytes:
    """All that comes until the hub hangs up."""
    received = b""
    try:
        while block := connection.recv(65536):
            received += block
    except ConnectionResetError:
        pass
    return received


@pytest.mark.parametrize("sent", [b"", b"GET /api/whoami-v2 HT", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_connection_without_a_whole_request_is_dropped(hub: LocalHub, sent: bytes) -> None:
    with connect(hub) as connection:
        connection.sendall(sent)
        since = time.monotonic()
        assert rest(connection) == b""
        assert time.monotonic() - since < 3


def test_a_trickle_does_not_buy_time(hub: LocalHub) -> None:
    with connect(hub) as connection:
        since = time.monotonic()
        for byte in b"GET /" + b"x" * 10_000:
            readable, _, _ = select.select([connection], [], [], 0.02)
            if readable:
                break
            connection.send(bytes([byte]))
        assert time.monotonic() - since < 3


def test_a_connection_is_kept_for_the_next_request_but_not_for_ever(hub: LocalHub) -> None:
    with connect(hub) as connection:
        for _ in range(2):
            connection.sendall(request(hub))
            assert read_until(connection, b'"accessToken"').startswith(b"HTTP/1.1 200")
        assert rest(connection) == b""


def test_a_request_that_is_begun_after_another_is_dropped_too(hub: LocalHub) -> None:
    with connect(hub) as connection:
        connection.sendall(request(hub) + b"GET /api/wh")
        assert rest(connection).count(b"HTTP/1.1 200") == 1


def test_a_body_that_does_not_come_is_refused(hub: LocalHub) -> None:
    with connect(hub) as connection:
        connection.sendall(request(hub, "/api/jobs/ada", "Content-Length: 100", method="POST") + b"{")
        assert rest(connection).startswith(b"HTTP/1.1 408")


def test_a_stream_is_no_idle_connection(hub: LocalHub) -> None:
    job_id = hub.add_job(lines=["one"])
    with connect(hub) as connection, connect(hub) as silent:
        connection.sendall(request(hub, f"/api/jobs/ada/{job_id}/logs"))
        assert rest(silent) == b""  # as long as a connection may be idle
        hub.log(job_id, "two")
        hub.set_stage(job_id, "COMPLETED")
        read_until(connection, b"two")


def test_a_crowd_of_silent_connections_keeps_nobody_out() -> None:
    patience = Patience(first_request_seconds=60, most_idle=PATIENCE.most_idle)
    with LocalHub(patience=patience) as hub, ExitStack() as crowd, httpx2.Client(trust_env=False) as http:
        job_id = hub.add_job()
        reader = crowd.enter_context(connect(hub))
        reader.sendall(request(hub, f"/api/jobs/ada/{job_id}/logs"))
        read_until(reader, b"Job started")
        silent = [crowd.enter_context(connect(hub)) for _ in range(CROWD)]
        reply = http.get(hub.endpoint + "/api/whoami-v2", headers=hub.headers)
        assert reply.status_code == 200
        dropped = silent[: CROWD - PATIENCE.most_idle]
        assert [rest(connection) for connection in dropped] == [b""] * len(dropped)
        hub.set_stage(job_id, "COMPLETED")
        read_until(reader, b"0\r\n\r\n")
        since = time.monotonic()
        hub.close()
        assert time.monotonic() - since < 1


@pytest.mark.parametrize(
    "sent", [b"\x00\xff\r\n\r\n", b"GET  / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"]
)
def test_what_is_not_http_is_refused_in_words(hub: LocalHub, sent: bytes) -> None:
    with connect(hub) as connection:
        connection.sendall(sent)
        head, _, body = rest(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400")
    assert json.loads(body) == {"error": "Invalid HTTP request received."}


@pytest.mark.parametrize("size", [HEADERS_MAX_BYTES + 1000, 100_000, 1_000_000])
def test_a_head_that_is_too_big_is_refused(hub: LocalHub, size: int) -> None:
    with connect(hub) as connection:
        try:
            connection.sendall(request(hub, "/api/whoami-v2", "X-Padding: " + "x" * size))
        except (BrokenPipeError, ConnectionResetError):  # the hub hung up in the middle
            return
        received = rest(connection)
    assert received == b"" or received[:12] in (b"HTTP/1.1 431", b"HTTP/1.1 400")


def test_a_connection_that_comes_as_the_hub_stops_is_closed() -> None:
    hub = LocalHub()

    def come_and_stop() -> socket.socket:
        connection = connect(hub)
        hub._loop.call_soon(hub._server.stop)  # in the turn of the loop that accepts it
        return connection

    with hub.call(come_and_stop) as connection:
        hub._thread.join(10)
        assert rest(connection) == b""
