"""A submit whose answer was lost: what it asked for is looked for, by its name, its content and its age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ..domain.convert import as_strings
from ..domain.errors import HubError
from ..domain.job import Job
from ..domain.schedule import ScheduledJob
from ..domain.text import safe
from ..domain.units import local_time
from ..hub.client import HubClient
from ..spec.job_spec import JobSpec
from .comparison import differences, schedule_differences

_CLOCK_TOLERANCE = timedelta(minutes=1)


async def what_became_of(
    client: HubClient, namespace: str, spec: JobSpec, body: Mapping[str, Any], began_at: datetime
) -> str:
    """Words on whether a job, or a scheduled one, exists that was asked for at `began_at`."""
    since = began_at - _CLOCK_TOLERANCE
    try:
        if spec.schedule is not None:
            schedule = await _find_schedule(client, namespace, spec, body, since)
            return _missing(spec, namespace) if schedule is None else _schedule_there(schedule, spec, body)
        job = await _find_job(client, namespace, spec, body, since)
        return _missing(spec, namespace) if job is None else _job_there(job, spec, body)
    except HubError as error:
        return f"Whether it exists could not be found out ({error.short}): look before you send it again."


async def _find_job(
    client: HubClient, namespace: str, spec: JobSpec, body: Mapping[str, Any], since: datetime
) -> Job | None:
    async for page in client.list_jobs(namespace, labels=[f"name={spec.name}"]):
        for job in page:
            if _same_content(job, spec, body) and job.created_at is not None and job.created_at >= since:
                return job
    return None


async def _find_schedule(
    client: HubClient, namespace: str, spec: JobSpec, body: Mapping[str, Any], since: datetime
) -> ScheduledJob | None:
    for schedule in await client.list_schedules(namespace):
        same = schedule.schedule == body["schedule"] and _same_content(schedule.what, spec, body["jobSpec"])
        if same and schedule.created_at is not None and schedule.created_at >= since:
            return schedule
    return None


def _same_content(job: Job, spec: JobSpec, body: Mapping[str, Any]) -> bool:
    """Whether it has that name, that command and that image or Space."""
    place = (body.get("dockerImage") or "", body.get("spaceId") or "")
    words = as_strings(body.get("command")) + as_strings(body.get("arguments"))
    return job.name == spec.name and job.command == words and (job.image, job.space_id) == place


def _job_there(job: Job, spec: JobSpec, body: Mapping[str, Any]) -> str:
    words = f"It was created all the same: job {safe(job.id)} named {safe(spec.name)} is {safe(job.stage)}."
    return _with_differences(words, differences(body, job))


def _schedule_there(schedule: ScheduledJob, spec: JobSpec, body: Mapping[str, Any]) -> str:
    when = "suspended" if schedule.suspended else f"next run {local_time(schedule.next_run_at)}"
    words = (
        f"It was created all the same: scheduled job {safe(schedule.id)} named {safe(spec.name)} "
        f"({safe(schedule.schedule)}), {when}."
    )
    return _with_differences(words, schedule_differences(body, schedule))


def _with_differences(words: str, found: tuple[str, ...]) -> str:
    not_as_asked = f" But it is not as asked. {'. '.join(found)}." if found else ""
    return f"{words}{not_as_asked} Do not send it again."


def _missing(spec: JobSpec, namespace: str) -> str:
    what = "job" if spec.schedule is None else "scheduled job"
    return (
        f"No {what} named {safe(spec.name)} has appeared in {safe(namespace)}: most likely it was not "
        "created, but look once more before you send it again."
    )
