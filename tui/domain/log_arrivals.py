"""Lines of several logs while they wait for those that belong before them.

Streams bring their lines in batches, each a little late in its own way, and a log that is opened brings its
whole past first. What waits here is put in order once; what comes later still is not lost, only dearer
(`log_merge.MergedBook.insert`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import merge
from math import inf

from .log_merge import Arrival
from .stream import LogLine

HOLD_SECONDS = 0.2
"""How long a line waits for others while every log is at its end."""
IDLE_SECONDS = 0.5
"""A log that has brought nothing for so long is at its end."""
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
    arrived: list[tuple[float, int]] = field(default_factory=list)
    """When its waiting lines came, and how many came then."""


@dataclass
class Arrivals:
    """Takes lines as they come, gives them in order. `now` is seconds of a clock that never goes back."""

    _logs: dict[int, _Log] = field(default_factory=dict)

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
        log.arrived.append((now, len(lines)))

    def ready(self, now: float) -> list[Arrival]:
        """Those that need not wait any longer, in order."""
        for log in self._logs.values():
            self._look(log, now)
        return list(merge(*(self._released(log, now) for log in self._logs.values())))

    def _look(self, log: _Log, now: float) -> None:
        if log.came_at > -inf:
            log.catching_up = log.catching_up and now - log.came_at < IDLE_SECONDS
        else:
            log.catching_up = log.catching_up and now - log.opened_at < SLOW_START_SECONDS

    def _released(self, log: _Log, now: float) -> list[Arrival]:
        """Take its lines that came long enough ago, none after what another log has yet to bring."""
        until = min(
            (other.order for other in self._logs.values() if other.catching_up and other is not log),
            default=inf,
        )
        old = 0
        while log.arrived and (log.catching_up or now - log.arrived[0][0] >= HOLD_SECONDS):
            old += log.arrived.pop(0)[1]
        count = old
        if until < inf:
            while count and log.waiting[count - 1].order > until:
                count -= 1
            if count < old:
                log.arrived.insert(0, (-inf, old - count))
        released = log.waiting[:count]
        del log.waiting[:count]
        return released
