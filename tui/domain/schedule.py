"""A scheduled job as the Hub tells it (jobs-api.md §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    """When something runs again and again."""

    id: str
    schedule: str
    suspended: bool = False
    next_run_at: datetime | None = None
    """Without meaning while it is suspended."""
