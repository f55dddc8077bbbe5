"""The hub as a whole: its jobs, their processes and files, and the application that serves them."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from .bucket_routes import BucketEndpoints
from .buckets import Buckets
from .clock import Clock, SystemClock
from .content_work import ContentError
from .contents import Contents
from .doors import BODY_SECONDS, Doors, ReceivedRequest
from .fault_layer import Faults
from .faults import Fault
from .folders import HubFolder, remove_abandoned_folders
from .identity import LOCAL_IDENTITY, Account, Identity
from .jobs import Job, JobRequest
from .keeper import Keeper
from .kept_folder import KeptFolder
from .logs import JobLog
from .replies import (
    Refusal,
    answer_broken,
    answer_refusal,
    answer_trouble,
    answer_unknown_route,
    answer_wrong_method,
)
from .routes import Endpoints
from .runner import Runner
from .schedules import Schedule, Scheduler
from .simulation import Role, Simulation
from .store import Store
from .strays import Strays
from .terms import Terms
from .volumes import Volumes


@dataclass(frozen=True, slots=True)
class HubSettings:
    """What a hub can be told before it starts."""

    token: str | None = field(default=None, repr=False)
    """None is the one the hub had before, or a new one."""
    terms: Terms = field(default_factory=Terms)
    demo: bool = False
    """Fill the hub with a believable history."""
    keep_alive_seconds: float = 30.0
    clock: Clock = field(default_factory=SystemClock)
    identity: Identity = LOCAL_IDENTITY
    observe: Callable[[ReceivedRequest], None] | None = None
    body_seconds: float = BODY_SECONDS
    faults: tuple[Fault, ...] = ()
    state: Path | None = None
    """The folder in which to keep jobs, logs, schedules and buckets; None forgets them at the end."""
    adopting: bool = False
    """Whether this process, all of it the hub's, adopts the orphans below it (`strays.adopt_orphans`)."""


class Hub:
    """State of one local hub. Everything but building it happens on the server's loop."""

    def __init__(self, settings: HubSettings) -> None:
        """Make the hub, with what it kept.

        Raises:
            OSError: There is no place for its files.
            StateError: What it kept cannot be used.
        """
        self.settings = settings
        self.clock = settings.clock
        self.identity = settings.identity
        self._folder = HubFolder() if settings.state is None else KeptFolder(settings.state)
        self._keeper: Keeper | None = None
        try:
            if isinstance(self._folder, KeptFolder):
                self._keeper = Keeper(self._folder.path, self.clock)
                self._folder.begin()
            self._build()
        except BaseException:
            if self._keeper is not None:
                self._keeper.abandon()
            self._folder.remove()
            raise

    def _build(self) -> None:
        settings, root = self.settings, self._folder.path
        self.store = Store()
        self._logs = root / "logs"
        self._logs.mkdir(mode=0o700, exist_ok=True)
        self.buckets = Buckets(Contents(root, self.clock), self.clock)
        volumes = Volumes(root, self.buckets, self.identity)
        strays = Strays(adopting=settings.adopting)
        self.runner = Runner(root, volumes, self.clock, settings.terms, strays)
        self.simulation = Simulation(self.clock)
        self.scheduler = Scheduler(self.clock, self._run_schedule)
        self.token = settings.token or (
            _new_token() if self._keeper is None else self._keeper.token(_new_token)
        )
        if self._keeper is not None:
            self._keeper.restore(self.identity, self.store, self.scheduler, self.buckets, self.new_log)
        if settings.demo:
            self._fill()
        endpoints = Endpoints(
            self.identity, self.store, self.scheduler, self, self.clock, settings.keep_alive_seconds
        )
        bucket_endpoints = BucketEndpoints(self.identity, self.buckets, self.clock)
        self.routes = (*endpoints.routes(), *bucket_endpoints.routes())
        self.faults = Faults(_application(self.routes))
        self.faults.planned.extend(settings.faults)
        self.app: ASGIApp = Doors(
            self.faults, self.token, self.clock, settings.observe, settings.body_seconds
        )

    def _fill(self) -> None:
        from .demo import fill

        now = self.clock.now()
        fill(self.store, self.scheduler, self.simulation, self.new_log, self.identity, now)

    @property
    def folder(self) -> Path:
        """Where all files of the hub are."""
        return self._folder.path

    def start(self) -> None:
        """Set going what lives by itself; on the server's loop."""
        self.simulation.start()
        self.scheduler.start()
        threading.Thread(target=remove_abandoned_folders, name="removal of old hubs", daemon=True).start()

    def new_log(self, job_id: str) -> JobLog:
        """The log of a job, in the hub's folder."""
        return JobLog(self._logs / f"{job_id}.sse", self.settings.terms.log_limit)

    def create(
        self,
        owner: Account,
        request: JobRequest,
        initiator: Mapping[str, Any] | None = None,
        role: Role | None = None,
    ) -> Job:
        """Take on a new job and start its life, as processes unless there is a role for it to play."""
        now = self.clock.now()
        job_id = self.store.new_id(now)
        job = Job(job_id, request, owner, self.identity.user, now, self.new_log(job_id))
        job.initiator, job.on_this_machine = initiator, role is None
        self.store.add(job)
        if self._keeper is not None:
            self._keeper.watch(job)
        if role is None:
            self.runner.launch(job)
        else:
            self.simulation.launch(job, role)
        return job

    def duplicate(self, job: Job) -> Job:
        """Take on a new job that asks for the same as another, secrets included (jobs-api.md §3.6)."""
        initiator = {"type": "duplicated-job", "id": job.id}
        return self.create(job.owner, job.request, initiator, self.simulation.role_of(job))

    def cancel(self, job: Job) -> None:
        """End a live job."""
        if not self.simulation.cancel(job):
            self.runner.cancel(job)

    def _run_schedule(self, schedule: Schedule) -> Job:
        initiator = {"type": "scheduled-job", "id": schedule.id}
        return self.create(schedule.owner, schedule.request, initiator, schedule.role)

    async def stop(self) -> int:
        """Kill every job and remove every file that is not kept; returns how many jobs were alive."""
        await self.scheduler.stop()
        await self.simulation.stop()
        count = await self.runner.stop()
        for job in self.store:
            job.log.end()
        if self._keeper is not None:
            self._keeper.close()
        self._folder.remove()
        return count


def _new_token() -> str:
    return f"hf_local_{secrets.token_hex(16)}"


def _application(routes: Sequence[Route]) -> Starlette:
    return Starlette(
        routes=routes,
        exception_handlers={
            Refusal: answer_refusal,
            OSError: answer_trouble,
            ContentError: answer_trouble,
            404: answer_unknown_route,
            405: answer_wrong_method,
            500: answer_broken,
        },
    )
