"""A job's log as it is held: millions of lines in few bytes, the oldest let go when it grows too large.

Lines are known by their number, counted from the first one ever appended: a number stays true when lines
fall out at the head, so a cursor, a search hit or a selection needs no correction.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .live_row import LiveRow
from .live_screen import LiveScreen, row_of
from .log_block import MOST_COLUMNS, LogBlock, Measure
from .log_gaps import Gaps
from .stream import MARKER_PREFIX, LogLine
from .terminal import Run, runs, visible
from .tracebacks import HEADER, Traceback, TracebackFinder

LIMIT_BYTES = 256 << 20
_BLOCK_BYTES = 1 << 16
_BATCH_LINES = 256


class Change(NamedTuple):
    """What an append did."""

    first: int
    """Number of the first line that is new or differs from before."""
    dropped: int
    """How many lines fell out at the head."""
    tracebacks: tuple[Traceback, ...] = ()
    """Those that these lines have completed."""
    superseded: tuple[int, ...] = ()
    """Numbers of lines that these lines have been drawn over."""
    changed: tuple[int, ...] = ()
    """Numbers of earlier lines that these lines have written into."""


class Attempt(NamedTuple):
    """One start of the job: the first line of a log marks it, a second mark means it was started again."""

    number: int
    line: int
    """Number of the line that marks it."""
    at: float


class LogBook:
    """Every line of one log, in order. Numbers from `first` up to, but without, `end` can be asked for."""

    def __init__(self, *, limit_bytes: int = LIMIT_BYTES, measure: Measure = len) -> None:
        self.blocks: list[LogBlock] = []
        self.blocks_dropped = 0
        self.attempts: list[Attempt] = []
        self.gaps = Gaps()
        self.tracebacks = TracebackFinder()
        self.drawn: dict[int, list[Run]] = {}
        """Lines that are not shown as they came, but as later ones or their place on a screen left them."""
        self.past: dict[int, list[int]] = {}
        """The lines that a line was drawn over, by its number."""
        self._screen = LiveScreen(self._above)
        self.gone: set[int] = set()
        """Numbers of all lines that were drawn over."""
        self._completed: list[Traceback] = []
        self._superseded: list[int] = []
        self._changed: list[int] = []
        self.size_bytes = 0
        self.widest = 0
        """Cells of the widest line there was."""
        self._limit_bytes = limit_bytes
        self._measure = measure
        self._sealed_bytes = 0

    def __len__(self) -> int:
        """How many lines are held."""
        return self.end - self.first

    @property
    def first(self) -> int:
        """Number of the first line held, which is also how many fell out."""
        return self.blocks[0].first if self.blocks else 0

    @property
    def end(self) -> int:
        """Number the next line will get."""
        return self.blocks[-1].first + len(self.blocks[-1]) if self.blocks else 0

    def append(self, lines: Sequence[LogLine]) -> Change:
        """Add lines at the end; a line feed inside one makes it several."""
        first, first_before = self.end, self.first
        for begin in range(0, len(lines), _BATCH_LINES):
            self._append_batch(lines[begin : begin + _BATCH_LINES])
        self._drop_oldest()
        noted = tuple(self._completed), tuple(self._superseded), tuple(self._changed)
        self._completed, self._superseded, self._changed = [], [], []
        return Change(max(first, self.first), self.first - first_before, *noted)

    def line(self, number: int) -> str:
        """The line as it is shown, without colours; nothing in it can move a cursor."""
        if number in self.drawn:
            return "".join(run.text for run in self.drawn[number])
        block = self._block_of(number)
        return block.text(number - block.first)

    def runs(self, number: int, limit: int) -> list[Run]:
        """The line with its colours, not much more than `limit` characters of it."""
        return self.drawn[number] if number in self.drawn else runs(self.raw(number), limit)

    def raw(self, number: int) -> str:
        """The line as it came, every state of a progress bar included. Not to be printed."""
        block = self._block_of(number)
        return block.raw(number - block.first)

    def timestamp(self, number: int) -> float:
        """The server's time for the line, as unix seconds; 0.0 when it gave none."""
        block = self._block_of(number)
        return block.times[number - block.first]

    def width(self, number: int) -> int:
        """Cells the line takes on the screen; negative when some characters are not one cell wide."""
        block = self._block_of(number)
        return block.widths[number - block.first]

    def lines(self, start: int, stop: int) -> Iterator[str]:
        """The lines from one number up to, but without, another, as they are shown."""
        return (self.line(number) for number in range(max(start, self.first), min(stop, self.end)))

    def attempt_at(self, number: int) -> Attempt | None:
        """The attempt that a line belongs to, None when its mark never came."""
        position = bisect_right(self.attempts, number, key=lambda attempt: attempt.line)
        return self.attempts[position - 1] if position else None

    def _block_of(self, number: int) -> LogBlock:
        if not self.first <= number < self.end:
            raise IndexError(f"line {number} is not held")
        return self.blocks[bisect_right(self.blocks, number, key=lambda block: block.first) - 1]

    def _append_batch(self, batch: Sequence[LogLine]) -> None:
        texts = [line.text for line in batch]
        joined = "".join(texts)
        plain = joined.isascii() and joined.isprintable() and not self._screen.concerns("")
        if plain and len(joined) < _BLOCK_BYTES:
            block = self._open_block()
            number, times = block.first + len(block), [line.at for line in batch]
            self.gaps.feed(number, times)
            if MARKER_PREFIX in joined or HEADER in joined or self.tracebacks.busy:
                for offset, line in enumerate(batch):
                    self._note(number + offset, line.at, line.text)
            block.extend_plain(times, texts)
            self.widest = max(self.widest, max(block.widths[-len(batch) :]))
            return
        for at, text in batch:
            for part in text.removesuffix("\n").split("\n"):
                self._append_line(at, part)

    def _append_line(self, at: float, raw: str) -> None:
        block = self._open_block()
        number = block.first + len(block)
        shown = self._draw(number, raw) if self._screen.concerns(raw) else visible(raw)
        self.gaps.feed(number, [at])
        self._note(number, at, shown)
        block.append(at, shown, raw)
        self.widest = max(self.widest, abs(block.widths[-1]))

    def _note(self, number: int, at: float, text: str) -> None:
        """Remember the line if it begins an attempt or completes a traceback."""
        if text.startswith(MARKER_PREFIX):
            self.attempts.append(Attempt(len(self.attempts) + 1, number, at))
        if (HEADER in text or self.tracebacks.busy) and (trace := self.tracebacks.feed(number, text)):
            self._completed.append(trace)

    def _draw(self, number: int, raw: str) -> str:
        """Draw a line over those before it; gives what is shown as that line."""
        drawn = self._screen.draw(number, raw)
        self.drawn[number] = drawn.runs
        for changed, shown in drawn.changed.items():
            self.drawn[changed] = shown
            self._changed.append(changed)
            block = self._block_of(changed)
            block.remeasure(changed - block.first, self.line(changed))
        if drawn.superseded:
            past = self.past[number] = []
            for gone in drawn.superseded:
                past += [*self.past.pop(gone, []), gone]
                self.drawn.pop(gone, None)
            past.sort()
            self.gone.update(drawn.superseded)
            self._superseded += drawn.superseded
        return "".join(run.text for run in drawn.runs)

    def _above(self, number: int) -> tuple[int, LiveRow] | None:
        """The line shown right above one, as it is drawn on."""
        number -= 1
        while number in self.gone:
            number -= 1
        if number < self.first:
            return None
        return number, row_of(self.runs(number, MOST_COLUMNS))

    def _open_block(self) -> LogBlock:
        """The block that takes the next line."""
        if self.blocks and self.blocks[-1].size_bytes < _BLOCK_BYTES:
            return self.blocks[-1]
        number = self.end
        if self.blocks:
            self.blocks[-1].seal()
            self._sealed_bytes += self.blocks[-1].size_bytes
        self.blocks.append(LogBlock(number, self._measure))
        return self.blocks[-1]

    def _drop_oldest(self) -> None:
        dropped = 0
        while dropped < len(self.blocks) - 1 and self._size() > self._limit_bytes:
            self._sealed_bytes -= self.blocks[dropped].size_bytes
            dropped += 1
        del self.blocks[:dropped]
        self.blocks_dropped += dropped
        if dropped:
            self.tracebacks.forget_before(self.first)
            self.gone = {number for number in self.gone if number >= self.first}
            self.drawn = {number: runs for number, runs in self.drawn.items() if number >= self.first}
            self.past = {number: past for number, past in self.past.items() if number >= self.first}
        self.size_bytes = self._size()

    def _size(self) -> int:
        return self._sealed_bytes + (self.blocks[-1].size_bytes if self.blocks else 0)
