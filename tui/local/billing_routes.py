"""What the user's jobs cost (jobs-api.md §9): by the catalogue's prices, as the Hub would bill them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .catalogue import catalogue_items
from .clock import Clock, iso_millis
from .identity import Identity
from .jobs import Job
from .store import Store


class BillingEndpoints:
    """Answers about money; nothing is ever billed."""

    def __init__(self, identity: Identity, store: Store, clock: Clock) -> None:
        self._user = identity.user
        self._store = store
        self._clock = clock

    def routes(self) -> list[Route]:
        """Every path."""
        return [Route("/api/settings/billing/usage/jobs", self.usage)]

    async def usage(self, _request: Request) -> Response:
        """Each job of the user, not of organisations, that ran in the current month."""
        now = self._clock.now()
        begin, end = month_around(now)
        prices = {str(item["name"]): int(item["unitCostMicroUSD"]) for item in catalogue_items()}
        details = [
            _detail(job, prices.get(job.request.flavor, 0), now)
            for job in self._store
            if job.owner == self._user and job.started_at is not None and job.started_at >= begin
        ]
        usage = {
            "usedMicroUsd": sum(detail["totalCostMicroUsd"] for detail in details),
            "totalMinutes": round(sum(detail["totalMinutes"] for detail in details), 2),
            "periodStart": iso_millis(begin),
            "periodEnd": iso_millis(end),
            "jobDetails": details,
        }
        return JSONResponse({"usage": usage, "hasAccess": True})


def month_around(now_seconds: float) -> tuple[float, float]:
    """The first moment of the month in UTC, and of the next."""
    first = datetime.fromtimestamp(now_seconds, UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return first.timestamp(), following.timestamp()


def _detail(job: Job, micro_usd_per_minute: int, now_seconds: float) -> dict[str, Any]:
    assert job.started_at is not None
    end = now_seconds if job.finished_at is None else job.finished_at
    minutes = max(0.0, end - job.started_at) / 60
    completed = {} if job.finished_at is None else {"completedAt": iso_millis(job.finished_at)}
    return {
        "jobId": job.id,
        "hardwareFlavor": job.request.flavor,
        "totalMinutes": round(minutes, 2),
        "totalCostMicroUsd": round(minutes * micro_usd_per_minute),
        "startedAt": iso_millis(job.started_at),
    } | completed
