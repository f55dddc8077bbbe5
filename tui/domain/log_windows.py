"""The last part of a log: so many lines, or so much time."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from .logbook import LogBook
from .units import DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS

_SLACK_SHARE = 0.01
"""A window is moved on when it has this much too much: to move it costs more than a line."""


@dataclass(frozen=True, slots=True)
class Window:
    """How much of the end of a log is shown; neither lines nor seconds is all of it."""

    label: str
    lines: int = 0
    seconds: float = 0.0
    """Counted back from the newest line: a job that has gone quiet keeps its last words on the page."""

    def start(self, book: LogBook) -> int:
        """Number of the first line of the window."""
        if self.lines:
            return max(0, book.end - self.lines)
        if not self.seconds or not len(book):
            return 0
        return line_at(book, book.timestamp(book.end - 1) - self.seconds)

    def moved_on(self, book: LogBook, start: int) -> int:
        """Where it begins now, when it began at `start` before."""
        now = self.start(book)
        return now if now - start > (book.end - now) * _SLACK_SHARE else start


WHOLE = Window("")
WINDOWS = (
    WHOLE,
    Window("last 1,000 lines", lines=1_000),
    Window("last 1 m", seconds=MINUTE_SECONDS),
    Window("last 5 m", seconds=5 * MINUTE_SECONDS),
    Window("last 15 m", seconds=15 * MINUTE_SECONDS),
    Window("last 1 h", seconds=HOUR_SECONDS),
    Window("last 24 h", seconds=DAY_SECONDS),
)
"""By the digit that chooses them."""


def line_at(book: LogBook, moment: float) -> int:
    """The first line at or after a moment; times are taken to ascend, as a log's do."""
    blocks = book.blocks
    index = max(0, bisect_left(blocks, moment, key=lambda block: block.times[0]) - 1)
    block = blocks[index]
    return block.first + bisect_left(block.times, moment)
