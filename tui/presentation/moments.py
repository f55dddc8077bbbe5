"""Moments near and far in local time, in few characters; the clock is passed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ..domain.text import safe
from ..domain.units import DAY_SECONDS, UNKNOWN, countdown, duration

_NEAR = timedelta(days=6)
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def near(moment: datetime | None, now: datetime) -> str:
    """`Tue 03:00` within a week, `2 Jan 03:00` within this year and the next months, else the date."""
    if moment is None:
        return UNKNOWN
    local = moment.astimezone()
    if abs(moment - now) < _NEAR:
        return f"{local:%a %H:%M}"
    if abs(moment - now) < timedelta(days=330):
        return f"{local.day} {_MONTHS[local.month]} {local:%H:%M}"
    return f"{local:%Y-%m-%d}"


def until(moment: datetime, now: datetime) -> str:
    """`0:41`, `22m`, `5h`, `39d`: how long to go, roughly; `now` when it is over."""
    seconds = (moment - now).total_seconds()
    if seconds <= 0:
        return "now"
    if seconds >= DAY_SECONDS:
        return f"{int(seconds // DAY_SECONDS)}d"
    return countdown(seconds) if seconds < 600 else duration(seconds)


def in_full(moment: datetime | None) -> str:
    """`Tue 2026-11-24 03:00:00 CET, 02:00 UTC`; the zone once where local time is UTC."""
    if moment is None:
        return UNKNOWN
    local, utc = moment.astimezone(), moment.astimezone(UTC)
    if local.utcoffset() == utc.utcoffset():
        return f"{utc:%a %Y-%m-%d %H:%M} UTC, here too"
    day = "" if local.date() == utc.date() else f"{utc:%a} "
    return f"{local:%a %Y-%m-%d %H:%M} {safe(local.tzname() or 'here')}, {day}{utc:%H:%M} UTC"
