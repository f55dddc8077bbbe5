"""Durations, ages and money in few characters; the clock is always passed in."""

from __future__ import annotations

from datetime import datetime

UNKNOWN = "–"
MINUTE_SECONDS = 60
HOUR_SECONDS = 3600
DAY_SECONDS = 86400


def duration(seconds: float | None) -> str:
    """`41s`, `22m`, `1:12h`, `3d4h`; a dash when unknown."""
    if seconds is None:
        return UNKNOWN
    whole = int(max(0.0, seconds))
    if whole < MINUTE_SECONDS:
        return f"{whole}s"
    if whole < HOUR_SECONDS:
        return f"{whole // MINUTE_SECONDS}m"
    if whole < DAY_SECONDS:
        return f"{whole // HOUR_SECONDS}:{whole % HOUR_SECONDS // MINUTE_SECONDS:02}h"
    return f"{whole // DAY_SECONDS}d{whole % DAY_SECONDS // HOUR_SECONDS}h"


def countdown(seconds: float | None) -> str:
    """`0:08`, `12:41`, then as `duration`: for what is about to happen."""
    if seconds is None:
        return UNKNOWN
    whole = int(max(0.0, seconds))
    return f"{whole // 60}:{whole % 60:02}" if whole < HOUR_SECONDS else duration(whole)


def age(moment: datetime | None, now: datetime) -> str:
    """How long ago, as `duration`."""
    return UNKNOWN if moment is None else duration((now - moment).total_seconds())


def clock_time(moment: datetime | None) -> str:
    """`14:02:11` in local time."""
    return UNKNOWN if moment is None else moment.astimezone().strftime("%H:%M:%S")


def local_time(moment: datetime | None) -> str:
    """`2026-10-09 14:02:11` in local time."""
    return UNKNOWN if moment is None else moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def money(usd: float | None, *, estimated: bool = False) -> str:
    """`$3.00`, `~$3.00` while estimated, three decimals under a cent; a dash when unknown."""
    if usd is None:
        return UNKNOWN
    mark = "~" if estimated else ""
    if 0 < usd < 0.001:
        return "<$0.001"
    decimals = 3 if 0 < usd < 0.01 else 2
    return f"{mark}${usd:,.{decimals}f}"


def plural(count: int, word: str, many: str | None = None) -> str:
    """`1 job`, `3 jobs`."""
    return f"{count:,} {word if count == 1 else many or word + 's'}"
