"""How fast the local hub streams logs, beside a static file of the same bytes.

The hub is a process of its own, its job really runs, and every reader is checked to have got every line in
order: `python benchmarks/hub_logs.py`.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import http.client
import json
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

LOOPBACK = "127.0.0.1"
BLOCK_BYTES = 1 << 20
PRINT_LINES = (
    "import sys\nfor n in range({}): sys.stdout.write(f'line {{n:>9}} | loss 0.69315 | lr 2.0e-05\\n')"
)
HUB = """
from tui.local.serve import HubOptions, run
run(HubOptions(token="hf_benchmark", scheduling_seconds=0, until_stdin_closes=True))
"""
STATIC = """
import sys, uvicorn
from starlette.responses import FileResponse
async def app(scope, receive, send):
    await FileResponse(sys.argv[1], media_type="text/event-stream")(scope, receive, send)
uvicorn.run(app, port=int(sys.argv[2]), log_level="error", lifespan="off", http="h11", ws="none")
"""


class Hub:
    """A client of a hub in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = psutil.Process(process.pid)
        self.port = int(process.stdout.readline().rpartition(":")[2])
        self.headers = {"Authorization": "Bearer hf_benchmark"}

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One request and its JSON."""
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=60)
        connection.request(method, "/api/jobs/ada" + path, json.dumps(body) if body else None, self.headers)
        reply = json.loads(connection.getresponse().read())
        connection.close()
        return reply

    def print_lines(self, count: int) -> str:
        """Start a job that prints so many lines; returns its id."""
        command = ["python", "-c", PRINT_LINES.format(count)]
        body = {"dockerImage": "python:3.12", "command": command, "flavor": "cpu-basic"}
        return str(self.call("POST", "", body)["id"])

    def wait(self, job_id: str) -> None:
        """Until the job has ended."""
        while self.call("GET", f"/{job_id}")["status"]["stage"] not in ("COMPLETED", "ERROR"):
            time.sleep(0.02)

    def read(self, job_id: str) -> Iterator[bytes]:
        """The blocks of a log."""
        return read(self.port, f"/api/jobs/ada/{job_id}/logs", self.headers)


@contextlib.contextmanager
def program(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python program that ends with the block."""
    with subprocess.Popen(
        [sys.executable, "-c", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def read(port: int, path: str, headers: dict[str, str]) -> Iterator[bytes]:
    """The body of a reply, in blocks as they come."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=120)
    connection.request("GET", path, headers=headers)
    reply = connection.getresponse()
    assert reply.status == 200, reply.status
    while block := reply.read1(BLOCK_BYTES):
        yield block
    connection.close()


def verify(log: bytes, count: int) -> None:
    """Every line there, in order, behind one marker."""
    numbers = re.findall(rb'"line +(\d+) ', log)
    assert [int(number) for number in numbers] == list(range(count)), f"{len(numbers)} of {count} lines"
    assert log.count(b"\n\n") == count + 1


def one_reader(hub: Hub, count: int) -> tuple[float, float, float, Path]:
    """Lines a second: the job's to the log, followed live, and replayed; and the bytes in a file."""
    begun = time.perf_counter()
    job_id = hub.print_lines(count)
    log = b"".join(hub.read(job_id))
    live = count / (time.perf_counter() - begun)
    verify(log, count)
    begun = time.perf_counter()
    hub.wait(hub.print_lines(count))
    written = count / (time.perf_counter() - begun)
    begun = time.perf_counter()
    size = sum(len(block) for block in hub.read(job_id))
    replayed = count / (time.perf_counter() - begun)
    assert size == len(log)
    with tempfile.NamedTemporaryFile(suffix=".sse", delete=False) as file:
        file.write(log)
    return written, live, replayed, Path(file.name)


def static_file(path: Path, count: int) -> float:
    """Lines a second of the same bytes, served by uvicorn from a file."""
    with socket.create_server((LOOPBACK, 0)) as probe:
        port = probe.getsockname()[1]
    with program(STATIC, str(path), str(port)):
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port)):
                break
            time.sleep(0.02)
        begun = time.perf_counter()
        size = sum(len(block) for block in read(port, "/", {}))
        passed = time.perf_counter() - begun
    assert size == path.stat().st_size
    return count / passed


def many_readers(hub: Hub, readers: int, count: int) -> tuple[float, float]:
    """Seconds until each of many readers has all of a log being written, and lines a second in all."""
    digests: list[str] = []

    def follow(job_id: str) -> None:
        digest = hashlib.sha256()
        for block in hub.read(job_id):
            digest.update(block)
        digests.append(digest.hexdigest())

    begun = time.perf_counter()
    job_id = hub.print_lines(count)
    threads = [threading.Thread(target=follow, args=(job_id,)) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passed = time.perf_counter() - begun
    log = b"".join(hub.read(job_id))
    verify(log, count)
    assert digests == [hashlib.sha256(log).hexdigest()] * readers
    return passed, readers * count / passed


def deaf_readers(hub: Hub, job_id: str, readers: int, count: int) -> float:
    """Lines a second of one reader beside many that ask and never read."""
    request = f"GET /api/jobs/ada/{job_id}/logs HTTP/1.1\r\nHost: {LOOPBACK}:{hub.port}\r\n"
    request += f"Authorization: {hub.headers['Authorization']}\r\n\r\n"
    with contextlib.ExitStack() as stack:
        for _ in range(readers):
            deaf = stack.enter_context(socket.create_connection((LOOPBACK, hub.port)))
            deaf.sendall(request.encode())
        verify(b"".join(hub.read(job_id)), count)  # their sockets are full by then
        begun = time.perf_counter()
        size = sum(len(block) for block in hub.read(job_id))
        passed = time.perf_counter() - begun
        assert size > count
    return count / passed


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--lines-each", type=int, default=100_000)
    options = parser.parse_args()
    table = Table(title=f"logs of the local hub, {options.lines:,} lines")
    table.add_column("what")
    table.add_column("lines a second", justify="right")
    with program(HUB) as process:
        hub = Hub(process)
        written, live, replayed, path = one_reader(hub, options.lines)
        table.add_row("a job prints, nobody reads", f"{written:,.0f}")
        table.add_row("a job prints, one reader follows", f"{live:,.0f}")
        table.add_row("an ended log, one reader", f"{replayed:,.0f}")
        table.add_row("the same bytes as a file of uvicorn", f"{static_file(path, options.lines):,.0f}")
        path.unlink()
        passed, rate = many_readers(hub, options.readers, options.lines_each)
        words = f"{options.readers} readers follow {options.lines_each:,} lines each: {passed:.1f} s"
        table.add_row(words, f"{rate:,.0f}")
        job_id = hub.print_lines(options.lines_each)
        hub.wait(job_id)
        rate = deaf_readers(hub, job_id, options.readers, options.lines_each)
        table.add_row(f"one reader beside {options.readers} that never read", f"{rate:,.0f}")
        megabytes = hub.process.memory_info().rss / 1e6
    Console().print(table)
    Console().print(f"memory of the hub at the end: {megabytes:.0f} MB")


if __name__ == "__main__":
    main()
