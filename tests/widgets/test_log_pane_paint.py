"""What goes to the terminal: little, never a control of a job's making, readable on every theme."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from textual.geometry import Region

from tests.widgets.log_pane_app import PaneApp, give, logged, numbered, shown_pane
from tui.domain.stream import StreamPhase, StreamState
from tui.presentation.log_times import TimeStyle
from tui.themes import THEMES
from tui.widgets.log_pane import LogPane

OWN_SEQUENCES = re.compile(r"\n|\x1b\[[0-9;]*[Hm]|\x1b\[\?2026[hl]|\x1b\[\?25[hl]")
"""Moving the cursor, colours, a frame's begin and end: what the interface itself writes."""

HOSTILE = (
    "\x1b]52;c;aGVsbG8=\x07clipboard",
    "\x1b]0;owned\x07title",
    "\x1b[2J\x1b[Hcleared",
    "\x1b[?1000h\x1b[?2004hmouse and paste",
    "\x9b2J\x90data\x9cC1",
    "\x1bc\x1b7\x1b8\x1b[6nreset",
    "[/x] [red]markup[/red] [@click=app.quit]link[/]",
    "\x1b]8;;http://evil\x07link\x1b]8;;\x07",
    "left\u202eright\u2066\u200f\u200b",
    "half \ud83d of a pair, private \ue000",
    "x" * 1_000_000,
    "\x1b[31m" + "日本" * 100_000,
    "e\u0301" * 3_000,
    "z" + "\u0301" * 50_000,
    "nul\x00 bell\x07 del\x7f shift\x0e",
    "\r\x1b[9999999999Cfar\x1b[K",
)


@pytest.mark.parametrize("wrap", [False, True])
async def test_nothing_of_a_job_s_making_reaches_the_terminal(wrap: bool) -> None:
    async with shown_pane(size=(80, 24)) as (app, pilot):
        app.pane.wrap, app.pane.numbers, app.pane.times = wrap, True, TimeStyle.UTC
        app.written()
        for text in HOSTILE:
            await give(app, pilot, logged(text))
            app.pane.action_top()
            await pilot.pause()
            app.pane.action_follow()
            await pilot.pause()
        app.pane.search("link")
        await pilot.pause()
        app.pane.show_state(StreamState(StreamPhase.ENDED, "\x1b]0;x\x07[/y]"))
        await pilot.pause()
        rest = OWN_SEQUENCES.sub("", app.written())
        assert [char for char in rest if not char.isprintable()] == []
        assert "owned" not in rest


@pytest.mark.parametrize("size", [(2, 2), (3, 1), (12, 4), (80, 24)])
@pytest.mark.parametrize("wrap", [False, True])
async def test_every_row_is_as_wide_as_the_page(size: tuple[int, int], wrap: bool) -> None:
    async with shown_pane(size=size) as (app, pilot):
        app.pane.wrap = wrap
        await give(app, pilot, logged("日本語" * 20, "a" + "日" * 30, "e\u0301日" * 20, *HOSTILE))
        pane = app.pane
        for row in range(0, min(400, pane.total_rows), 3):
            pane.scroll_to(y=row)
            assert pane.render_line(0).cell_length == pane.page_columns
            strip = pane.render_line(0)
            assert sum(segment.cell_length for segment in strip) == pane.page_columns


async def test_a_line_that_cannot_be_seen_paints_nothing() -> None:
    async with shown_pane(size=(80, 24)) as (app, pilot):
        await give(app, pilot, numbered(5_000))
        app.pane.action_page_up()
        await pilot.pause()
        app.written()
        await give(app, pilot, numbered(5, 5_000))
        assert app.written() == ""


class WatchedPane(LogPane):
    """Keeps what it is asked to paint."""

    def __init__(self) -> None:
        self.painted: list[Region] = []
        self.paints = 0
        super().__init__()

    def refresh(self, *regions: Region, **options: Any) -> WatchedPane:
        self.painted += regions
        return super().refresh(*regions, **options)

    def flush(self) -> None:
        self.paints += 1
        super().flush()


async def test_a_line_on_a_page_with_room_paints_from_that_line_on() -> None:
    pane = WatchedPane()
    async with shown_pane(pane, size=(80, 24)) as (app, pilot):
        await give(app, pilot, numbered(3))
        app.written()
        pane.painted.clear()
        await give(app, pilot, numbered(1, 3))
        assert pane.painted == [Region(0, 3, 80, 21)]
        assert "line 0" not in app.written()


async def test_following_costs_little_more_than_the_text_of_the_page() -> None:
    async with shown_pane(size=(80, 24)) as (app, pilot):
        await give(app, pilot, numbered(1_000, width=70))
        app.written()
        await give(app, pilot, numbered(1, 1_000, width=70))
        assert len(app.written()) < 24 * 80 + 24 * 60


async def test_a_flood_is_painted_now_and_then() -> None:
    pane = WatchedPane()
    async with shown_pane(pane, size=(80, 24)) as (app, pilot):
        for begin in range(0, 2_000, 10):
            pane.append(numbered(10, begin))
        assert pane.paints <= 2
        pane.flush()
        await pilot.pause()
        assert app.shown[-1] == "line 1999"


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "textual-dark", "textual-light"])
async def test_colours_are_kept_on_every_theme(theme: str) -> None:
    async with shown_pane(theme=theme) as (app, pilot):
        await give(
            app,
            pilot,
            logged("\x1b[31mred\x1b[0m \x1b[97mwhite\x1b[0m \x1b[38;2;10;200;30mgreen\x1b[0m plain"),
        )
        styles = {segment.text.strip(): segment.style for segment in app.pane.render_line(0)}
        plain, red, white, green = styles["plain"], styles["red"], styles["white"], styles["green"]
        assert plain
        assert red
        assert white
        assert green
        assert red.color is not None
        assert red.color.number == 1
        assert white.color == plain.color
        assert green.color is not None
        assert green.color.triplet is not None
        assert len({style.bgcolor for style in (plain, red, white, green)}) == 1


async def test_a_theme_without_colours_shows_none_of_the_job_s_either() -> None:
    async with shown_pane() as (app, pilot):
        for theme in THEMES:
            app.register_theme(theme)
        await give(app, pilot, logged("\x1b[1;31;44mred\x1b[0m plain"))
        app.theme = "mono"
        await pilot.pause()
        red, plain = (segment.style for segment in app.pane.render_line(0) if segment.text.strip())
        assert red
        assert plain
        assert (red.color, red.bgcolor, red.bold) == (plain.color, plain.bgcolor, True)


async def test_another_theme_repaints_in_its_colours() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, logged("plain"))
        before = app.pane.render_line(0)
        app.theme = "textual-light"
        await pilot.pause()
        assert [s.style for s in app.pane.render_line(0)] != [s.style for s in before]


async def test_a_hit_is_more_than_a_colour() -> None:
    async with shown_pane(theme="ansi-dark") as (app, pilot):
        await give(app, pilot, logged("one hit", "another hit"))
        app.pane.search("hit")
        await pilot.pause()
        current, other = (
            next(segment.style for segment in app.pane.render_line(row) if segment.text.startswith("hit"))
            for row in (0, 1)
        )
        assert current is not None
        assert other is not None
        assert current.reverse
        assert other.underline


async def test_no_scroll_is_animated() -> None:
    async with shown_pane(size=(40, 10)) as (app, pilot):
        await give(app, pilot, numbered(500))
        app.pane.scroll_home(animate=True, immediate=True)
        assert app.pane.scroll_y == 0
        app.pane.scroll_to(y=100, animate=True, duration=5)
        assert app.pane.scroll_y == 100
        app.pane.scroll_page_down(animate=True)
        await pilot.pause()
        assert not app.animator.is_being_animated(app.pane, "scroll_y")


def test_a_pane_can_be_filled_without_a_screen() -> None:
    pane = LogPane()
    pane.append(numbered(10))
    pane.search("line 3")
    assert pane.hit_status == "1 of 1"
    assert len(pane.book) == 10
    assert PaneApp(pane).pane is pane


async def test_what_came_too_soon_is_painted_when_it_is_time() -> None:
    pane = WatchedPane()
    async with shown_pane(pane) as (app, pilot):
        for number in range(30):
            await give(app, pilot, numbered(1, 2 * number))
            paints = pane.paints  # on a slow machine the next line is not too soon any more
            pane.append(numbered(1, 2 * number + 1))
            async with asyncio.timeout(20):
                while pane.paints == paints:
                    await app.wait_for_refresh()
        await pilot.pause()
        assert app.shown[-1] == "line 59"


async def test_a_page_that_is_gone_paints_nothing() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(1))
        pane = app.pane
        pane.append(numbered(1, 1))
        await pane.remove()
        pane.append(numbered(1, 2))
        assert len(pane.book) == 3
