"""A schedule in words, and its next runs in local time and UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from textual.content import Content

from ..domain.text import safe
from ..spec.checks import RefusedError
from ..spec.next_runs import five_fields, next_runs
from ..spec.schedule import cron
from .job_text import toned

_WEEKDAYS = re.compile(r"[0-7]-[0-7]|[0-7](?:,[0-7])*")
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "", "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def schedule_block(text: str, now: datetime) -> Content:
    """What is typed as a schedule, in words, with the three runs that come next."""
    try:
        schedule = cron(text.strip())
    except RefusedError:
        return Content("")
    runs = next_runs(schedule, now)
    lines = [toned(schedule_words(schedule), "plain")]
    lines += [_run(run) for run in runs]
    return Content("\n").join(lines if runs else [toned("it never runs", "warn")])


def _run(moment: datetime) -> Content:
    local = moment.astimezone()
    zone = local.tzname() or "local"
    if local.utcoffset() == moment.astimezone(UTC).utcoffset():
        return toned(f"{moment:%a %Y-%m-%d %H:%M} UTC, here too", "dim")
    return toned(f"{local:%a %Y-%m-%d %H:%M} {safe(zone)}  ·  {moment:%a %H:%M} UTC", "dim")


def schedule_words(schedule: str) -> str:
    """`every Monday at 09:00 UTC`; the bare fields where words would be longer than they."""
    fields = five_fields(schedule)
    if not fields:
        return safe(schedule)
    minute, hour, day, month, weekday = fields
    when = _time(minute, hour)
    days = _days(day, month, weekday)
    if when is None or days is None:
        return f"at {' '.join(fields)} (minute hour day month weekday, UTC)"
    return when if when.startswith("every") and days == ", every day" else f"{when}{days}"


def _time(minute: str, hour: str) -> str | None:
    if minute == "*" and hour == "*":
        return "every minute"
    if minute.startswith("*/") and hour == "*":
        return f"every {minute[2:]} minutes"
    if minute.isdecimal() and hour == "*":
        return "every hour" if int(minute) == 0 else f"every hour at :{int(minute):02}"
    if minute.isdecimal() and hour.startswith("*/"):
        return f"every {hour[2:]} hours at :{int(minute):02} UTC"
    if minute.isdecimal() and all(part.isdecimal() for part in hour.split(",")):
        times = [f"{int(part):02}:{int(minute):02}" for part in hour.split(",")]
        return f"at {_listed(times)} UTC"
    return None


def _days(day: str, month: str, weekday: str) -> str | None:
    if month != "*" and not (month.isdecimal() and 1 <= int(month) <= 12):
        return None
    of_month = "" if month == "*" else f" in {_MONTHS[int(month)]}"
    if day == "*" and weekday == "*":
        return f", every day{of_month}" if month == "*" else f"{of_month}, every day"
    if day == "*" and _WEEKDAYS.fullmatch(weekday):
        first, dash, last = weekday.partition("-")
        if dash and first and last:
            return f", {_DAYS[int(first)]} to {_DAYS[int(last)]}{of_month}"
        return f", on {_listed([_DAYS[int(number)] for number in weekday.split(',')])}{of_month}"
    if weekday == "*" and all(part.isdecimal() for part in day.split(",")):
        return f", on day {_listed(day.split(','))}{of_month or ' of the month'}"
    return None


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
