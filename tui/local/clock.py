"""Time as the hub sees it, and the ways the wire writes it (jobs-api.md §1, §4)."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where the hub reads the time of day, so that a test can hold it still."""

    def now(self) -> float:
        """Seconds since the epoch."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()


def iso_millis(at_seconds: float) -> str:
    """An instant as the Hub writes it in jobs and log lines: `2026-05-12T14:58:25.162Z`."""
    moment = datetime.fromtimestamp(round(at_seconds, 3), UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_seconds(at_seconds: float) -> str:
    """An instant as the log marker writes it: `2026-05-12T14:57:43Z`."""
    return datetime.fromtimestamp(int(at_seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def start_marker(at_seconds: float) -> str:
    """The first line of every attempt's log (jobs-api.md §4, "Marker")."""
    moment = datetime.fromtimestamp(int(at_seconds), UTC)
    return f"===== Job started at {moment:%Y-%m-%d %H:%M:%S} ====="
