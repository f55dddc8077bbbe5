"""How fast the log pane is, beside Textual's own log widgets: `python benchmarks/log_pane.py`.

Every figure comes from an application of 80×24 whose terminal is a driver that counts what is written.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import time
import tracemalloc
from collections.abc import Callable, Iterator
from statistics import quantiles
from typing import Any

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")

from rich.console import Console
from rich.table import Table
from textual import events
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.widget import Widget
from textual.widgets import Log, RichLog

from tui.domain.stream import LogLine
from tui.widgets.log_pane import LogPane

BATCH_LINES = 2_000
START_SECONDS = 1_780_000_000.0


class CountingDriver(HeadlessDriver):
    """A terminal that shows nothing and counts everything."""

    written_bytes = 0
    on_write: Callable[[], None] | None = None

    @property
    def is_headless(self) -> bool:
        """Say no, or nothing would be painted."""
        return False

    def write(self, data: str) -> None:
        """Count."""
        self.written_bytes += len(data.encode())
        if self.on_write is not None:
            self.on_write()


class Bench(App[None]):
    """One log widget on a whole screen."""

    def __init__(self, widget: Widget) -> None:
        super().__init__(driver_class=CountingDriver)
        self.widget = widget
        self.acted_at: float | None = None
        self.actions: tuple[Callable[[], Any], Callable[[], Any]] = (self.refresh, self.refresh)

    def compose(self) -> ComposeResult:
        """The widget alone."""
        yield self.widget

    def on_key(self, event: events.Key) -> None:
        """Do one of two things; the moment is noted so that the paint that follows can be told."""
        first, second = self.actions
        first() if event.key == "u" else second()
        self.acted_at = time.perf_counter()

    @property
    def driver(self) -> CountingDriver:
        """The driver that counts."""
        assert isinstance(self._driver, CountingDriver)
        return self._driver


def text(number: int) -> str:
    """A line of some 75 characters, as training prints them."""
    loss = 1 / (1 + number % 997)
    return f"step {number:>8,} | loss {loss:.5f} | lr 2.0e-05 | {number % 89:>3} samples/s | grad 0.98 | ok"


def batches(count: int, lines: int = BATCH_LINES) -> Iterator[list[LogLine]]:
    """Lines as they arrive."""
    for begin in range(0, count, lines):
        yield [
            LogLine(START_SECONDS + number / 100, text(number))
            for number in range(begin, min(begin + lines, count))
        ]


def write_to(widget: Widget) -> Callable[[list[LogLine]], Any]:
    """The best way there is to give a widget many lines."""
    if isinstance(widget, LogPane):
        return widget.append
    if isinstance(widget, Log):
        return lambda lines: widget.write_lines([line.text for line in lines])
    assert isinstance(widget, RichLog)
    return lambda lines: [widget.write(line.text) for line in lines]


def milliseconds(started: float) -> float:
    """Since then."""
    return (time.perf_counter() - started) * 1000


async def fill(widget: Widget, count: int, *, memory: bool) -> tuple[float, float]:
    """Lines a second until the last is painted, and bytes a line."""
    async with Bench(widget).run_test(headless=False, size=(80, 24)) as pilot:
        write, spent = write_to(widget), 0.0
        gc.collect()
        if memory:
            tracemalloc.start()
        for batch in batches(count):
            started = time.perf_counter()
            write(batch)
            await asyncio.sleep(0)
            spent += time.perf_counter() - started
        del batch
        started = time.perf_counter()
        await pilot.pause()
        spent += time.perf_counter() - started
        gc.collect()
        held = tracemalloc.get_traced_memory()[0] if memory else 0
        tracemalloc.stop()
        return count / spent, held / count


async def use(count: int) -> dict[str, str]:
    """Searching, jumping and wrapping with many lines held."""
    pane = LogPane()
    figures: dict[str, str] = {}
    async with Bench(pane).run_test(headless=False, size=(80, 24)) as pilot:
        for batch in batches(count):
            pane.append(batch)
            await asyncio.sleep(0)
        await pilot.pause()
        for name, query in (
            ("search, no hit", "cuda error"),
            ("search, few hits", "999,99"),
            ("search, every line", "loss"),
            ("search, pattern", r"/loss 0\.00[1-4]\d+/"),
        ):
            slices = [0.0]
            started = time.perf_counter()
            pane.search(query)
            while "…" in pane.hit_status:
                slices.append(time.perf_counter())
                await asyncio.sleep(0)
                slices[-1] = milliseconds(slices[-1])
            figures[name] = (
                f"{milliseconds(started):,.0f} ms, longest slice {max(slices):.0f} ms, {pane.hit_status}"
            )
        pane.search("")
        for name, action in (
            ("jump to the top, painted", pane.action_top),
            ("jump to the end, painted", pane.action_follow),
            ("wrap on, all lines fit", pane.action_toggle_wrap),
            ("wrap off", pane.action_toggle_wrap),
        ):
            figures[name] = f"{await until_painted(pane, action):.1f} ms"
        pane.numbers, pane.times = True, pane.times.next
        await pilot.pause()
        figures["wrap on, every line broken"] = f"{await until_painted(pane, pane.action_toggle_wrap):.1f} ms"
    return figures


async def until_painted(pane: LogPane, action: Callable[[], Any]) -> float:
    """Milliseconds from an action to the bytes that show it."""
    app = pane.app
    assert isinstance(app, Bench)
    painted = asyncio.Event()
    app.driver.on_write = painted.set
    started = time.perf_counter()
    action()
    await asyncio.wait_for(painted.wait(), 10)
    app.driver.on_write = None
    return milliseconds(started)


async def under_load(lines_a_second: int, seconds: float, *, hold: bool) -> dict[str, str]:
    """Key to paint while lines pour in, the page following or held; and whether every line is there."""
    pane = LogPane()
    app = Bench(pane)
    app.actions = (
        (pane.action_page_up, pane.action_page_down)
        if hold
        else (pane.action_toggle_numbers, pane.action_toggle_numbers)
    )
    delays: list[float] = []
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        pane.append(next(batches(5_000, 5_000)))
        await pilot.pause()
        gc.freeze()  # as the program does when it starts
        if hold:
            pane.action_page_up()
            pane.action_page_up()

        def painted() -> None:
            if app.acted_at is not None:
                delays.append(milliseconds(pressed_at))
                app.acted_at = None

        app.driver.on_write = painted
        feeder = asyncio.create_task(feed(pane, lines_a_second, seconds))
        before_bytes = app.driver.written_bytes
        pressed_at, key = 0.0, "u"
        while not feeder.done():
            await asyncio.sleep(0.073)
            pressed_at, key = time.perf_counter(), "d" if key == "u" else "u"
            app.post_message(events.Key(key, key))
        await feeder
        mixed = (app.driver.written_bytes - before_bytes) / seconds
        assert pane.following is not hold
    total = int(lines_a_second * seconds)
    wrong = sum(pane.book.line(5_000 + number) != text(number) for number in range(total))
    name = "held" if hold else "following"
    return {
        f"{name}, {lines_a_second:,} lines/s for {seconds:g} s, key to paint p50 / p95 / p99": " / ".join(
            f"{value:.1f}" for value in percentiles(delays)
        )
        + " ms",
        f"{name}, presses": f"{len(delays)}",
        f"{name}, to the terminal": f"{mixed / 1024:.1f} KB/s",
        f"{name}, lines held of those sent": f"{len(pane.book) - 5_000:,} of {total:,}, {wrong} wrong",
    }


def percentiles(values: list[float]) -> tuple[float, float, float]:
    """p50, p95, p99."""
    cuts = quantiles(values, n=100)
    return cuts[49], cuts[94], cuts[98]


async def feed(pane: LogPane, lines_a_second: int, seconds: float, batch_seconds: float = 0.05) -> None:
    """Lines at an even rate, in batches as the reader posts them."""
    started, sent = time.perf_counter(), 0
    total = int(lines_a_second * seconds)
    while sent < total:
        due = min(total, int((time.perf_counter() - started + batch_seconds) * lines_a_second))
        pane.append([LogLine(START_SECONDS, text(number)) for number in range(sent, due)])
        sent = due
        await asyncio.sleep(batch_seconds)


async def bytes_written(widget: Widget, *, hold: bool = False, floods: bool = False) -> float:
    """To the terminal for each line that arrives alone, or for each second of a flood."""
    app = Bench(widget)
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        write = write_to(widget)
        for batch in batches(1_000):
            write(batch)
        await pilot.pause()
        if hold and isinstance(widget, LogPane):
            widget.action_page_up()
            await pilot.pause()
        before = app.driver.written_bytes
        if floods and isinstance(widget, LogPane):
            await feed(widget, 5_000, 3)
            return (app.driver.written_bytes - before) / 3
        for number in range(20):
            write([LogLine(START_SECONDS, text(number))])
            if isinstance(widget, LogPane):
                widget.flush()
            await pilot.pause()
        return (app.driver.written_bytes - before) / 20


async def measure(count: int, seconds: float, *, others: bool) -> None:
    """Everything, as tables."""
    console = Console()
    table = Table(
        "widget", "lines/s", "bytes a line", "bytes to the terminal a line", title="Filling and following"
    )
    kinds: list[tuple[type[Widget], int]] = [(LogPane, count)]
    if others:
        kinds += [(Log, count), (RichLog, min(count, 20_000))]
    for kind, lines in kinds:
        speed, _ = await fill(kind(), lines, memory=False)
        _, held = await fill(kind(), lines, memory=True)
        written = await bytes_written(kind())
        table.add_row(f"{kind.__name__}, {lines:,} lines", f"{speed:,.0f}", f"{held:,.0f}", f"{written:,.0f}")
    console.print(table)
    figures = await use(count)
    for hold in (False, True):
        figures |= await under_load(5_000, seconds, hold=hold)
    figures["to the terminal a line while held"] = f"{await bytes_written(LogPane(), hold=True):,.0f} B"
    figures["following 5,000 lines/s"] = f"{await bytes_written(LogPane(), floods=True) / 1024:,.1f} KB/s"
    figures["held, 5,000 lines/s arriving"] = (
        f"{await bytes_written(LogPane(), hold=True, floods=True) / 1024:,.1f} KB/s"
    )
    table = Table("what", "figure", title=f"LogPane with {count:,} lines")
    for name, figure in figures.items():
        table.add_row(name, figure)
    console.print(table)


async def load(seconds: float) -> None:
    """Only the page while lines pour in."""
    table = Table("what", "figure", title="LogPane under load")
    for hold in (False, True):
        for name, figure in (await under_load(5_000, seconds, hold=hold)).items():
            table.add_row(name, figure)
    Console(width=120).print(table)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument(
        "--seconds", type=float, default=5, help="how long lines pour in, twice; 60 to be sure"
    )
    parser.add_argument("--load", action="store_true", help="only while lines pour in")
    parser.add_argument("--alone", action="store_true", help="without Textual's widgets beside it")
    arguments = parser.parse_args()
    if arguments.load:
        asyncio.run(load(arguments.seconds))
    else:
        asyncio.run(measure(arguments.lines, arguments.seconds, others=not arguments.alone))
