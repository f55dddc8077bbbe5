"""Values that can be compared: durations, ages and dates, money, sizes, counts.

A value is a span from its first moment to before the next one: a day lasts until midnight, an amount is a
span without length. `>` begins behind the span, `<` ends before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .units import DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS

Span = tuple[float, float]
Number = float | datetime | None
Test = Callable[[Number], bool]

_UNIT_SECONDS = {"s": 1, "m": MINUTE_SECONDS, "h": HOUR_SECONDS, "d": DAY_SECONDS, "w": 7 * DAY_SECONDS}
_SIZES_GB = {"": 1.0, "k": 1e-6, "m": 1e-3, "g": 1.0, "t": 1024.0}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"(mon)(?:day)?|(tue)(?:sday)?|(wed)(?:nesday)?|(thu)(?:rsday)?|(fri)(?:day)?|(sat)(?:urday)?|(sun)(?:day)?"
)
_AGO = "ago"
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Whether a text is a value does not depend on the day."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of value: how it is written and read."""

    read: Callable[[str, datetime], Span | None]
    """The span a text stands for at this moment, None when it is not a value of the kind."""
    example: str
    """Finishes "… is not": "a duration like 90s, 15m, 1.5h, 2d"."""
    comparison: str
    """Shows how to compare: ">15m"."""
    offered: tuple[str, ...]
    """Comparisons offered while typing."""


def comparison(unit: Unit, sign: str, text: str) -> Callable[[datetime], Test] | None:
    """The test of `>15m`, `2d`, `2026-10-01..2026-10-07`, given the present; None when it is not a value.

    Without a sign a date is that day, an amount is at least that much.
    """
    text = text.casefold()
    first, dots, last = text.partition("..")
    if any(unit.read(part, _ANY_DAY) is None for part in ((first, last) if dots else (text,))):
        return None

    def at(now: datetime) -> Test:
        low, high = unit.read(first if dots else text, now) or (0.0, 0.0)
        if dots:
            low, high = min(low, (end := unit.read(last, now) or (0.0, 0.0))[0]), max(high, end[1])
        if unit is not MOMENT:
            return _numbers(sign, low, high, ranged=bool(dots))
        if not dots and (seconds := _seconds_away(text)) is not None:
            return _away(sign or ">=", seconds, now)
        return _moments(sign, low, high)

    return at


def _numbers(sign: str, low: float, high: float, *, ranged: bool) -> Test:
    tests: dict[str, Callable[[float], bool]] = {
        ">": lambda number: number > high,
        ">=": lambda number: number >= low,
        "<": lambda number: number < low,
        "<=": lambda number: number <= high,
        "": lambda number: low <= number and (not ranged or number <= high),
    }
    test = tests[sign]
    return lambda number: isinstance(number, int | float) and test(number)


def _moments(sign: str, low: float, high: float) -> Test:
    """`high` is the first moment after the span."""
    point = low == high
    tests: dict[str, Callable[[float], bool]] = {
        ">": lambda moment: moment > high if point else moment >= high,
        ">=": lambda moment: moment >= low,
        "<": lambda moment: moment < low,
        "<=": lambda moment: moment <= high if point else moment < high,
        "": lambda moment: low <= moment < high or moment == low,
    }
    test = tests[sign]
    return lambda moment: isinstance(moment, datetime) and test(moment.timestamp())


def _away(sign: str, seconds: float, now: datetime) -> Test:
    """How long ago a moment was, or how long until it is there."""
    test = _numbers(sign, seconds, seconds, ranged=False)
    return lambda moment: isinstance(moment, datetime) and test(abs((now - moment).total_seconds()))


def read_seconds(text: str) -> float | None:
    """`90`, `90s`, `1.5h`, `2d`, `1h30m`, `1:12h`, `0:41`; None for anything else."""
    if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text):
        return float(text)
    if clock := re.fullmatch(r"(\d{1,6}):([0-5]\d)(h?)", text):
        large, small = (HOUR_SECONDS, MINUTE_SECONDS) if clock.group(3) else (MINUTE_SECONDS, 1)
        return float(int(clock.group(1)) * large + int(clock.group(2)) * small)
    if not re.fullmatch(r"(\d{1,9}(\.\d{1,6})?[smhdw])+", text):
        return None
    parts = re.findall(r"(\d+(?:\.\d+)?)([smhdw])", text)
    return sum(float(number) * _UNIT_SECONDS[unit] for number, unit in parts)


def read_usd(text: str) -> float | None:
    """`3`, `$3.50`, `~$1,204.00`; None for anything else."""
    found = re.fullmatch(r"~?\$?(\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,9}(?:\.\d{1,6})?|\.\d{1,6})", text)
    return float(found.group(1).replace(",", "")) if found else None


def read_gigabytes(text: str) -> float | None:
    """`80`, `80GB`, `1.2 TB`; None for anything else."""
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,6})?) ?([kmgt]?)i?b?", text)
    return float(found.group(1)) * _SIZES_GB[found.group(2)] if found else None


def _point(read: Callable[[str], float | None]) -> Callable[[str, datetime], Span | None]:
    def span(text: str, now: datetime) -> Span | None:
        number = read(text)
        return None if number is None else (number, number)

    return span


def _read_count(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text) else None


def _read_moment(text: str, now: datetime) -> Span | None:
    """A duration before now, a day in words, a date, or a time of today, all of them local."""
    seconds = _seconds_away(text)
    if seconds is not None:
        try:
            at = (now - timedelta(seconds=seconds)).timestamp()
        except (OverflowError, ValueError, OSError):
            at = float("-inf")
        return at, at
    try:
        return _read_date(text, now.astimezone())
    except (ValueError, OverflowError, OSError):  # the 31st of a month that has none, the year 0
        return None


def _seconds_away(text: str) -> float | None:
    """`5m`, `2d ago`; None for a number that says no unit: it could be a year."""
    text = text.removesuffix(_AGO).rstrip()
    return read_seconds(text) if text[-1:].isalpha() else None


def _read_date(text: str, now: datetime) -> Span | None:
    today = datetime(now.year, now.month, now.day)
    if text in ("today", "yesterday"):
        return _days(today - timedelta(days=text == "yesterday"), 1)
    if weekday := _WEEKDAY.fullmatch(text):
        back = (now.weekday() - _WEEKDAYS.index(next(filter(None, weekday.groups())))) % 7
        return _days(today - timedelta(days=back), 1)
    if clock := re.fullmatch(r"(\d{1,2}):(\d\d)(?::(\d\d))?", text):
        return _from(today, clock.groups())
    found = re.fullmatch(r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[t ](\d{1,2}):(\d\d)(?::(\d\d))?)?)?", text)
    if found is None:
        at = datetime.fromisoformat(text.upper()) if text[:1].isdecimal() else None
        return None if at is None or at.tzinfo is None else (at.timestamp(), at.timestamp())
    year, month, day = int(found.group(1)), int(found.group(2)), found.group(3)
    first = datetime(year, month, int(day or 1))
    if found.group(4):
        return _from(first, found.groups()[3:])
    following = datetime(year + month // 12, month % 12 + 1, 1)
    return _days(first, 1 if day else (following - first).days)


def _from(day: datetime, clock: tuple[str | None, ...]) -> Span:
    hour, minute, second = clock
    at = day.replace(hour=int(hour or 0), minute=int(minute or 0), second=int(second or 0))
    return at.astimezone().timestamp(), (at + timedelta(seconds=1 if second else 60)).astimezone().timestamp()


def _days(first: datetime, count: int) -> Span:
    """Midnight to midnight in local time, also where the clock was changed in between."""
    return first.astimezone().timestamp(), (first + timedelta(days=count)).astimezone().timestamp()


SECONDS = Unit(_point(read_seconds), "a duration like 90s, 15m, 1.5h, 2d", ">15m", (">1h", ">10m", "<1m"))
USD = Unit(_point(read_usd), "an amount like 0.50 or $3", ">1", (">1", ">10", "<0.10"))
GIGABYTES = Unit(_point(read_gigabytes), "a size like 80 GB", ">=24", (">=24", ">=80"))
COUNT = Unit(_point(_read_count), "a number", ">4", (">4", ">16"))
MOMENT = Unit(
    _read_moment,
    "an age like 15m or 2d, or a date like 2026-10-01, today, yesterday",
    "<2d",
    ("today", "yesterday", "<1h", "<7d"),
)
