"""A job's log as it is held: millions of lines in few bytes, the oldest let go when it grows too large.

Lines are known by their number, counted from the first one ever appended: a number stays true when lines
fall out at the head, so a cursor, a search hit or a selection needs no correction.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .ink import PLAIN
from .log_block import LogBlock, Measure
from .log_gaps import Gaps
from .log_moves import Moved
from .log_track import Attempt, LogTrack, Notes, Redrawn
from .stream import MARKER_PREFIX, LogLine
from .terminal import Run, runs, visible
from .tracebacks import HEADER, Traceback

LIMIT_BYTES = 256 << 20
_BLOCK_BYTES = 1 << 16
BATCH_LINES = 256
"""Lines looked at together: most often there is nothing unusual in any of them."""


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
    moved: Moved | None = None
    """Where earlier lines went, when these belong before them; every other number here is one after that."""


class LogBook:
    """Every line of one log, in order. Numbers from `first` up to, but without, `end` can be asked for."""

    def __init__(self, *, limit_bytes: int = LIMIT_BYTES, measure: Measure = len) -> None:
        self.blocks: list[LogBlock] = []
        self.blocks_dropped = 0
        self.gaps = Gaps()
        self.tracebacks: dict[int, Traceback] = {}
        """Those that are complete, by the number of the line shown of them."""
        self.redrawn = Redrawn()
        self.notes = Notes()
        self.size_bytes = 0
        self.widest = 0
        """Cells of the widest line there was."""
        self._limit_bytes = limit_bytes
        self._measure = measure
        self._sealed_bytes = 0
        self._track = LogTrack(self)

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
        first, tracks = self.end, [self._track] * min(len(lines), BATCH_LINES)
        for begin in range(0, len(lines), BATCH_LINES):
            batch = lines[begin : begin + BATCH_LINES]
            self._append_batch(batch, tracks[: len(batch)])
        return self._changed(first)

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

    @property
    def attempts(self) -> list[Attempt]:
        """Every start of the job, the first one first."""
        return self._track.attempts

    def attempt_at(self, number: int) -> Attempt | None:
        """The attempt that a line belongs to, None when its mark never came."""
        return self._track.attempt_at(number)

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

    def _append_batch(self, batch: Sequence[LogLine], tracks: Sequence[LogTrack]) -> None:
        """Add some hundred lines, each of the job that its track is of."""
        texts = [line.text for line in batch]
        joined, jobs = "".join(texts), set(tracks)
        plain = joined.isascii() and joined.isprintable() and not any(track.draws for track in jobs)
        if plain and len(joined) < _BLOCK_BYTES:
            block = self._open_block()
            number, times = block.first + len(block), [line.at for line in batch]
            self.gaps.feed(number, times)
            busy = any(track.finder.busy for track in jobs)
            if busy or MARKER_PREFIX in joined or HEADER in joined:
                for offset, (line, track) in enumerate(zip(batch, tracks, strict=True)):
                    track.note(number + offset, line.at, line.text)
            block.extend_plain(times, texts)
            self.widest = max(self.widest, max(block.widths[-len(batch) :]))
            return
        for (at, text), track in zip(batch, tracks, strict=True):
            for part in text.removesuffix("\n").split("\n"):
                self._append_line(at, part, track)

    def _append_line(self, at: float, raw: str, track: LogTrack) -> None:
        block = self._open_block()
        number = block.first + len(block)
        shown = track.draw(number, raw) if track.concerns(raw) else visible(raw)
        self.gaps.feed(number, [at])
        track.note(number, at, shown)
        block.append(at, shown, raw)
        self.widest = max(self.widest, abs(block.widths[-1]))

    def _changed(self, first: int, moved: Moved | None = None) -> Change:
        """Let go of what is too much; what has happened since the last time, from that line on."""
        first_before = self.first
        self._drop_oldest()
        noted, self.notes = self.notes, Notes()
        lines = tuple(noted.tracebacks), tuple(noted.superseded), tuple(noted.changed)
        return Change(max(first, self.first), self.first - first_before, *lines, moved)

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
            self._forget_before(self.first)
        self.size_bytes = self._size()

    def _forget_before(self, number: int) -> None:
        """Drop what is kept of lines that are no longer held."""
        for last in [last for last in self.tracebacks if last < number]:
            del self.tracebacks[last]
        self.redrawn.forget_before(number)

    def _size(self) -> int:
        return self._sealed_bytes + (self.blocks[-1].size_bytes if self.blocks else 0)
