"""Why an action cannot be done now, in words: the key stays alive and answers with them."""

from __future__ import annotations

from .job import Job

READ_ONLY = "read-only: this dashboard was started with --read-only"
NO_JOB = "no job under the cursor"


def why_not(action_id: str, job: Job | None, *, writes: bool, read_only: bool) -> str | None:
    """The reason why `action_id` cannot be done to `job`; None when it can."""
    if writes and read_only:
        return READ_ONLY
    scope, _, verb = action_id.partition(".")
    if scope == "job" or verb in {"open", "logs", "cancel", "copy_id", "watch", "edit", "rerun"}:
        if job is None:
            return NO_JOB
        if verb == "watch" and not job.live:
            return "this job has ended: there is nothing to wait for"
        if verb == "cancel" and not job.live:
            ending = job.ending.value if job.ending else job.stage
            return f"only a live job can be cancelled; this one is over: {ending}"
    return None
