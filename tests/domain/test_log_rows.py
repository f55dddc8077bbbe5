"""Rows of a wrapped page, found without counting through them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.domain.log_rows import LogRows, rows_of
from tui.domain.logbook import LogBook
from tui.domain.stream import LogLine

TEXTS = st.lists(
    st.sampled_from(["", "short", "x" * 79, "x" * 80, "x" * 81, "x" * 500, "日本" * 30, "y" * 5000])
)


def expected(book: LogBook, columns: int) -> list[tuple[int, int]]:
    """Every row, by walking through all lines."""
    numbers = range(book.first, book.end)
    return [(number, part) for number in numbers for part in range(rows_of(book.width(number), columns))]


@given(st.lists(TEXTS, min_size=1, max_size=6), st.integers(2, 120))
def test_rows_are_those_of_a_walk(batches: list[list[str]], columns: int) -> None:
    book = LogBook(measure=lambda text: 2 * len(text))
    rows = LogRows(book)
    rows.wrap_at(columns)
    for batch in batches:
        book.append([LogLine(0.0, text) for text in batch])
        rows.update()
    walked = expected(book, columns)
    assert rows.total == len(walked)
    assert [rows.locate(row) for row in range(rows.total)] == walked
    assert [rows.row_of(number) for number in range(book.end)] == [
        walked.index((n, 0)) for n in range(book.end)
    ]


def test_rows_stay_right_while_lines_fall_out() -> None:
    book = LogBook(limit_bytes=150_000)
    rows = LogRows(book)
    rows.wrap_at(40)
    for begin in range(0, 9_000, 300):
        book.append([LogLine(0.0, "z" * (number % 130)) for number in range(begin, begin + 300)])
        rows.update()
    walked = expected(book, 40)
    assert book.first > 0
    assert rows.total == len(walked)
    assert rows.locate(0) == (book.first, 0)
    assert rows.locate(rows.total - 1) == walked[-1]
    assert rows.row_of(book.first - 5) == 0
    middle = (book.first + book.end) // 2
    assert rows.locate(rows.row_of(middle)) == (middle, 0)


def test_without_wrapping_a_line_is_a_row() -> None:
    book = LogBook()
    rows = LogRows(book)
    book.append([LogLine(0.0, "x" * 500)] * 3)
    rows.update()
    assert rows.total == 3
    assert rows.locate(2) == (2, 0)
    rows.wrap_at(100)
    assert rows.total == 15
    rows.wrap_at(None)
    assert rows.total == 3


def test_a_row_with_wide_characters_is_broken_one_cell_early() -> None:
    assert [rows_of(width, 10) for width in (0, 10, 11, 20, 21)] == [1, 1, 2, 2, 3]
    assert [rows_of(-width, 10) for width in (10, 11, 18, 19)] == [1, 2, 2, 3]
