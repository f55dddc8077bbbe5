"""Several bars at once: what is left of them is what a terminal shows."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.domain.logbook import LogBook
from tui.domain.stream import LogLine

DRAWN = [
    "bar 1",
    "50%",
    "  ",
    "x",
    "\x1b[31m",
    "\x1b[0m",
    "\x1b[K",
    "\x1b[2K",
    "\x1b[1K",
    "\r",
    "\x1b[3C",
    "\b",
]
UP = ["\x1b[A", "\x1b[1A", "\x1b[2A", "\x1b[F", "\x1b[2F", "\x1b[9A"]
LINES = st.lists(
    st.lists(st.sampled_from([*DRAWN, *UP]), max_size=8).map("".join) | st.sampled_from(["", "plain"]),
    max_size=12,
)


def shown(book: LogBook) -> list[str]:
    """The lines that were not drawn over, without empty ones at the end."""
    lines = [book.line(n).rstrip() for n in range(book.first, book.end) if n not in book.gone]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def on_a_terminal(texts: list[str]) -> list[str]:
    screen = pyte.Screen(300, 60)
    pyte.Stream(screen).feed("".join(f"{text}\r\n" for text in texts))
    lines = [line.rstrip() for line in screen.display]
    while lines and not lines[-1]:
        lines.pop()
    return lines


@settings(max_examples=500)
@given(LINES, st.booleans())
def test_lines_look_as_in_a_terminal(texts: list[str], at_once: bool) -> None:
    texts = [*texts, *[""] * 14]  # the cursor comes down past everything that was drawn
    book = LogBook()
    if at_once:
        book.append([LogLine(0.0, text) for text in texts])
    else:
        for text in texts:
            book.append([LogLine(0.0, text)])
    assert shown(book) == on_a_terminal(texts)
    assert [book.raw(n) for n in range(book.end)] == texts, "and every line is still held as it came"


@pytest.mark.parametrize("bars", [2, 3, 5])
def test_bars_as_rich_draws_them(bars: int) -> None:
    up = "\r\x1b[2K" + "\x1b[1A\x1b[2K" * (bars - 1)
    text = up.join("\n".join(f"job {bar} {step}%" for bar in range(bars)) for step in range(0, 101, 10))
    book = LogBook()
    book.append([LogLine(0.0, line) for line in f"start\n{text}\nend".split("\n")])
    assert shown(book) == ["start", *[f"job {bar} 100%" for bar in range(bars)], "end"]
    past = [len(book.past.get(number, [])) for number in range(book.end) if number not in book.gone]
    assert sum(past) == len(book.gone) == 10 * (bars - 1)


def test_bars_as_tqdm_nests_them() -> None:
    lines = ["outer:  0%"] + [f"\rinner: {step}%\x1b[A\router: {step}%" for step in (10, 50, 100)]
    book = LogBook()
    book.append([LogLine(0.0, line) for line in [*lines, "", "done"]])
    assert shown(book) == ["outer: 100%", "inner: 100%", "done"]


def test_what_was_drawn_over_is_as_wide_as_it_is_shown_and_shown_as_it_is_found() -> None:
    book = LogBook()
    book.append(
        [LogLine(0.0, text) for text in ["one", "\x1b[Aa longer one\x1b[B", "\x1b[2A\x1b[31mred", "", ""]]
    )
    for number in range(book.end):
        assert book.width(number) == len(book.line(number))
        assert "".join(run.text for run in book.runs(number, 100)) == book.line(number)
