"""What the user does to jobs. Every action ends in a message; a write is sent once and never repeated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from textual.message import Message

from ..domain.errors import ErrorKind, HubError
from ..domain.job import Job
from ..domain.text import safe, short_id
from ..hub.client import HubClient
from ..hub.clock import Clock
from ..hub.uploads import upload
from ..messages import ActionFailed, JobChanged, JobCreated
from ..spec.job_spec import JobSpec
from ..spec.render import BucketFolder, Upload, request_body
from .comparison import differences

SUBMIT, CANCEL = "submit", "cancel"

_LOOK_AFTER_SECONDS = 2.0
"""A request that seemed lost gets this long to take effect before the job is looked for."""
_CLOCK_TOLERANCE = timedelta(minutes=1)
_ENDED_ALREADY = {ErrorKind.CONFLICT, ErrorKind.REFUSED, ErrorKind.NOT_FOUND, ErrorKind.FORBIDDEN}

Post = Callable[[Message], object]


async def submit(
    client: HubClient, spec: JobSpec, namespace: str, post: Post, *, clock: Clock | None = None
) -> None:
    """Start a job: uploads first what must travel with it, then one POST."""
    clock = clock or Clock()
    began_at, payer, body = clock.now(), namespace, dict[str, Any]()
    try:
        payer = namespace or (await client.whoami()).name
        if spec.schedule is not None:
            raise HubError(ErrorKind.UNAVAILABLE, "Scheduled jobs cannot be created from here yet")
        body = request_body(spec, upload=await _uploaded(client, spec, payer))
        began_at = clock.now()
        job = await client.create_job(payer, body)
    except HubError as error:
        if error.outcome_unclear:
            await clock.sleep(_LOOK_AFTER_SECONDS)
            error.advice = await _what_became_of(client, payer, body, began_at)
        post(ActionFailed(SUBMIT, error))
        return
    post(JobCreated(job, differences(body, job)))


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


async def _uploaded(client: HubClient, spec: JobSpec, namespace: str) -> Upload | None:
    if not spec.needs_upload:
        return None
    if any(file.is_url for file in spec.upload_files):
        raise HubError(
            ErrorKind.UNAVAILABLE,
            "A script on the web cannot be fetched from here yet",
            advice="Save it to a file and name that.",
        )
    files = {file.source: file.remote_name for file in spec.upload_files}
    folders = tuple(folder.source for folder in spec.local_folders)
    done = await upload(client, namespace, files, folders)
    return Upload(
        BucketFolder(done.bucket, done.scripts_path) if files else None,
        {source: BucketFolder(done.bucket, path) for source, path in done.folder_paths.items()},
    )


async def _what_became_of(
    client: HubClient, namespace: str, body: Mapping[str, Any], began_at: datetime
) -> str:
    """Words on whether a job whose answer was lost exists: looked for by its name, its command, its age."""
    name = safe(body["labels"]["name"])
    try:
        found = [
            job
            async for page in client.list_jobs(namespace, labels=[f"name={body['labels']['name']}"])
            for job in page
            if list(job.command) == body["command"]
            and job.created_at is not None
            and job.created_at >= began_at - _CLOCK_TOLERANCE
        ]
    except HubError as error:
        return f"Whether it exists could not be found out ({error.short}): look before you send it again."
    if found:
        job = found[0]
        return (
            f"It was created all the same: job {safe(job.id)} named {name} is {safe(job.stage)}. "
            "Do not send it again."
        )
    return (
        f"No job named {name} has appeared in {safe(namespace)}: most likely it was not created, "
        "but look once more before you send it again."
    )
