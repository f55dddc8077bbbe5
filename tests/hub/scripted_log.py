"""A server that plays one log by a script: what each connection may see of it, and where it is cut."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

MARKER = "===== Job started at 2026-05-12 14:57:43 ====="
START_SECONDS = 1_778_597_863.0


@dataclass(frozen=True)
class Connection:
    """What one connection is given."""

    until: int
    """It sees the lines before this one."""
    since: int = 0
    """The log has lost the lines before this one."""
    cut_at: float = 1.0
    """The share of its bytes after which it is cut."""
    clean: bool = True
    """Whether it ends as if all were well, or is torn."""


@dataclass
class Script:
    """A job that runs until its last connection but one is over; any further one gets the whole log."""

    lines: Sequence[tuple[float, str]]
    """Seconds after the start, and the text."""
    connections: Sequence[Connection] = ()
    ends_early: bool = False
    """Whether the job has ended before the first connection: a cut is then no reason to believe the end."""
    tail: int | None = None
    """How many of the last lines the reader was asked for; any other number is its own check of the end."""
    shown_from: int | None = field(default=None, init=False)
    """The first line that a connection has brought whole."""
    _asked: int = field(default=0, init=False)

    @property
    def stage(self) -> str:
        over = self.ends_early or self._asked > len(self.connections)
        return "COMPLETED" if over else "RUNNING"

    def next_reply(self, tail: int | None) -> tuple[bytes, bool]:
        """The bytes of the next connection, and whether it ends cleanly."""
        number, self._asked = self._asked, self._asked + 1
        last = Connection(len(self.lines), self.connections[-1].since if self.connections else 0)
        given = self.connections[number] if number < len(self.connections) else last
        since = given.since if tail is None else max(given.since, given.until - tail)
        events = [_event(0.0, MARKER), *(_event(*line) for line in self.lines[since : given.until])]
        cut_at = round(sum(map(len, events)) * given.cut_at)
        whole = sum(1 for n in range(1, len(events) + 1) if sum(map(len, events[:n])) <= cut_at)
        is_check = tail is not None and tail != self.tail
        if whole > 1 and self.shown_from is None and not is_check:
            self.shown_from = since
        return b"".join(events)[:cut_at], given.clean

    @property
    def expected(self) -> list[str]:
        """The lines a reader has to show."""
        return [text for _, text in self.lines[self.shown_from or 0 :]]


def _event(seconds: float, text: str) -> bytes:
    at = datetime.fromtimestamp(START_SECONDS + seconds, UTC).isoformat(timespec="milliseconds")
    event = {"data": text, "timestamp": at.replace("+00:00", "Z")}
    return b"data: " + json.dumps(event, separators=(",", ":")).encode() + b"\n\n"


@contextmanager
def playing() -> Iterator[tuple[str, dict[str, Script]]]:
    """The address of a server, and the scripts it plays by job id."""
    scripts: dict[str, Script] = {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            parts = url.path.strip("/").split("/")
            script = scripts.get(parts[3]) if len(parts) >= 4 else None
            if script is None:
                self._answer(404, {"error": "not found"})
            elif parts[-1] == "logs":
                tail = parse_qs(url.query).get("tail")
                self._stream(*script.next_reply(int(tail[0]) if tail else None))
            else:
                self._answer(200, {"id": parts[3], "status": {"stage": script.stage, "message": None}})

        def _answer(self, status: int, value: object) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _stream(self, body: bytes, clean: bool) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            middle = len(body) // 2
            for part in filter(None, (body[:middle], body[middle:])):
                self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            if clean:
                self.wfile.write(b"0\r\n\r\n")
            else:
                self.close_connection = True

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", scripts
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
