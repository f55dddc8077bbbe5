"""Why an action cannot be done now, in words: the key stays alive and answers with them."""

from __future__ import annotations

from collections.abc import Callable

from .job import Job
from .job_page import ssh_command

READ_ONLY = "read-only: this dashboard was started with --read-only"
ROW_GONE = "this row is gone: move the cursor first"
"""What every key answers as long as the cursor is where something was that exists no more."""
NO_JOB = "no job under the cursor"

Rule = Callable[[Job], str | None]


def _ended(job: Job) -> str:
    return job.ending.value if job.ending else job.stage


def _watch(job: Job) -> str | None:
    return None if job.live else "this job has ended: there is nothing to wait for"


def _cancel(job: Job) -> str | None:
    return None if job.live else f"only a live job can be cancelled; this one is over: {_ended(job)}"


def _ports(job: Job) -> str | None:
    return None if job.live else f"only a live job has ports; this one is over: {_ended(job)}"


def lacks_ssh(job: Job) -> bool:
    """Whether only another job like it, with SSH switched on, could be entered."""
    return not job.live or not job.ssh_url


def _ssh(job: Job) -> str | None:
    if not job.live:
        return f"ssh needs a running job; this one is over: {_ended(job)}"
    if not job.ssh_url:
        return "this job was started without ssh: edit & rerun it with ssh on, under “Ports and network”"
    if job.stage != "RUNNING":
        return "ssh needs a running job; this one is still waiting"
    if ssh_command(job) is None:
        return "the Hub gave no address that ssh could be run with"
    return None


def _anything(job: Job) -> str | None:
    return None


_RULES: dict[str, Rule] = {
    "open": _anything,
    "logs": _anything,
    "cancel": _cancel,
    "rerun": _anything,
    "edit": _anything,
    "labels": _anything,
    "ports": _ports,
    "ssh": _ssh,
    "browse": _anything,
    "details": _anything,
    "raw": _anything,
    "copy_id": _anything,
    "copy_url": _anything,
    "copy_command": _anything,
    "watch": _watch,
}
"""What is done to a job, by the second half of the action's id, and what may be in the way."""


def why_not(action_id: str, job: Job | None, *, writes: bool, read_only: bool) -> str | None:
    """The reason why `action_id` cannot be done to `job`; None when it can."""
    if writes and read_only:
        return READ_ONLY
    scope, _, verb = action_id.partition(".")
    rule = _RULES.get(verb) if scope in ("jobs", "job") else None
    if rule is None:
        return None
    return NO_JOB if job is None else rule(job)
