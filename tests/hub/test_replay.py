"""What of a replay is new, as pure logic."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.domain.stream import LogLine
from tui.hub.replay import Replay

MARKER = LogLine(0.5, "===== Job started at 2026-10-09 12:00:00 =====")


def log(*texts: str, at: float = 1.0) -> list[LogLine]:
    return [LogLine(at + n, text) for n, text in enumerate(texts)]


def connect(replay: Replay, lines: list[LogLine], *, tail: bool = False, chunk: int = 2) -> list[LogLine]:
    """One connection that brings these lines; what is new of them. Fails when all was declared void."""
    replay.connected(tail=tail)
    new: list[LogLine] = []
    for start in range(0, len(lines), chunk):
        news = replay.feed(lines[start : start + chunk])
        assert not news.void
        new += news.lines
    return new


def is_void(replay: Replay, lines: list[LogLine]) -> bool:
    replay.connected(tail=False)
    return any(replay.feed([line]).void for line in lines)


lines_with_doubles = st.lists(st.tuples(st.integers(0, 2), st.sampled_from("ab")), max_size=30).map(
    lambda steps: [
        LogLine(1.0 + sum(step for step, _ in steps[: n + 1]), text) for n, (_, text) in enumerate(steps)
    ]
)


@settings(max_examples=300)
@given(whole=lines_with_doubles, ends=st.lists(st.integers(0, 31), max_size=8), chunk=st.integers(1, 7))
def test_nothing_is_lost_and_nothing_doubled_across_cuts(
    whole: list[LogLine], ends: list[int], chunk: int
) -> None:
    """Equal lines with equal times included; the log grows or stands still between cuts."""
    whole = [MARKER, *whole]
    replay, shown = Replay(), list[LogLine]()
    for end in [*ends, len(whole)]:
        shown += connect(replay, whole[:end], chunk=chunk)
    assert shown == whole
    assert replay.caught_up


@settings(max_examples=300)
@given(
    whole=lines_with_doubles,
    tail=st.integers(1, 10),
    known=st.integers(0, 30),
    ends=st.lists(st.integers(0, 31), max_size=5),
    chunk=st.integers(1, 7),
)
def test_a_tail_goes_on_where_it_was_cut(
    whole: list[LogLine], tail: int, known: int, ends: list[int], chunk: int
) -> None:
    """After the cut the whole log comes; lines differ here, since equal ones cannot tell their place."""
    whole = [MARKER] + [LogLine(line.at, f"{line.text}{n}") for n, line in enumerate(whole)]
    start = max(1, known - tail)
    replay = Replay()
    shown = connect(replay, [MARKER, *whole[start:known]], tail=True, chunk=chunk)
    if replay.empty:
        return
    for end in [*ends, len(whole)]:
        shown += connect(replay, whole[:end], chunk=chunk)
    assert shown == [MARKER, *whole[start:]]


def test_two_equal_lines_around_the_cut_of_a_tail_are_both_there() -> None:
    a, b, x, y = LogLine(1, "a"), LogLine(2, "b"), LogLine(3, "x"), LogLine(4, "y")
    replay = Replay()
    assert connect(replay, [MARKER, b, x], tail=True) == [MARKER, b, x]
    assert connect(replay, [MARKER, a, b, x, x, y]) == [x, y]


def test_a_log_that_lost_its_beginning_goes_on_after_the_last_line_seen() -> None:
    whole = [MARKER, *log(*"abcdef")]
    replay = Replay()
    connect(replay, whole[:5])
    assert connect(replay, [MARKER, *whole[3:]]) == whole[5:]
    assert connect(replay, [MARKER, *whole[3:], LogLine(9, "g")]) == [LogLine(9, "g")]


def test_a_log_that_lost_everything_seen_goes_on_with_what_is_later() -> None:
    replay = Replay()
    connect(replay, [MARKER, *log("a", "b")])
    assert connect(replay, [MARKER, *log("x", "y", at=50)]) == log("x", "y", at=50)
    assert connect(replay, [MARKER, *log("x", "y", "z", at=50)]) == [LogLine(52, "z")]


def test_a_new_attempt_whose_log_replaced_the_old_is_all_new() -> None:
    replay = Replay()
    connect(replay, [MARKER, *log("a", "b")])
    again = LogLine(100.0, "===== Job started at 2026-10-09 12:01:40 =====")
    assert connect(replay, [again, *log("a", at=101)]) == [again, *log("a", at=101)]
    assert connect(replay, [again, *log("a", "b", at=101)]) == [LogLine(102, "b")]


def test_a_second_marker_in_the_stream_is_a_line_like_any_other() -> None:
    again = LogLine(5.0, "===== Job started =====")
    whole = [MARKER, *log("a", "b"), again, *log("c", at=6)]
    replay = Replay()
    assert connect(replay, whole[:3]) + connect(replay, whole) == whole


def test_a_line_that_should_have_come_long_ago_voids_everything() -> None:
    replay = Replay()
    connect(replay, [MARKER, LogLine(1, "a"), LogLine(3, "c")])
    assert is_void(replay, [MARKER, LogLine(1, "a"), LogLine(2, "b"), LogLine(3, "c")])


def test_another_log_without_times_voids_everything() -> None:
    replay = Replay()
    connect(replay, [LogLine(0.0, "a"), LogLine(0.0, "b")])
    assert is_void(replay, [LogLine(0.0, "x")])


def test_a_replay_shorter_than_what_was_seen_has_not_caught_up() -> None:
    whole = [MARKER, *log(*"abc")]
    replay = Replay()
    connect(replay, whole)
    assert connect(replay, whole[:2]) == []
    assert not replay.caught_up
    assert connect(replay, whole) == []
    assert replay.caught_up


def test_markers_while_nothing_has_run_yet_are_each_handed_on_once() -> None:
    again = LogLine(9.0, "===== Job started at 2026-10-09 12:00:09 =====")
    replay = Replay()
    assert connect(replay, [MARKER]) == [MARKER]
    assert connect(replay, [MARKER]) == []
    assert connect(replay, [again]) == [again]
    assert replay.empty


@settings(max_examples=300)
@given(whole=lines_with_doubles, seen=st.integers(0, 30), asked=st.integers(1, 5))
def test_the_end_agrees_only_when_nothing_is_missing(whole: list[LogLine], seen: int, asked: int) -> None:
    replay = Replay()
    connect(replay, [MARKER, *whole[:seen]])
    if replay.ends_with([MARKER, *whole[-asked:]], asked):
        assert seen >= len(whole)


def test_the_end_of_a_log_that_is_complete_agrees() -> None:
    whole = log(*"abcdef")
    replay = Replay()
    connect(replay, [MARKER, *whole])
    assert replay.ends_with([MARKER, *whole[-3:]], 3)
    assert replay.ends_with([MARKER, *whole], 64)
    assert not replay.ends_with([MARKER, *whole[:-1]], 64)
