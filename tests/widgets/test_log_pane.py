"""The page follows what arrives, holds still while someone reads, and paints only what it must."""

from __future__ import annotations

import pytest
from textual.events import MouseScrollUp

from tests.widgets.log_pane_app import PaneApp, give, logged, numbered, shown_pane
from tui.domain.stream import MARKER_PREFIX, LogLine, StreamPhase, StreamState
from tui.presentation.log_times import TimeStyle
from tui.widgets.log_gutter import SIGN_COLUMNS
from tui.widgets.log_pane import LogPane


def lines_shown(app: PaneApp) -> list[int]:
    """The numbers of the lines on the page."""
    return [int(row.split()[1].rstrip("-›")) for row in app.shown if row.startswith("line ")]


async def test_the_page_follows_the_end() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(100))
        assert lines_shown(app) == list(range(90, 100))
        await give(app, pilot, numbered(3, 100))
        assert lines_shown(app) == list(range(93, 103))
        assert app.pane.following
        assert app.pane.badge == ""


@pytest.mark.parametrize("key", ["k", "up", "pageup", "ctrl+u", "g", "home"])
async def test_any_way_up_holds_the_page(key: str) -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(100))
        await pilot.press(key)
        before = app.shown
        assert not app.pane.following
        await give(app, pilot, numbered(84, 100))
        assert app.shown == before
        assert app.pane.badge == "↓ 84 new"
        await pilot.press("G")
        assert app.pane.following
        assert app.pane.badge == ""
        await pilot.pause()
        assert lines_shown(app) == list(range(174, 184))


async def test_the_wheel_holds_the_page() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(100))
        await pilot._post_mouse_events([MouseScrollUp], app.pane)
        await pilot.pause()
        assert not app.pane.following


async def test_reaching_the_end_follows_again() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(30))
        await pilot.press("pageup")
        assert not app.pane.following
        await pilot.press("pagedown")
        assert app.pane.following


async def test_moving_about() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(100))
        tops = {}
        for key in ("g", "j", "j", "k", "pagedown", "ctrl+d", "ctrl+u", "pageup"):
            await pilot.press(key)
            tops[key] = app.pane.top_line
        assert tops == {"g": 0, "j": 2, "k": 1, "pagedown": 10, "ctrl+d": 15, "ctrl+u": 10, "pageup": 1}


async def test_nothing_moves_on_a_page_that_is_not_full() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(3))
        await pilot.press("k", "pageup", "g")
        assert app.pane.following
        await give(app, pilot, numbered(20, 3))
        assert lines_shown(app)[-1] == 22


async def test_a_held_page_stays_when_old_lines_fall_out() -> None:
    async with shown_pane(LogPane(limit_bytes=300_000)) as (app, pilot):
        await give(app, pilot, numbered(3_000, width=60))
        await pilot.press("ctrl+u")
        before = app.shown
        await give(app, pilot, numbered(1_500, 3_000, width=60))
        assert app.pane.book.first > 0
        assert app.shown == before
        await pilot.press("g")
        await pilot.pause()
        assert app.shown[0] == f"… {app.pane.book.first:,} earlier lines not kept"
        assert lines_shown(app)[0] == app.pane.book.first
        await give(app, pilot, numbered(2_000, 4_500, width=60))
        assert app.shown[0] == f"… {app.pane.book.first:,} earlier lines not kept"


async def test_lines_that_come_before_the_page_are_on_it() -> None:
    pane = LogPane()
    pane.append(numbered(20))
    async with shown_pane(pane) as (app, _):
        assert lines_shown(app) == list(range(10, 20))


async def test_clearing_starts_over() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(100))
        await pilot.press("g")
        app.pane.clear()
        await pilot.pause()
        assert app.shown[0] == "connecting to the log"
        assert app.pane.following
        await give(app, pilot, numbered(2))
        assert lines_shown(app) == [0, 1]


async def test_an_empty_page_says_why() -> None:
    async with shown_pane() as (app, pilot):
        assert app.shown[0] == "connecting to the log"
        app.pane.show_state(StreamState(StreamPhase.WAITING, "Waiting for hardware"))
        await pilot.pause()
        assert app.shown[0] == "waiting for the container · Waiting for"
        app.pane.show_state(StreamState(StreamPhase.LIVE))
        await pilot.pause()
        assert [row for row in app.shown if row] == ["no output yet"]


async def test_the_end_is_said_after_the_last_line() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(100))
        app.pane.show_state(StreamState(StreamPhase.ENDED, "exit code 0"))
        await pilot.pause()
        assert app.shown[-2:] == ["line 99", "── ended, exit code 0 ──"]
        app.pane.show_state(StreamState(StreamPhase.LIVE))
        await pilot.pause()
        assert app.shown[-1] == "line 99"


async def test_long_lines_are_reached_to_the_right() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, logged("0123456789" * 6, "日本" * 15))
        assert app.shown[0] == ("0123456789" * 6)[:38] + "›"
        assert app.shown[1] == "日本" * 9 + "日›"
        await pilot.press("right")
        assert app.shown[0] == ("0123456789" * 6)[8:46] + "›"
        await pilot.press("right", "right", "right", "right")
        assert app.shown[0].endswith("789")
        await pilot.press("left", "left", "left", "left", "left")
        assert app.shown[0].startswith("0123")


async def test_wrapping_keeps_the_line_at_the_top() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, [LogLine(0.0, f"{number:02} " + "x" * 70) for number in range(50)])
        await pilot.press("g", "pagedown", "j")
        top = app.pane.top_line
        await pilot.press("w")
        assert app.shown[0].startswith(f"{top:02} xxx")
        assert app.shown[1] == "x" * 34
        assert app.pane.top_line == top
        await pilot.press("w")
        assert app.pane.top_line == top
        assert app.shown[1].startswith(f"{top + 1:02} xxx")


async def test_a_wrapped_page_follows_to_the_last_row() -> None:
    async with shown_pane() as (app, pilot):
        await pilot.press("w")
        await give(app, pilot, [LogLine(0.0, f"{number:02} " + "x" * 70) for number in range(50)])
        assert app.shown[-2:] == ["49 " + "x" * 36, "x" * 34]
        await pilot.resize_terminal(30 + SIGN_COLUMNS, 8)
        await pilot.pause()
        assert app.shown[-3:] == ["49 " + "x" * 26, "x" * 29, "x" * 15]


async def test_wide_characters_never_cross_the_edge_of_a_wrapped_page() -> None:
    async with shown_pane(size=(12, 10)) as (app, pilot):
        await pilot.press("w")
        await give(app, pilot, logged("a" + "日" * 12, "e\u0301" * 14))
        assert app.shown[:5] == ["a日日日日", "日日日日日", "日日日", "e\u0301" * 10, "e\u0301" * 4]


async def test_times_and_numbers_stand_beside_the_lines() -> None:
    async with shown_pane(LogPane(clock=lambda: 1_780_000_090.0), size=(60, 4)) as (app, pilot):
        await give(app, pilot, [*numbered(1), LogLine(0.0, "no time")])
        await pilot.press("t", "t")
        assert app.shown[:2] == ["20:26:40.000Z  line 0", "            –  no time"]
        await pilot.press("t")
        assert app.pane.times is TimeStyle.RELATIVE
        assert app.shown[:2] == ["     1m  line 0", "      –  no time"]
        await pilot.press("t")
        assert app.shown[:2] == [" +0:00:00.000  line 0", "            –  no time"]
        await pilot.press("t", "number_sign")
        assert app.shown[:2] == ["    1  line 0", "    2  no time"]


async def test_a_second_start_is_marked() -> None:
    async with shown_pane(size=(70, 5)) as (app, pilot):
        await give(
            app, pilot, logged(f"{MARKER_PREFIX} =====", "one", f"{MARKER_PREFIX} at 2026-05-12 =====", "two")
        )
        assert app.shown[0] == f"{MARKER_PREFIX} ===== ".ljust(69, "─")
        assert app.shown[2] == f"{MARKER_PREFIX} at 2026-05-12 =====  attempt 2 ".ljust(69, "─")


async def test_a_very_long_line_is_cut_and_said_to_be() -> None:
    async with shown_pane(size=(60, 100)) as (app, pilot):
        await pilot.press("w")
        await give(app, pilot, logged("x" * 43_008, "next"))
        rows = [row for row in app.shown if row]
        assert "".join(rows).startswith("x" * 4_096 + " … +38 KB")
        assert rows[-1] == "next"


async def test_the_status_says_all() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(30))
        await pilot.press("k")
        await give(app, pilot, numbered(4, 30))
        status = app.pane.status
        assert (status.lines, status.following, status.new_lines, status.dropped) == (34, False, 4, 0)


async def test_a_change_is_told_to_the_screen() -> None:
    told: list[LogPane.Changed] = []

    class Listening(PaneApp):
        def on_log_pane_changed(self, event: LogPane.Changed) -> None:
            told.append(event)

    app = Listening(LogPane())
    async with app.run_test(size=(40, 10)) as pilot:
        told.clear()
        await give(app, pilot, numbered(3))
        assert told
        assert told[-1].control is app.pane
