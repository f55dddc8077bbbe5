"""Made-up log lines of the worst kind, and what must hold for them: `python -m tests.log_fuzz --minutes 10`.

Every case has a number of its own; one that fails says it, and `--seed` with that number makes it again.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Callable

import pyte
from rich.cells import cell_len
from rich.style import Style

from tui.domain.log_excerpt import excerpt
from tui.domain.log_merge import Arrival, MergedBook
from tui.domain.log_rows import LogRows
from tui.domain.log_unfold import unfolded
from tui.domain.logbook import LogBook
from tui.domain.stream import MARKER_PREFIX, LogLine
from tui.widgets.log_gutter import LogGutter
from tui.widgets.log_look import LogLook
from tui.widgets.log_painter import LogPainter

OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Nothing of this may be in what is shown, copied or saved."""
WORDS = ("loss", "50%", "|####", " ", "   ", "日本", "e\u0301", "👩\u200d🚀", "❤\ufe0f", "a" * 200, "\u2028")
STARTS: tuple[str, ...] = (
    "\x1b[",
    "\x9b",
    "\x1b]",
    "\x9d",
    "\x1bP",
    "\x90",
    "\x1b_",
    "\x1b^",
    "\x1bX",
    "\x1b",
    "\x1b#",
    "\x1b(",
)
PARAMETERS = ("", "0", "1", "31", "1:31", "38:5:208", "48:2:1:2:3", "?25", "9" * 11, "-1", ">4", "::")
FINALS: tuple[str, ...] = (*"ABCDEFGHJKLMPSTXZ@`abcdefghilmnpqrstux", "", "~", "$p", " q")
ENDS = ("\x07", "\x1b\\", "\x9c", "", "\n")
CONTROLS: tuple[str, ...] = (
    *map(chr, range(32)),
    *map(chr, range(127, 160)),
    *"\u202e\u2066\u200b\ud83d\udc00\ue000",
)
SPECIAL = (
    "Traceback (most recent call last):",
    "  + Exception Group Traceback (most recent call last):",
    "  | ExceptionGroup: two (2 sub-exceptions)",
    "    +------------------------------------",
    '  File "x.py", line 1',
    "ValueError: no",
    "During handling of the above exception, another exception occurred:",
    MARKER_PREFIX + " at 2026-01-01 =====",
    '{"level": "error", "deep": [1, {"a": "\\u001b[31m"}]}',
    "{'loss': 0.1, 'bad': '\x1b]52;c;eA==\x07'}",
)
DRAWN: tuple[str, ...] = (
    "bar 1",
    "50%",
    "x",
    "  ",
    "\r",
    "\b",
    "\x1b[31m",
    *map("\x1b[{}".format, ("K", "1K", "2K", "3C", "5G")),
)
CLIMBS = ("\x1b[A", "\x1b[2A", "\x1b[F", "\x1b[9A", "\x1b[B", "\x1b[E")


def line(rng: random.Random) -> str:
    """One line of output, most often harmless in parts."""
    if rng.random() < 0.1:
        return rng.choice(SPECIAL)
    return "".join(piece(rng) for _ in range(rng.choice((0, 1, 2, 4, 8, 30))))


def piece(rng: random.Random) -> str:
    """A part of a line."""
    kind = rng.random()
    if kind < 0.4:
        return rng.choice(WORDS)
    if kind < 0.6:
        return rng.choice(DRAWN + CLIMBS)
    if kind < 0.8:
        start = rng.choice(STARTS)
        text = rng.choice(PARAMETERS).replace(":", rng.choice(":;")) + rng.choice(FINALS)
        return start + text + (rng.choice(ENDS) if rng.random() < 0.5 else "")
    if kind < 0.95:
        return rng.choice(CONTROLS)
    return chr(rng.randrange(0x110000))


def lines(rng: random.Random, make: Callable[[random.Random], str]) -> list[str]:
    """A few lines."""
    return [make(rng) for _ in range(rng.randrange(1, 12))]


def drawn(rng: random.Random) -> str:
    """A line of which it is known what a terminal makes of it."""
    return "".join(
        rng.choice(DRAWN + CLIMBS[:4] if rng.random() < 0.3 else DRAWN) for _ in range(rng.randrange(8))
    )


def check(seed: int) -> None:
    """One case of each kind. Raises AssertionError, or whatever goes wrong."""
    rng = random.Random(seed)  # noqa: S311 - to be made again, not to be secret
    texts = lines(rng, line)
    book = LogBook(measure=cell_len)
    held = [LogLine(rng.choice((0.0, 1.0, 1e9, float(seed))), text) for text in texts]
    while held:
        count = rng.randrange(1, 5)
        book.append(held[:count])
        held = held[count:]
    check_book(book, rng)
    check_merged(texts, rng)
    check_terminal([*lines(rng, drawn), *[""] * 12])


def check_book(book: LogBook, rng: random.Random) -> None:
    """Nothing that is shown, saved or unfolded can be obeyed, and it is as wide as it is said to be."""
    for number in range(book.first, book.end):
        shown = book.line(number)
        assert not OBEYED.search(shown), (number, shown)
        assert "".join(run.text for run in book.runs(number, 1 << 20)) == shown
        assert len(shown) > 4096 or abs(book.width(number)) == cell_len(shown), (number, shown)
        for below in unfolded(book.raw(number), shown):
            assert not OBEYED.search(below), (number, below)
    for saved in excerpt(book).lines(times=True):
        assert not OBEYED.search(saved), saved
    rows = LogRows(book)
    columns = rng.randrange(4, 100)
    look = LogLook(*[Style()] * len(LogLook._fields))
    painter = LogPainter(book, rows, look, LogGutter(book, look), wrap=rng.random() < 0.5)
    rows.wrap_at(columns - painter.gutter.columns if painter.wrap else None)
    first_cell = 0 if painter.wrap else rng.choice((0, 1, 7, 300))
    for row in range(rows.total):
        strip = painter.row(row, first_cell, columns)
        assert not OBEYED.search(strip.text), (row, strip.text)
        assert strip.cell_length == columns == cell_len(strip.text), (row, strip.text)


def check_merged(texts: list[str], rng: random.Random) -> None:
    """Two logs on one page hold what each of them holds alone."""
    book, alone = MergedBook(measure=cell_len), [LogBook(measure=cell_len), LogBook(measure=cell_len)]
    times = [0.0, 0.0]
    for text in texts:
        source = rng.randrange(2)
        times[source] += rng.choice((0.0, 1.0, 5.0))
        sent = LogLine(times[source], text)
        book.insert([Arrival(times[source], source, sent)])
        alone[source].append([sent])
    for source, own in enumerate(alone):
        numbers = [number for number in range(book.end) if book.source(number) == source]
        assert [book.line(number) for number in numbers] == [own.line(number) for number in range(own.end)]


def check_terminal(texts: list[str]) -> None:
    """Redrawn lines look as in a terminal, the cursor having come down past all of them."""
    book = LogBook()
    book.append([LogLine(0.0, text) for text in texts])
    shown = [book.line(number).rstrip() for number in range(book.end) if number not in book.gone]
    screen = pyte.Screen(300, 60)
    pyte.Stream(screen).feed("".join(f"{text}\r\n" for text in texts))
    expected = [row.rstrip() for row in screen.display]
    while shown and not shown[-1]:
        shown.pop()
    while expected and not expected[-1]:
        expected.pop()
    assert shown == expected, texts


def main() -> int:
    """Try cases until the time is over; the exit code is 1 when one has failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0, help="number of the first case")
    options = parser.parse_args()
    deadline, seed = time.monotonic() + 60 * options.minutes, options.seed
    while time.monotonic() < deadline or seed == options.seed:
        try:
            check(seed)
        except Exception:
            print(f"case {seed} failed: python -m tests.log_fuzz --minutes 0 --seed {seed}", file=sys.stderr)  # noqa: T201
            raise
        seed += 1
    print(f"{seed - options.seed:,} cases, from {options.seed} on, none failed")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
