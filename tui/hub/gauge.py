"""How much of the rate limit is left: every reply of the Hub says so (jobs-api.md §11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_LOW_FRACTION = 0.2


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
    return RateGauge(_parameter(headers.get("RateLimit-Policy", ""), "q"), remaining, now + seconds)


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


def _parameter(header: str, name: str) -> int | None:
    found = re.search(rf";\s*{name}=(\d{{1,9}})(?!\d)", header)
    return int(found.group(1)) if found else None


def _seconds_or_date(text: str, wall_time: float) -> float | None:
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    from email.utils import parsedate_to_datetime  # not worth its time at start

    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - wall_time)
    except (ValueError, OverflowError, OSError):
        return None
