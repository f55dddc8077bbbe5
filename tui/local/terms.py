"""The terms on which jobs run."""

from __future__ import annotations

from dataclasses import dataclass, field

from .log_limit import LogLimit

DEFAULT_SLOTS = 4
DEFAULT_TASKS = 4096
"""Far more than a training with many loaders starts, and few enough for a machine to stay usable."""
DATA_SLACK = 4
"""A process may ask for so many times the memory the job may use: much that is asked for is never touched."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the system refuses a job beyond; 0 is no limit."""

    file_bytes: int = 0
    """Of its largest file."""
    data_bytes: int = 0
    """What one process may ask for, used or not."""
    tasks: int = 0
    """Processes and their threads."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How many jobs run at once, how much each may use, and how long the moments around a job last."""

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
    tasks: int | None = DEFAULT_TASKS
    """Processes and threads of a job; None is as many as the system allows."""
    log_limit: LogLimit | None = field(default_factory=LogLimit)
    """How large the log of a job may become; None is as large as the disk."""
