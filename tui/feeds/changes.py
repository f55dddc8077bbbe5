"""Changes to jobs that exist: read, brought together with what others changed, written with one PUT."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..domain.errors import ErrorKind, HubError
from ..domain.job import Job
from ..domain.labels import LabelEdit, merge
from ..domain.ports import Ports, PortsEdit
from ..domain.text import safe, short_id
from ..hub.client import HubClient
from ..messages import JobChanged, LabelsWritten, PortsChanged
from .actions import Post, each

LABELS, PORTS = "labels", "ports"


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
                now = await _as_written(client, job, error, lambda job: job.labels == merged.labels)
        post(JobChanged(LABELS, now))
        post(LabelsWritten(now, merged, one_of_many=len(jobs) > 1))

    await each(LABELS, jobs, write, post)


async def expose(client: HubClient, job: Job, edit: PortsEdit, post: Post) -> None:
    """Change the ports of a job; like labels they are read before they are replaced."""

    async def write(job: Job) -> None:
        now = await client.get_job(job.namespace, job.id)
        ports = edit.over(Ports.of(now))
        if not now.live:
            post(JobChanged(PORTS, now))
            title = f"Job {short_id(job.id)} has ended ({safe(now.stage)}): its ports are closed"
            raise HubError(ErrorKind.CONFLICT, title)
        try:
            now = await client.set_ports(job.namespace, job.id, ports.exposed, ports.public)
        except HubError as error:
            now = await _as_written(client, job, error, lambda job: Ports.of(job) == ports)
        post(JobChanged(PORTS, now))
        post(PortsChanged(now, beside=Ports.of(now) != edit.wanted))

    await each(PORTS, [job], write, post)


async def _as_written(client: HubClient, job: Job, error: HubError, written: Callable[[Job], bool]) -> Job:
    """The job, when it is as written although no clear answer came; else the error stands."""
    if error.outcome_unclear:
        try:
            now = await client.get_job(job.namespace, job.id)
        except HubError:
            raise error from None
        if written(now):
            return now
    raise error
