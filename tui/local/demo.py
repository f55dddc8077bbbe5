"""The demo's history: jobs of every stage and kind of ending, the same at every start but for the time."""

from __future__ import annotations

import random
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from .demo_load import TRAINING
from .identity import Account, Identity
from .jobs import Job, JobRequest, Stage
from .logs import JobLog
from .schedules import Schedule, Scheduler
from .simulation import Load, Role, Script, Simulation
from .store import Store

SEED = "hf-jobs-tui"
UV_IMAGE = "ghcr.io/astral-sh/uv:python3.12-bookworm"
GRACE = Account("65aa00000000000000000005", "grace", "Grace", "user", can_pay=True)
"""A colleague, who started some of the organisation's jobs."""


@dataclass(frozen=True, slots=True)
class Past:
    """What became of one job; times in seconds."""

    name: str
    command: str
    flavor: str
    script: Script
    age: float
    """Since it was created."""
    waited: float | None
    """In SCHEDULING; None for a job that never ran."""
    stage: Stage = "COMPLETED"
    ran: float | None = None
    """None is as long as the script lasts, or until now for a live job."""
    message: str | None = None
    cancel_reason: str | None = None
    image: str | None = UV_IMAGE
    space: str | None = None
    owner: str = "ada"
    by_colleague: bool = False
    timeout: int = 1800
    labels: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ("HF_TOKEN",)
    volumes: tuple[Mapping[str, Any], ...] = ()
    attempts: int = 1
    initiator: Mapping[str, Any] | None = None
    load: Load = TRAINING
    expose: Mapping[str, list[int]] | None = None
    requeued_every: float | None = None
    """For a job that waits: it is put on a machine so often, and each time that fails."""
    legacy: bool = False
    """From before the Hub kept durations."""

    @property
    def role(self) -> Role:
        """What another job of the same request plays."""
        failure = self.message if self.stage == "ERROR" else None
        waits = None if self.stage == "SCHEDULING" else 8.0
        return Role(self.script, self.load, failure, waits, self.requeued_every)


@dataclass(frozen=True, slots=True)
class Planned:
    """One scheduled job; its runs do what a job of the past did."""

    id: str
    run: Past
    expression: str
    age: float
    suspended: bool = False
    concurrent: bool = False


def fill(
    store: Store,
    scheduler: Scheduler,
    simulation: Simulation,
    new_log: Callable[[str], JobLog],
    identity: Identity,
    now_seconds: float,
) -> None:
    """Add the history to an empty hub."""
    from .demo_org import ORGANISATION_HISTORY
    from .demo_past import EARLIER_HISTORY
    from .demo_schedules import SCHEDULES, past_runs
    from .demo_user import USER_HISTORY

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
