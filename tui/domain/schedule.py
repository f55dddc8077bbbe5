"""A scheduled job as the Hub tells it (jobs-api.md §7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .job import Job


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    """When something runs again and again, and what."""

    id: str
    schedule: str
    suspended: bool = False
    next_run_at: datetime | None = None
    """Without meaning while it is suspended."""
    namespace: str = ""
    created_at: datetime | None = None
    concurrent: bool | None = None
    """Whether a run may start while the last one still runs; None when it is not told."""
    what: Job = field(default_factory=lambda: Job("", "", ""))
    """Each run, as a job that has not started and bears the schedule's id."""
