"""Windows, the filter view, errors, folds and what is unfolded, on the page."""

from __future__ import annotations

import pytest

from tests.domain.test_tracebacks import PLAIN
from tests.widgets.log_pane_app import PaneApp, give, logged, numbered, shown_pane
from tui.domain.stream import LogLine
from tui.widgets.log_pane import LogPane


def rows(app: PaneApp) -> list[str]:
    return [row for row in app.shown if row]


async def test_a_window_shows_the_end_and_says_what_is_before() -> None:
    async with shown_pane(size=(70, 10)) as (app, pilot):
        await give(app, pilot, numbered(2_500))
        await pilot.press("2", "g")
        assert rows(app)[:2] == ["… 2,439 earlier lines outside this window, 0 shows all", "line 2439"]
        assert app.pane.status.window == "last 1 m"
        await pilot.press("1", "g")
        assert rows(app)[1] == "line 1500"
        await pilot.press("0", "g")
        assert rows(app)[0] == "line 0"


async def test_a_window_moves_on_while_followed_and_rests_while_held() -> None:
    async with shown_pane(size=(70, 10)) as (app, pilot):
        await give(app, pilot, numbered(1_500))
        await pilot.press("1")
        await give(app, pilot, numbered(500, 1_500))
        assert app.pane.shape.start == 1_000
        assert rows(app)[-1] == "line 1999"
        await pilot.press("g")
        before = rows(app)
        await give(app, pilot, numbered(500, 2_000))
        assert rows(app) == before
        assert app.pane.shape.start == 1_000


async def test_a_filter_shows_what_matches_and_going_back_stays_on_the_line() -> None:
    async with shown_pane(size=(40, 10)) as (app, pilot):
        await give(app, pilot, numbered(1_000))
        app.pane.choose("7")
        await pilot.press("g")
        assert rows(app)[:3] == ["line 7", "line 17", "line 27"]
        await pilot.press("pagedown", "pagedown")
        top = rows(app)[0]
        app.pane.choose("")
        await pilot.pause()
        assert rows(app)[0] == top
        assert rows(app)[1] == f"line {int(top.split()[1]) + 1}"


async def test_a_filter_can_be_inverted_and_takes_in_what_arrives() -> None:
    async with shown_pane(size=(40, 10)) as (app, pilot):
        await give(app, pilot, logged(*["noise", "signal"] * 20))
        app.pane.choose("!noise")
        await pilot.pause()
        assert set(rows(app)) == {"signal"}
        await give(app, pilot, logged("noise", "new"))
        assert rows(app)[-1] == "new"
        assert app.pane.status.filtered == "without “noise”"
        app.pane.choose("nothing like it")
        await pilot.pause()
        assert rows(app) == ["no line matches; esc shows all"]
        app.pane.choose("/(/")
        assert app.pane.status.filtered.startswith("not a regular expression")


async def test_errors_and_warnings_are_gone_to() -> None:
    texts = [f"line {number}" for number in range(100)]
    texts[20], texts[60], texts[40] = "ValueError: a", "error: b", "WARNING: c"
    async with shown_pane(size=(40, 10)) as (app, pilot):
        await give(app, pilot, logged(*texts))
        await pilot.press("e")
        assert app.pane.point == 20
        assert app.pane.status.note == "error 1 of 2"
        assert "ValueError: a" in app.shown
        await pilot.press("e", "e", "E")
        assert app.pane.point == 60
        await pilot.press("x")
        assert app.pane.point == 40
        assert app.pane.status.note == "warning 1 of 1"
        await pilot.press("X")
        assert not app.pane.following


async def test_no_error_is_said() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(5))
        await pilot.press("e")
        assert app.pane.status.note == "no error here"
        assert app.pane.following


async def test_a_traceback_is_one_line_until_it_is_unfolded() -> None:
    async with shown_pane(size=(60, 14)) as (app, pilot):
        await give(app, pilot, logged("before", *PLAIN.split("\n"), "after"))
        assert rows(app) == ["before", "ValueError: no data  ▸ 6 lines of traceback", "after"]
        await pilot.press("enter")
        assert rows(app) == ["before", *PLAIN.split("\n"), "after"]
        await pilot.press("enter")
        assert len(rows(app)) == 3
        await pilot.press("z")
        assert len(rows(app)) == 9
        await pilot.press("z")
        assert len(rows(app)) == 3


async def test_a_hit_in_a_folded_traceback_unfolds_it() -> None:
    async with shown_pane(size=(60, 14)) as (app, pilot):
        await give(app, pilot, logged("before", *PLAIN.split("\n"), "after"))
        app.pane.search("in main")
        await pilot.pause()
        assert '  File "train.py", line 2, in main' in rows(app)
        assert app.pane.hit_status == "1 of 1"


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("10%\r50%\r100%", ["10%", "50%", "100%"]),
        ('{"level": "info", "n": [1]}', ["{", '  "level": "info",', '  "n": [', "    1", "  ]", "}"]),
        ("{'loss': 0.5, 'epoch': 1}", ["{", '  "loss": 0.5,', '  "epoch": 1', "}"]),
    ],
)
async def test_enter_unfolds_a_line_and_folds_it_again(line: str, below: list[str]) -> None:
    async with shown_pane(size=(60, 14)) as (app, pilot):
        await give(app, pilot, logged("before", line, "after"))
        folded = rows(app)
        await pilot.press("enter")
        assert rows(app) == [*folded[:2], *[f"  {row}" for row in below], "after"]
        app.pane.point_at(1)
        await pilot.press("enter")
        assert rows(app) == folded


@pytest.mark.parametrize("wrap", [False, True])
async def test_the_rest_of_a_cut_line_is_unfolded(wrap: bool) -> None:
    async with shown_pane(LogPane(), size=(80, 100)) as (app, pilot):
        app.pane.wrap = wrap
        await give(app, pilot, logged("x" * 4_096 + "y" * 100 + "z", "next"))
        await pilot.press("enter")
        below = [row.strip() for row in rows(app) if "y" in row and "+" not in row]
        assert "".join(below) == "y" * 100 + "z"


async def test_any_line_of_a_log_shorter_than_the_page_can_be_unfolded() -> None:
    async with shown_pane(size=(60, 20)) as (app, pilot):
        await give(app, pilot, logged('{"a": 1}', '{"b": 2}', '{"c": 3}', "end"))
        await pilot.press("k", "k", "k", "enter")
        assert rows(app) == ['{"a": 1}', '{"b": 2}', "  {", '    "b": 2', "  }", '{"c": 3}', "end"]
        await pilot.press("j", "enter")
        assert rows(app)[5:] == ['{"c": 3}', "  {", '    "c": 3', "  }", "end"]
        await pilot.press("k", "enter")
        assert rows(app)[:3] == ['{"a": 1}', '{"b": 2}', '{"c": 3}']


async def test_the_page_scrolls_before_a_line_is_pointed_at() -> None:
    async with shown_pane(size=(60, 5)) as (app, pilot):
        await give(app, pilot, numbered(8))
        await pilot.press("k", "k", "k")
        assert app.pane.point is None
        assert app.pane.top_line == 0
        await pilot.press("k", "k")
        assert app.pane.point == 3
        await pilot.press("G", "j", "j")
        assert app.pane.point == 4
        assert app.pane.following


async def test_the_line_pointed_at_moves_over_a_silence() -> None:
    async with shown_pane(size=(60, 8)) as (app, pilot):
        await give(app, pilot, [LogLine(1_000.0, "one"), LogLine(1_720.0, "two")])
        await pilot.press("k")
        assert app.pane.point == 1
        await pilot.press("k")
        assert app.pane.point == 0
        await pilot.press("j")
        assert app.pane.point == 1


async def test_nothing_to_unfold_is_said() -> None:
    async with shown_pane() as (app, pilot):
        await give(app, pilot, numbered(3))
        await pilot.press("enter")
        assert app.pane.status.note == "nothing more to this line"


async def test_a_silence_is_marked_between_the_lines() -> None:
    async with shown_pane(size=(60, 8)) as (app, pilot):
        await give(app, pilot, [LogLine(1_000.0, "one"), LogLine(1_720.0, "two")])
        assert rows(app) == ["one", "┄┄ 12m without a line ┄┄", "two"]
        await pilot.press("w")
        assert rows(app) == ["one", "┄┄ 12m without a line ┄┄", "two"]


async def test_lines_are_marked_and_copied() -> None:
    async with shown_pane(size=(40, 10)) as (app, pilot):
        await give(app, pilot, numbered(100))
        await pilot.press("g", "v", "j", "j")
        assert list(app.pane.marked) == [0, 1, 2]
        assert app.pane.copied_lines() == ("line 0\nline 1\nline 2", "copied 3 lines")
        await pilot.press("pagedown")
        assert len(app.pane.marked) == 12
        assert "line 11" in app.shown
        await pilot.press("G")
        assert app.pane.status.marked == 100
        await pilot.press("v")
        assert not app.pane.marking


async def test_a_terminal_takes_only_so_much() -> None:
    async with shown_pane(size=(40, 10)) as (app, pilot):
        await give(app, pilot, numbered(2_000, width=99))
        await pilot.press("g", "v", "G")
        copied = app.pane.copied_lines()
        assert copied.said.startswith("copied the first 560 of 2,000 lines: a terminal takes no more")
        assert len(copied.text.encode()) <= 56_000


async def test_bars_that_climb_are_lines_that_move() -> None:
    async with shown_pane(size=(60, 14)) as (app, pilot):
        await give(app, pilot, logged("start", "a 1%", "b 1%\r\x1b[2K\x1b[1A\x1b[2Ka 50%"))
        assert rows(app) == ["start", "a 50%"]
        await give(app, pilot, logged("b 50%\r\x1b[2K\x1b[1A\x1b[2K\x1b[32ma 100%"))
        await give(app, pilot, logged("b 100%", "end"))
        assert rows(app) == ["start", "a 100%", "b 100%", "end"]
        await pilot.press("z", "z")
        assert rows(app) == ["start", "a 100%", "b 100%", "end"]
        app.pane.search("50%")
        assert app.pane.point is None, "what was drawn over is not gone to"
        app.pane.search("")
        app.pane.point_at(3)
        await pilot.press("enter")
        assert rows(app) == ["start", "a 1%", "a 50%", "a 100%", "b 100%", "end"]
        await pilot.press("enter")
        assert rows(app) == ["start", "a 100%", "b 100%", "end"]


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_marked_lines_stand_out_and_can_be_read(theme: str) -> None:
    async with shown_pane(size=(40, 10), theme=theme) as (app, pilot):
        await give(app, pilot, numbered(10))
        await pilot.press("g", "v", "j")
        looks = {}
        for row in (1, 5):
            segments = app.pane.painter.row(row, 0, 40)
            looks[row] = next(segment.style for segment in segments if "line" in segment.text)
        marked, other = looks[1], looks[5]
        assert marked is not None
        assert other is not None
        assert (marked.bgcolor, marked.reverse) != (other.bgcolor, other.reverse)
        assert marked.color == other.color
        assert marked.color != marked.bgcolor
