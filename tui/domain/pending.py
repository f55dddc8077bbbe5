"""What the user asked for and the Hub has not answered yet: shown at once, taken back should it fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from .job import Job
from .snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Pending:
    """Laid over every snapshot that arrives, since a poll may bring the old state once more."""

    cancelling: frozenset[str] = frozenset()
    """Ids of jobs asked to end that have not ended yet."""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The labels written and not yet confirmed, by id of the job."""

    def cancel(self, ids: Iterable[str]) -> Pending:
        """The same with these jobs about to end."""
        return replace(self, cancelling=self.cancelling | set(ids))

    def relabel(self, labels: Mapping[str, Mapping[str, str]]) -> Pending:
        """The same with these labels on their way, by id of the job."""
        return replace(self, labels={**self.labels, **labels})

    def not_cancelling(self, job_id: str) -> Pending:
        """The same without the end of this job."""
        return replace(self, cancelling=self.cancelling - {job_id})

    def not_labelling(self, job_id: str) -> Pending:
        """The same without new labels for this job."""
        return replace(self, labels={key: value for key, value in self.labels.items() if key != job_id})

    def open_in(self, snapshot: Snapshot) -> Pending:
        """What of it is still to come: a job that has ended is cancelled no more."""
        ended = {key for key in self.cancelling if (job := snapshot.jobs.get(key)) and not job.live}
        return replace(self, cancelling=self.cancelling - ended) if ended else self

    def over(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot as it will be if all goes well; itself when nothing is pending."""
        return snapshot.merged(self._changed(snapshot)) if self.cancelling or self.labels else snapshot

    def _changed(self, snapshot: Snapshot) -> Iterator[Job]:
        for job_id in self.cancelling | self.labels.keys():
            if job := snapshot.jobs.get(job_id):
                cancelling = job.live and job_id in self.cancelling
                yield replace(job, cancelling=cancelling, labels=self.labels.get(job_id, job.labels))
