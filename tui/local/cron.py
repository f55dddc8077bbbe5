"""When schedules run: the Hub's pattern for them (jobs-api.md §7) and the next moment in UTC."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

_NAMED = {
    "@annually": "0 0 1 1 *",
    "@yearly": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_FIELD = r"(?:\*|\d{1,4}(?:,\d{1,4})*|\d{1,4}-\d{1,4}|(?:\*|\d{1,4})/\d{1,4})"
SCHEDULE = re.compile(rf"{'|'.join(_NAMED)}|{_FIELD}(?: {_FIELD}){{4,6}}", re.ASCII)
PATTERN_WORDS = "one of " + ", ".join(_NAMED) + ", or 5 to 7 fields of a CRON expression"


def next_run(schedule: str, after_seconds: float) -> float:
    """The first moment after another; ValueError for a schedule that never runs.

    Five fields are minute to day of the week; the sixth stands before them and is the second, the seventh
    stands behind them and is the year.
    """
    for moment in _moments(_NAMED.get(schedule, schedule), datetime.fromtimestamp(after_seconds, UTC)):
        return moment.timestamp()
    raise ValueError("it never runs")


def _moments(expression: str, after: datetime) -> Iterator[datetime]:
    from cronsim import CronSim, CronSimError

    fields = expression.split()
    years = fields.pop() if len(fields) == 7 else "*"
    try:
        moments = CronSim(" ".join(fields), after)
    except CronSimError as error:
        raise ValueError(str(error)) from error
    for moment in moments:
        if years == "*" or moment.year in _years(years):
            yield moment
        elif moment.year > max(_years(years)):
            return


def _years(field: str) -> set[int]:
    """The years a seventh field means; a step counts from the first year of a century."""
    first, _, last = field.partition("-")
    if last:
        return set(range(int(first), int(last) + 1)) or {0}
    start, _, step = field.partition("/")
    if step:
        begin = 1900 if start == "*" else int(start)
        return set(range(begin, max(begin, 2100) + 1, max(1, int(step))))
    return {int(year) for year in field.split(",")}
