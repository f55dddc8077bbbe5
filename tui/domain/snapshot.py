"""The whole truth about the jobs at one moment, as one immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from .job import Job


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every known job by id. Two snapshots are equal when nothing really changed (no fetch time inside)."""

    jobs: Mapping[str, Job] = field(default_factory=dict)
    complete: bool = False
    """False until the whole list was read once."""

    def merged(self, jobs: Iterable[Job]) -> Snapshot:
        """The same with these jobs added or replaced; itself when that changes nothing."""
        news = {job.id: job for job in jobs if self.jobs.get(job.id) != job}
        return replace(self, jobs={**self.jobs, **news}) if news else self

    def only(self, ids: Iterable[str]) -> Snapshot:
        """The same without the jobs whose id is not among these; itself when none falls out."""
        kept = set(ids)
        if all(job_id in kept for job_id in self.jobs):
            return self
        return replace(self, jobs={job_id: job for job_id, job in self.jobs.items() if job_id in kept})

    @property
    def live(self) -> tuple[Job, ...]:
        """The jobs that may still change."""
        return tuple(job for job in self.jobs.values() if job.live)


def newly_ended(old: Snapshot, new: Snapshot) -> tuple[Job, ...]:
    """Jobs that were live in the old snapshot and have ended in the new one."""
    return tuple(
        job for job in new.jobs.values() if not job.live and (before := old.jobs.get(job.id)) and before.live
    )
