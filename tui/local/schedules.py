"""Scheduled jobs: what is to run and when, and the clock that starts them (jobs-api.md §7)."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tui.domain.cron import ScheduleError, read_cron

from .clock import Clock, iso_millis
from .identity import Account
from .jobs import Job, JobRequest
from .simulation import Role

SETTLING_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 60.0
"""The system's clock may be set while a wait goes on."""


@dataclass(slots=True)
class Schedule:
    """One scheduled job."""

    id: str
    request: JobRequest
    owner: Account
    created_by: Account
    created_at: float
    expression: str
    suspended: bool = False
    concurrent: bool = False
    """Whether a run may begin while another goes on."""
    last_job: Job | None = None
    last_run_at: float | None = None
    role: Role | None = None
    """What its jobs play when they are only simulated."""
    _next_run_at: float | None = None

    def next_run_at(self, now_seconds: float) -> float:
        """When the clock will start it, infinity for never again; reckoned when it is first asked for."""
        if self._next_run_at is None:
            self.pass_by(now_seconds)
        assert self._next_run_at is not None
        return self._next_run_at

    def reschedule(self, expression: str) -> None:
        """Run at other times."""
        self.expression, self._next_run_at = expression, None

    def suspend(self, suspended: bool) -> None:
        """Hold or go on; what was missed meanwhile is not made up for."""
        self.suspended, self._next_run_at = suspended, None

    def relabel(self, labels: Mapping[str, str]) -> None:
        """Replace all labels."""
        self.request = replace(self.request, labels=labels)

    def pass_by(self, now_seconds: float) -> None:
        """The moment has come: look to the next."""
        self._next_run_at = math.inf
        with suppress(ScheduleError):  # a fault may put any text there
            runs = read_cron(self.expression).next_runs(datetime.fromtimestamp(now_seconds, UTC))
            self._next_run_at = runs.moments[0].timestamp() if runs.moments else math.inf

    @property
    def blocked(self) -> bool:
        """Whether a run goes on that no other may join."""
        return not self.concurrent and self.last_job is not None and self.last_job.live

    def as_json(self, now_seconds: float) -> dict[str, Any]:
        """The schedule as every endpoint returns it."""
        status: dict[str, Any] = {"lastJob": None}
        if self.last_job is not None and self.last_run_at is not None:
            status["lastJob"] = {"id": self.last_job.id, "at": iso_millis(self.last_run_at)}
        if (next_run_at := self.next_run_at(now_seconds)) != math.inf:
            status["nextJobRunAt"] = iso_millis(next_run_at)
        return {
            "type": "scheduled-job",
            "id": self.id,
            "createdAt": iso_millis(self.created_at),
            "schedule": self.expression,
            "suspend": self.suspended,
            "concurrency": self.concurrent,
            "status": status,
            "owner": self.owner.as_owner(),
            "initiator": self.created_by.as_owner(),
            "jobSpec": self.request.as_json(),
        }


class Scheduler:
    """All schedules, and the task that starts what is due."""

    def __init__(self, clock: Clock, start_job: Callable[[Schedule], Job]) -> None:
        self.on_change: Callable[[], None] | None = None
        """Called after each change that is to be kept."""
        self._clock = clock
        self._start_job = start_job
        self._schedules: dict[str, Schedule] = {}
        self._changed = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None

    def __iter__(self) -> Iterator[Schedule]:
        """The newest first."""
        return iter(sorted(self._schedules.values(), key=lambda one: one.created_at, reverse=True))

    def get(self, namespace: str, schedule_id: str) -> Schedule | None:
        """The schedule, if it is in that namespace."""
        schedule = self._schedules.get(schedule_id)
        return schedule if schedule is not None and schedule.owner.name == namespace else None

    def add(self, schedule: Schedule) -> None:
        """Take in a new schedule."""
        self._schedules[schedule.id] = schedule
        self.changed()

    def remove(self, schedule: Schedule) -> None:
        """Forget a schedule; the jobs it started stay."""
        del self._schedules[schedule.id]
        self.changed()

    def changed(self) -> None:
        """A schedule is not what it was, and another may be the next now."""
        self._changed.set()
        if self.on_change is not None:
            self.on_change()

    def run(self, schedule: Schedule) -> Job:
        """Start a job of a schedule now; the next run stays when it is."""
        schedule.last_run_at = self._clock.now()
        schedule.last_job = self._start_job(schedule)
        self.changed()
        return schedule.last_job

    def tick(self) -> None:
        """Start what is due; a run that is blocked is left out."""
        now = self._clock.now()
        for schedule in list(self._schedules.values()):
            if not schedule.suspended and schedule.next_run_at(now) <= now:
                schedule.pass_by(now)
                if not schedule.blocked:
                    self.run(schedule)

    def start(self) -> None:
        """Begin to watch the clock; on the server's loop."""
        self._watching = asyncio.create_task(self._watch(), name="schedules")

    async def stop(self) -> None:
        """Start nothing more."""
        if self._watching is not None:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching

    async def _watch(self) -> None:
        await asyncio.sleep(SETTLING_SECONDS)
        while True:
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._seconds_to_next()):
                    await self._changed.wait()
            self.tick()

    def _seconds_to_next(self) -> float:
        now = self._clock.now()
        waits = [one.next_run_at(now) - now for one in self._schedules.values() if not one.suspended]
        return max(0.0, min([*waits, LONGEST_WAIT_SECONDS]))
