"""Changes to jobs that exist: read, brought together with what others changed, written with one PUT."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.errors import HubError
from ..domain.job import Job
from ..domain.labels import LabelEdit, merge
from ..hub.client import HubClient
from ..messages import JobChanged, LabelsWritten
from .actions import Post, each

LABELS = "labels"


async def relabel(client: HubClient, jobs: Sequence[Job], edit: LabelEdit, post: Post) -> None:
    """Make an edit to the labels of jobs.

    The Hub replaces all labels and knows no condition, so they are read right before they are written: what
    others changed since the user looked is kept, or replaced and said. What changes between that answer and
    the write is lost; nothing in the API prevents it (jobs-api.md §3.7).
    """

    async def write(job: Job) -> None:
        now = await client.get_job(job.namespace, job.id)
        merged = merge(edit, job.labels, now.labels)
        if merged.labels != now.labels:
            try:
                now = await client.set_labels(job.namespace, job.id, merged.labels)
            except HubError as error:
                now = await _as_written(client, job, error, dict(merged.labels))
        post(JobChanged(LABELS, now))
        post(LabelsWritten(now, merged, one_of_many=len(jobs) > 1))

    await each(LABELS, jobs, write, post)


async def _as_written(client: HubClient, job: Job, error: HubError, labels: dict[str, str]) -> Job:
    """The job, when the labels are as written although no clear answer came; else the error stands."""
    if error.outcome_unclear:
        try:
            now = await client.get_job(job.namespace, job.id)
        except HubError:
            raise error from None
        if dict(now.labels) == labels:
            return now
    raise error
