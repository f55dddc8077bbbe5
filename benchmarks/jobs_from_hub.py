"""Ten thousand jobs from the local hub, a hundred pages: `python benchmarks/jobs_from_hub.py [jobs]`.

The whole way: requests, pages, snapshots, table. What the interface thread paid for each step, the longest
it was blocked in one piece, bytes written to the terminal, and how long the step took by the clock.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.jobs_table import CountingDriver
from tests.local_hub import LocalHub
from tui.app import JobsApp, utc_now
from tui.backend import Backend
from tui.environment import MachineEnvironment
from tui.feeds.row_memory import RowMemory
from tui.hub.client import HubClient
from tui.hub.credentials import Token
from tui.hub.thread import HubThread
from tui.settings import Settings

LIVE = 30
PATIENCE_SECONDS = 120.0


@dataclass
class Figures:
    """What one step cost."""

    cpu_ms: float
    longest_ms: float
    written: int
    seconds: float


class Session:
    """A dashboard on the hub, and what it costs until something holds."""

    def __init__(self, hub: LocalHub, memory: RowMemory) -> None:
        self.thread = HubThread()
        self.thread.start()
        self.settings = Settings(endpoint=hub.endpoint, namespace=hub.user, refresh=None)
        client = HubClient(hub.endpoint, lambda: Token(hub.token, "the benchmark"))
        self.backend = Backend(self.thread, client, namespace=hub.user, refresh_seconds=None, memory=memory)
        environment = MachineEnvironment(utc_now, lambda: hub.token)
        self.app = JobsApp(self.settings, self.backend, environment)
        self.app.driver_class = CountingDriver

    async def cost(self, act: Callable[[], object], done: Callable[[], bool]) -> Figures:
        """Do something, and count until it is done and painted."""
        driver: Any = self.app._driver
        gc.collect()
        written = driver.written_bytes if driver else 0
        cpu, began, longest, quiet = time.thread_time(), time.perf_counter(), 0.0, 0
        finished = 0.0
        act()
        while quiet < 30:
            before = time.thread_time()
            await asyncio.sleep(0.002)
            spent = time.thread_time() - before
            longest = max(longest, spent)
            if not finished and done():
                finished = time.perf_counter()
            quiet = quiet + 1 if finished and spent < 0.001 else 0
            if time.perf_counter() - began > PATIENCE_SECONDS:
                raise TimeoutError("the step never ended")
        driver = self.app._driver
        spent_ms = (time.thread_time() - cpu) * 1000
        return Figures(spent_ms, longest * 1000, driver.written_bytes - written, finished - began)

    async def refreshed(self, hub: LocalHub, change: Callable[[], object]) -> Figures:
        """Something changes on the hub, and `r` reads the whole list."""
        change()
        pages = len(hub.requests)
        wanted = -(-sum(1 for _ in hub.state.store) // 100)

        def read() -> bool:
            return len(hub.requests) - pages >= wanted and self.shows(hub)

        return await self.cost(self.backend.jobs.refresh, read)

    def shows(self, hub: LocalHub) -> bool:
        """Whether every job is known as the hub has it."""
        known = self.app.snapshot.jobs
        return len(known) == sum(1 for _ in hub.state.store) and all(
            job.id in known and known[job.id].stage == job.stage for job in hub.state.store
        )


def filled(hub: LocalHub, count: int) -> list[str]:
    """Add the jobs, the newest thirty of them running."""
    flavors = ("cpu-basic", "a10g-small", "a100-large", "l4x1", "h200")
    return [
        hub.add_job(
            name=f"run-{number % 400}",
            stage="RUNNING" if number < LIVE else ("COMPLETED", "ERROR", "CANCELED")[number % 3],
            age_seconds=600.0 + number * 60,
            flavor=flavors[number % 5],
        )
        for number in range(count)
    ]


async def steps(hub: LocalHub, ids: list[str], folder: Path) -> dict[str, Figures]:
    """Everything that is measured, in order."""
    session = Session(hub, RowMemory(folder, hub.endpoint))
    running: list[asyncio.Task[Any]] = []
    found: dict[str, Figures] = {}

    def start() -> None:
        running.append(asyncio.create_task(session.app.run_async(size=(120, 40))))

    found["start until all are read"] = await session.cost(
        start, lambda: session.app.snapshot.complete and session.shows(hub)
    )
    found["refresh, nothing changed"] = await session.refreshed(hub, lambda: None)

    def change() -> None:
        for job_id in ids[LIVE : LIVE + 100]:
            hub.set_stage(job_id, "DELETED")

    found["refresh, 100 changed"] = await session.refreshed(hub, change)

    def exchange() -> None:
        for number in range(50):
            hub.add_job(name=f"new-{number}", stage="COMPLETED")
            hub.forget(ids[-1 - number])

    found["refresh, 50 new, 50 gone"] = await session.refreshed(hub, exchange)
    session.app.exit()
    await running[0]
    session.backend.leave()
    return found


def main() -> None:
    """Print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with LocalHub() as hub, tempfile.TemporaryDirectory() as folder:
        ids = filled(hub, count)
        found = asyncio.run(steps(hub, ids, Path(folder)))
    print(f"{count:,} jobs on the local hub, 120×40: interface thread, longest piece, bytes, by the clock")
    for step, figures in found.items():
        print(
            f"{step:<26} {figures.cpu_ms:8.1f} ms {figures.longest_ms:6.1f} ms"
            f" {figures.written:9,} {figures.seconds:7.2f} s"
        )


if __name__ == "__main__":
    main()
