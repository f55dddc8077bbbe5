"""Windows, filters, folds, gaps: which lines are on the page, compared with a walk through all of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.domain.log_rows import LEAD, LogRows
from tui.domain.log_search import LogSearch, Query, parse_query
from tui.domain.log_windows import WINDOWS
from tui.domain.logbook import LogBook
from tui.domain.stream import LogLine


def book_of(*steps: tuple[float, str]) -> LogBook:
    """A log whose lines come so many seconds after one another."""
    book, at = LogBook(), 1_000.0
    lines = []
    for seconds, text in steps:
        at += seconds
        lines.append(LogLine(at, text))
    book.append(lines)
    return book


def walked(rows: LogRows) -> list[tuple[int, int]]:
    return [rows.locate(row) for row in range(rows.total)]


@settings(max_examples=200)
@given(
    texts=st.lists(st.sampled_from(["a", "b" * 30, "ab", "日本" * 9]), min_size=1, max_size=60),
    columns=st.none() | st.integers(4, 40),
    start=st.integers(0, 60),
    wanted=st.sampled_from(["", "a", "b", "c"]),
    inverted=st.booleans(),
    folded=st.sets(st.integers(0, 59)),
    extras=st.dictionaries(st.integers(0, 59), st.integers(1, 4)),
)
def test_rows_are_those_of_a_walk(
    texts: list[str],
    columns: int | None,
    start: int,
    wanted: str,
    inverted: bool,
    folded: set[int],
    extras: dict[int, int],
) -> None:
    book = LogBook(measure=lambda text: 2 * len(text))
    book.append([LogLine(0.0, text) for text in texts])
    rows = LogRows(book)
    rows.wrap_at(columns)
    shape = rows.shape
    shape.start, shape.inverted, shape.extras = start, inverted, extras
    shape.fold([number for number in folded if number < book.end])
    if wanted:
        query = parse_query(wanted)
        assert isinstance(query, Query)
        shape.chosen = LogSearch(book, query)
        shape.chosen.advance(100)
    rows.update(0)
    expected = [
        (number, part)
        for number, text in enumerate(texts)
        if number >= start and (((wanted in text) is not inverted) if wanted else number not in folded)
        for part in range(rows.text_rows(number) + extras.get(number, 0))
    ]
    assert walked(rows) == expected
    for number in {number for number, _ in expected}:
        assert rows.locate(rows.row_of(number)) == (number, 0)
        assert rows.shows(number)


def test_a_window_is_counted_from_the_newest_line() -> None:
    book = book_of(*[(10.0, f"line {number}") for number in range(2_000)])
    starts = [window.start(book) for window in WINDOWS]
    assert starts == [0, 1_000, 2_000 - 7, 2_000 - 31, 2_000 - 91, 2_000 - 361, 0]
    assert WINDOWS[1].start(book_of((1.0, "one"))) == 0
    assert [window.start(LogBook()) for window in WINDOWS] == [0] * 7


def test_a_window_moves_on_in_steps() -> None:
    book = book_of(*[(0.0, "x")] * 1_005)
    tail = WINDOWS[1]
    assert tail.moved_on(book, 0) == 0
    book.append([LogLine(2_000.0, "x")] * 10)
    assert tail.moved_on(book, 0) == 15


def test_a_long_silence_has_a_row_of_its_own() -> None:
    book = book_of((0, "one"), (1, "two"), (90, "late"), (1, "four"))
    rows = LogRows(book)
    rows.update()
    assert walked(rows) == [(0, 0), (1, 0), (2, LEAD), (2, 0), (3, 0)]
    assert rows.row_of(2) == 3


@pytest.mark.parametrize(
    ("seconds", "gaps"),
    [
        ([0, 59, 1], []),
        ([0, 120, 120, 121, 119], [1]),
        ([0, 120, 125, 900, 120], [1, 3]),
        ([0, -500, 61], [2]),
    ],
)
def test_what_speaks_seldom_has_a_rhythm_and_not_gaps(seconds: list[float], gaps: list[int]) -> None:
    assert list(book_of(*[(step, "x") for step in seconds]).gaps.lines) == gaps
    one_by_one, at = LogBook(), 1_000.0
    for step in seconds:
        at += step
        one_by_one.append([LogLine(at, "x")])
    assert list(one_by_one.gaps.lines) == gaps


def test_a_line_without_a_time_is_no_gap() -> None:
    book = LogBook()
    book.append([LogLine(0.0, "x"), LogLine(5_000.0, "y"), LogLine(0.0, "z"), LogLine(5_001.0, "z")])
    assert list(book.gaps.lines) == []
