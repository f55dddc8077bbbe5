"""What the Hub takes as a schedule, and when it runs, in UTC (jobs-api.md §7).

The one rule of the form, the `hf` line and the local hub. Judging a text never expands its ranges, and the
search for the next run is bounded, so no text can hold up who asks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

NAMED_SCHEDULES = {
    "@annually": "0 0 1 1 *",
    "@yearly": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@hourly": "0 * * * *",
}

_LONGEST_CHARS = 2_000
"""Every second, minute, hour, day, month and weekday written out takes less."""
_MOST_SEARCHES = 20
"""How many times the search may jump to another year before it is given up."""
_FIRST_STEPPED_YEAR = 1900
"""Where `*/4` begins in the field of the year: so that it means every leap year."""

_FIELD = re.compile(
    r"\*|\*/(?P<step>\d+)|(?P<start>\d+)/(?P<start_step>\d+)|(?P<low>\d+)-(?P<high>\d+)|(?P<list>\d+(?:,\d+)*)",
    re.ASCII,
)


class ScheduleError(ValueError):
    """A text is not a schedule; the message says why, to follow the name of the field."""


class _Unit(NamedTuple):
    name: str
    lowest: int
    highest: int


_SECOND, _YEAR = _Unit("second", 0, 59), _Unit("year", 0, 9999)
_FIVE = (
    _Unit("minute", 0, 59),
    _Unit("hour", 0, 23),
    _Unit("day", 1, 31),
    _Unit("month", 1, 12),
    _Unit("weekday", 0, 7),
)


class Runs(NamedTuple):
    """The next runs of a schedule."""

    moments: tuple[datetime, ...]
    """Fewer than asked for when it ends before; none when it never runs again."""
    known: bool = True
    """False when the search was given up: there may be more."""


@dataclass(frozen=True, slots=True)
class Cron:
    """A schedule that was read."""

    text: str
    """As the Hub takes it: a name, or fields with single blanks between them."""
    fields: tuple[str, ...]
    """Second, minute, hour, day, month and weekday."""
    years: Sequence[int]
    has_second: bool

    @property
    def five(self) -> tuple[str, ...]:
        """Minute, hour, day, month and weekday when that is all it says; else empty."""
        every_year = self.years == _every_year()
        return self.fields[1:] if every_year and not self.has_second else ()

    def next_runs(self, after: datetime, count: int = 1) -> Runs:
        """Search for the next runs in a bounded number of steps."""
        moments: list[datetime] = []
        for moment in self._search(after.astimezone(UTC)):
            if moment is None:
                return Runs(tuple(moments), known=False)
            moments.append(moment)
            if len(moments) == count:
                break
        return Runs(tuple(moments))

    def _search(self, after: datetime) -> Iterator[datetime | None]:
        """Moments in order, from year to year of those allowed; None where the search is given up."""
        from cronsim import CronSim, CronSimError  # only what has a schedule needs it

        expression = " ".join(self.fields)
        try:
            for _ in range(_MOST_SEARCHES):
                year = _first_from(self.years, after.year)
                if year is None:
                    return
                if year > after.year:
                    after = datetime(year - 1, 12, 31, 23, 59, 59, tzinfo=UTC)
                for moment in CronSim(expression, after):
                    after = moment
                    if moment.year != year and moment.year not in self.years:
                        break
                    yield moment
                else:
                    return
        except (CronSimError, OverflowError):  # a day its months do not have; the end of the calendar
            return
        yield None


def read_cron(text: str) -> Cron:
    """Read a schedule as the Hub does, with any blanks between its fields.

    Raises:
        ScheduleError: it is not a schedule.
    """
    if len(text) > _LONGEST_CHARS:
        raise ScheduleError(f"has {len(text):,} characters; a schedule has a few dozen")
    if text.lstrip().startswith("@"):
        return _named(text.strip())
    words = text.split()
    if not 5 <= len(words) <= 7:
        raise ScheduleError(
            "expected @daily or a 5-field cron expression: minute hour day month weekday, in UTC"
        )
    units = (*([_SECOND] if len(words) > 5 else []), *_FIVE, *([_YEAR] if len(words) == 7 else []))
    for word, unit in zip(words, units, strict=True):
        _check(word, unit)
    years = _years(words[6]) if len(words) == 7 else _every_year()
    fields = words[:6] if len(words) > 5 else ["0", *words]
    return Cron(" ".join(words), tuple(fields), years, len(words) > 5)


def read_running_cron(text: str, now: datetime) -> Cron:
    """Read a schedule that still has a run before it.

    Raises:
        ScheduleError: it is not a schedule, or it never runs.
    """
    cron = read_cron(text)
    runs = cron.next_runs(now)
    if runs.known and not runs.moments:
        past = bool(cron.years) and max(cron.years) < now.astimezone(UTC).year
        raise ScheduleError("never runs: its years are over" if past else "never runs")
    return cron


def _named(text: str) -> Cron:
    if text not in NAMED_SCHEDULES:
        raise ScheduleError(f"expected one of {', '.join(NAMED_SCHEDULES)}")
    return Cron(text, ("0", *NAMED_SCHEDULES[text].split()), _every_year(), has_second=False)


def _check(word: str, unit: _Unit) -> None:
    found = _FIELD.fullmatch(word)
    if found is None:
        raise ScheduleError(
            f"“{_cut(word)}” is not a valid {unit.name}: use *, 5, 1,2,3, 1-5, */5 or 0/15, numbers only"
        )
    numbers = [found["start"], found["low"], found["high"], *(found["list"] or "").split(",")]
    for number in filter(None, numbers):
        if len(number) > 9 or not unit.lowest <= int(number) <= unit.highest:
            raise ScheduleError(
                f"“{_cut(number)}” is not a valid {unit.name}: "
                f"{unit.name}s go from {unit.lowest} to {unit.highest}"
            )
    if found["low"] and int(found["low"]) > int(found["high"]):
        raise ScheduleError(f"“{word}” goes backwards: the lower {unit.name} comes first")
    step = found["step"] or found["start_step"]
    if step and (len(step) > 9 or int(step) == 0):
        raise ScheduleError(f"“{_cut(word)}” is not a valid {unit.name}: a step is a number from 1")


def _cut(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"


def _every_year() -> Sequence[int]:
    return range(_YEAR.lowest, _YEAR.highest + 1)


def _years(word: str) -> Sequence[int]:
    """The years a field that was checked means, without writing them out."""
    first, slash, step = word.partition("/")
    if slash:
        begin = _FIRST_STEPPED_YEAR if first == "*" else int(first)
        return range(begin, _YEAR.highest + 1, int(step))
    low, dash, high = word.partition("-")
    if dash:
        return range(int(low), int(high) + 1)
    return _every_year() if word == "*" else sorted(set(map(int, word.split(","))))


def _first_from(years: Sequence[int], year: int) -> int | None:
    """The first of some years in order that is not before another."""
    index = bisect_left(years, year)
    return years[index] if index < len(years) else None
