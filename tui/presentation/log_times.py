"""Times beside the lines of a log."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from math import isfinite

from ..domain.units import UNKNOWN, duration


class TimeStyle(Enum):
    """What is shown beside a line; the value is the word for it."""

    OFF = "off"
    LOCAL = "local"
    UTC = "UTC"
    RELATIVE = "ago"
    START = "since start"

    @property
    def next(self) -> TimeStyle:
        """The one that comes after this one, round and round."""
        styles = list(TimeStyle)
        return styles[(styles.index(self) + 1) % len(styles)]


TIME_COLUMNS = {
    TimeStyle.OFF: 0,
    TimeStyle.LOCAL: 12,
    TimeStyle.UTC: 13,
    TimeStyle.RELATIVE: 7,
    TimeStyle.START: 13,
}


def log_time(at: float, style: TimeStyle, reference: float) -> str:
    """`14:57:43.162`, `12:57:43.162Z`, `22m`, `+0:12:33.162`; a dash for a line that came without a time.

    The reference is the present for an age, and the start of its attempt for a time since then.
    """
    width = TIME_COLUMNS[style]
    if not at or not width:
        return UNKNOWN.rjust(width) if width else ""
    if style is TimeStyle.RELATIVE:
        return duration(reference - at).rjust(width)[:width]
    if style is TimeStyle.START:
        known = reference and isfinite(at - reference)
        return (since(at - reference) if known else UNKNOWN).rjust(width)[:width]
    try:
        moment = datetime.fromtimestamp(at, UTC)
        if style is TimeStyle.LOCAL:
            return moment.astimezone().strftime("%H:%M:%S.") + f"{moment.microsecond // 1000:03}"
    except (ValueError, OverflowError, OSError):
        return UNKNOWN.rjust(width)
    return moment.strftime("%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def since(seconds: float) -> str:
    """`+0:12:33.162`: a length of time to the millisecond."""
    milliseconds = min(round(abs(seconds) * 1000), 999 * 3_600_000)
    minutes, rest = divmod(milliseconds, 60_000)
    sign = "-" if seconds < 0 else "+"
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
