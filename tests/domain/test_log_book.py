"""The log as it is held: every line, few bytes, the oldest let go and counted."""

from __future__ import annotations

import re
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.log_block import MOST_COLUMNS, NOTE_COLUMNS
from tui.domain.log_track import Attempt
from tui.domain.logbook import Change, LogBook
from tui.domain.stream import MARKER_PREFIX, LogLine
from tui.domain.terminal import visible

CURSOR_MOVES = re.compile("[\x1b\x9b]")
"""Lines that draw over those above are in test_live_screen.py."""
LINES = st.lists(
    st.text(st.characters(exclude_characters="\n"), max_size=40).filter(
        lambda text: CURSOR_MOVES.search(text) is None
    )
    | st.sampled_from(["", "a" * 5000, "日本", "\x1b[31mred\x1b[0m"])
)


def lines_of(*texts: str, at: float = 1.0) -> list[LogLine]:
    return [LogLine(at + offset, text) for offset, text in enumerate(texts)]


@given(st.lists(LINES, max_size=8))
def test_every_line_can_be_asked_for(batches: list[list[str]]) -> None:
    book, sent = LogBook(), [text for batch in batches for text in batch]
    for batch in batches:
        book.append(lines_of(*batch))
    assert len(book) == book.end == len(sent)
    assert [book.line(number) for number in range(len(sent))] == [visible(text) for text in sent]
    assert list(book.lines(0, book.end)) == [visible(text) for text in sent]
    encodable = [re.sub("[\ud800-\udfff]", "\ufffd", text) for text in sent]
    assert [book.raw(number) for number in range(len(sent))] == encodable


@given(st.lists(st.text(max_size=30), max_size=20))
def test_one_by_one_or_in_a_batch_is_the_same(texts: list[str]) -> None:
    together, apart = LogBook(), LogBook()
    together.append(lines_of(*texts))
    for line in lines_of(*texts):
        apart.append([line])
    assert list(together.lines(0, together.end)) == list(apart.lines(0, apart.end))
    assert [together.width(number) for number in range(together.end)] == [
        apart.width(number) for number in range(apart.end)
    ]


def test_an_append_says_where_it_began() -> None:
    book = LogBook()
    assert book.append(lines_of("one", "two")) == Change(first=0, dropped=0)
    assert book.append(lines_of("three")) == Change(first=2, dropped=0)
    assert book.append([]) == Change(first=3, dropped=0)


def test_times_are_kept() -> None:
    book = LogBook()
    book.append([LogLine(12.25, "plain"), LogLine(0.0, "\x1b[31mno time\x1b[0m"), LogLine(13.5, "日本")])
    assert [book.timestamp(number) for number in range(3)] == [12.25, 0.0, 13.5]


def test_a_line_feed_inside_a_line_makes_two() -> None:
    book = LogBook()
    book.append([LogLine(7.0, "one\ntwo\n"), LogLine(8.0, "three\r\nfour")])
    assert list(book.lines(0, book.end)) == ["one", "two", "three", "four"]
    assert [book.timestamp(number) for number in range(4)] == [7.0, 7.0, 8.0, 8.0]


def test_a_progress_bar_is_one_line_and_all_its_states_are_kept() -> None:
    book, bar = LogBook(), "".join(f"\r{step}%" for step in range(101))
    book.append(lines_of(bar, "after"))
    assert [book.line(0), book.line(1)] == ["100%", "after"]
    assert book.raw(0) == bar
    assert book.raw(1) == "after"


def test_attempts_begin_at_their_markers() -> None:
    book = LogBook()
    book.append(lines_of(f"{MARKER_PREFIX} at 2026-05-12 14:57:43 =====", "first"))
    book.append(lines_of(f"{MARKER_PREFIX} =====", "日本", at=9.0))
    assert book.attempts == [Attempt(1, 0, 1.0), Attempt(2, 2, 9.0)]
    assert [attempt and attempt.number for attempt in map(book.attempt_at, range(4))] == [1, 1, 2, 2]


def test_a_log_without_a_marker_has_no_attempt() -> None:
    book = LogBook()
    book.append(lines_of("not a marker: " + MARKER_PREFIX))
    assert book.attempts == []
    assert book.attempt_at(0) is None


def test_the_oldest_lines_fall_out_and_are_counted() -> None:
    book = LogBook(limit_bytes=200_000)
    dropped = 0
    for begin in range(0, 10_000, 100):
        dropped += book.append(lines_of(*[f"{number:>60}" for number in range(begin, begin + 100)])).dropped
    assert book.end == 10_000
    assert 0 < dropped == book.first < 9_000
    assert book.size_bytes <= 200_000
    assert len(book) == book.end - dropped
    assert book.line(book.first).strip() == str(book.first)
    assert book.line(9_999).strip() == "9999"
    with pytest.raises(IndexError):
        book.line(book.first - 1)
    with pytest.raises(IndexError):
        book.line(10_000)


def test_one_line_larger_than_the_limit_is_kept() -> None:
    book = LogBook(limit_bytes=1_000)
    book.append(lines_of("x" * 100_000))
    book.append(lines_of("y" * 100_000))
    assert len(book) == 1
    assert book.line(book.first) == "y" * 100_000


def test_widths_are_of_what_is_shown() -> None:
    book = LogBook(measure=lambda text: sum(2 if char > "\u2fff" else 1 for char in text))
    book.append(lines_of("plain", "\x1b[31mred\x1b[0m", "━━━", "日本", "x" * 5000, "日" * 3000))
    cut = MOST_COLUMNS + NOTE_COLUMNS
    assert [book.width(number) for number in range(6)] == [5, 3, 3, -4, cut, -cut]
    assert book.widest == cut


def test_a_line_of_a_megabyte_is_kept_whole() -> None:
    book = LogBook()
    book.append(lines_of("\x1b[31m" + "x" * 1_000_000, "next"))
    assert len(book.line(0)) == 1_000_000
    assert book.line(1) == "next"


def test_a_line_costs_little_more_than_its_text() -> None:
    count = 50_000
    tracemalloc.start()
    book = LogBook()
    before = tracemalloc.get_traced_memory()[0]
    for begin in range(0, count, 1_000):
        book.append([LogLine(float(number), f"{number:>75}") for number in range(begin, begin + 1_000)])
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert 76 <= held / count <= 110
    assert held == pytest.approx(book.size_bytes, rel=0.15)


def test_half_a_character_is_held_as_it_is_shown() -> None:
    book = LogBook()
    book.append(lines_of("half \ud83d\rover"))
    assert book.line(0) == "over \ufffd"
    assert book.raw(0) == "half \ufffd\rover"
    assert "".join(run.text for run in book.runs(0, 100)) == book.line(0)
