"""A log pane on a screen of its own, and a terminal that counts what is written to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from tui.domain.stream import LogLine
from tui.widgets.log_gutter import SIGN_COLUMNS
from tui.widgets.log_pane import LogPane


class WritingDriver(HeadlessDriver):
    """A terminal that keeps what is written."""

    written = ""

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written += data


class PaneApp(App[None]):
    """A pane and nothing else."""

    def __init__(self, pane: LogPane) -> None:
        super().__init__(driver_class=WritingDriver)
        self.pane = pane

    def compose(self) -> ComposeResult:
        yield self.pane

    @property
    def shown(self) -> list[str]:
        """The rows of the screen, without the scrollbar."""
        strips = self.screen._compositor.render_strips(self.size)
        return [strip.crop(SIGN_COLUMNS, self.size.width - 1).text.rstrip() for strip in strips]

    def written(self) -> str:
        """What went to the terminal since this was asked last."""
        assert isinstance(self._driver, WritingDriver)
        written, self._driver.written = self._driver.written, ""
        return written


def numbered(count: int, start: int = 0, *, width: int = 0) -> list[LogLine]:
    """`line 0`, `line 1`, … a second apart."""
    return [LogLine(1_780_000_000.0 + n, f"line {n}".ljust(width, "-")) for n in range(start, start + count)]


def logged(*texts: str) -> list[LogLine]:
    """These lines."""
    return [LogLine(0.0, text) for text in texts]


@asynccontextmanager
async def shown_pane(
    pane: LogPane | None = None, size: tuple[int, int] = (40, 10), theme: str = "textual-dark"
) -> AsyncIterator[tuple[PaneApp, Pilot[None]]]:
    """A running application with a pane of that size."""
    app = PaneApp(pane or LogPane())
    async with app.run_test(headless=False, size=(size[0] + SIGN_COLUMNS, size[1])) as pilot:
        app.theme = theme
        app.pane.focus()
        await pilot.pause()
        yield app, pilot


async def give(app: PaneApp, pilot: Pilot[None], lines: list[LogLine]) -> None:
    """Let lines arrive, and paint them."""
    app.pane.append(lines)
    app.pane.flush()
    await pilot.pause()
