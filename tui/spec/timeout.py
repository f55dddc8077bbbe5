"""The limit of a job as text: a number and a unit (jobs-api.md §3.3)."""

from __future__ import annotations

import re

from .checks import RefusedError, quoted
from .draft import TimeoutUnit

SECONDS_PER_UNIT: dict[TimeoutUnit, int] = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST_SECONDS = 2**31 - 1

_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+", re.ASCII)
_TEXT = re.compile(r"\s*(?P<amount>.*?)\s*(?P<unit>[smhd]?)\s*", re.DOTALL)


def timeout_seconds(amount: str, unit: TimeoutUnit) -> int:
    """Whole seconds, cut as `hf` cuts them; refuses what the Hub would refuse."""
    number = amount.strip()
    if not _NUMBER.fullmatch(number):
        raise RefusedError(
            f"{quoted(number)} is no number of time; write one like 90 or 1.5 and choose its unit"
        )
    if not unit and "." in number:
        raise RefusedError("a part of a second cannot be said; choose a unit, as in 1.5 hours")
    exact = float(number) * SECONDS_PER_UNIT[unit]
    if exact > LONGEST_SECONDS:
        raise RefusedError("is longer than anyone waits; give a shorter limit")
    if exact < 1:
        raise RefusedError("must be at least a second; leave it empty for the default of 30 minutes")
    return int(exact)


def typed_seconds(amount: str, unit: TimeoutUnit) -> int | None:
    """The limit as it is typed; None for the default, and for what is no time."""
    try:
        return timeout_seconds(amount, unit) if amount else None
    except RefusedError:
        return None


def timeout_text(amount: str, unit: TimeoutUnit) -> str:
    """The limit as `--timeout` takes it, empty for the default."""
    number = amount.strip()
    return f"{number}{unit}" if number else ""


def split_timeout(text: str) -> tuple[str, TimeoutUnit]:
    """The number and the unit of a `--timeout` text; what is no number is refused later, by name."""
    match = _TEXT.fullmatch(text)
    amount, letter = match.group("amount", "unit") if match else (text, "")
    return amount, next(unit for unit in SECONDS_PER_UNIT if unit == letter)
