"""The table keeps its cursor on the row it is about, and repaints only what changed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult
from textual.geometry import Region

from tui.presentation.cells import Cell, Column
from tui.widgets.live_table import LiveTable
from tui.widgets.table_cursor import TableCursor
from tui.widgets.table_layout import place

Row = tuple[str, str]


def columns() -> tuple[Column[Row], ...]:
    """A name that grows, and a value that goes first."""
    return (
        Column("name", "NAME", lambda row, _: Cell(row[0]), lambda row, _: row[0], width=8, grow=10),
        Column("value", "VALUE", lambda row, _: Cell(row[1]), lambda row, _: row[1], 5, right=True, drop=1),
    )


class TableApp(App[None]):
    """A table and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.highlighted: list[str | None] = []

    def compose(self) -> ComposeResult:
        yield LiveTable(columns(), lambda: datetime.now(UTC))

    @on(LiveTable.RowHighlighted)
    def row_highlighted(self, event: LiveTable.RowHighlighted) -> None:
        self.highlighted.append(event.key)

    @property
    def table(self) -> LiveTable[Row]:
        return self.query_one(LiveTable)


def rows(names: Iterable[str], value: str = "1") -> dict[str, Row]:
    return {name: (name, value) for name in names}


def names(count: int) -> list[str]:
    return [f"row-{number:03}" for number in range(count)]


def shown(app: TableApp) -> list[str]:
    strips = app.screen._compositor.render_strips(app.size)
    return [strip.text.rstrip() for strip in strips]


async def test_the_cursor_stays_on_its_row_when_others_come_go_and_move() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.table.show_rows(rows("abcdef"))
        await pilot.press("down", "down")
        assert app.table.cursor_key == "c"
        app.table.show_rows(rows("zyabcdef"))
        assert app.table.cursor_key == "c"
        app.table.show_rows(rows("fcz"))
        assert (app.table.cursor_key, app.table.cursor_index) == ("c", 1)


async def test_while_the_first_rows_arrive_a_cursor_that_nobody_placed_stays_at_the_top() -> None:
    app = TableApp()
    async with app.run_test() as pilot:
        app.table.focus()
        app.table.show_rows(rows(["b"]), settling=True)
        app.table.show_rows(rows(["a", "b"]), settling=True)
        assert app.table.cursor_key == "a"
        await pilot.press("down", "up")
        app.table.show_rows(rows(["0", "a", "b"]), settling=True)
        assert app.table.cursor_key == "a"


async def test_once_they_are_there_it_stays_on_its_row() -> None:
    app = TableApp()
    async with app.run_test():
        app.table.show_rows(rows(["b"]), settling=True)
        app.table.show_rows(rows(["a", "b"]))
        assert app.table.cursor_key == "b"


async def test_a_row_that_goes_leaves_the_cursor_on_nothing_until_it_is_moved() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.table.show_rows(rows("abcdef"))
        await pilot.press("down", "down")
        app.table.show_rows(rows("abdef"))
        assert (app.table.cursor_key, app.table.cursor_index) == (None, 2)
        assert app.table.keys_in_order == tuple("abcdef")
        app.table.show_rows(rows("xabdef"))
        await pilot.pause()
        assert app.table.keys_in_order == tuple("xabcdef")
        assert "×c" in shown(app)[4]
        await pilot.press("space", "asterisk", "up")
        assert app.table.keys_in_order == tuple("xabdef")
        assert "c" not in app.table.cursor.marked
        await pilot.press("down")
        app.table.show_rows({})
        await pilot.pause()
        assert app.table.cursor_key is None
        assert app.table.row_count == 0
        assert app.highlighted == ["a", "b", "c", None, "d", "b", "d", None]


async def test_a_row_that_comes_back_has_the_cursor_again() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.table.show_rows(rows("abc"))
        await pilot.press("down")
        app.table.show_rows(rows("ac"))
        app.table.show_rows(rows("abc"))
        await pilot.pause()
        assert app.table.cursor_key == "b"
        assert app.highlighted == ["a", "b", None, "b"]


@pytest.mark.parametrize(("key", "lands_on"), [("down", "d"), ("up", "b"), ("G", "f"), ("g", "a")])
async def test_the_cursor_leaves_a_row_that_has_gone_for_its_neighbours(key: str, lands_on: str) -> None:
    app = TableApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.table.show_rows(rows("abcdef"))
        await pilot.press("down", "down")
        app.table.show_rows(rows("abdef"))
        await pilot.press(key)
        assert app.table.cursor_key == lands_on
        assert app.table.keys_in_order == tuple("abdef")


async def test_a_row_that_is_held_stays_where_it_is_until_the_cursor_leaves_it() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 7)) as pilot:
        app.table.show_rows(rows(names(100)))
        await pilot.press("down", "down")
        app.table.hold_row()
        last = [name for name in names(100) if name != "row-002"] + ["row-002"]
        app.table.show_rows(rows(last))
        await pilot.pause()
        assert app.table.cursor_key == "row-002"
        assert [line.strip("▌ 1") for line in shown(app)[1:4]] == ["row-000", "row-00", "row-002"]
        await pilot.press("down")
        await pilot.pause()
        assert app.table.cursor_key == "row-003"
        assert app.table.keys_in_order == tuple(last)
        assert "row-000" in shown(app)[1]


@given(
    st.permutations("abcdefgh"),
    st.lists(st.tuples(st.sets(st.sampled_from("abcdefghij")), st.randoms()), min_size=1),
)
def test_whatever_the_rows_do_the_cursor_is_never_on_another_one(
    begin: list[str], changes: list[tuple[set[str], random.Random]]
) -> None:
    cursor = TableCursor()
    cursor.order(begin)
    cursor.move_to(3)
    key = begin[3]
    for present, chance in changes:
        keys = sorted(present)
        chance.shuffle(keys)
        cursor.order(keys)
        assert cursor.key == key
        assert cursor.keys[cursor.number] == key
        assert [one for one in cursor.keys if one != key] == [one for one in keys if one != key]


def test_a_filter_takes_the_cursor_to_the_first_match_and_back() -> None:
    cursor = TableCursor()
    cursor.order("abcdef")
    cursor.move_to(5)
    for kept, lands_on in (("bcde", "b"), ("ce", "c"), ("bcde", "b"), ("", None), ("de", "d"), ("df", "f")):
        cursor.choose(kept)
        assert cursor.key == lands_on
    cursor.choose("ab")
    cursor.move_to(1)
    cursor.choose("abcdef")
    assert cursor.key == "b"


async def test_the_row_under_the_cursor_stays_on_its_line_when_rows_come_above() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 11)) as pilot:
        app.table.show_rows(rows(names(100)))
        await pilot.press(*["pagedown"] * 3)
        await pilot.pause()
        key = app.table.cursor_key
        assert key is not None
        line = next(number for number, text in enumerate(shown(app)) if key in text)
        app.table.show_rows(rows([f"new-{number}" for number in range(7)] + names(100)))
        await pilot.pause()
        assert app.table.cursor_key == key
        assert key in shown(app)[line]


async def test_keys_and_ends() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 11)) as pilot:
        app.table.show_rows(rows(names(100)))
        await pilot.press("G")
        assert app.table.cursor_key == "row-099"
        assert "row-099" in shown(app)[-1]
        await pilot.press("g", "ctrl+d", "k", "j", "up")
        assert app.table.cursor_key == "row-004"
        await pilot.press("pagedown", "pageup", "ctrl+u")
        assert app.table.cursor_key == "row-000"


async def test_only_the_cell_that_changed_is_repainted(monkeypatch: pytest.MonkeyPatch) -> None:
    app = TableApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.table.show_rows(rows("abc"))
        await pilot.pause()
        asked: list[Region] = []
        monkeypatch.setattr(app.table, "refresh", lambda *regions, **_: asked.extend(regions))
        app.table.show_rows(rows("abc"))
        assert asked == []
        app.table.show_rows({**rows("abc"), "b": ("b", "2")})
        assert [(region.y, region.height, region.width) for region in asked] == [(2, 1, 5)]


async def test_a_narrow_table_drops_columns_and_a_wide_one_fills_the_line() -> None:
    assert [placed.column.id for placed in place(columns(), 12)] == ["name"]
    assert [placed.width for placed in place(columns(), 80)] == [18, 5]
    app = TableApp()
    async with app.run_test(size=(12, 5)) as pilot:
        app.table.show_rows(rows("abc"))
        await pilot.pause()
        assert "VALUE" not in shown(app)[0]
        await pilot.resize_terminal(40, 5)
        assert "VALUE" in shown(app)[0]


@pytest.mark.parametrize(
    "name", ["日本語の長い名前です", "e\u0301te\u0301", "👩‍👩‍👧 family", "a" * 50, "[/x] [red]no"]
)
async def test_wide_and_strange_characters_keep_the_columns_in_place(name: str) -> None:
    app = TableApp()
    async with app.run_test(size=(30, 5)) as pilot:
        app.table.show_rows({"k": (name, "12345"), "l": ("plain", "12345")})
        await pilot.pause()
        strange, plain = shown(app)[1:3]
        assert cell_len(strange) == cell_len(plain)
        assert strange.endswith("12345")


async def test_a_click_moves_the_cursor_and_a_title_asks_for_its_order() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.table.show_rows(rows("abc"))
        await pilot.click(LiveTable, offset=(3, 3))
        assert app.table.cursor_key == "c"
        await pilot.click(LiveTable, offset=(3, 8))
        assert app.table.cursor_key == "c"


async def test_ten_thousand_rows_make_cells_for_one_screen_only() -> None:
    app = TableApp()
    made: list[Row] = []
    async with app.run_test(size=(40, 10)) as pilot:

        def counted(row: Row, _: datetime) -> Cell:
            made.append(row)
            return Cell(row[0])

        app.table.columns = (Column("name", "NAME", counted, lambda row, _: row[0], width=8),)
        app.table.arrange_columns()
        app.table.show_rows(rows(names(10_000)))
        await pilot.pause()
        assert 0 < len(made) <= 60
