"""The lines of a log as they are held and asked for.

Lines are known by their number, counted from the first one ever appended: a number stays true when lines
fall out at the head, so a cursor, a search hit or a selection needs no correction.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from .ink import PLAIN
from .log_block import LogBlock, Measure
from .log_track import Redrawn
from .terminal import Run, runs
from .tracebacks import Traceback

LIMIT_BYTES = 256 << 20
BLOCK_BYTES = 1 << 16


class LogStore:
    """Numbers from `first` up to, but without, `end` can be asked for; the oldest fall out."""

    def __init__(self, *, limit_bytes: int = LIMIT_BYTES, measure: Measure = len) -> None:
        self.blocks: list[LogBlock] = []
        self.blocks_dropped = 0
        self.tracebacks: dict[int, Traceback] = {}
        """Those that are complete, by the number of the line shown of them."""
        self.redrawn = Redrawn()
        self.size_bytes = 0
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

    def line(self, number: int) -> str:
        """The line as it is shown, without colours; nothing in it can move a cursor."""
        if number in self.redrawn.drawn:
            return "".join(run.text for run in self.redrawn.drawn[number])
        block = self._block_of(number)
        return block.text(number - block.first)

    def runs(self, number: int, limit: int) -> list[Run]:
        """The line with its colours, not much more than `limit` characters of it."""
        if number in self.redrawn.drawn:
            return self.redrawn.drawn[number]
        if number not in self.redrawn.gone:
            return runs(self.raw(number), limit)
        shown, alone = self.line(number), runs(self.raw(number))
        return alone if "".join(run.text for run in alone) == shown else [Run(shown, PLAIN)]

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

    @property
    def past(self) -> dict[int, list[int]]:
        """The lines that a line was drawn over, by its number."""
        return self.redrawn.past

    @property
    def gone(self) -> set[int]:
        """Numbers of all lines that were drawn over."""
        return self.redrawn.gone

    def source(self, number: int) -> int:
        """Which of several logs a line is from."""
        return 0

    def remeasure(self, number: int) -> None:
        """A line is shown as another text than before."""
        block = self._block_of(number)
        block.remeasure(number - block.first, self.line(number))

    def _block_of(self, number: int) -> LogBlock:
        if not self.first <= number < self.end:
            raise IndexError(f"line {number} is not held")
        return self.blocks[bisect_right(self.blocks, number, key=lambda block: block.first) - 1]

    def _open_block(self) -> LogBlock:
        """The block that takes the next line."""
        if self.blocks and self.blocks[-1].size_bytes < BLOCK_BYTES:
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
            self._forget_before(self.first)
        self.size_bytes = self._size()

    def _forget_before(self, number: int) -> None:
        """Drop what is kept of lines that are no longer held."""
        for last in [last for last in self.tracebacks if last < number]:
            del self.tracebacks[last]
        self.redrawn.forget_before(number)

    def _size(self) -> int:
        return self._sealed_bytes + (self.blocks[-1].size_bytes if self.blocks else 0)
