"""A schedule in words: `at 09:00 UTC, on Monday`. What is written here is read by `schedule_reader`."""

from __future__ import annotations

from collections.abc import Iterable

from tui.domain.cron import Cron

WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "", "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MOST_LISTED = 6


def words_of(cron: Cron) -> str:
    """Write a schedule in words; the bare fields where words would be longer than they."""
    if not cron.five:
        return cron.text
    minute, hour, day, month, weekday = cron.five
    when, days = _time(minute, hour), _days(day, month, weekday)
    if when is None or days is None:
        return f"at {' '.join(cron.five)} (minute hour day month weekday, UTC)"
    return when if when.startswith("every") and days == ", every day" else f"{when}{days}"


def _time(minute: str, hour: str) -> str | None:
    if hour == "*":
        return _every_hour(minute)
    if not minute.isdecimal():
        return None
    start, slash, step = hour.partition("/")
    hours = _numbers(hour, 23)
    if slash and len(hours) > 1 and not (24 % int(step) and len(hours) <= _MOST_LISTED):
        begin = f"at :{int(minute):02}" if start in ("*", "0") else f"from {int(start):02}:{int(minute):02}"
        return f"every {int(step)} hours {begin} UTC"
    if "-" in hour or len(hours) > _MOST_LISTED:
        return None
    return f"at {_listed(f'{number:02}:{int(minute):02}' for number in hours)} UTC"


def _every_hour(minute: str) -> str | None:
    if minute in ("*", "*/1", "0/1"):
        return "every minute"
    start, slash, step = minute.partition("/")
    minutes = _numbers(minute, 59)
    if slash and len(minutes) > 1 and not (60 % int(step) and len(minutes) <= _MOST_LISTED):
        begin = "" if start in ("*", "0") else f" from :{int(start):02}"
        return f"every {int(step)} minutes{begin}"
    if "-" in minute or len(minutes) > _MOST_LISTED:
        return None
    return "every hour" if minutes == [0] else f"every hour at {_listed(f':{one:02}' for one in minutes)}"


def _days(day: str, month: str, weekday: str) -> str | None:
    if month != "*" and not month.isdecimal():
        return None
    of_month = "" if month == "*" else f" in {MONTHS[int(month)]}"
    if day == "*" and weekday == "*":
        return f"{of_month}, every day"
    if day == "*" and "/" not in weekday:
        first, dash, last = weekday.partition("-")
        if dash:
            return f", {WEEKDAYS[int(first)]} to {WEEKDAYS[int(last)]}{of_month}"
        return f", on {_listed(WEEKDAYS[number] for number in _numbers(weekday, 7))}{of_month}"
    if weekday == "*" and "/" not in day and "-" not in day:
        return f", on day {_listed(map(str, _numbers(day, 31)))}{of_month or ' of the month'}"
    return None


def _numbers(field: str, highest: int) -> list[int]:
    """What a field means that is a list or has a step; of `*` and of a range nothing."""
    start, slash, step = field.partition("/")
    if slash:
        return list(range(0 if start == "*" else int(start), highest + 1, int(step)))
    return [] if "*" in field or "-" in field else [int(number) for number in field.split(",")]


def _listed(parts: Iterable[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
