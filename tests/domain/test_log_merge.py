"""Several logs as one: in order of time, each in its own order, no line lost or doubled."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.log_arrivals import HOLD_SECONDS, IDLE_SECONDS, SLOW_START_SECONDS, Arrivals
from tui.domain.log_merge import Arrival, MergedBook
from tui.domain.logbook import Change, LogBook
from tui.domain.stream import MARKER_PREFIX, LogLine

UP = "\x1b[A"
TEXTS = st.sampled_from(
    [
        "plain",
        "日本",
        "\x1b[31mred",
        "one\ntwo",
        "bar 1\rbar 2",
        "\x1b[Aup",
        "\x1b[2A\rhigher",
        "Traceback (most recent call last):",
        '  File "x.py", line 1',
        "ValueError: no",
        MARKER_PREFIX + " =====",
        "x" * 3000,
    ]
)
LINES = st.lists(
    st.builds(LogLine, st.sampled_from([0.0, 1.0, 2.0, 2.5, 3.0, 90.0, 900.0]), TEXTS), max_size=6
)
BATCHES = st.lists(st.tuples(st.integers(0, 3), LINES), max_size=12)
Batches = list[tuple[int, list[LogLine]]]


def arrivals_of(batches: Batches) -> list[list[Arrival]]:
    """The batches with the time each line is put by."""
    latest: dict[int, float] = {}
    given = []
    for source, lines in batches:
        batch = []
        for line in lines:
            latest[source] = max(latest.get(source, float("-inf")), line.at)
            batch.append(Arrival(latest[source], source, line))
        given.append(batch)
    return given


def alone(batches: Batches, source: int) -> LogBook:
    """One of the logs by itself."""
    book = LogBook()
    for other, lines in batches:
        if other == source:
            book.append(lines)
    return book


def numbers_of(book: MergedBook, source: int) -> list[int]:
    return [number for number in range(book.first, book.end) if book.source(number) == source]


def holds(book: MergedBook, batches: Batches) -> None:
    """It is what each log is by itself, in the order of their times."""
    keys = [(book._order[n], book.source(n)) for n in range(book.end)]
    assert keys == sorted(keys)
    assert all(before.first + len(before) == after.first for before, after in pairwise(book.blocks))
    for source in range(4):
        own, numbers = alone(batches, source), numbers_of(book, source)
        place = {number: position for position, number in enumerate(numbers)}
        assert [book.line(n) for n in numbers] == [own.line(n) for n in range(own.end)]
        assert [book.raw(n) for n in numbers] == [own.raw(n) for n in range(own.end)]
        assert [book.width(n) for n in numbers] == [own.width(n) for n in range(own.end)]
        assert [book.timestamp(n) for n in numbers] == [own.timestamp(n) for n in range(own.end)]
        assert {place[n] for n in book.gone if n in place} == own.gone
        assert {place[n]: [place[p] for p in past] for n, past in book.past.items() if n in place} == own.past
        found = {place[n]: trace for n, trace in book.tracebacks.items() if n in place}
        assert {n: [place[h] for h in trace.hidden] for n, trace in found.items()} == {
            n: trace.hidden for n, trace in own.tracebacks.items()
        }
        starts = [book.attempt_at(n) for n in numbers]
        assert [s and (s.number, place[s.line]) for s in starts] == [
            s and (s.number, s.line) for s in map(own.attempt_at, range(own.end))
        ]


@given(BATCHES)
def test_a_merged_book_is_its_logs_in_the_order_of_their_times(batches: Batches) -> None:
    book = MergedBook()
    for arrivals in arrivals_of(batches):
        book.insert(sorted(arrivals, key=lambda arrival: arrival[:2]))
    holds(book, batches)
    sizes = sum(block.size_bytes for block in book.blocks)
    assert book.size_bytes == sizes


@given(BATCHES, st.integers(0, 3))
def test_a_log_taken_out_leaves_the_others_and_can_come_back(batches: Batches, source: int) -> None:
    book = MergedBook()
    for arrivals in arrivals_of(batches):
        book.insert(arrivals)
    before = {n: (book.source(n), book.line(n)) for n in range(book.end)}
    moved = book.forget(source)
    others = [(other, lines) for other, lines in batches if other != source]
    holds(book, others)
    for number, (other, line) in before.items():
        if other != source:
            assert (book.source(moved.of(number)), book.line(moved.of(number))) == (other, line)
    mine = [(other, lines) for other, lines in batches if other == source]
    for arrivals in arrivals_of(mine):
        book.insert(arrivals)
    holds(book, batches)


@given(BATCHES)
def test_a_change_says_where_every_line_went(batches: Batches) -> None:
    book = MergedBook()
    for arrivals in arrivals_of(batches):
        before = [(book.source(n), book.raw(n)) for n in range(book.end)]
        change = book.insert(arrivals)
        moved = change.moved.of if change.moved else int
        assert [(book.source(moved(n)), book.raw(moved(n))) for n in range(len(before))] == before
        new = set(range(book.end)) - {moved(n) for n in range(len(before))}
        assert all(n >= change.first for n in new)


def test_lines_in_order_move_nothing() -> None:
    book = MergedBook()
    assert book.insert([Arrival(1.0, 0, LogLine(1.0, "a"))]) == Change(first=0, dropped=0)
    assert book.insert([Arrival(1.0, 1, LogLine(1.0, "b"))]) == Change(first=1, dropped=0)
    change = book.insert([Arrival(0.5, 2, LogLine(0.5, "late"))])
    assert [book.line(n) for n in range(3)] == ["late", "a", "b"]
    assert change.moved is not None
    assert [change.moved.of(n) for n in range(3)] == [1, 2, 3]


def test_bars_of_two_jobs_draw_over_their_own_lines_only() -> None:
    book = MergedBook()
    for step in range(3):
        for source in (0, 1):
            text = f"{UP if step else ''}job {source} step {step}"
            book.insert([Arrival(step, source, LogLine(step, text))])
    shown = [book.line(n) for n in range(book.end) if n not in book.gone]
    assert shown == ["job 0 step 2", "job 1 step 2"]


def test_the_oldest_lines_of_all_fall_out() -> None:
    book = MergedBook(limit_bytes=300_000)
    for step in range(1_000):
        late = step - 100 if step % 10 == 9 else step
        lines = [Arrival(late, step % 3, LogLine(late, f"{step:>900}"))]
        book.insert(lines)
    assert book.first > 0
    assert len(book) == book.end - book.first
    assert book.size_bytes <= 300_000
    kept = [int(line) for line in book.lines(book.first, book.end)]
    assert [book.source(n) for n in range(book.first, book.end)] == [step % 3 for step in kept]
    assert len(set(kept)) == len(kept)
    assert kept[-1] == 998
    book.forget(0)
    book.forget(1)
    book.forget(2)
    assert len(book) == 0
    book.insert([Arrival(5_000, 1, LogLine(5_000, "again"))])
    assert book.line(book.end - 1) == "again"


@given(BATCHES, st.lists(st.floats(0, 0.3), min_size=12, max_size=12), st.sampled_from([1, 3, 9, 100]))
def test_no_line_is_lost_or_overtaken_while_it_waits(
    batches: Batches, pauses: list[float], most: int
) -> None:
    arrivals, given, now = Arrivals(), [], 0.0
    for source in range(4):
        arrivals.open(source, now)
    for (source, lines), pause in zip(batches, pauses, strict=False):
        arrivals.take(source, lines, now)
        now += pause
        given += arrivals.ready(now, most)
    while some := arrivals.ready(now + SLOW_START_SECONDS, most):
        given += some
    assert arrivals.waiting == 0
    for source in range(4):
        sent = [line for other, lines in batches if other == source for line in lines]
        assert [arrival.line for arrival in given if arrival.source == source] == sent


def test_the_past_of_a_log_is_waited_for() -> None:
    arrivals = Arrivals()
    arrivals.open(0, 0.0)
    arrivals.open(1, 0.0)
    arrivals.take(0, [LogLine(10.0, "late")], 0.1)
    assert arrivals.ready(0.4) == []
    arrivals.take(1, [LogLine(5.0, "early"), LogLine(12.0, "later")], 0.5)
    assert [arrival.line.text for arrival in arrivals.ready(0.5)] == ["early", "late"]
    assert [arrival.line.text for arrival in arrivals.ready(0.5 + IDLE_SECONDS)] == ["later"]


@pytest.mark.parametrize("wait", [0.0, 2 * HOLD_SECONDS])
def test_at_the_end_of_every_log_a_line_waits_only_a_moment(wait: float) -> None:
    arrivals = Arrivals()
    for source in (0, 1):
        arrivals.open(source, 0.0)
        arrivals.at_end(source)
    arrivals.take(0, [LogLine(10.0, "b")], 1.0)
    arrivals.take(1, [LogLine(9.0, "a")], 1.0)
    assert [arrival.line.text for arrival in arrivals.ready(1.0 + wait)] == (["a", "b"] if wait else [])


def test_what_waits_is_given_in_order_however_much_it_is() -> None:
    arrivals = Arrivals()
    for source, step in ((0, 1), (1, 7)):
        arrivals.open(source, 0.0)
        arrivals.take(source, [LogLine(1.0 + step * n, str(n)) for n in range(1_000)], 0.0)
        arrivals.at_end(source)
    given: list[float] = []
    while some := arrivals.ready(1.0, 64):
        assert len(some) <= 64
        given += [arrival.order for arrival in some]
    assert len(given) == 2_000
    assert given == sorted(given)
