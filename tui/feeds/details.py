"""Everything the Hub knows of one job or scheduled job, asked for when somebody wants to read it."""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message

from ..domain.errors import HubError
from ..domain.job import Job
from ..domain.schedule import ScheduledJob
from ..hub.client import HubClient
from ..messages import JobNotTold, JobTold
from ..messages.places import ScheduleTold


async def tell_job(client: HubClient, job: Job, post: Callable[[Message], object]) -> None:
    """Ask for the job and hand on the whole answer."""
    try:
        post(JobTold(*await client.inspect_job(job.namespace, job.id)))
    except HubError as error:
        post(JobNotTold(job.id, error))


async def tell_schedule(client: HubClient, schedule: ScheduledJob, post: Callable[[Message], object]) -> None:
    """Ask for the scheduled job and hand on the whole answer."""
    try:
        post(ScheduleTold(*await client.inspect_schedule(schedule.namespace, schedule.id)))
    except HubError as error:
        post(JobNotTold(schedule.id, error))
