"""The terms on which jobs run."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_SLOTS = 4


@dataclass(frozen=True, slots=True)
class Terms:
    """How many jobs run at once, and how long the moments around a job last."""

    scheduling_seconds: float = 1.0
    """What a job waits at least."""
    grace_seconds: float = 5.0
    """Between TERM and KILL."""
    retry_seconds: float = 1.0
    """Between a failed attempt and the next."""
    metering_seconds: float = 1.0
    """Between two samples of what a job uses."""
    slots: int = DEFAULT_SLOTS
    """Jobs that run at the same time; others wait for hardware."""
    memory_bytes: int | None = None
    """The most a job may use, whatever its flavor; None is what the machine has."""
