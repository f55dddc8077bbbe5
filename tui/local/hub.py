"""The hub as a whole: its jobs, their processes and files, and the application that serves them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.types import ASGIApp

from .clock import Clock, SystemClock
from .doors import Doors, ReceivedRequest
from .faults import Faults
from .identity import LOCAL_IDENTITY, Account, Identity
from .jobs import Job, JobRequest
from .logs import JobLog
from .replies import (
    Refusal,
    answer_broken,
    answer_refusal,
    answer_unknown_route,
    answer_wrong_method,
)
from .routes import Endpoints
from .runner import Runner, remove_folder
from .simulation import Simulation
from .store import Store
from .terms import Terms


@dataclass(frozen=True, slots=True)
class HubSettings:
    """What a hub can be told before it starts."""

    token: str = field(repr=False)
    terms: Terms = field(default_factory=Terms)
    demo: bool = False
    """Fill the hub with a believable history."""
    keep_alive_seconds: float = 30.0
    clock: Clock = field(default_factory=SystemClock)
    identity: Identity = LOCAL_IDENTITY
    observe: Callable[[ReceivedRequest], None] | None = None


class Hub:
    """State of one local hub. Everything but building it happens on the server's loop."""

    def __init__(self, settings: HubSettings) -> None:
        self.settings = settings
        self.clock = settings.clock
        self.identity = settings.identity
        self.store = Store()
        self._root = Path(tempfile.mkdtemp(prefix="hf-jobs-hub-"))
        self._logs = self._root / "logs"
        self._logs.mkdir(mode=0o700)
        self.runner = Runner(self._root, self.clock, settings.terms)
        self.simulation = Simulation(self.clock)
        if settings.demo:
            from .demo import fill

            fill(self.store, self.simulation, self.new_log, self.identity, self.clock.now())
        endpoints = Endpoints(self.identity, self.store, self, self.clock, settings.keep_alive_seconds)
        self.faults = Faults(_application(endpoints))
        self.app: ASGIApp = Doors(self.faults, settings.token, self.clock, settings.observe)

    def start(self) -> None:
        """Set going what lives by itself; on the server's loop."""
        self.simulation.start()

    def new_log(self, job_id: str) -> JobLog:
        """The log of a job, in the hub's folder."""
        return JobLog(self._logs / f"{job_id}.sse")

    def create(self, owner: Account, request: JobRequest, initiator: Mapping[str, Any] | None = None) -> Job:
        """Take on a new job and start its life."""
        now = self.clock.now()
        job_id = self.store.new_id(now)
        job = Job(job_id, request, owner, self.identity.user, now, self.new_log(job_id))
        job.initiator, job.on_this_machine = initiator, True
        self.store.add(job)
        self.runner.launch(job)
        return job

    def duplicate(self, job: Job) -> Job:
        """Take on a new job that asks for the same as another, secrets included (jobs-api.md §3.6)."""
        return self.create(job.owner, job.request, {"type": "duplicated-job", "id": job.id})

    def cancel(self, job: Job) -> None:
        """End a live job."""
        if not self.simulation.cancel(job):
            self.runner.cancel(job)

    async def stop(self) -> int:
        """Kill every job and remove every file; returns how many jobs were alive."""
        await self.simulation.stop()
        count = await self.runner.stop()
        for job in self.store:
            job.log.end()
        remove_folder(self._root)
        return count


def _application(endpoints: Endpoints) -> Starlette:
    return Starlette(
        routes=endpoints.routes(),
        exception_handlers={
            Refusal: answer_refusal,
            404: answer_unknown_route,
            405: answer_wrong_method,
            500: answer_broken,
        },
    )
