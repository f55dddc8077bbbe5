"""The demo's history: jobs of every stage and kind of ending, the same at every start but for the time."""

from __future__ import annotations

import random
import shlex
from collections.abc import Callable
from itertools import chain

from .demo_life import Past, Planned
from .demo_org import ORGANISATION_HISTORY
from .demo_past import EARLIER_HISTORY
from .demo_schedules import SCHEDULES, past_runs
from .demo_user import USER_HISTORY
from .identity import Account, Identity
from .jobs import Job, JobRequest
from .logs import JobLog
from .schedules import Schedule, Scheduler
from .simulation import Simulation
from .store import Store

SEED = "hf-jobs-tui"
GRACE = Account("65aa00000000000000000005", "grace", "Grace", "user", can_pay=True)
"""A colleague, who started some of the organisation's jobs."""


def fill(
    store: Store,
    scheduler: Scheduler,
    simulation: Simulation,
    new_log: Callable[[str], JobLog],
    identity: Identity,
    now_seconds: float,
) -> None:
    """Add the history to an empty hub."""
    chance = random.Random(SEED)  # noqa: S311 - the same ids at every start
    last_runs: dict[str, Job] = {}
    for past in chain(USER_HISTORY, EARLIER_HISTORY, ORGANISATION_HISTORY, past_runs(now_seconds)):
        created_at = now_seconds - past.age
        job_id = f"{int(created_at):08x}{chance.getrandbits(64):016x}"
        owner = identity.account(past.owner)
        assert owner is not None, past.owner
        created_by = GRACE if past.by_colleague else identity.user
        job = Job(job_id, _request(past), owner, created_by, created_at, new_log(job_id))
        _live_through(job, past)
        store.add(job)
        simulation.add(job, past.role)
        if job.initiator is not None and job.initiator["type"] == "scheduled-job":
            last_runs.setdefault(job.initiator["id"], job)
    for planned in SCHEDULES:
        scheduler.add(_schedule(planned, last_runs.get(planned.id), identity, now_seconds))


def _schedule(planned: Planned, last: Job | None, identity: Identity, now_seconds: float) -> Schedule:
    owner = identity.account(planned.run.owner)
    assert owner is not None, planned.run.owner
    return Schedule(
        planned.id,
        _request(planned.run),
        owner,
        GRACE if planned.run.by_colleague else identity.user,
        now_seconds - planned.age,
        planned.expression,
        planned.suspended,
        planned.concurrent,
        last_job=last,
        last_run_at=None if last is None else last.created_at,
        role=planned.run.role,
    )


def _request(past: Past) -> JobRequest:
    return JobRequest(
        command=tuple(shlex.split(past.command)),
        docker_image=None if past.space else past.image,
        space_id=past.space,
        environment=past.environment,
        secrets=dict.fromkeys(past.secrets, ""),
        flavor=past.flavor,
        timeout_seconds=past.timeout,
        attempts=past.attempts,
        labels={"name": past.name, **past.labels},
        volumes=past.volumes,
        expose=past.expose,
    )


def _live_through(job: Job, past: Past) -> None:
    """Bring a new job to where it stands by now."""
    job.stage, job.message, job.cancel_reason = past.stage, past.message, past.cancel_reason
    job.initiator, job.durations_known = past.initiator, not past.legacy
    if past.waited is not None:
        job.started_at = job.created_at + past.waited
    if job.live:
        return
    ran = past.script.duration_seconds if past.ran is None else past.ran
    job.finished_at = (job.created_at if job.started_at is None else job.started_at) + ran
    job.failure_count = past.attempts if past.stage == "ERROR" else 0
