"""The endpoints of scheduled jobs (jobs-api.md §7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tui.domain.cron import ScheduleError, read_running_cron

from .body_reader import BodyReader
from .checks import read_job_request, read_labels_request
from .clock import Clock
from .identity import Identity
from .job_routes import refuse_without_credit
from .parameters import Lookup, read_body, read_labels_wanted
from .replies import Refusal
from .schedules import Schedule, Scheduler
from .store import Store

ANOTHER_RUNS = (
    "Another job is already running at the same time, set `concurrency` to allow multiple instances of "
    "scheduled jobs to run concurrently"
)


class ScheduleEndpoints:
    """Answers about schedules."""

    def __init__(self, identity: Identity, store: Store, scheduler: Scheduler, clock: Clock) -> None:
        self._user = identity.user
        self._lookup = Lookup(identity, store)
        self._store = store
        self._scheduler = scheduler
        self._clock = clock

    def routes(self) -> list[Route]:
        """Every path."""
        namespace = "/api/scheduled-jobs/{namespace}"
        schedule = namespace + "/{schedule_id}"
        return [
            Route(namespace, self.list_schedules, methods=["GET"]),
            Route(namespace, self.create, methods=["POST"]),
            Route(schedule, self.inspect, methods=["GET"]),
            Route(schedule, self.delete, methods=["DELETE"]),
            Route(schedule + "/suspend", self.suspend, methods=["POST"]),
            Route(schedule + "/resume", self.resume, methods=["POST"]),
            Route(schedule + "/run", self.run, methods=["POST"]),
            Route(schedule + "/schedule", self.reschedule, methods=["POST"]),
            Route(schedule + "/labels", self.label, methods=["PUT"]),
        ]

    async def list_schedules(self, request: Request) -> Response:
        account, labels = self._lookup.account(request), read_labels_wanted(request)
        now = self._clock.now()
        return JSONResponse(
            [
                schedule.as_json(now)
                for schedule in self._scheduler
                if schedule.owner == account
                and all(schedule.request.labels.get(key) == value for key, value in labels)
            ]
        )

    async def create(self, request: Request) -> Response:
        account = self._lookup.account(request, to_write=True)
        body = await read_body(request)
        spec = body.get("jobSpec")
        if not isinstance(spec, dict):
            raise Refusal(400, "Invalid body: jobSpec: must be an object")
        reader, now = BodyReader(body), self._clock.now()
        suspended, concurrent = reader.flag("suspend"), reader.flag("concurrency")
        reader.refuse_if_wrong()
        expression, job_request = self._read_schedule(body), read_job_request(spec)
        refuse_without_credit(account)
        schedule = Schedule(
            self._store.new_id(now),
            job_request,
            account,
            self._user,
            now,
            expression,
            suspended=suspended,
            concurrent=concurrent,
        )
        self._scheduler.add(schedule)
        return self._answer(schedule)

    async def inspect(self, request: Request) -> Response:
        return self._answer(self._schedule(request))

    async def delete(self, request: Request) -> Response:
        self._scheduler.remove(self._schedule(request, to_write=True))
        return PlainTextResponse("OK")

    async def suspend(self, request: Request) -> Response:
        return self._hold(request, suspended=True)

    async def resume(self, request: Request) -> Response:
        return self._hold(request, suspended=False)

    async def run(self, request: Request) -> Response:
        schedule = self._schedule(request, to_write=True)
        if schedule.blocked:
            raise Refusal(409, ANOTHER_RUNS)
        refuse_without_credit(schedule.owner)
        return JSONResponse(self._scheduler.run(schedule).as_json(self._clock.now()))

    async def reschedule(self, request: Request) -> Response:
        schedule = self._schedule(request, to_write=True)
        schedule.reschedule(self._read_schedule(await read_body(request)))
        self._scheduler.changed()
        return self._answer(schedule)

    async def label(self, request: Request) -> Response:
        schedule = self._schedule(request, to_write=True)
        schedule.relabel(read_labels_request(await read_body(request)))
        self._scheduler.changed()
        return self._answer(schedule)

    def _hold(self, request: Request, *, suspended: bool) -> Response:
        """The Hub documents no body for this reply, so none is given that a client could lean on."""
        self._schedule(request, to_write=True).suspend(suspended)
        self._scheduler.changed()
        return PlainTextResponse("OK")

    def _schedule(self, request: Request, *, to_write: bool = False) -> Schedule:
        account = self._lookup.account(request, to_write=to_write)
        schedule = self._scheduler.get(account.name, request.path_params["schedule_id"])
        if schedule is None:
            raise Refusal(404, "Scheduled job not found")
        return schedule

    def _read_schedule(self, body: Mapping[str, Any]) -> str:
        value = body.get("schedule")
        if not isinstance(value, str):
            raise Refusal(400, "Invalid body: schedule: must be a string")
        try:
            read = read_running_cron(value, datetime.fromtimestamp(self._clock.now(), UTC))
        except ScheduleError as error:
            raise Refusal(400, f"Invalid body: schedule: {error}") from error
        if read.text != value:
            raise Refusal(400, "Invalid body: schedule: fields are separated by single spaces")
        return value

    def _answer(self, schedule: Schedule) -> Response:
        return JSONResponse(schedule.as_json(self._clock.now()))
