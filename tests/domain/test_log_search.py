"""Finding text: smart case, patterns, in slices, while lines come and go."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.log_pattern import PatternShape
from tui.domain.log_search import LogSearch, Query, parse_query
from tui.domain.logbook import LogBook
from tui.domain.stream import LogLine


def book_of(*texts: str) -> LogBook:
    book = LogBook()
    book.append([LogLine(0.0, text) for text in texts])
    return book


def found(book: LogBook, text: str, *, regex: bool = False) -> list[int]:
    query = parse_query(text, regex=regex)
    assert isinstance(query, Query)
    search = LogSearch(book, query)
    while not search.complete:
        search.advance(1)
    return list(search.hits)


BOOK = (
    "Loss 0.1",
    "error: no",
    "ERROR: yes",
    "\x1b[31mer\x1b[0mror in colour",
    "nothing",
    "Straße",
    "a.b",
    "axb",
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("error", [1, 2, 3]),
        ("ERROR", [2]),
        ("loss", [0]),
        ("straße", [5]),
        ("a.b", [6]),
        ("/a.b/", [6, 7]),
        (r"/^error\b/", [1, 2, 3]),
        (r"/\d$/", [0]),
        (r"/\Anothing/", [4]),
        (r"/o[^q]*n/", [1, 3, 4]),
        ("31m", []),
        ("gone", []),
    ],
)
def test_which_lines_have_it(text: str, numbers: list[int]) -> None:
    assert found(book_of(*BOOK), text) == numbers


@given(st.lists(st.text("abAB.\n", max_size=12), max_size=30), st.text("abAB.", min_size=1, max_size=3))
def test_hits_are_those_of_a_walk(texts: list[str], sought: str) -> None:
    book = book_of(*texts)
    folds = sought == sought.lower()
    lines = [line.lower() if folds else line for line in book.lines(0, book.end)]
    assert found(book, sought) == [number for number, line in enumerate(lines) if sought in line]
    flags = re.IGNORECASE if folds else 0
    by_pattern = [n for n, line in enumerate(book.lines(0, book.end)) if re.search(sought, line, flags)]
    assert found(book, sought, regex=True) == by_pattern


def test_what_cannot_be_looked_for_is_said() -> None:
    assert parse_query("") == "nothing to look for"
    fault = parse_query("/(unclosed/")
    assert isinstance(fault, str)
    assert fault.startswith("not a regular expression")


def test_where_in_a_line_it_is() -> None:
    query = parse_query("ab")
    assert isinstance(query, Query)
    assert query.spans("ab xAB ab") == [(0, 2), (4, 6), (7, 9)]
    empty = parse_query("/x*/")
    assert isinstance(empty, Query)
    assert empty.spans("aaa") == []


def test_lines_that_come_later_are_found_once() -> None:
    book = book_of("hit", "no")
    query = parse_query("hit")
    assert isinstance(query, Query)
    search = LogSearch(book, query)
    assert search.advance(8)
    book.append([LogLine(0.0, "another hit"), LogLine(0.0, "no")])
    assert not search.complete
    assert search.advance(8)
    assert not search.advance(8)
    assert list(search.hits) == [0, 2]


def test_going_from_hit_to_hit_and_round() -> None:
    book = book_of("x", "hit", "x", "hit", "x")
    query = parse_query("hit")
    assert isinstance(query, Query)
    search = LogSearch(book, query)
    assert (search.nearest(0), search.after(0), search.before(4)) == (None, None, None)
    search.advance(1)
    assert (search.nearest(0), search.nearest(2), search.nearest(4)) == (1, 3, 3)
    assert (search.after(1), search.after(3), search.before(3), search.before(1)) == (3, 1, 1, 3)
    assert search.position() is None
    search.current = 3
    assert search.position() == 2
    search.forget_before(2)
    assert (list(search.hits), search.position()) == ([3], 1)


def test_a_million_lines_are_searched_in_slices() -> None:
    book = LogBook()
    for begin in range(0, 100_000, 1_000):
        book.append([LogLine(0.0, f"{number:>75}") for number in range(begin, begin + 1_000)])
    query = parse_query("99999")
    assert isinstance(query, Query)
    search, slices = LogSearch(book, query), 0
    while not search.complete:
        search.advance(16)
        slices += 1
    assert list(search.hits) == [99_999]
    assert slices == -(-len(book.blocks) // 16)


PIECES = st.sampled_from(
    ["a", "b", "B", "-", " ", ".", r"\.", r"\d", r"\W", r"\b", "[ab]", "[^a]", "[a-b]", "[ -~]", "[@-_]",
     "[-a]", r"\x41", "a*", ".*", "b+", "a?", "^", "$", "(ab)", "(?:a|b)", "a|b", "é", r"[\w.]", r"(?=b)",
     "a{2}", "a{1,2}"]
)  # fmt: skip


@given(
    st.lists(st.text("abAB.@_-~ é7", max_size=10), max_size=20),
    st.lists(PIECES, min_size=1, max_size=5).map("".join),
)
def test_a_pattern_finds_what_a_walk_finds(texts: list[str], sought: str) -> None:
    query = parse_query(sought, regex=True)
    if isinstance(query, str):
        return
    book = book_of(*texts)
    flags = re.IGNORECASE if query.folds_case else 0
    lines = list(book.lines(0, book.end))
    assert found(book, sought, regex=True) == [
        n for n, line in enumerate(lines) if re.search(sought, line, flags)
    ]


@pytest.mark.parametrize(
    ("pattern", "required"),
    [
        (r"loss 0\.00[1-4]\d+", "loss 0.00"),
        ("step=a?b", "step="),
        ("ab*cd", "cd"),
        ("a|b", ""),
        (r"\d+\.\d+ it/s", " it/s"),
        ("[a-z]+", ""),
    ],
)
def test_a_text_that_every_match_has(pattern: str, required: str) -> None:
    assert PatternShape(pattern).required == required


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|aa)*b", r"((\w+) ?)+x", "(?:a?b)*c", "(a{2,}b)+", "(?P<n>a+)+"]
)
def test_a_pattern_that_could_take_for_ever_is_refused(pattern: str) -> None:
    assert PatternShape(pattern).runs_away
    assert "for ever" in str(parse_query(pattern, regex=True))


@pytest.mark.parametrize("pattern", ["(ab)+c", "(a|b)c+", r"(\d+\.){3}\d+", "a+b+", "[(+]+", r"\(a+\)+"])
def test_a_pattern_that_cannot_is_not(pattern: str) -> None:
    assert not PatternShape(pattern).runs_away


def test_a_slice_ends_when_it_gets_late() -> None:
    book = LogBook()
    for begin in range(0, 10_000, 1_000):
        book.append([LogLine(0.0, f"{number:>75}") for number in range(begin, begin + 1_000)])
    query = parse_query("9")
    assert isinstance(query, Query)
    search = LogSearch(book, query)
    search.advance(16, lambda: True)
    assert search.searched_to == len(book.blocks[0])
