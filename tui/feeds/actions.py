"""What the user does to jobs that exist. Every action ends in a message; a write is never repeated."""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message

from ..domain.errors import ErrorKind, HubError
from ..domain.job import Job
from ..domain.text import safe, short_id
from ..hub.client import HubClient
from ..messages import ActionFailed, JobChanged, JobCreated

CANCEL, RERUN = "cancel", "rerun"

_ENDED_ALREADY = {ErrorKind.CONFLICT, ErrorKind.REFUSED, ErrorKind.NOT_FOUND, ErrorKind.FORBIDDEN}

Post = Callable[[Message], object]


async def rerun(client: HubClient, job: Job, post: Post) -> None:
    """Start a job once more as it is, with one POST."""
    try:
        post(JobCreated(await client.duplicate_job(job.namespace, job.id)))
    except HubError as error:
        if error.outcome_unclear:
            error.advice = "Whether the new job exists is not known: look at the list before you try again."
        post(ActionFailed(RERUN, error, job))


async def cancel(client: HubClient, job: Job, post: Post) -> None:
    """Cancel exactly this job; one that has ended meanwhile is told as such."""
    try:
        post(JobChanged(CANCEL, await client.cancel_job(job.namespace, job.id)))
    except HubError as error:
        if error.kind in _ENDED_ALREADY or error.outcome_unclear:
            await _look_at_failed_cancel(client, job, error, post)
        else:
            post(ActionFailed(CANCEL, error, job))


async def _look_at_failed_cancel(client: HubClient, job: Job, error: HubError, post: Post) -> None:
    try:
        now = await client.get_job(job.namespace, job.id)
    except HubError:
        post(ActionFailed(CANCEL, error, job))
        return
    post(JobChanged(CANCEL, now))
    if now.live:
        post(ActionFailed(CANCEL, error, now))
    elif not error.outcome_unclear:
        title = f"Job {short_id(job.id)} had already ended ({safe(now.stage)}): there was nothing to cancel"
        post(ActionFailed(CANCEL, HubError(ErrorKind.CONFLICT, title, status=error.status), now))
