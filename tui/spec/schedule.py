"""When a scheduled job runs, as text (jobs-api.md §7)."""

from __future__ import annotations

import re

from .checks import RefusedError, quoted

NAMED_SCHEDULES = ("@hourly", "@daily", "@weekly", "@monthly", "@yearly", "@annually")

_FIELD = re.compile(r"\*|\*/\d+|\d+-\d+|\d+(?:,\d+)*", re.ASCII)
_FEWEST_FIELDS, _MOST_FIELDS = 5, 7


def cron(text: str) -> str:
    """A schedule as the Hub takes it, its fields parted by single blanks."""
    fields = text.split()
    if text.startswith("@"):
        if text not in NAMED_SCHEDULES:
            raise RefusedError(f"{quoted(text)} is none of {', '.join(NAMED_SCHEDULES)}")
        return text
    if not _FEWEST_FIELDS <= len(fields) <= _MOST_FIELDS:
        raise RefusedError("is a name like @daily, or five fields: minute hour day month weekday, in UTC")
    for field in fields:
        if not _FIELD.fullmatch(field):
            raise RefusedError(
                f"{quoted(field)}: the Hub takes *, */5, 1-5 or 1,2,3 in a field, and no names of days"
            )
    return " ".join(fields)
