"""Where a log stood still: lines that came long after the one before them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import sub

LEAST_SECONDS = 60.0
_PAUSE_SECONDS = 15.0
"""From here on an interval counts as a pause, which a next one is compared with."""
_ABSURD_SECONDS = 1e9
_RHYTHM = 3.0
_RHYTHM_LINES = 100


@dataclass
class Gaps:
    """Found as times arrive. A program that speaks once in two minutes has a rhythm, not gaps."""

    lines: array[int] = field(default_factory=lambda: array("Q"))
    """Numbers of the lines that came late, ascending."""
    _last_at: float = 0.0
    _pause_seconds: float = 0.0
    _pause_line: int = 0

    def feed(self, first: int, times: Sequence[float]) -> None:
        """Take the times of the next lines, the first of them numbered `first`."""
        before = [self._last_at, *times[:-1]]
        self._last_at = times[-1]
        if max(map(sub, times, before)) < _PAUSE_SECONDS:
            return
        for offset, (earlier, later) in enumerate(zip(before, times, strict=True)):
            if earlier and _PAUSE_SECONDS <= later - earlier < _ABSURD_SECONDS:
                self._take(first + offset, later - earlier)

    def restart(self, number: int, last_at: float) -> None:
        """Forget the lines from a number on: they are fed again. The one before them came at `last_at`."""
        del self.lines[bisect_left(self.lines, number) :]
        self._last_at = last_at
        if self._pause_line >= number:
            self._pause_seconds, self._pause_line = 0.0, 0

    def between(self, first: int, end: int) -> array[int]:
        """Those among the lines from one number up to, but without, another."""
        return self.lines[bisect_left(self.lines, first) : bisect_left(self.lines, end)]

    def _take(self, number: int, seconds: float) -> None:
        in_rhythm = number - self._pause_line < _RHYTHM_LINES and seconds < _RHYTHM * self._pause_seconds
        if seconds >= LEAST_SECONDS and not in_rhythm:
            self.lines.append(number)
        self._pause_seconds, self._pause_line = seconds, number
