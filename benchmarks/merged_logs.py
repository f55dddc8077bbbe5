"""Several long logs on one page: `python benchmarks/merged_logs.py`.

Each job brings its whole past at once, as on opening the page, in batches that take turns at random.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import random
import time

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")

from log_pane import Bench, batches, milliseconds, percentiles
from rich.console import Console
from rich.table import Table

from tui.domain.stream import StreamPhase, StreamState
from tui.widgets.log_merged import JobView, MergedPane


async def feed(views: list[JobView], count: int) -> None:
    """Bring every line of every job."""
    rng = random.Random(1)  # noqa: S311 - to be the same every time
    rest = {view.source: batches(count) for view in views}
    while rest:
        source = rng.choice(list(rest))
        if (batch := next(rest[source], None)) is None:
            del rest[source]
            views[source].show_state(StreamState(StreamPhase.ENDED))
        else:
            views[source].append(batch)
            await asyncio.sleep(0.005)


async def measure(jobs: int, count: int) -> dict[str, str]:
    """From opening the page to its last line; then a job is taken out."""
    pane = MergedPane(tuple(f"job-{number:02}" for number in range(jobs)))
    views = [JobView(pane, source) for source in range(jobs)]
    pauses: list[float] = []
    async with Bench(pane).run_test(headless=False, size=(80, 24)):
        gc.freeze()  # as the program does when it starts
        for view in views:
            pane.join(view.source)
            view.show_state(StreamState(StreamPhase.LIVE))
        started = time.perf_counter()
        feeder = asyncio.create_task(feed(views, count))
        while len(pane.book) < jobs * count:
            at = time.perf_counter()
            await asyncio.sleep(0.001)
            pauses.append(milliseconds(at) - 1)
        shown = milliseconds(started) / 1000
        await feeder
        times = [pane.book.timestamp(number) for number in range(pane.book.end)]
        assert times == sorted(times), "not in order of time"
        started = time.perf_counter()
        pane.leave(0)
        left = milliseconds(started)
    return {
        "every line in its place": f"{shown:.2f} s",
        "pause of the interface p50 / p95 / p99": " / ".join(f"{p:.1f}" for p in percentiles(pauses)) + " ms",
        "longest pause": f"{max(pauses):.0f} ms",
        "a job taken out": f"{left:.0f} ms",
    }


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=4)
    parser.add_argument("--lines", type=int, default=50_000, help="of each job")
    options = parser.parse_args()
    figures = asyncio.run(measure(options.jobs, options.lines))
    table = Table("what", "figure", title=f"{options.jobs} jobs with {options.lines:,} lines each")
    for name, figure in figures.items():
        table.add_row(name, figure)
    Console().print(table)


if __name__ == "__main__":
    main()
