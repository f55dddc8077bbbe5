"""What the jobs table costs with ten thousand jobs, beside DataTable: `python benchmarks/jobs_table.py`.

Both are whole applications of 120×40 in one run; figures are processor time of the interface thread, the
longest time it was blocked in one piece, and bytes written to the terminal.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")

from rich.text import Text
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import DataTable

import tui
from tui.app import JobsApp
from tui.domain.hardware import bundled_catalogue
from tui.domain.job import Job
from tui.domain.snapshot import Snapshot
from tui.environment import MachineEnvironment
from tui.messages import SnapshotFetched
from tui.presentation.job_columns import job_columns
from tui.settings import Settings
from tui.widgets.jobs_table import JobsTable

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
FLAVORS = ("cpu-basic", "a10g-small", "a100-large", "l4x1", "h200")
REPEATS = 5
QUIET_SECONDS = 0.06


class CountingDriver(HeadlessDriver):
    """A terminal that shows nothing and counts everything."""

    written_bytes = 0

    @property
    def is_headless(self) -> bool:
        """Say no, or nothing would be painted."""
        return False

    def write(self, data: str) -> None:
        """Count."""
        self.written_bytes += len(data.encode())


@dataclass
class Figures:
    """What one step cost."""

    cpu_ms: float
    blocked_ms: float
    written: int


class _Nothing:
    """A backend that does nothing of all it is asked."""

    def __getattr__(self, name: str) -> Any:
        return _Nothing()

    def __call__(self, *_: Any, **__: Any) -> None:
        return None


def job(number: int) -> Job:
    """One of many: most have ended, thirty run."""
    created = NOON - timedelta(minutes=number * 7)
    live = number < 30
    return Job(
        id=f"{int(created.timestamp()):08x}{number:016x}",
        stage="RUNNING" if live else ("COMPLETED", "ERROR", "CANCELED")[number % 3],
        namespace="ada",
        created_at=created,
        started_at=created + timedelta(seconds=40),
        finished_at=None if live else created + timedelta(minutes=30),
        image="python:3.12",
        command=("python", "train.py", "--seed", str(number)),
        flavor=FLAVORS[number % len(FLAVORS)],
        timeout_seconds=7200.0,
        labels={"name": f"run-{number % 400}", "team": "ml"},
        ended_running_seconds=None if live else 1800.0,
    )


def snapshots(count: int) -> tuple[Snapshot, Snapshot, Snapshot]:
    """All jobs; the same with a hundred changed; with fifty new and fifty gone."""
    jobs = [job(number) for number in range(count)]
    whole = Snapshot({one.id: one for one in jobs}, complete=True)
    changed = [replace(one, flavor="t4-small") for one in jobs[: count : count // 100]]
    others = [replace(job(number), id=f"ffffffff{number:016x}") for number in range(50)]
    left = {one.id: one for one in (*others, *jobs[:-50])}
    return whole, whole.merged(changed), replace(whole, jobs=left)


class Ours(JobsApp):
    """The dashboard, its jobs given by hand."""

    CSS_PATH = Path(tui.__file__).with_name("app.tcss")

    def __init__(self) -> None:
        backend: Any = _Nothing()
        environment = MachineEnvironment(lambda: NOON, lambda: None)
        super().__init__(Settings(), backend, environment, clock=lambda: NOON)
        self.driver_class = CountingDriver

    async def show(self, snapshot: Snapshot) -> None:
        """As the feed would."""
        self.post_message(SnapshotFetched(snapshot, NOON, 0))

    async def sort(self) -> None:
        """By name, with keys as a user would."""
        table = self.screen.query_one(JobsTable)
        table.sort = ("name", table.sort == ("name", False))

    async def filter(self) -> None:
        """By a word."""
        table = self.screen.query_one(JobsTable)
        table.use_filter("" if table.filter_text else "run-11", {})

    async def one_cell(self) -> None:
        """One job on screen, not the one under the cursor, shows another name."""
        first = list(self.snapshot.jobs.values())[3]
        other = replace(first, labels={"name": "renamed" if first.name != "renamed" else "again"})
        await self.show(self.snapshot.merged([other]))


class Theirs(App[None]):
    """The same rows in a DataTable, kept up by key: changed cells updated, rows added and removed."""

    def __init__(self) -> None:
        super().__init__(driver_class=CountingDriver)
        self.columns = job_columns(bundled_catalogue())[:8]
        self.shown: dict[str, list[str]] = {}
        self.turned = False

    def compose(self) -> ComposeResult:
        table: DataTable[Text] = DataTable(cursor_type="row")
        table.auto_links = False
        yield table

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        for column in self.columns:
            table.add_column(column.title, key=column.id, width=column.width + column.grow)

    async def show(self, snapshot: Snapshot) -> None:
        """Only the difference."""
        table = self.query_one(DataTable)
        wanted = {
            one.id: [column.cell(one, NOON).text for column in self.columns] for one in snapshot.jobs.values()
        }
        with self.batch_update():
            for key in self.shown.keys() - wanted.keys():
                table.remove_row(key)
            for key, texts in wanted.items():
                old = self.shown.get(key)
                if old is None:
                    table.add_row(*(Text(text, no_wrap=True, end="") for text in texts), key=key)
                elif old != texts:
                    for column, before, text in zip(self.columns, old, texts, strict=True):
                        if before != text:
                            table.update_cell(key, column.id, Text(text, no_wrap=True, end=""))
        self.shown = wanted

    async def sort(self) -> None:
        """By name."""
        self.turned = not self.turned
        self.query_one(DataTable).sort("name", key=lambda text: text.plain, reverse=self.turned)

    async def filter(self) -> None:
        """It has no filter: rows are taken out and put back."""
        table = self.query_one(DataTable)
        keep = {key: texts for key, texts in self.shown.items() if "run-11" in texts[1]}
        if table.row_count == len(self.shown):
            table.clear()
            self.shown_filtered = keep
        else:
            table.clear()
            keep = self.shown
        for key, texts in keep.items():
            table.add_row(*(Text(text, no_wrap=True, end="") for text in texts), key=key)

    async def one_cell(self) -> None:
        """One cell of the first row."""
        key, texts = next(iter(self.shown.items()))
        texts[1] = "renamed" if texts[1] != "renamed" else "again"
        self.query_one(DataTable).update_cell(key, "name", Text(texts[1], no_wrap=True, end=""))


class Watch:
    """Measures what an application does until nothing more comes of it."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self.overhead_ms = 0.0
        """What watching costs by itself."""

    async def calibrate(self) -> None:
        """Watch nothing."""
        runs = [(await self.step(lambda: asyncio.sleep(0))).cpu_ms for _ in range(REPEATS)]
        self.overhead_ms = sorted(runs)[REPEATS // 2]

    async def step(self, act: Callable[[], Awaitable[None]]) -> Figures:
        """Do something and wait until the application has been quiet for a while."""
        driver: Any = self._app._driver
        gc.collect()
        written, cpu, longest = driver.written_bytes, time.thread_time(), 0.0
        await act()
        quiet_since = time.perf_counter()
        while time.perf_counter() - quiet_since < QUIET_SECONDS:
            before = time.thread_time()
            await asyncio.sleep(0.001)
            spent = time.thread_time() - before
            if spent > 0.001:
                quiet_since = time.perf_counter()
            longest = max(longest, spent)
        spent_ms = (time.thread_time() - cpu) * 1000 - self.overhead_ms
        return Figures(max(0.0, spent_ms), longest * 1000, driver.written_bytes - written)


async def measured(app: Any, count: int) -> dict[str, Figures]:
    """Every step, the middle of some repeats."""
    whole, changed, moved = snapshots(count)
    task = asyncio.create_task(app.run_async(size=(120, 40)))
    await asyncio.sleep(1.0)
    watch = Watch(app)
    await watch.calibrate()
    found = {"load and first paint": await watch.step(lambda: app.show(whole))}

    async def middle(*acts: Callable[[], Awaitable[None]]) -> Figures:
        runs = []
        for _ in range(REPEATS):
            for act in acts[:-1]:
                await watch.step(act)
            runs.append(await watch.step(acts[-1]))
        return sorted(runs, key=lambda run: run.cpu_ms)[REPEATS // 2]

    found["refresh, nothing changed"] = await middle(lambda: app.show(whole))
    found["one cell changed"] = await middle(app.one_cell)
    found["refresh, 100 changed"] = await middle(lambda: app.show(whole), lambda: app.show(changed))
    found["refresh, 50 new, 50 gone"] = await middle(lambda: app.show(whole), lambda: app.show(moved))
    found["sort"] = await middle(app.sort)
    found["filter"] = await middle(app.filter)
    idle = [await watch.step(lambda: asyncio.sleep(1.0)) for _ in range(3)]
    found["one second of doing nothing"] = sorted(idle, key=lambda run: run.cpu_ms)[1]
    app.exit()
    await task
    return found


BUDGETS_MS = {"load and first paint": 100, "refresh, nothing changed": 5, "refresh, 100 changed": 20}


def main() -> None:
    """Print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    ours = asyncio.run(measured(Ours(), count))
    theirs = asyncio.run(measured(Theirs(), count))
    print(f"{count:,} jobs, 120×40: processor time, longest piece, bytes | the same of DataTable")
    for step, figures in ours.items():
        other = theirs[step]
        budget = f"{BUDGETS_MS[step]} ms" if step in BUDGETS_MS else ""
        print(
            f"{step:<28} {figures.cpu_ms:7.1f} ms {figures.blocked_ms:5.0f} ms {figures.written:8,}"
            f" | {other.cpu_ms:8.1f} ms {other.blocked_ms:5.0f} ms {other.written:8,}"
            f" | ratio {figures.cpu_ms / max(other.cpu_ms, 0.01):6.3f}  {budget and 'budget ' + budget}"
        )


if __name__ == "__main__":
    main()
