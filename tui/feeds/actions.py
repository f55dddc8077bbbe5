"""What the user does to jobs that exist. Every action ends in a message; a write is never repeated."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from textual.message import Message

from ..domain.errors import ErrorKind, HubError
from ..domain.job import Job
from ..domain.text import safe, short_id
from ..hub.client import HubClient
from ..messages import ActionFailed, ActionsEnded, JobChanged, JobCreated

CANCEL, RERUN = "cancel", "rerun"

MOST_AT_ONCE = 8
"""How many requests of one action are under way together."""

_ENDED_ALREADY = {ErrorKind.CONFLICT, ErrorKind.REFUSED, ErrorKind.NOT_FOUND, ErrorKind.FORBIDDEN}

Post = Callable[[Message], object]


async def rerun(client: HubClient, jobs: Sequence[Job], post: Post) -> None:
    """Start jobs once more as they are, one after the other, with one POST each."""
    many = len(jobs) > 1

    async def run_again(job: Job) -> None:
        try:
            post(JobCreated(await client.duplicate_job(job.namespace, job.id), again=True, one_of_many=many))
        except HubError as error:
            if error.outcome_unclear:
                error.advice = (
                    "Whether the new job exists is not known: look at the list before you try again."
                )
            raise

    await each(RERUN, jobs, run_again, post, at_once=1)


async def cancel(client: HubClient, jobs: Sequence[Job], post: Post) -> None:
    """Cancel exactly these jobs; one that has ended meanwhile is told as such."""

    async def end(job: Job) -> None:
        try:
            post(JobChanged(CANCEL, await client.cancel_job(job.namespace, job.id)))
        except HubError as error:
            if error.kind not in _ENDED_ALREADY and not error.outcome_unclear:
                raise
            await _look_at_failed_cancel(client, job, error, post)

    await each(CANCEL, jobs, end, post)


async def each(
    action: str,
    jobs: Sequence[Job],
    act: Callable[[Job], Awaitable[None]],
    post: Post,
    *,
    at_once: int = MOST_AT_ONCE,
) -> None:
    """Do it to every job; each failure is told, and of several jobs how many it was done to."""
    limit = asyncio.Semaphore(at_once)

    async def one(job: Job) -> bool:
        async with limit:
            try:
                await act(job)
            except HubError as error:
                post(ActionFailed(action, error, job))
                return False
            return True

    done = await asyncio.gather(*map(one, jobs))
    if len(jobs) > 1:
        post(ActionsEnded(action, sum(done), len(jobs)))


async def _look_at_failed_cancel(client: HubClient, job: Job, error: HubError, post: Post) -> None:
    """Find out what became of a job whose cancel was refused, or went without an answer."""
    try:
        now = await client.get_job(job.namespace, job.id)
    except HubError:
        raise error from None
    post(JobChanged(CANCEL, now, done=error.outcome_unclear))
    if now.live:
        raise error
    if not error.outcome_unclear:
        title = f"Job {short_id(job.id)} had already ended ({safe(now.stage)}): there was nothing to cancel"
        raise HubError(ErrorKind.CONFLICT, title, status=error.status)
