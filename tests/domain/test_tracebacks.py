"""Tracebacks as Python, rich and launchers print them."""

from __future__ import annotations

from tui.domain.logbook import LogBook
from tui.domain.stream import LogLine

PLAIN = """\
Traceback (most recent call last):
  File "train.py", line 3, in <module>
    main()
    ^^^^^^
  File "train.py", line 2, in main
    raise ValueError("no data")
ValueError: no data"""
CHAINED = (
    PLAIN
    + """

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "train.py", line 9, in <module>
    stop()
SystemExit"""
)
RICH = """\
╭───────────────────── Traceback (most recent call last) ──────────────────────╮
│ /app/train.py:3 in <module>                                                  │
│ ❱ 3 main()                                                                   │
╰──────────────────────────────────────────────────────────────────────────────╯
ValueError: no data"""


def folds(text: str) -> list[tuple[int, int]]:
    """First and last line of each traceback found, counted from 0."""
    book = LogBook()
    book.append([LogLine(0.0, line) for line in text.split("\n")])
    return [(trace.hidden[0], last) for last, trace in book.tracebacks.items()]


def test_a_plain_one() -> None:
    assert folds(f"before\n{PLAIN}\nafter") == [(1, 7)]


def test_line_by_line_or_in_a_batch_is_the_same() -> None:
    book = LogBook()
    lines = f"before\n{CHAINED}\nafter".split("\n")
    completed = [trace for line in lines for trace in book.append([LogLine(0.0, line)]).tracebacks]
    assert len(completed) == 2
    assert completed[0] is completed[1]
    assert folds("\n".join(lines)) == [(1, len(CHAINED.split("\n")))]
    assert list(book.tracebacks) == [len(CHAINED.split("\n"))]
    assert not book._track.finder.busy


def test_one_after_the_other_are_two() -> None:
    assert folds(f"{PLAIN}\n{PLAIN}") == [(0, 6), (7, 13)]
    assert folds(f"{PLAIN}\n\n{PLAIN}") == [(0, 6), (8, 14)]


def test_one_that_rich_has_drawn() -> None:
    assert folds(f"before\n{RICH}\nafter") == [(1, 5)]


def test_ranks_that_speak_at_the_same_time() -> None:
    zero = [f"[rank0]: {line}" for line in PLAIN.split("\n")]
    one = [f"[rank1]: {line}" for line in PLAIN.split("\n")]
    mixed = [line for pair in zip(zero, one, strict=True) for line in pair]
    assert folds("\n".join(mixed)) == [(0, 12), (1, 13)]
    assert folds("\n".join([*zero, "[rank0]: bye", *one])) == [(0, 6), (8, 14)]


def test_what_only_looks_like_one_is_left_alone() -> None:
    assert folds("Traceback (most recent call last):\nhello world") == []
    assert folds('see "Traceback (most recent call last)" above\nValueError: x') == []
    assert folds("Traceback (most recent call last):\n  File x\n" + "  x\n" * 5_000 + "ValueError: x") == []
    assert folds("Traceback (most recent call last):\n  File x") == []


GROUP = """\
  + Exception Group Traceback (most recent call last):
  |   File "train.py", line 3, in <module>
  |     raise ExceptionGroup("two failed", [a, b])
  | ExceptionGroup: two failed (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "train.py", line 1, in fetch
    | ValueError: no data
    +---------------- 2 ----------------
    | ExceptionGroup: inner (1 sub-exception)
    +-+---------------- 1 ----------------
      | TypeError: no type
      +------------------------------------"""
GROUP_LINES = len(GROUP.split("\n"))


def hidden(text: str) -> list[tuple[list[int], int]]:
    """What each traceback found hides, and the line shown of it."""
    book = LogBook()
    book.append([LogLine(0.0, line) for line in text.split("\n")])
    return [(trace.hidden, last) for last, trace in book.tracebacks.items()]


def test_a_group_is_shown_as_the_line_that_names_it() -> None:
    inside = [number for number in range(1, GROUP_LINES + 1) if number != 4]
    assert hidden(f"before\n{GROUP}\nafter") == [(inside, 4)]
    prefixed = "\n".join(f"[rank3]: {line}" for line in GROUP.split("\n"))
    assert hidden(f"before\n{prefixed}\nafter") == [(inside, 4)]


def test_a_group_whose_first_part_is_a_group_is_one() -> None:
    text = """\
  + Exception Group Traceback (most recent call last):
  |   File "train.py", line 3, in <module>
  | ExceptionGroup: outer (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | ExceptionGroup: inner (1 sub-exception)
    +-+---------------- 1 ----------------
      | TypeError: no type
      +------------------------------------
    +---------------- 2 ----------------
    | ValueError: no value
    +------------------------------------
done"""
    assert hidden(text) == [([0, 1, 3, 4, 5, 6, 7, 8, 9, 10], 2)]


def test_a_group_raised_while_another_error_was_handled_folds_both() -> None:
    chain = f"{PLAIN}\n\nDuring handling of the above exception, another exception occurred:\n\n{GROUP}"
    begins = len(PLAIN.split("\n")) + 3
    assert [last for _, last in hidden(chain)] == [begins + 3]
    assert hidden(chain)[0][0][0] == 0


def test_a_group_that_never_ends_hides_nothing() -> None:
    assert hidden("\n".join(GROUP.split("\n")[:-1])) == []
    assert hidden("  + Exception Group Traceback (most recent call last):\nafter") == []
