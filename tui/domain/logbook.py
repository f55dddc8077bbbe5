"""A job's log: what its lines are to one another is found out while they are taken in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .log_block import Measure
from .log_gaps import Gaps
from .log_moves import Moved
from .log_store import BLOCK_BYTES, LIMIT_BYTES, LogStore
from .log_track import Attempt, LogTrack, Notes
from .stream import MARKER_PREFIX, LogLine
from .terminal import visible
from .tracebacks import HEADER, Traceback

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


class LogBook(LogStore):
    """Every line of one log, in order."""

    def __init__(self, *, limit_bytes: int = LIMIT_BYTES, measure: Measure = len) -> None:
        super().__init__(limit_bytes=limit_bytes, measure=measure)
        self.gaps = Gaps()
        self.notes = Notes()
        self.widest = 0
        """Cells of the widest line there was."""
        self._track = LogTrack(self)

    def append(self, lines: Sequence[LogLine]) -> Change:
        """Add lines at the end; a line feed inside one makes it several."""
        first, tracks = self.end, [self._track] * min(len(lines), BATCH_LINES)
        for begin in range(0, len(lines), BATCH_LINES):
            batch = lines[begin : begin + BATCH_LINES]
            self._append_batch(batch, tracks[: len(batch)])
        return self._changed(first)

    @property
    def attempts(self) -> list[Attempt]:
        """Every start of the job, the first one first."""
        return self._track.attempts

    def attempt_at(self, number: int) -> Attempt | None:
        """The attempt that a line belongs to, None when its mark never came."""
        return self._track.attempt_at(number)

    def _append_batch(self, batch: Sequence[LogLine], tracks: Sequence[LogTrack]) -> None:
        """Add some hundred lines, each of the job that its track is of."""
        texts = [line.text for line in batch]
        joined, jobs = "".join(texts), set(tracks)
        plain = joined.isascii() and joined.isprintable() and not any(track.draws for track in jobs)
        if plain and len(joined) < BLOCK_BYTES:
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
