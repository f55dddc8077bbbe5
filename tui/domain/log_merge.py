"""Several logs as one, in the order of their times.

A line that comes late is put where it belongs, which gives later lines other numbers; every change says
where they went. Lines of one log never overtake each other: one without a time, or with one that goes back,
counts as written with the line before it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from .log_block import LogBlock, Measure, Row
from .log_moves import Moved, moved
from .log_store import LIMIT_BYTES
from .log_track import Attempt, LogTrack
from .logbook import BATCH_LINES, Change, LogBook
from .stream import LogLine
from .tracebacks import renumbered


class Arrival(NamedTuple):
    """A line on its way into a merged log."""

    order: float
    """The time it is put by: unix seconds, never less than that of the line before it in its log."""
    source: int
    """Which log it is from, 0 to 255; of equal times the lower one comes first."""
    line: LogLine


class MergedBook(LogBook):
    """A book of lines that know which log they are from."""

    def __init__(self, *, limit_bytes: int = LIMIT_BYTES, measure: Measure = len) -> None:
        super().__init__(limit_bytes=limit_bytes, measure=measure)
        self._sources = array("B")
        self._order = array("d")
        self._base = 0
        """Number of the line that these two begin at."""
        self._tracks: dict[int, LogTrack] = {}

    def insert(self, arrivals: Sequence[Arrival]) -> Change:
        """Take lines, those of one log in its order, and put them where their times belong."""
        first, lines = self.end, _single_lines(arrivals)
        for begin in range(0, len(lines), BATCH_LINES):
            batch = lines[begin : begin + BATCH_LINES]
            self._sources.extend([arrival.source for arrival in batch])
            self._order.extend([arrival.order for arrival in batch])
            tracks = [self._track_of(arrival.source) for arrival in batch]
            self._append_batch([arrival.line for arrival in batch], tracks)
        place, order = self._order_from(first)
        if not order:
            return self._changed(first)
        start, move = self._arrange(place, order)
        return self._changed(start, replace(move, to=move.to[: max(0, first - place)]))

    def forget(self, source: int) -> Moved:
        """Take the lines of one log out."""
        self._tracks.pop(source, None)
        kept = [position for position, other in enumerate(self._sources) if other != source]
        return self._arrange(self.first, kept)[1]

    def count(self, source: int) -> int:
        """How many lines of one log are held."""
        return self._sources.count(source)

    def source(self, number: int) -> int:
        """Which log a line is from."""
        return self._sources[number - self._base]

    def sources(self, first: int, end: int) -> array[int]:
        """Which logs the lines from one number up to, but without, another are from."""
        return self._sources[first - self._base : end - self._base]

    def attempt_at(self, number: int) -> Attempt | None:
        """The attempt of its own log that a line belongs to."""
        return self._track_of(self.source(number)).attempt_at(number)

    def _track_of(self, source: int) -> LogTrack:
        if (track := self._tracks.get(source)) is None:
            track = self._tracks[source] = LogTrack(self, source)
        return track

    def _order_from(self, first: int) -> tuple[int, list[int]]:
        """The first line that is not in its place once those from `first` on were added, and the positions
        of all lines from there in their right order; no position when all are in their places."""
        added = range(first - self._base, len(self._order))
        keys = [(self._order[position], self._sources[position]) for position in added]
        if not keys or (keys == sorted(keys) and keys[0] >= self._key(added.start - 1)):
            return first, []
        least = min(keys)
        place = bisect_right(range(added.start), least, key=self._key)
        keys = list(zip(self._order[place:], self._sources[place:], strict=True))
        return place + self._base, sorted(range(len(keys)), key=keys.__getitem__)

    def _key(self, position: int) -> tuple[float, int]:
        return (self._order[position], self._sources[position]) if position >= 0 else (float("-inf"), 0)

    def _arrange(self, place: int, order: list[int]) -> tuple[int, Moved]:
        """Put the lines from `place` on into another order, leaving out those it does not name.

        Gives the first line of the first block that is another, and where the lines went.
        """
        move = moved(place, order, self.end - place)
        start, rows = self._take_rows(place)
        kept = rows[: place - start] + [rows[place - start + position] for position in order]
        for first in range(0, len(kept), BATCH_LINES):
            self._open_block().extend(kept[first : first + BATCH_LINES])
        begin = place - self._base
        self._sources[begin:] = array("B", [self._sources[begin + position] for position in order])
        self._order[begin:] = array("d", [self._order[begin + position] for position in order])
        self._renumber(move)
        self.gaps.restart(place, self._order[begin - 1] if begin else 0.0)
        if times := [row[0] for row in kept[place - start :]]:
            self.gaps.feed(place, times)
        self.size_bytes = self._size()
        return start, move

    def _take_rows(self, place: int) -> tuple[int, list[Row]]:
        """Take the blocks from that line on off the end; where they began, and what every line of them is."""
        index = max(0, bisect_right(self.blocks, place, key=lambda block: block.first) - 1)
        taken, self.blocks = self.blocks[index:], self.blocks[:index]
        self._sealed_bytes -= sum(block.size_bytes for block in taken[:-1])
        start = taken[0].first if taken else 0
        self.blocks.append(LogBlock(start, self._measure))
        return start, [row for block in taken for row in block.rows()]

    def _renumber(self, move: Moved) -> None:
        self.redrawn.renumber(move)
        found = renumbered(self.tracebacks.values(), move)
        self.tracebacks.clear()
        self.tracebacks.update(found)
        for track in self._tracks.values():
            track.renumber(move)
        self.notes.superseded = move.kept(self.notes.superseded)
        self.notes.changed = move.kept(self.notes.changed)

    def _forget_before(self, number: int) -> None:
        super()._forget_before(number)
        del self._sources[: number - self._base], self._order[: number - self._base]
        self._base = number


def _single_lines(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """The arrivals with a line each: a line feed inside one makes several."""
    lines: list[Arrival] = []
    for arrival in arrivals:
        if "\n" not in arrival.line.text:
            lines.append(arrival)
            continue
        for part in arrival.line.text.removesuffix("\n").split("\n"):
            lines.append(arrival._replace(line=LogLine(arrival.line.at, part)))
    return lines
