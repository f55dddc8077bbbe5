"""The whole truth about the jobs at one moment, as one immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from .job import TERMINAL_STAGES, Job


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every known job by id. Two snapshots are equal when nothing really changed (no fetch time inside)."""

    jobs: Mapping[str, Job] = field(default_factory=dict)
    complete: bool = False
    """False until the whole list was read once."""
    remembered_at: datetime | None = None
    """When these rows of the last session were true; None once all were read in this one."""
    refused: tuple[tuple[str, str], ...] = ()
    """Namespaces that do not let us in, each with a few words on why; the others are shown all the same."""

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

    def among(self, namespaces: Iterable[str]) -> Snapshot:
        """The same with the jobs of these namespaces only."""
        wanted = {name.casefold() for name in namespaces}
        return self.only(job.id for job in self.jobs.values() if job.namespace.casefold() in wanted)

    @property
    def live(self) -> tuple[Job, ...]:
        """The jobs that may still change."""
        return tuple(job for job in self.jobs.values() if job.stage not in TERMINAL_STAGES)


def newly_ended(old: Snapshot, new: Snapshot) -> tuple[Job, ...]:
    """Jobs that were live in the old snapshot and have ended in the new one."""
    known = old.jobs
    changed = [job for job_id, job in new.jobs.items() if known.get(job_id) is not job]
    return tuple(job for job in changed if not job.live and (before := known.get(job.id)) and before.live)
