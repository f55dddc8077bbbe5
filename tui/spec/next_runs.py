"""When a schedule runs next, in UTC as the Hub counts (jobs-api.md §7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

_NAMED = {
    "@annually": "0 0 1 1 *",
    "@yearly": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_FIELDS_WITH_YEAR = 7


def next_runs(schedule: str, now: datetime, count: int = 3) -> tuple[datetime, ...]:
    """The next moments, fewer when it ends before, none when it never runs.

    A sixth field stands before the minute and is the second; a seventh behind the weekday is the year.
    """
    return tuple(islice(_moments(_NAMED.get(schedule, schedule), now.astimezone(UTC)), count))


def five_fields(schedule: str) -> tuple[str, ...]:
    """Minute, hour, day, month and weekday of a schedule that has no others; empty when it has."""
    fields = tuple(_NAMED.get(schedule, schedule).split())
    return fields if len(fields) == 5 else ()


def _moments(expression: str, now: datetime) -> Iterator[datetime]:
    from cronsim import CronSim, CronSimError  # only a form with a schedule needs it

    fields = expression.split()
    years = _years(fields.pop()) if len(fields) == _FIELDS_WITH_YEAR else None
    try:
        for moment in CronSim(" ".join(fields), now):
            if years is None or moment.year in years:
                yield moment
            elif moment.year > max(years, default=0):
                return
    except CronSimError:
        return


def _years(field: str) -> set[int]:
    if field in ("*", "*/1"):
        return set(range(1970, 2200))
    if field.startswith("*/"):
        return set(range(1900, 2200, max(1, int(field[2:]))))
    first, dash, last = field.partition("-")
    return set(range(int(first), int(last) + 1)) if dash else {int(year) for year in field.split(",")}
