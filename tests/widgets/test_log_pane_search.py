"""Search keeps the context, counts what it finds, and what is selected can be copied."""

from __future__ import annotations

import pytest
from textual.geometry import Offset
from textual.selection import SELECT_ALL, Selection

from tests.widgets.log_pane_app import PaneApp, give, logged, numbered, shown_pane
from tui.domain.stream import LogLine
from tui.widgets.log_gutter import SIGN_COLUMNS
from tui.widgets.log_pane import LogPane


def with_errors(count: int) -> list[LogLine]:
    """Every tenth line is an error."""
    return logged(*[f"{'ERROR' if number % 10 == 0 else 'fine'} {number}" for number in range(count)])


async def test_hits_are_counted_and_gone_to() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, with_errors(100))
        await pilot.press("g")
        app.pane.search("error")
        assert app.pane.hit_status == "1 of 10"
        await pilot.press("n", "n", "n")
        assert app.pane.hit_status == "4 of 10"
        assert "ERROR 30" in app.shown
        assert not app.pane.following
        await pilot.press("N")
        assert app.pane.hit_status == "3 of 10"
        await pilot.press("N", "N", "N")
        assert app.pane.hit_status == "10 of 10"
        assert "fine 91" in app.shown


async def test_search_begins_where_the_reader_is() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, with_errors(100))
        app.pane.scroll_to(y=45)
        app.pane.search("err")
        assert app.pane.hit_status == "6 of 10"
        app.pane.search("error 2")
        assert app.pane.hit_status == "1 of 1"
        app.pane.search("error")
        assert app.pane.hit_status == "6 of 10"
        app.pane.search("")
        assert app.pane.hit_status == ""
        assert app.pane.status.hits == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gone", "no hits"),
        ("/(/", "not a regular expression: "),
        ("ERROR 5", "1 of 1"),
        (r"/9\d$/", "1 of 10"),
    ],
)
async def test_what_a_search_says(text: str, said: str) -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, with_errors(100))
        await pilot.press("g")
        app.pane.search(text)
        assert app.pane.hit_status.startswith(said)
        await pilot.press("n", "N")
        assert f"“{text}”" in app.pane.status.hits


async def test_lines_that_arrive_are_searched() -> None:
    async with shown_pane() as (app, pilot):
        app.pane.search("error")
        assert app.pane.hit_status == "no hits"
        await give(app, pilot, with_errors(100))
        assert app.pane.hit_status.endswith("of 10")
        await give(app, pilot, with_errors(20))
        assert app.pane.hit_status.endswith("of 12")
        app.pane.clear()
        assert app.pane.hit_status == "no hits"
        await give(app, pilot, with_errors(10))
        assert app.pane.hit_status == "1 of 1"


async def test_hits_fall_out_with_their_lines() -> None:
    async with shown_pane(LogPane(limit_bytes=200_000)) as (app, pilot):
        app.pane.search("line")
        for begin in range(0, 10_000, 500):
            await give(app, pilot, numbered(500, begin, width=60))
        assert app.pane.book.first > 0
        assert (
            app.pane.hit_status.endswith(f"{len(app.pane.book):,} hits")
            or f"of {len(app.pane.book):,}" in app.pane.hit_status
        )


async def test_a_long_log_is_searched_between_keys() -> None:
    async with shown_pane() as (app, pilot):
        for begin in range(0, 100_000, 5_000):
            app.pane.append(numbered(5_000, begin, width=75))
        await pilot.press("g")
        app.pane.search("line 99990")
        assert app.pane.hit_status == "searching…"
        await app.workers.wait_for_complete()
        assert app.pane.hit_status == "1 of 1"
        assert app.pane.book.line(app.pane.top_line + 3).startswith("line 99990-")


@pytest.mark.parametrize("wrap", [False, True])
async def test_a_hit_far_to_the_right_is_brought_into_sight(wrap: bool) -> None:
    async with shown_pane() as (app, pilot):
        app.pane.wrap = wrap
        await give(app, pilot, logged(*["short"] * 50, "x" * 900 + "needle" + "x" * 900, *["short"] * 50))
        app.pane.search("needle")
        await pilot.pause()
        assert "needle" in "".join(app.shown)
        await pilot.press("g")
        app.pane.search("short")
        await pilot.pause()
        assert "short" in app.shown[0]


async def test_a_page_that_was_held_for_a_hit_stays() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, with_errors(100))
        app.pane.search("fine 99")
        await pilot.pause()
        before = app.shown
        await give(app, pilot, numbered(50))
        assert app.shown == before


async def select(app: PaneApp, start: tuple[int, int], end: tuple[int, int]) -> str | None:
    """Drag the mouse from one cell to another."""
    from textual.pilot import Pilot

    pilot = Pilot(app)
    first, last = Offset(start[0] + SIGN_COLUMNS, start[1]), Offset(end[0] + SIGN_COLUMNS, end[1])
    await pilot.mouse_down(app.pane, offset=first)
    await pilot.hover(app.pane, offset=last)
    await pilot.mouse_up(app.pane, offset=last)
    return app.screen.get_selected_text()


async def test_what_the_mouse_selects_is_copied_plain() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, logged("one \x1b[31mred\x1b[0m word", "日本語 text", "three"))
        assert await select(app, (4, 0), (2, 2)) == "red word\n日本語 text\nthr"


async def test_selecting_works_on_a_scrolled_wrapped_page_with_a_gutter() -> None:
    async with shown_pane(size=(40, 10)) as (app, pilot):
        app.pane.wrap = app.pane.numbers = True
        await give(app, pilot, [LogLine(0.0, f"{number:02}" + "abcdefgh" * 8) for number in range(50)])
        await pilot.press("g")
        assert app.shown[:3] == [
            "    1  00" + "abcdefgh" * 3 + "abcdef",
            "       gh" + "abcdefgh" * 3 + "abcdef",
            "       gh",
        ]
        assert await select(app, (7 + 28, 0), (7 + 3, 1)) == "cdefghab"
        assert await select(app, (2, 0), (7 + 1, 3)) == "00" + "abcdefgh" * 8 + "\n01"


async def test_a_cut_line_is_copied_whole() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, logged("x" * 50_000, "next"))
        assert app.pane.get_selection(Selection(Offset(0, 0), Offset(0, 1))) == ("x" * 50_000 + "\n", "\n")
        assert app.pane.get_selection(Selection(Offset(3, 0), Offset(4_096, 0))) == ("x" * 49_997, "\n")
        assert app.pane.get_selection(SELECT_ALL) == ("x" * 50_000 + "\nnext", "\n")
        assert app.pane.get_selection(Selection(Offset(-9, 1), Offset(-5, 1))) == ("", "\n")


async def test_a_selection_stays_on_its_lines_while_others_fall_out() -> None:
    async with shown_pane(LogPane(limit_bytes=200_000)) as (app, pilot):
        await give(app, pilot, numbered(2_000, width=60))
        selection = Selection(Offset(0, 1_990), Offset(9, 1_990))
        await give(app, pilot, numbered(1_000, 2_000, width=60))
        assert app.pane.book.first > 0
        assert app.pane.get_selection(selection) == ("line 1990", "\n")
        assert app.pane.get_selection(Selection(Offset(0, 0), Offset(3, 1))) is None


async def test_a_double_click_selects_one_line() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(3))
        await pilot.click(app.pane, offset=(3, 1), times=2)
        assert app.screen.get_selected_text() == "line 1"
