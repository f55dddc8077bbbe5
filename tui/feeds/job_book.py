"""What is known of the jobs so far, kept right while polls and actions overlap."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ..domain.job import Job
from ..domain.snapshot import Snapshot


class JobBook:
    """The snapshot and who changed it last. Times are of the monotonic clock.

    An answer on its way while the user's own action changed a job is older than the action: it must not
    bring the old state back.
    """

    def __init__(self, remembered: Snapshot | None = None) -> None:
        self.snapshot = remembered or Snapshot()
        self._acted_at: dict[str, float] = {}

    def act(self, job: Job, now: float) -> None:
        """Put in a job as an action just returned it."""
        self._acted_at[job.id] = now
        self.snapshot = self.snapshot.merged([job])

    def take(self, jobs: Iterable[Job], asked_at: float) -> None:
        """Put in what a request brought that was sent at `asked_at`."""
        self.snapshot = self.snapshot.merged(job for job in jobs if not self._newer(job.id, asked_at))

    def live(self, namespace: str, asked_at: float) -> list[Job]:
        """The live jobs of a namespace that a request sent at `asked_at` would have had to bring."""
        return [
            job for job in self.snapshot.live if _of(job, namespace) and not self._newer(job.id, asked_at)
        ]

    def knows_as_ended(self, job: Job) -> bool:
        """Whether the book has this job, ended, exactly as given."""
        return not job.live and self.snapshot.jobs.get(job.id) == job

    def drop(self, job_id: str) -> None:
        """Forget a job that is no more."""
        self.snapshot = self.snapshot.only(known for known in self.snapshot.jobs if known != job_id)

    def keep_only(self, namespace: str, ids: Collection[str], asked_at: float) -> None:
        """Forget the jobs of a namespace that its whole list, asked for at `asked_at`, does not hold."""
        self.snapshot = self.snapshot.only(
            job.id
            for job in self.snapshot.jobs.values()
            if job.id in ids or not _of(job, namespace) or self._newer(job.id, asked_at)
        )

    def refuse(self, refused: Mapping[str, str]) -> None:
        """These namespaces do not let us in; the words say why."""
        if refused:
            known = {**dict(self.snapshot.refused), **refused}
            self.snapshot = replace(self.snapshot, refused=tuple(known.items()))

    def let_in(self) -> None:
        """Forget every refusal: all are asked again."""
        if self.snapshot.refused:
            self.snapshot = replace(self.snapshot, refused=())

    def complete(self) -> None:
        """Every list was read to its end."""
        if not self.snapshot.complete:
            self.snapshot = replace(self.snapshot, complete=True, remembered_at=None)

    def _newer(self, job_id: str, asked_at: float) -> bool:
        return self._acted_at.get(job_id, float("-inf")) >= asked_at


def _of(job: Job, namespace: str) -> bool:
    return job.namespace.casefold() == namespace.casefold()
