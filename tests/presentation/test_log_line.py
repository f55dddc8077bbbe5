"""A line in pieces: cut, windowed, wrapped, never wider than the room it has."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size
from rich.style import Style

from tui.domain.ink import PLAIN, Ink
from tui.domain.log_block import MOST_COLUMNS, one_cell_each
from tui.domain.log_rows import rows_of
from tui.domain.terminal import Run, runs, visible
from tui.presentation.log_line import (
    Mark,
    Piece,
    cells,
    characters,
    ink_style,
    line_pieces,
    row_breaks,
    short_size,
    window,
)

BASE = Style(color="default")
LINE = st.text(st.sampled_from("ab日本🎉e\u0301 ━"), max_size=60)


def text_of(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


@given(LINE, st.integers(0, 70), st.integers(1, 40))
def test_a_window_is_filled_and_never_overfilled(line: str, first_cell: int, columns: int) -> None:
    pieces = line_pieces(runs(line), BASE)
    shown = text_of(window(pieces, first_cell, columns))
    assert cells(shown) == max(0, min(columns, cells(line) - first_cell))


@given(LINE, st.integers(1, 40))
def test_windows_side_by_side_are_the_line(line: str, columns: int) -> None:
    ascii_line = line.encode("ascii", "replace").decode()
    pieces = line_pieces(runs(ascii_line), BASE)
    steps = range(0, len(ascii_line), columns)
    assert "".join(text_of(window(pieces, first, columns)) for first in steps) == ascii_line


@given(LINE, st.integers(0, 70), st.integers(1, 40))
def test_pieces_of_a_window_know_their_place(line: str, first_cell: int, columns: int) -> None:
    for piece in window(line_pieces(runs(line), BASE), first_cell, columns):
        assert piece.start is not None
        original = line[piece.start : piece.start + len(piece.text)]
        assert len(original) <= len(piece.text)
        assert piece.text.strip() in original or not piece.text.strip()


@given(LINE, st.integers(3, 20))
def test_wrapped_rows_fit_and_are_as_many_as_counted(line: str, columns: int) -> None:
    breaks = [*row_breaks(line, columns), len(line)]
    rows = [line[start:end] for start, end in pairwise(breaks)]
    assert "".join(rows) == line
    assert all(cells(row) <= columns for row in rows)
    if cells(line) > columns:
        assert len(rows) == rows_of(-cells(line), columns)


def test_characters_of_one_cell_are_what_they_are_taken_for() -> None:
    taken = [chr(code) for code in range(0x20, sys.maxunicode) if code != 0x7F and one_cell_each(chr(code))]
    assert len(taken) > 500
    assert [character for character in taken if get_character_cell_size(character) != 1] == []


@pytest.mark.parametrize("line", ["x" * 10_000, "日" * 3_000, "e\u0301" * 9_000, "a日" * 3_000])
def test_a_long_line_is_cut(line: str) -> None:
    pieces = line_pieces(runs(line, MOST_COLUMNS), BASE)
    assert cells(text_of(pieces)) in (MOST_COLUMNS, MOST_COLUMNS - 1, len(text_of(pieces)) // 2)
    assert len(text_of(pieces)) <= MOST_COLUMNS
    assert line.startswith(text_of(pieces))


def test_marks_lie_over_colours() -> None:
    hit = Style(underline=True)
    pieces = line_pieces(runs("ab\x1b[31mcd\x1b[0mef"), BASE, [Mark(1, 3, hit)])
    assert [(piece.text, piece.start, bool(piece.style.underline)) for piece in pieces] == [
        ("a", 0, False),
        ("b", 1, True),
        ("c", 2, True),
        ("d", 3, False),
        ("ef", 4, False),
    ]
    assert pieces[2].style.color == ink_style(Ink(foreground=1)).color


def test_characters_are_counted_over_all_pieces() -> None:
    pieces = [Piece("abc", BASE, 0), Piece("def", BASE, 3), Piece(" note", BASE, None)]
    assert text_of(characters(pieces, 2, 8)) == "cdef n"


def test_palette_colours_stay_palette_colours() -> None:
    style = ink_style(Ink(foreground=1, background=208, bold=True))
    assert style.color is not None
    assert style.bgcolor is not None
    assert (style.color.number, style.bgcolor.number, style.bold) == (1, 208, True)
    assert ink_style(PLAIN) == Style()


@pytest.mark.parametrize("colour", [0, 7, 15, 16, 255, (250, 250, 250), (0, 0, 0)])
def test_black_and_white_are_the_page_s_own(colour: int | tuple[int, int, int]) -> None:
    assert ink_style(Ink(foreground=colour)).color is None
    assert ink_style(Ink(foreground=colour, background=4)).color is not None


def test_visible_text_and_pieces_agree() -> None:
    raw = "\r 1%\r\x1b[32m100%\x1b[0m \x1b]52;c;x\x07done"
    assert text_of(line_pieces(runs(raw), BASE)) == visible(raw)
    assert line_pieces([Run("", PLAIN)], BASE)[0].text == ""


def test_sizes_are_short() -> None:
    assert [short_size(size) for size in (0, 999, 38_912, 5 << 20, 3 << 30)] == [
        "0 B",
        "999 B",
        "38 KB",
        "5 MB",
        "3 GB",
    ]
