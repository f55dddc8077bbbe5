"""Everything the Hub knows of one job, asked for when somebody wants to read it."""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message

from ..domain.errors import HubError
from ..domain.job import Job
from ..hub.client import HubClient
from ..messages import JobNotTold, JobTold


async def tell_job(client: HubClient, job: Job, post: Callable[[Message], object]) -> None:
    """Ask for the job and hand on the whole answer."""
    try:
        post(JobTold(*await client.inspect_job(job.namespace, job.id)))
    except HubError as error:
        post(JobNotTold(job.id, error))
