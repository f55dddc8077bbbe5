"""Lenient readers for values that came from outside.

A wrong type, a number nothing can mean and a moment outside the years of this service read as "not given",
never as an error: what is missing shows as a dash, what is absurd ends in an overflow somewhere else.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

MOST_NUMBER = 1e15
"""Above every price in millionths, every count of bytes and every duration that is meant."""
MOST_SECONDS = 100 * 366 * 86_400.0
"""A hundred years: added to any moment that is read here, it stays within the calendar."""
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Moments that can be told in every time zone, with room for any duration on either side."""


def as_str(value: Any) -> str | None:
    """The text, or None for anything that is not text."""
    return value if isinstance(value, str) else None


def as_float(value: Any) -> float | None:
    """A number within `MOST_NUMBER`, also one written as text ("1"); None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and abs(number) <= MOST_NUMBER else None


def as_seconds(value: Any) -> float | None:
    """A duration of at most `MOST_SECONDS`; None for anything else, also for less than nothing."""
    number = as_float(value)
    return number if number is not None and 0 <= number <= MOST_SECONDS else None


def as_int(value: Any) -> int | None:
    """A whole number; None for anything else."""
    number = as_float(value)
    return None if number is None else int(number)


def as_mapping(value: Any) -> Mapping[str, Any]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """The array, or an empty one."""
    return value if isinstance(value, list) else []


def as_strings(value: Any) -> tuple[str, ...]:
    """The texts of an array, others left out."""
    return tuple(item for item in as_list(value) if isinstance(item, str))


def as_string_pairs(value: Any) -> dict[str, str]:
    """The entries of an object whose values are text; a null value reads as empty."""
    pairs = as_mapping(value).items()
    return {key: item or "" for key, item in pairs if isinstance(item, str) or item is None}


def as_time(value: Any) -> datetime | None:
    """An ISO-8601 instant in UTC (jobs-api.md §1: fraction optional).

    None when it cannot be read, and outside `EARLIEST` to `LATEST`.
    """
    if not isinstance(value, str):
        return None
    try:
        return sound_time(datetime.fromisoformat(value))
    except ValueError:
        return None


def sound_time(moment: datetime | None) -> datetime | None:
    """The moment in UTC; None outside `EARLIEST` to `LATEST`."""
    if moment is None:
        return None
    try:
        in_utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:  # an offset that leads out of the calendar
        return None
    return in_utc if EARLIEST <= in_utc <= LATEST else None
