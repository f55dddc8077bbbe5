"""Times beside the lines of a log."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum

from ..domain.units import UNKNOWN, duration


class TimeStyle(Enum):
    """What is shown beside a line; the value is the word for it."""

    OFF = "off"
    LOCAL = "local"
    UTC = "UTC"
    RELATIVE = "ago"

    @property
    def next(self) -> TimeStyle:
        """The one that comes after this one, round and round."""
        styles = list(TimeStyle)
        return styles[(styles.index(self) + 1) % len(styles)]


TIME_COLUMNS = {TimeStyle.OFF: 0, TimeStyle.LOCAL: 12, TimeStyle.UTC: 13, TimeStyle.RELATIVE: 7}


def log_time(at: float, style: TimeStyle, now: float) -> str:
    """`14:57:43.162`, `12:57:43.162Z`, `22m`; a dash for a line that came without a time."""
    width = TIME_COLUMNS[style]
    if not at or not width:
        return UNKNOWN.rjust(width) if width else ""
    if style is TimeStyle.RELATIVE:
        return duration(now - at).rjust(width)[:width]
    try:
        moment = datetime.fromtimestamp(at, UTC)
        if style is TimeStyle.LOCAL:
            return moment.astimezone().strftime("%H:%M:%S.") + f"{moment.microsecond // 1000:03}"
    except (ValueError, OverflowError, OSError):
        return UNKNOWN.rjust(width)
    return moment.strftime("%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
