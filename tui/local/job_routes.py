"""The endpoints of jobs (jobs-api.md §3 to §5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .checks import read_expose_request, read_job_request, read_labels_request
from .clock import Clock
from .identity import Account, Identity
from .jobs import Job, JobRequest
from .parameters import Lookup, link_to_next, read_body, read_cursor, read_query, read_tail
from .replies import Refusal
from .store import Store
from .streams import LogStream, MetricStream

NO_CREDIT = "Pre-paid credit balance is insufficient - add more credits to your account to use Jobs."
SECRETS_NOT_KEPT = (
    "The local hub was started after this job and kept no value of its secrets: submit it again with them"
)
PERMISSIONS = ("read", "write")


class JobKeeper(Protocol):
    """What the endpoints need of the hub to start and end jobs."""

    def create(self, owner: Account, request: JobRequest, initiator: Mapping[str, Any] | None = None) -> Job:
        """Take on a new job."""

    def duplicate(self, job: Job) -> Job:
        """Take on a new job that asks for the same as another."""

    def cancel(self, job: Job) -> None:
        """End a live job."""


class JobEndpoints:
    """Answers about jobs from the store; the doors are others' business."""

    def __init__(
        self, identity: Identity, store: Store, keeper: JobKeeper, clock: Clock, keep_alive_seconds: float
    ) -> None:
        self._user = identity.user
        self._lookup = Lookup(identity, store)
        self._store = store
        self._keeper = keeper
        self._clock = clock
        self._keep_alive_seconds = keep_alive_seconds

    def routes(self) -> list[Route]:
        """Every path; fixed names come before the patterns they would match."""
        namespace = "/api/jobs/{namespace}"
        job = namespace + "/{job_id}"
        return [
            Route(namespace, self.list_jobs, methods=["GET"]),
            Route(namespace, self.create, methods=["POST"]),
            Route(namespace + "/count", self.count),
            Route(namespace + "/auth-check/{permission}", self.check_namespace, methods=["POST"]),
            Route(job, self.inspect),
            Route(job + "/auth-check/{permission}", self.check_job, methods=["POST"]),
            Route(job + "/cancel", self.cancel, methods=["POST"]),
            Route(job + "/duplicate", self.duplicate, methods=["POST"]),
            Route(job + "/labels", self.label, methods=["PUT"]),
            Route(job + "/expose", self.expose, methods=["PUT"]),
            Route(job + "/logs", self.logs),
            Route(job + "/metrics", self.metrics),
        ]

    async def list_jobs(self, request: Request) -> Response:
        account, query = self._lookup.account(request), read_query(request)
        try:
            jobs, next_cursor = self._store.page(account.name, query, read_cursor(request))
        except ValueError as error:
            raise Refusal(400, f"Invalid query: cursor: {error}") from error
        headers = {} if next_cursor is None else {"Link": link_to_next(request, next_cursor)}
        return JSONResponse([job.as_json(self._clock.now()) for job in jobs], headers=headers)

    async def count(self, request: Request) -> Response:
        account = self._lookup.account(request)
        return JSONResponse({"count": self._store.count(account.name, read_query(request))})

    async def check_namespace(self, request: Request) -> Response:
        to_write = _asks_to_write(request)
        return self._permitted(self._lookup.account(request, to_write=to_write))

    async def check_job(self, request: Request) -> Response:
        to_write = _asks_to_write(request)
        return self._permitted(self._lookup.job(request, to_write=to_write).owner)

    async def create(self, request: Request) -> Response:
        account = self._lookup.account(request, to_write=True)
        job_request = read_job_request(await read_body(request))
        refuse_without_credit(account)
        return self._answer(self._keeper.create(account, job_request))

    async def inspect(self, request: Request) -> Response:
        return self._answer(self._lookup.job(request))

    async def cancel(self, request: Request) -> Response:
        job = self._live_job(request)
        self._keeper.cancel(job)
        return self._answer(job)

    async def duplicate(self, request: Request) -> Response:
        job = self._lookup.job(request, to_write=True)
        refuse_without_credit(job.owner)
        if job.request.secrets and not job.secrets_known:
            raise Refusal(409, SECRETS_NOT_KEPT)
        return self._answer(self._keeper.duplicate(job))

    async def label(self, request: Request) -> Response:
        job = self._lookup.job(request, to_write=True)
        job.relabel(read_labels_request(await read_body(request)))
        return self._answer(job)

    async def expose(self, request: Request) -> Response:
        job = self._live_job(request)
        job.expose(read_expose_request(await read_body(request)))
        return self._answer(job)

    async def logs(self, request: Request) -> Response:
        tail = read_tail(request)
        return LogStream(self._lookup.job(request).log, tail, self._keep_alive_seconds)

    async def metrics(self, request: Request) -> Response:
        job = self._lookup.job(request)
        if not job.live:
            raise Refusal(406, "Metrics are only available while the job is running")
        return MetricStream(job.metrics, self._keep_alive_seconds, silent=job.stage == "SCHEDULING")

    def _live_job(self, request: Request) -> Job:
        job = self._lookup.job(request, to_write=True)
        if not job.live:
            raise Refusal(400, f"Job {job.id} is already finished ({job.stage})")
        return job

    def _answer(self, job: Job) -> Response:
        return JSONResponse(job.as_json(self._clock.now()))

    def _permitted(self, account: Account) -> Response:
        return JSONResponse(
            {
                "namespace": {"id": account.id, "name": account.name},
                "user": {"id": self._user.id, "name": self._user.name},
            }
        )


def refuse_without_credit(account: Account) -> None:
    """Starting anything in a namespace that cannot pay is answered 402 (jobs-api.md §11)."""
    if not account.can_pay:
        raise Refusal(402, NO_CREDIT)


def _asks_to_write(request: Request) -> bool:
    permission = request.path_params["permission"]
    if permission not in PERMISSIONS:
        raise Refusal(400, "Invalid permission: must be one of " + ", ".join(PERMISSIONS))
    return bool(permission == "write")
