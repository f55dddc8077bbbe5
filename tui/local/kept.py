"""What is kept of jobs, schedules and buckets, as JSON, and how it becomes one of them again.

What is read back is trusted no more than a request: types, ranges and names are checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Annotated, Any, TypeVar

import msgspec

from tui.domain.cron import ScheduleError, read_cron

from .bucket_batch import CONTENT_HASH
from .buckets import BUCKET_NAME, Bucket, BucketFile, is_file_path
from .identity import Account, Identity
from .jobs import Job, JobRequest, Stage
from .logs import JobLog
from .mounts import is_mount_path
from .schedules import Schedule
from .state_file import StateError

LATEST_SECONDS = 253_402_300_799
"""The last second of the year 9999."""
ID = re.compile(r"[0-9a-f]{24}")

K = TypeVar("K")
Moment = Annotated[float, msgspec.Meta(ge=0, le=LATEST_SECONDS)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**31)]


class KeptJob(msgspec.Struct, frozen=True, omit_defaults=True):
    """A job, without the values of its secrets."""

    request: JobRequest
    owner: str
    created_at: Moment
    stage: Stage
    message: str | None = None
    started_at: Moment | None = None
    finished_at: Moment | None = None
    cancel_reason: str | None = None
    failure_count: Count = 0
    initiator: dict[str, Any] | None = None


class KeptSchedule(msgspec.Struct, frozen=True, omit_defaults=True):
    """A schedule, with the secrets that its jobs need."""

    request: JobRequest
    owner: str
    created_at: Moment
    expression: str
    suspended: bool = False
    concurrent: bool = False
    last_job: str | None = None
    last_run_at: Moment | None = None


class KeptBucket(msgspec.Struct, frozen=True, omit_defaults=True):
    """A bucket and its files by path."""

    id: str
    owner: str
    name: str
    private: bool
    created_at: Moment
    updated_at: Moment
    files: dict[str, BucketFile] = {}


def job_bytes(job: Job) -> bytes:
    """A job to be kept."""
    request = replace(job.request, secrets=dict.fromkeys(job.request.secrets, ""))
    return msgspec.json.encode(
        KeptJob(
            request,
            job.owner.name,
            job.created_at,
            job.stage,
            job.message,
            job.started_at,
            job.finished_at,
            job.cancel_reason,
            job.failure_count,
            None if job.initiator is None else dict(job.initiator),
        )
    )


def schedule_bytes(schedule: Schedule) -> bytes:
    """A schedule to be kept."""
    return msgspec.json.encode(
        KeptSchedule(
            schedule.request,
            schedule.owner.name,
            schedule.created_at,
            schedule.expression,
            schedule.suspended,
            schedule.concurrent,
            None if schedule.last_job is None else schedule.last_job.id,
            schedule.last_run_at,
        )
    )


def bucket_bytes(bucket: Bucket) -> bytes:
    """A bucket to be kept."""
    return msgspec.json.encode(
        KeptBucket(
            bucket.id,
            bucket.owner.name,
            bucket.name,
            bucket.private,
            bucket.created_at,
            bucket.updated_at,
            bucket.files,
        )
    )


class Reader:
    """Makes jobs, schedules and buckets of what was kept; StateError for what cannot be one."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    def job(self, job_id: str, value: bytes, log: Callable[[str], JobLog]) -> Job:
        """A job as it was kept."""
        what = f"job {job_id[:40]}"
        kept = _decoded(value, KeptJob, what)
        _check(ID.fullmatch(job_id) is not None, what, "no valid id")
        _check_request(kept.request, what)
        job = Job(
            job_id,
            kept.request,
            self._account(kept.owner, what),
            self._identity.user,
            kept.created_at,
            log(job_id),
            kept.stage,
            kept.message,
            kept.started_at,
            kept.finished_at,
            kept.cancel_reason,
            kept.failure_count,
            kept.initiator,
        )
        job.on_this_machine, job.secrets_known = True, False
        return job

    def schedule(self, schedule_id: str, value: bytes, jobs: Mapping[str, Job]) -> Schedule:
        """A schedule as it was kept; what it missed meanwhile is not made up for."""
        what = f"schedule {schedule_id[:40]}"
        kept = _decoded(value, KeptSchedule, what)
        _check(ID.fullmatch(schedule_id) is not None, what, "no valid id")
        _check_request(kept.request, what)
        _check_expression(kept.expression, what)
        return Schedule(
            schedule_id,
            kept.request,
            self._account(kept.owner, what),
            self._identity.user,
            kept.created_at,
            kept.expression,
            kept.suspended,
            kept.concurrent,
            jobs.get(kept.last_job or ""),
            kept.last_run_at,
        )

    def bucket(self, full_name: str, value: bytes) -> Bucket:
        """A bucket as it was kept."""
        what = f"bucket {full_name[:100]}"
        kept = _decoded(value, KeptBucket, what)
        _check(BUCKET_NAME.fullmatch(kept.name) is not None, what, "no valid name")
        _check(full_name == f"{kept.owner}/{kept.name}", what, "another name")
        for path, file in kept.files.items():
            _check(is_file_path(path), what, "a path that leads out of it")
            _check(CONTENT_HASH.fullmatch(file.content_hash) is not None, what, "no valid content")
            moments = (file.modified_at, file.uploaded_at)
            _check(all(0 <= moment <= LATEST_SECONDS for moment in moments), what, "no valid time")
            _check(file.size_bytes >= 0, what, "no valid size")
        owner = self._account(kept.owner, what)
        return Bucket(
            owner, kept.name, kept.private, kept.created_at, kept.updated_at, kept.id, dict(kept.files)
        )

    def _account(self, name: str, what: str) -> Account:
        account = self._identity.account(name)
        _check(account is not None, what, f"an owner this hub does not know, {name[:40]!r}")
        assert account is not None
        return account


def _decoded(value: bytes, kind: type[K], what: str) -> K:
    try:
        return msgspec.json.decode(value, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise StateError(f"the {what} in it cannot be read: {error}") from error


def _check_request(request: JobRequest, what: str) -> None:
    """What a process or a path is made of; the rest is only shown."""
    _check(bool(request.command), what, "no command")
    texts = (*request.argv, *request.environment.values(), *request.secrets.values())
    _check(not any("\0" in text for text in texts), what, "a NUL character")
    names = (*request.environment, *request.secrets)
    _check(all(name and "=" not in name and "\0" not in name for name in names), what, "an odd variable")
    _check(request.timeout_seconds > 0 and request.attempts > 0, what, "no time to run")
    for volume in request.volumes:
        path, source, prefix = (volume.get(name, "") for name in ("mountPath", "source", "path"))
        _check(isinstance(path, str) and is_mount_path(path), what, "an odd mount path")
        _check(isinstance(source, str) and isinstance(prefix, str), what, "an odd volume")
        _check(".." not in PurePosixPath(prefix).parts, what, "an odd volume")
        _check(isinstance(volume.get("type"), str), what, "an odd volume")
    _check(request.expose is None or "ports" in request.expose, what, "odd ports")


def _check_expression(expression: str, what: str) -> None:
    try:
        read_cron(expression)
    except ScheduleError as error:
        raise StateError(f"the {what} in it cannot be read: {error}") from error


def _check(sound: bool, what: str, found: str) -> None:
    if not sound:
        raise StateError(f"the {what} in it has {found}")
