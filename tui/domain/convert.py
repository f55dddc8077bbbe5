"""Lenient readers for values that came from outside: a wrong type reads as "not given", never as an error."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def as_str(value: Any) -> str | None:
    """The text, or None for anything that is not text."""
    return value if isinstance(value, str) else None


def as_float(value: Any) -> float | None:
    """A finite number, also one written as text ("1"); None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


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
    """An ISO-8601 instant in UTC; None when it cannot be read (jobs-api.md §1: fraction optional)."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:  # an offset that leads out of the calendar
        return None
