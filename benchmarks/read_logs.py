"""A long log from a server to the screen, beside `hf jobs logs`: `python benchmarks/read_logs.py`.

Both read the same bytes from the same server, a process that does nothing but send them. Ours is done when
the last line is on screen and a search over all of them has its count.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")

import psutil
from log_pane import Bench, milliseconds, percentiles, text
from rich.console import Console
from rich.table import Table
from textual import on

from tui.domain.job import Job
from tui.feeds.log_feed import LogFeed
from tui.hub.client import HubClient
from tui.hub.credentials import Token
from tui.hub.thread import HubThread
from tui.messages import LogLinesArrived, LogStateChanged
from tui.widgets.log_pane import LogPane

START_SECONDS = 1_780_000_000.0
SERVER = """
import json, shutil, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path, _, query = self.path.partition("?")
        known = path.startswith("/api/jobs/me/long") or path == "/api/whoami-v2"
        log = path.endswith("/logs")
        body = json.dumps({"id": "long", "name": "me", "type": "user",
                           "status": {"stage": "COMPLETED", "message": None}}).encode()
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/event-stream" if log else "application/json")
        if not log: self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not log: self.wfile.write(body)
        elif query: self.wfile.write(open(sys.argv[2], "rb").read())
        else: shutil.copyfileobj(open(sys.argv[1], "rb"), self.wfile, 1 << 18)
    def log_message(self, *arguments): pass
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
"""


class Reading(Bench):
    """One pane, fed by a reader as in the dashboard."""

    @on(LogLinesArrived)
    def _lines(self, message: LogLinesArrived) -> None:
        self.query_one(LogPane).append(message.lines)

    @on(LogStateChanged)
    def _state(self, message: LogStateChanged) -> None:
        self.query_one(LogPane).show_state(message.state)


def write_log(folder: Path, count: int) -> tuple[Path, Path]:
    """The whole log as the server sends it, and its last 64 lines."""
    whole, tail = folder / "whole", folder / "tail"
    with whole.open("w") as file:
        for number in range(count):
            at = datetime.fromtimestamp(START_SECONDS + number / 1000, UTC).isoformat(timespec="milliseconds")
            event = {"data": text(number), "timestamp": at.replace("+00:00", "Z")}
            file.write(f"data: {json.dumps(event, separators=(',', ':'))}\n\n")
    with whole.open("rb") as file:
        tail.write_bytes(b"\n\n".join(file.read().split(b"\n\n")[-65:]))
    return whole, tail


async def ours(port: int, count: int) -> dict[str, str]:
    """From the request to the count of a search, with the pauses of the interface meanwhile."""
    thread = HubThread()
    thread.start()
    client = HubClient(f"http://127.0.0.1:{port}", lambda: Token("hf_benchmark", "the benchmark"))
    pane = LogPane()
    app = Reading(pane)
    pauses: list[float] = []
    async with app.run_test(headless=False, size=(80, 24)):
        gc.freeze()  # as the program does when it starts
        before_bytes = psutil.Process().memory_info().rss
        started = time.perf_counter()
        LogFeed(client, app.post_message, thread).open(Job("long", "COMPLETED", "me"))
        while not pane.state.final:
            at = time.perf_counter()
            await asyncio.sleep(0.001)
            pauses.append(milliseconds(at) - 1)
        pane.flush()
        shown = milliseconds(started) / 1000
        pane.search("loss")
        while "…" in pane.hit_status:  # noqa: ASYNC110 - as a user would watch it
            await asyncio.sleep(0)
        searched = milliseconds(started) / 1000
        assert len(pane.book) == count, f"{len(pane.book)} of {count} lines"
        held = (psutil.Process().memory_info().rss - before_bytes) / count
    thread.submit(client.close()).result(5)
    thread.stop()
    return {
        "last line on screen": f"{shown:.2f} s",
        "searched as well": f"{searched:.2f} s",
        "resident bytes a line": f"{held:.0f}",
        "pause of the interface p50 / p95 / p99": " / ".join(f"{p:.1f}" for p in percentiles(pauses)) + " ms",
        "longest pause": f"{max(pauses):.0f} ms",
    }


def theirs(port: int, home: str) -> float:
    """Seconds that the hf command takes."""
    command = shutil.which("hf", path=str(Path(sys.executable).parent)) or "hf"
    environment = {**os.environ, "HF_ENDPOINT": f"http://127.0.0.1:{port}", "HF_TOKEN": "hf_benchmark"}
    environment |= {"HF_HOME": home, "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_UPDATE_CHECK": "1"}
    started = time.perf_counter()
    arguments = [command, "jobs", "logs", "--namespace", "me", "long"]
    subprocess.run(arguments, stdout=subprocess.DEVNULL, env=environment, check=True)
    return time.perf_counter() - started


def main(count: int) -> None:
    """Both, as a table."""
    with tempfile.TemporaryDirectory() as folder:
        files = [str(path) for path in write_log(Path(folder), count)]
        with subprocess.Popen(
            [sys.executable, "-c", SERVER, *files], stdout=subprocess.PIPE, text=True
        ) as server:
            try:
                assert server.stdout is not None
                port = int(server.stdout.readline())
                figures = asyncio.run(ours(port, count))
                figures["hf jobs logs > /dev/null"] = f"{theirs(port, folder):.2f} s"
            finally:
                server.terminate()
    table = Table("what", "figure", title=f"{count:,} lines from a server")
    for name, figure in figures.items():
        table.add_row(name, figure)
    Console().print(table)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    main(parser.parse_args().lines)
