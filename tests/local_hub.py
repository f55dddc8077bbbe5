"""The local hub inside the test: the same server in a thread, with handles on what it does."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import parse_qsl

from tui.local.clock import Clock, SystemClock
from tui.local.connections import PATIENCE, Patience
from tui.local.doors import BODY_SECONDS, ReceivedRequest
from tui.local.faults import Fault
from tui.local.hub import Hub, HubSettings
from tui.local.identity import LOCAL_IDENTITY, Identity
from tui.local.jobs import LIVE_STAGES, Job, JobRequest, Stage
from tui.local.log_limit import LogLimit
from tui.local.metrics import Sample
from tui.local.schedules import Schedule
from tui.local.server import LOOPBACK, LoopbackServer, listen
from tui.local.terms import DEFAULT_SLOTS, DEFAULT_TASKS, Terms

T = TypeVar("T")
TEST_TOKEN = "hf_test_token"


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One request the hub received, also when it refused it."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    json: Any
    """The body; None when there was none."""


class LocalHub:
    """A running hub. Leave it as a context manager, or call `close`."""

    def __init__(
        self,
        *,
        demo: bool = False,
        token: str = TEST_TOKEN,
        scheduling_seconds: float = 0.0,
        grace_seconds: float = 0.3,
        keep_alive_seconds: float = 30.0,
        retry_seconds: float = 0.0,
        metering_seconds: float = 0.05,
        slots: int = DEFAULT_SLOTS,
        memory_bytes: int | None = None,
        tasks: int | None = DEFAULT_TASKS,
        log_limit: LogLimit | None = None,
        clock: Clock | None = None,
        identity: Identity = LOCAL_IDENTITY,
        patience: Patience = PATIENCE,
        body_seconds: float = BODY_SECONDS,
        state: Path | None = None,
    ) -> None:
        self.token = token
        self._patience = patience
        self.requests: list[RecordedRequest] = []
        self._settings = HubSettings(
            token,
            demo=demo,
            terms=Terms(
                scheduling_seconds,
                grace_seconds,
                retry_seconds,
                metering_seconds,
                slots,
                memory_bytes,
                tasks,
                log_limit,
            ),
            keep_alive_seconds=keep_alive_seconds,
            clock=clock or SystemClock(),
            identity=identity,
            observe=self._record,
            body_seconds=body_seconds,
            state=state,
        )
        self._listener = listen(0)
        self.port: int = self._listener.getsockname()[1]
        self.endpoint = f"http://{LOOPBACK}:{self.port}"
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="local hub")
        self._thread.start()
        if not self._started.wait(10):
            raise RuntimeError("the local hub did not start")

    @property
    def user(self) -> str:
        """The namespace of the hub's user."""
        return self._settings.identity.user.name

    @property
    def organisations(self) -> tuple[str, ...]:
        """The namespaces of the user's organisations."""
        return tuple(account.name for account in self._settings.identity.organisations)

    @property
    def headers(self) -> dict[str, str]:
        """What a request needs to come in."""
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def state(self) -> Hub:
        """The hub itself; change it only through `call`."""
        return self._hub

    @property
    def folder(self) -> Path:
        """Where the hub keeps its files."""
        return self._hub.folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the hub, its jobs with it."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._server.stop)
            self._thread.join(10)
            assert not self._thread.is_alive(), "the local hub did not stop"

    def add_job(
        self,
        *,
        stage: Stage = "RUNNING",
        namespace: str | None = None,
        name: str | None = None,
        job_id: str | None = None,
        age_seconds: float = 60.0,
        message: str | None = None,
        cancel_reason: str | None = None,
        durations_known: bool = True,
        lines: Iterable[str] = (),
        **request: Any,
    ) -> str:
        """Add a simulated job and return its id; further arguments are fields of `JobRequest`."""
        if name is not None:
            request["labels"] = {"name": name, **request.get("labels", {})}

        def add() -> str:
            account = self._hub.identity.account(namespace or self.user)
            assert account is not None, f"no namespace {namespace}"
            created_at = self._hub.clock.now() - age_seconds
            new_id = job_id or self._hub.store.new_id(created_at)
            user, log = self._hub.identity.user, self._hub.new_log(new_id)
            job = Job(new_id, self.job_request(**request), account, user, created_at, log)
            job.durations_known = durations_known
            self._hub.store.add(job)
            if stage != "SCHEDULING":
                job.begin(created_at + age_seconds / 10)
            log.append(lines, self._hub.clock.now())
            self._move(job, stage, message, cancel_reason)
            return new_id

        return self.call(add)

    def add_schedule(
        self,
        *argv: str,
        expression: str = "@daily",
        namespace: str | None = None,
        suspended: bool = False,
        concurrent: bool = False,
        labels: Mapping[str, str] | None = None,
        **request: Any,
    ) -> Schedule:
        """Add a scheduled job; further arguments are fields of `JobRequest`."""

        def add() -> Schedule:
            account = self._hub.identity.account(namespace or self.user)
            assert account is not None, f"no namespace {namespace}"
            now = self._hub.clock.now()
            job = self.job_request(command=argv or ("true",), labels=dict(labels or {}), **request)
            new_id, user = self._hub.store.new_id(now), self._hub.identity.user
            schedule = Schedule(
                new_id, job, account, user, now, expression, suspended=suspended, concurrent=concurrent
            )
            self._hub.scheduler.add(schedule)
            return schedule

        return self.call(add)

    def job_request(self, **fields: Any) -> JobRequest:
        """What a job asks for; fields not given are those of a sound request."""
        return JobRequest(
            **{"docker_image": "python:3.12", "command": ("python", "-c", "pass")} | fields,
        )

    def set_stage(
        self, job_id: str, stage: Stage, message: str | None = None, cancel_reason: str | None = None
    ) -> None:
        """Move a simulated job to a stage; an end also ends its log."""
        self.call(lambda: self._move(self.job(job_id), stage, message, cancel_reason))

    def forget(self, job_id: str) -> None:
        """Let a job be no more, as the Hub does with old ones."""

        def drop() -> None:
            store = self._hub.store
            job = store._jobs.pop(job_id)
            entries = store._by_age[job.owner.name]
            entries[:] = [entry for entry in entries if entry[1] is not job]

        self.call(drop)

    def log(self, job_id: str, *lines: str) -> None:
        """Append lines to the log of a simulated job."""
        self.call(lambda: self.job(job_id).log.append(lines, self._hub.clock.now()))

    def restart_marker(self, job_id: str) -> None:
        """Write a second "Job started" line, as a new attempt does."""
        self.call(lambda: self.job(job_id).log.mark_start(self._hub.clock.now()))

    def metric(self, job_id: str, sample: Sample) -> None:
        """Publish what a simulated job uses."""
        self.call(lambda: self.job(job_id).metrics.publish(sample))

    def job(self, job_id: str) -> Job:
        """The hub's record of a job."""
        return next(job for job in self._hub.store if job.id == job_id)

    def fail(
        self,
        method: str,
        path: str,
        *,
        status: int | None = None,
        times: int | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        delay_seconds: float = 0.0,
        hang: bool = False,
        reset: bool = False,
        lines: int | None = None,
        bytes_: int | None = None,
        silent: bool = False,
        skip: int = 0,
    ) -> Fault:
        """Plan a fault (`tui.local.faults.Fault`); the first planned that fits strikes."""
        return self.plan(
            Fault(
                method,
                path,
                times,
                status,
                body,
                headers=dict(headers or {}),
                delay_seconds=delay_seconds,
                hang=hang,
                reset=reset,
                lines=lines,
                bytes=bytes_,
                silent=silent,
                skip=skip,
            )
        )

    def plan(self, fault: Fault) -> Fault:
        """Plan a fault; `parse_fault` makes one from words."""
        self.call(lambda: self._hub.faults.planned.append(fault))
        return fault

    def heal(self) -> None:
        """Forget all planned faults."""
        self.call(self._hub.faults.planned.clear)

    def call(self, function: Callable[[], T]) -> T:
        """Run something on the hub's loop, where its state may be touched."""

        async def on_loop() -> T:
            return function()

        return asyncio.run_coroutine_threadsafe(on_loop(), self._loop).result(10)

    def _move(self, job: Job, stage: Stage, message: str | None, cancel_reason: str | None) -> None:
        now = self._hub.clock.now()
        if stage == "RUNNING" and job.started_at is None:
            job.begin(now)
        if stage in LIVE_STAGES:
            job.stage, job.message, job.finished_at = stage, message, None
        else:
            job.finish(stage, message, now)
            job.cancel_reason = cancel_reason
            job.log.end()

    def _record(self, request: ReceivedRequest) -> None:
        try:
            body = json.loads(request.body) if request.body else None
        except (ValueError, RecursionError):
            body = request.body
        query = tuple(parse_qsl(request.query_string, keep_blank_values=True))
        self.requests.append(
            RecordedRequest(request.method, request.path, query, dict(request.headers), body)
        )

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._hub = Hub(self._settings)
        self._hub.start()
        self._server = LoopbackServer(self._hub.app, self._started.set, self._patience)
        try:
            await self._server.serve(sockets=[self._listener])
        finally:
            await self._hub.stop()
