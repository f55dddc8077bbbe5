"""How long jobs waited for their hardware, by flavor, from the jobs that are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from .job import Job


@dataclass(frozen=True, slots=True)
class Waits:
    """The waits of all runs of one flavor, in seconds, shortest first."""

    seconds: tuple[float, ...]

    @property
    def median_seconds(self) -> float:
        """Half of the runs waited no longer."""
        return median(self.seconds)

    @property
    def runs(self) -> int:
        """How many runs that rests on."""
        return len(self.seconds)


def waits_by_flavor(jobs: Iterable[Job]) -> Mapping[str, Waits]:
    """The time from creation to start. A job that never ran has none: it gave up, nobody knows after what."""
    found: dict[str, list[float]] = defaultdict(list)
    for job in jobs:
        seconds = _waited_seconds(job)
        if seconds is not None and job.flavor:
            found[job.flavor].append(seconds)
    return {flavor: Waits(tuple(sorted(seconds))) for flavor, seconds in found.items()}


def _waited_seconds(job: Job) -> float | None:
    if job.ended_scheduling_seconds is not None:
        return job.ended_scheduling_seconds
    if job.started_at is None or job.created_at is None:
        return None
    return max(0.0, (job.started_at - job.created_at).total_seconds())
