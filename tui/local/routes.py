"""Every endpoint, gathered; those that stand alone are answered here (jobs-api.md §1.1, §6, §14.6)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .billing_routes import BillingEndpoints
from .catalogue import catalogue_items
from .clock import Clock
from .identity import Identity
from .job_routes import JobEndpoints, JobKeeper
from .schedule_routes import ScheduleEndpoints
from .schedules import Scheduler
from .store import Store


class Endpoints:
    """Answers requests from what the hub knows; the doors are others' business."""

    def __init__(
        self,
        identity: Identity,
        store: Store,
        scheduler: Scheduler,
        keeper: JobKeeper,
        clock: Clock,
        keep_alive_seconds: float,
    ) -> None:
        self._identity = identity
        self._jobs = JobEndpoints(identity, store, keeper, clock, keep_alive_seconds)
        self._schedules = ScheduleEndpoints(identity, store, scheduler, clock)
        self._billing = BillingEndpoints(identity, store, clock)

    def routes(self) -> list[Route]:
        """Every path served; fixed names come before the patterns they would match."""
        return [
            Route("/api/whoami-v2", self.whoami),
            Route("/api/agent-harnesses", self.agent_harnesses),
            Route("/api/jobs/hardware", self.hardware),
            *self._jobs.routes(),
            *self._schedules.routes(),
            *self._billing.routes(),
        ]

    async def whoami(self, _request: Request) -> Response:
        return JSONResponse(self._identity.whoami())

    async def agent_harnesses(self, _request: Request) -> Response:
        return JSONResponse({"standardEnvVars": [], "harnesses": {}})

    async def hardware(self, _request: Request) -> Response:
        return JSONResponse(catalogue_items())
