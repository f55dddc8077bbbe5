"""What of a replayed log is new: pure, no network (jobs-api.md §4).

Every connection replays the log from its first line, or its last `tail` lines, and lines have no number.
Equal lines with equal times do occur, so a replay from the start is compared with what was handed on line
by line, by index. Eight bytes are kept of each line: enough to know it again, whatever its length.

    seen      a b b c
    replay    a b b c d      as it should be: d is new
    replay    b c d          the beginning is gone: the place is found by the last lines seen, d is new
    replay    a x y          x is later than all that was seen: x y are new
    replay    a X b b c      X is not later and was never handed on: all is void, read once more
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from enum import Enum
from operator import itemgetter
from typing import NamedTuple

from ..domain.stream import MARKER_PREFIX, LogLine

_ANCHOR_LINES = 256
"""So many of the last seen lines have to come again in a row before the place counts as found."""


class News(NamedTuple):
    """What a batch of lines brought."""

    lines: list[LogLine]
    void: bool = False
    """Lines came that should have been handed on long ago: forget everything and connect anew."""


class _Mode(Enum):
    COUNTING = "comparing with what was seen, by index"
    SEEKING = "looking for the last lines seen"
    NEW = "everything is new"


class Replay:
    """Remembers what was handed on of one log, over any number of connections.

    The marker at the top of a connection is kept apart: it comes with every tail as well.
    """

    def __init__(self) -> None:
        self._seen = array("q")
        self._seen_from_start = True
        self._marker: LogLine | None = None
        self._latest_at = 0.0
        self._mode = _Mode.NEW
        self._at_top = True
        self._index = 0
        self._known: frozenset[int] = frozenset()
        self._anchor = _Anchor(())

    @property
    def empty(self) -> bool:
        """Whether nothing but a marker came so far: then the next connection may ask for a tail again."""
        return not self._seen

    @property
    def caught_up(self) -> bool:
        """Whether this connection has brought everything that was seen before."""
        return self._mode is _Mode.NEW or (self._mode is _Mode.COUNTING and self._index == len(self._seen))

    def ends_with(self, lines: list[LogLine], asked: int) -> bool:
        """Whether these last lines of the log, `asked` or fewer, prove that nothing after them is missing.

        Equal lines could hide a gap: so they must be the whole log, or reach back to an earlier time than
        that of the last one, which then has all its lines among them.
        """
        if lines and lines[0].text.startswith(MARKER_PREFIX):
            lines = lines[1:]
        count = len(lines)
        if self._seen[len(self._seen) - count :] != array("q", map(hash, lines)):
            return False
        if count < asked:
            return count == len(self._seen) or not self._seen_from_start
        return lines[0].at < lines[-1].at

    def extended_by(self, lines: list[LogLine], asked: int) -> bool:
        """Whether these last lines of the log, fewer than were asked for, are all that was seen and more."""
        if lines and lines[0].text.startswith(MARKER_PREFIX):
            lines = lines[1:]
        seen = len(self._seen)
        known = self.empty or self._seen_from_start
        return known and seen < len(lines) < asked and self._seen == array("q", map(hash, lines[:seen]))

    def connected(self, *, tail: bool) -> None:
        """A new connection begins, with the first line of the log or with its last ones."""
        self._at_top = True
        self._index = 0
        if self.empty:
            self._mode, self._seen_from_start = _Mode.NEW, not tail
        elif self._seen_from_start:
            self._mode = _Mode.COUNTING
        else:
            self._begin_to_seek(())

    def feed(self, lines: list[LogLine]) -> News:
        """Which of the next lines of this connection are new."""
        top: list[LogLine] = []
        if self._at_top and lines:
            self._at_top = False
            if lines[0].text.startswith(MARKER_PREFIX):
                top, lines = self._new_marker(lines[0]), lines[1:]
        if self._mode is _Mode.COUNTING:
            lines = self._count(lines)
        if self._mode is _Mode.SEEKING:
            found = self._seek(lines)
            if found is None:
                return News([], void=True)
            lines = found
        self._seen.extend(map(hash, lines))
        if lines:
            self._latest_at = max(self._latest_at, max(map(itemgetter(0), lines)))
        return News(top + lines)

    def _new_marker(self, marker: LogLine) -> list[LogLine]:
        """The marker at the top, if it is the first; one later than all that was seen heads a new log."""
        if marker == self._marker or (not self.empty and marker.at <= self._latest_at):
            return []
        self._marker = marker
        if not self.empty:
            del self._seen[:]
            self._mode, self._seen_from_start = _Mode.NEW, True
        return [marker]

    def _count(self, lines: list[LogLine]) -> list[LogLine]:
        """Pass over what was seen; the rest from the first line that differs or goes beyond."""
        hashes = array("q", map(hash, lines))
        expected = self._seen[self._index : self._index + len(hashes)]
        if expected == hashes:
            self._index += len(hashes)
            return []
        pairs = enumerate(zip(expected, hashes, strict=False))
        same = next((n for n, (old, new) in pairs if old != new), None)
        if same is None:
            self._mode = _Mode.NEW
            return lines[len(expected) :]
        at = self._index + same
        if lines[same].at > self._latest_at:
            del self._seen[at:]
            self._mode = _Mode.NEW
        else:
            self._begin_to_seek(self._seen[max(0, at - _ANCHOR_LINES) : at])
        return lines[same:]

    def _begin_to_seek(self, just_passed: Sequence[int]) -> None:
        self._mode = _Mode.SEEKING
        self._anchor = _Anchor(self._seen[-_ANCHOR_LINES:])
        self._known = frozenset(self._seen) if self._seen_from_start else frozenset()
        for seen in just_passed:
            self._anchor.step(seen)

    def _seek(self, lines: list[LogLine]) -> list[LogLine] | None:
        """The lines after the place where the last seen ones end; None when one ought to have been seen."""
        for n, line in enumerate(lines):
            if line.at > self._latest_at:
                self._mode = _Mode.NEW
                return lines[n:]
            fingerprint = hash(line)
            if self._anchor.step(fingerprint):
                self._mode = _Mode.NEW
                return lines[n + 1 :]
            if self._seen_from_start and fingerprint not in self._known:
                return None
        return []


class _Anchor:
    """Finds a run of lines in a stream of them, one step a line (Knuth, Morris, Pratt)."""

    def __init__(self, run: Sequence[int]) -> None:
        self._run = run
        self._fall_back = [0] * len(run)
        self._matched = 0
        length = 0
        for n in range(1, len(run)):
            while length and run[n] != run[length]:
                length = self._fall_back[length - 1]
            length += run[n] == run[length]
            self._fall_back[n] = length

    def step(self, line: int) -> bool:
        """Take the next line; True when the whole run has just gone by."""
        if self._matched == len(self._run):
            self._matched = self._fall_back[-1]
        while self._matched and self._run[self._matched] != line:
            self._matched = self._fall_back[self._matched - 1]
        self._matched += self._run[self._matched] == line
        return self._matched == len(self._run)
