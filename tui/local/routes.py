"""The endpoints (jobs-api.md §1.1, §3, §4, §6, §14.6)."""

from __future__ import annotations

import json
from typing import Any, Protocol
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tui.domain.hardware import bundled_items

from .checks import read_job_request
from .clock import Clock
from .identity import Account, Identity
from .jobs import Job, JobRequest
from .replies import Refusal
from .store import Query, Store
from .streams import LogStream

STAGES = ("SCHEDULING", "RUNNING", "COMPLETED", "CANCELED", "ERROR", "DELETED")
NO_CREDIT = "Pre-paid credit balance is insufficient - add more credits to your account to use Jobs."
CURSOR_MAX_CHARS = 2048


class JobKeeper(Protocol):
    """What the endpoints need of the hub to start and end jobs."""

    def create(self, owner: Account, request: JobRequest) -> Job:
        """Take on a new job."""

    def cancel(self, job: Job) -> None:
        """End a live job."""


class Endpoints:
    """Answers requests from the store; the doors are others' business."""

    def __init__(
        self, identity: Identity, store: Store, keeper: JobKeeper, clock: Clock, keep_alive_seconds: float
    ) -> None:
        self._identity = identity
        self._store = store
        self._keeper = keeper
        self._clock = clock
        self._keep_alive_seconds = keep_alive_seconds

    def routes(self) -> list[Route]:
        """Every path served; fixed names come before the patterns they would match."""
        job = "/api/jobs/{namespace}/{job_id}"
        return [
            Route("/api/whoami-v2", self.whoami),
            Route("/api/agent-harnesses", self.agent_harnesses),
            Route("/api/jobs/hardware", self.hardware),
            Route("/api/jobs/{namespace}", self.list_jobs, methods=["GET"]),
            Route("/api/jobs/{namespace}", self.create, methods=["POST"]),
            Route("/api/jobs/{namespace}/count", self.count),
            Route(job, self.inspect),
            Route(job + "/cancel", self.cancel, methods=["POST"]),
            Route(job + "/logs", self.logs),
        ]

    async def whoami(self, _request: Request) -> Response:
        return JSONResponse(self._identity.whoami())

    async def agent_harnesses(self, _request: Request) -> Response:
        return JSONResponse({"standardEnvVars": [], "harnesses": {}})

    async def hardware(self, _request: Request) -> Response:
        return JSONResponse(bundled_items())

    async def list_jobs(self, request: Request) -> Response:
        account, query = self._account(request), _query(request)
        cursor = request.query_params.get("cursor")
        if cursor is not None and len(cursor) > CURSOR_MAX_CHARS:
            raise Refusal(400, f"Invalid query: cursor: at most {CURSOR_MAX_CHARS} characters")
        try:
            jobs, next_cursor = self._store.page(account.name, query, cursor)
        except ValueError as error:
            raise Refusal(400, f"Invalid query: cursor: {error}") from error
        headers = {} if next_cursor is None else {"Link": _link_to_next(request, next_cursor)}
        return JSONResponse([job.as_json(self._clock.now()) for job in jobs], headers=headers)

    async def count(self, request: Request) -> Response:
        count = self._store.count(self._account(request).name, _query(request))
        return JSONResponse({"count": count})

    async def create(self, request: Request) -> Response:
        account = self._account(request)
        if account.role == "read":
            raise Refusal(403, f"You have read access to {account.name}, starting jobs needs write access")
        job_request = read_job_request(await _json_body(request))
        if not account.can_pay:
            raise Refusal(402, NO_CREDIT)
        return JSONResponse(self._keeper.create(account, job_request).as_json(self._clock.now()))

    async def inspect(self, request: Request) -> Response:
        return JSONResponse(self._job(request).as_json(self._clock.now()))

    async def cancel(self, request: Request) -> Response:
        job = self._job(request)
        if not job.live:
            raise Refusal(400, f"Job {job.id} is already finished ({job.stage})")
        self._keeper.cancel(job)
        return JSONResponse(job.as_json(self._clock.now()))

    async def logs(self, request: Request) -> Response:
        tail = request.query_params.get("tail")
        if tail is not None and not (tail.isascii() and tail.isdecimal()):
            raise Refusal(400, "Invalid query: tail: must be a whole number, at least 0")
        job = self._job(request)
        return LogStream(job.log, None if tail is None else int(tail), self._keep_alive_seconds)

    def _account(self, request: Request) -> Account:
        namespace = request.path_params["namespace"]
        account = self._identity.account(namespace)
        if account is None:
            raise Refusal(404, f"Namespace {namespace!r} not found, or you have no access to it")
        return account

    def _job(self, request: Request) -> Job:
        job = self._store.get(self._account(request).name, request.path_params["job_id"])
        if job is None:
            raise Refusal(404, "Job not found")
        return job


def _query(request: Request) -> Query:
    stages = request.query_params.getlist("stage")
    for stage in stages:
        if stage not in STAGES:
            raise Refusal(400, "Invalid query: stage: must be one of " + ", ".join(STAGES))
    labels = request.query_params.getlist("label")
    if not all("=" in label for label in labels):
        raise Refusal(400, "Invalid query: label: must be key=value")
    return Query(stages, [_key_and_value(label) for label in labels])


def _key_and_value(label: str) -> tuple[str, str]:
    key, _, value = label.partition("=")
    return key, value


def _link_to_next(request: Request, cursor: str) -> str:
    """The same list from the cursor on, as an absolute URL (jobs-api.md §3.1)."""
    query = [(key, value) for key, value in request.query_params.multi_items() if key != "cursor"]
    url = request.url.replace(query=urlencode([*query, ("cursor", cursor)]))
    return f'<{url}>; rel="next"'


async def _json_body(request: Request) -> Any:
    body = await request.body()
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "Invalid body: not JSON") from error
