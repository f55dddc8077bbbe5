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

    ended: Mapping[str, Job] = field(default_factory=dict)
    """Jobs that have ended by an answer to the user, until a list says so too, by id."""

    def cancel(self, ids: Iterable[str]) -> Pending:
        """The same with these jobs about to end."""
        return replace(self, cancelling=self.cancelling | set(ids))

    def relabel(self, labels: Mapping[str, Mapping[str, str]]) -> Pending:
        """The same with these labels on their way, by id of the job."""
        return replace(self, labels={**self.labels, **labels})

    def not_cancelling(self, job_id: str) -> Pending:
        """The same without the end of this job."""
        return replace(self, cancelling=self.cancelling - {job_id})

    def end(self, job: Job) -> Pending:
        """The same with this job ended, as the Hub has answered: a list that is older changes nothing."""
        return replace(self, ended={**self.ended, job.id: job})

    def not_labelling(self, job_id: str) -> Pending:
        """The same without new labels for this job."""
        return replace(self, labels={key: value for key, value in self.labels.items() if key != job_id})

    def open_in(self, snapshot: Snapshot) -> Pending:
        """What of it is still to come: a job that has ended is cancelled no more."""
        asked = self.cancelling | self.ended.keys()
        over = {key for key in asked if (job := snapshot.jobs.get(key)) and not job.live}
        if not over:
            return self
        ended = {key: job for key, job in self.ended.items() if key not in over}
        return replace(self, cancelling=self.cancelling - over, ended=ended)

    def over(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot as it will be if all goes well; itself when nothing is pending."""
        pending = self.cancelling or self.labels or self.ended
        return snapshot.merged(self._changed(snapshot)) if pending else snapshot

    def _changed(self, snapshot: Snapshot) -> Iterator[Job]:
        for job_id in self.cancelling | self.labels.keys() | self.ended.keys():
            if told := snapshot.jobs.get(job_id):
                job = self.ended.get(job_id, told)
                cancelling = job.live and job_id in self.cancelling
                yield replace(job, cancelling=cancelling, labels=self.labels.get(job_id, job.labels))
