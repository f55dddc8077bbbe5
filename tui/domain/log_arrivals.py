"""Lines of several logs while they wait for those that belong before them.

Streams bring their lines in batches, each a little late in its own way, and a log that is opened brings its
whole past first. What waits here is put in order once; what comes later still is not lost, only dearer
(`log_merge.MergedBook.insert`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import merge
from math import inf
from operator import itemgetter

from .log_merge import Arrival
from .stream import LogLine

HOLD_SECONDS = 0.2
"""How long a line waits for others while every log is at its end."""
IDLE_SECONDS = 0.5
"""A log that has brought nothing for so long is at its end."""
MOST_AT_ONCE = 2_000
"""Lines given in one go, a few milliseconds to take in."""
SLOW_START_SECONDS = 5.0
"""So long a log that was opened may take to bring its first line."""


@dataclass
class _Log:
    """One of the logs, and its lines that wait."""

    opened_at: float
    catching_up: bool = True
    """Whether its past still comes."""
    came_at: float = -inf
    order: float = -inf
    """Time of its latest line."""
    waiting: list[Arrival] = field(default_factory=list)
    arrived: deque[tuple[float, int]] = field(default_factory=deque)
    """Moments at which lines came, and how many there had been then in all."""
    old: int = 0
    """How many came long enough ago, those that were given included."""
    given: int = 0


@dataclass
class Arrivals:
    """Takes lines as they come, gives them in order. `now` is seconds of a clock that never goes back."""

    _logs: dict[int, _Log] = field(default_factory=dict)
    _given: float = -inf
    """Time of the latest line that was given."""

    @property
    def waiting(self) -> int:
        """How many lines wait."""
        return sum(len(log.waiting) for log in self._logs.values())

    def open(self, source: int, now: float) -> None:
        """A log is about to bring its lines from the first one on."""
        self._logs[source] = _Log(now)

    def close(self, source: int) -> None:
        """A log brings no more, and what of it waits is not wanted."""
        self._logs.pop(source, None)
        if not self._logs:
            self._given = -inf

    def at_end(self, source: int) -> None:
        """A log has nothing more to bring for now."""
        if log := self._logs.get(source):
            log.catching_up = False

    def take(self, source: int, lines: Sequence[LogLine], now: float) -> None:
        """Lines of a log that was opened have come."""
        log = self._logs.get(source)
        if log is None or not lines:
            return
        log.came_at, order = now, log.order
        for line in lines:
            order = line.at if line.at > order else order
            log.waiting.append(Arrival(order, source, line))
        log.order = order
        log.catching_up = log.catching_up or log.waiting[0].order < self._given
        log.arrived.append((now, log.given + len(log.waiting)))

    def ready(self, now: float, most: int = MOST_AT_ONCE) -> list[Arrival]:
        """Some of those that need not wait any longer, in order; empty when there are none.

        Late ones come all at once: to put them between others costs as much for one as for all.
        """
        for log in self._logs.values():
            self._look(log, now)
        if late := [log for log in self._logs.values() if self._late(log)]:
            return list(merge(*(self._pick(log, len(log.waiting), self._given) for log in late)))
        counts = {source: self._eligible(log, now) for source, log in self._logs.items()}
        share = max(1, most // max(1, len(counts)))
        rest = [self._logs[source].waiting[share].order for source, count in counts.items() if count > share]
        until = min(rest, default=inf)
        given = [self._pick(self._logs[source], min(count, share), until) for source, count in counts.items()]
        ready = list(merge(*given))
        self._given = max(self._given, ready[-1].order) if ready else self._given
        return ready

    def _late(self, log: _Log) -> bool:
        """Whether it has lines that belong before given ones, and all of them that were to come."""
        return self._behind(log) and (not log.catching_up or log.order >= self._given)

    def _behind(self, log: _Log) -> bool:
        return bool(log.waiting) and log.waiting[0].order < self._given

    def _look(self, log: _Log, now: float) -> None:
        if log.came_at > -inf:
            log.catching_up = log.catching_up and now - log.came_at < IDLE_SECONDS
        else:
            log.catching_up = log.catching_up and now - log.opened_at < SLOW_START_SECONDS

    def _eligible(self, log: _Log, now: float) -> int:
        """How many of its lines came long enough ago and before what another log has yet to bring."""
        while log.arrived and (log.catching_up or now - log.arrived[0][0] >= HOLD_SECONDS):
            log.old = log.arrived.popleft()[1]
        if self._behind(log):
            return 0
        others = (other.order for other in self._logs.values() if other.catching_up and other is not log)
        return _before(log.waiting, max(0, log.old - log.given), min(others, default=inf))

    def _pick(self, log: _Log, count: int, until: float) -> list[Arrival]:
        count = _before(log.waiting, count, until)
        taken = log.waiting[:count]
        del log.waiting[:count]
        log.given += count
        return taken


def _before(waiting: list[Arrival], count: int, until: float) -> int:
    """How many of the first `count` lines are not later than that."""
    return count if until == inf else bisect_right(waiting, until, hi=count, key=itemgetter(0))
