"""A scheduled job as the Hub tells it (jobs-api.md §7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from .job import Job

ACTIVE, SUSPENDED = "ACTIVE", "SUSPENDED"
"""Stages of the job that stands for what is scheduled: what a filter finds by `status:`."""


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    """When something runs again and again, and what."""

    id: str
    schedule: str
    """A cron line or `@daily` and its like, in UTC."""
    suspended: bool = False
    next_run_at: datetime | None = None
    """Without meaning while it is suspended; None also when it never runs again."""
    namespace: str = ""
    created_at: datetime | None = None
    concurrent: bool | None = None
    """Whether a run may start while the last one still runs; None when it is not told."""
    suspend_reason: str = ""
    last_job_id: str = ""
    last_run_at: datetime | None = None
    what: Job = field(default_factory=lambda: Job("", ACTIVE, ""))
    """What each run is, as a job that bears the schedule's id and has not been started."""

    @property
    def labels(self) -> Mapping[str, str]:
        """Its labels: every job it starts gets them."""
        return self.what.labels


@dataclass(frozen=True, slots=True)
class Schedules:
    """Every known scheduled job by id, newest first; equal when nothing really changed."""

    by_id: Mapping[str, ScheduledJob] = field(default_factory=dict)
    complete: bool = False
    """False until every namespace was read once."""
    refused: tuple[tuple[str, str], ...] = ()
    """Namespaces that do not let us in, each with a few words on why."""

    def with_one(self, schedule: ScheduledJob) -> Schedules:
        """The same with this one added or replaced."""
        return replace(self, by_id=dict(sorted({**self.by_id, schedule.id: schedule}.items(), reverse=True)))

    def with_namespace(self, namespace: str, found: Iterable[ScheduledJob]) -> Schedules:
        """The same with what this namespace holds now; itself when that changes nothing."""
        kept = {key: one for key, one in self.by_id.items() if one.namespace != namespace}
        kept |= {one.id: one for one in found}
        by_id = dict(sorted(kept.items(), reverse=True))
        return self if list(by_id.items()) == list(self.by_id.items()) else replace(self, by_id=by_id)
