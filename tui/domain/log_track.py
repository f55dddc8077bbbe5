"""What the lines of one job are to one another: attempts, tracebacks, lines drawn over earlier ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from .live_row import LiveRow
from .live_screen import LiveScreen, row_of
from .log_block import MOST_COLUMNS
from .log_moves import Moved
from .stream import MARKER_PREFIX
from .terminal import Run
from .tracebacks import HEADER, Traceback, TracebackFinder

_MOST_PASSED = 2_000
"""Lines of other jobs that are looked past for the line above."""


class Attempt(NamedTuple):
    """One start of the job: the first line of a log marks it, a second mark means it was started again."""

    number: int
    line: int
    """Number of the line that marks it."""
    at: float


@dataclass
class Notes:
    """What lines did to earlier ones since it was last asked."""

    tracebacks: list[Traceback] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)


@dataclass
class Redrawn:
    """Lines that are not shown as they came, or not at all."""

    drawn: dict[int, list[Run]] = field(default_factory=dict)
    """What is shown of lines that later ones or their place on a screen left otherwise than they came."""
    past: dict[int, list[int]] = field(default_factory=dict)
    """The lines that a line was drawn over, by its number."""
    gone: set[int] = field(default_factory=set)
    """Numbers of all lines that were drawn over."""

    def supersede(self, number: int, gone: Iterable[int]) -> None:
        """A line has been drawn over these."""
        past = self.past[number] = []
        for line in gone:
            past += [*self.past.pop(line, []), line]
            self.drawn.pop(line, None)
            self.gone.add(line)
        past.sort()

    def forget_before(self, number: int) -> None:
        """Drop what is kept of lines that are no longer held."""
        self.gone = {line for line in self.gone if line >= number}
        self.drawn = {line: runs for line, runs in self.drawn.items() if line >= number}
        self.past = {line: past for line, past in self.past.items() if line >= number}

    def renumber(self, moved: Moved) -> None:
        """Lines have other numbers."""
        self.gone = set(moved.kept(self.gone))
        self.drawn = moved.keys(self.drawn)
        self.past = {number: moved.kept(past) for number, past in moved.keys(self.past).items()}


class Held(Protocol):
    """The book that holds the lines."""

    notes: Notes
    redrawn: Redrawn
    tracebacks: dict[int, Traceback]

    @property
    def first(self) -> int: ...
    def runs(self, number: int, limit: int) -> list[Run]: ...
    def source(self, number: int) -> int: ...
    def remeasure(self, number: int) -> None: ...


class LogTrack:
    """Told of every line of one job in order, whatever stands between them."""

    def __init__(self, book: Held, source: int = 0) -> None:
        self._book = book
        self._source = source
        self._screen = LiveScreen(self._above)
        self.finder = TracebackFinder(book.tracebacks)
        self.attempts: list[Attempt] = []

    @property
    def draws(self) -> bool:
        """Whether the next line begins on what an earlier one has drawn."""
        return self._screen.concerns("")

    def concerns(self, raw: str) -> bool:
        """Whether a line cannot be shown by itself."""
        return self._screen.concerns(raw)

    def note(self, number: int, at: float, text: str) -> None:
        """Remember the line if it begins an attempt or completes a traceback."""
        if text.startswith(MARKER_PREFIX):
            self.attempts.append(Attempt(len(self.attempts) + 1, number, at))
        if (HEADER in text or self.finder.busy) and (trace := self.finder.feed(number, text)):
            self._book.notes.tracebacks.append(trace)

    def draw(self, number: int, raw: str) -> str:
        """Draw a line over those before it; gives what is shown as that line."""
        drawn, book = self._screen.draw(number, raw), self._book
        book.redrawn.drawn[number] = drawn.runs
        for changed, shown in drawn.changed.items():
            book.redrawn.drawn[changed] = shown
            book.notes.changed.append(changed)
            book.remeasure(changed)
        if drawn.superseded:
            book.redrawn.supersede(number, drawn.superseded)
            book.notes.superseded += drawn.superseded
            for gone in drawn.superseded:
                book.remeasure(gone)
        return "".join(run.text for run in drawn.runs)

    def attempt_at(self, number: int) -> Attempt | None:
        """The attempt that a line belongs to, None when its mark never came."""
        position = bisect_right(self.attempts, number, key=lambda attempt: attempt.line)
        return self.attempts[position - 1] if position else None

    def renumber(self, moved: Moved) -> None:
        """Lines have other numbers; none of its own was taken out."""
        self.attempts = [attempt._replace(line=moved.of(attempt.line)) for attempt in self.attempts]
        self.finder.renumber(moved)

    def _above(self, number: int) -> tuple[int, LiveRow] | None:
        """The line of the job shown right above one, as it is drawn on."""
        book, least = self._book, max(self._book.first, number - _MOST_PASSED)
        number -= 1
        while number >= least and (number in book.redrawn.gone or book.source(number) != self._source):
            number -= 1
        if number < least:
            return None
        return number, row_of(book.runs(number, MOST_COLUMNS))
