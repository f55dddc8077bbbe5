"""How much of the rate limit is left: every reply of the Hub says so (jobs-api.md §11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LOW_FRACTION = 0.2
_MOST_WINDOW_SECONDS = 600.0
"""Twice the Hub's window (jobs-api.md §11): a header that names a later end is not believed."""
_MOST_SKEW_SECONDS = 366 * 86_400.0
"""A Hub a year ahead or behind is no clock to go by."""
_MOST_DELAY_SECONDS = 45.0
"""A reply may have been on its way, or in a cache, for so long: that says nothing of the clocks."""


@dataclass(frozen=True, slots=True)
class RateGauge:
    """The allowance of one window, as the last reply told it. Times are of the monotonic clock."""

    limit: int | None
    remaining: int
    resets_at: float

    @property
    def low(self) -> bool:
        """Whether less than a fifth is left, or little at all when the whole is not told."""
        return self.remaining < (self.limit * _LOW_FRACTION if self.limit else 50)

    def pause_seconds(self, now: float) -> float:
        """The gap between requests that makes half of what is left last out the window; 0 if plenty."""
        left_seconds = self.resets_at - now
        if not self.low or left_seconds <= 0:
            return 0.0
        return left_seconds / max(1.0, self.remaining / 2)


def read_gauge(headers: Mapping[str, str], now: float) -> RateGauge | None:
    """Read `RateLimit: "api";r=<left>;t=<secs>` and the `q=` of its policy; None when not told."""
    told = headers.get("RateLimit", "")
    remaining, seconds = _parameter(told, "r"), _parameter(told, "t")
    if remaining is None or seconds is None:
        return None
    window_ends_at = now + min(seconds, _MOST_WINDOW_SECONDS)
    return RateGauge(_parameter(headers.get("RateLimit-Policy", ""), "q"), remaining, window_ends_at)


def retry_after_seconds(headers: Mapping[str, str], wall_time: float) -> float | None:
    """How long a refused client should wait: Retry-After, else the window's end if the window is what struck.

    With requests left in the window another limit has struck, and its end says nothing.
    """
    told = headers.get("Retry-After", "").strip()
    if told:
        return _seconds_or_date(told, wall_time)
    limit = headers.get("RateLimit", "")
    seconds = _parameter(limit, "t")
    return float(seconds) if seconds is not None and _parameter(limit, "r") == 0 else None


def skew_seconds(headers: Mapping[str, str], wall_time: float) -> float:
    """How far the Hub's clock is ahead of ours by the Date of a reply; 0 when they agree or nobody tells."""
    told = _seconds_since_epoch(headers.get("Date", ""))
    ahead = 0.0 if told is None else told - wall_time
    return ahead if _MOST_DELAY_SECONDS < abs(ahead) <= _MOST_SKEW_SECONDS else 0.0


def _parameter(header: str, name: str) -> int | None:
    found = re.search(rf";\s*{name}=(\d{{1,9}})(?!\d)", header)
    return int(found.group(1)) if found else None


def _seconds_or_date(text: str, wall_time: float) -> float | None:
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    moment = _seconds_since_epoch(text)
    return None if moment is None else max(0.0, moment - wall_time)


def _seconds_since_epoch(http_date: str) -> float | None:
    """The moment of a date as HTTP writes them."""
    words = http_date.split()
    try:
        day, month, year, (hour, minute, second) = words[1], words[2], words[3], words[4].split(":")
        number = _MONTHS.index(month) + 1
        moment = datetime(int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=UTC)
    except (ValueError, IndexError, OverflowError):
        return None
    return moment.timestamp()
