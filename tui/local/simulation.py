"""Jobs that only seem to run: their logs and figures are made up, on accelerators this machine has not.

A role says what a job prints and when. Nothing of it is written before somebody reads the log, so a hub
full of history starts as fast as an empty one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from .clock import Clock
from .jobs import TIMED_OUT, WAITING_FOR_HARDWARE, Job
from .logs import JobLog
from .metrics import Sample
from .replies import reason

TICK_SECONDS = 1.0


class Script(Protocol):
    """What a simulated job prints."""

    @property
    def duration_seconds(self) -> float:
        """After so long the job is over by itself."""

    def lines(self, begin: float, end: float) -> Iterator[tuple[float, str]]:
        """Lines and their moments, in seconds since the start, from `begin` and before `end`."""


class Load(Protocol):
    """What a simulated job uses."""

    def sample(self, job: Job, elapsed_seconds: float) -> Sample:
        """The figures so many seconds after the start."""


@dataclass(frozen=True, slots=True)
class Role:
    """All that a simulated job does."""

    script: Script
    load: Load | None = None
    failure: str | None = None
    """The words for its end, when it fails; without, it completes."""
    waits_seconds: float | None = 8.0
    """In SCHEDULING; None is for ever."""
    requeued_every_seconds: float | None = None
    """A job that waits is put on a machine again and again, which fails each time before it runs."""


@dataclass(slots=True)
class _Act:
    """A role played by a job, and how far its log is written."""

    job: Job
    role: Role
    written_seconds: float = 0.0
    markers: int = 0

    def write(self, until: float) -> None:
        """Bring the log up to a moment."""
        started_at = self.job.started_at
        if started_at is None:
            self._mark_requeues(until)
            return
        lines = self.role.script.lines(self.written_seconds, until - started_at)
        self.job.log.append_timed((started_at + offset, text) for offset, text in lines)
        self.written_seconds = max(self.written_seconds, until - started_at)

    def _mark_requeues(self, until: float) -> None:
        while (at := self._requeue(self.markers)) is not None and at <= until:
            self.job.log.mark_start(at)
            self.markers += 1

    def _requeue(self, number: int) -> float | None:
        every = self.role.requeued_every_seconds
        return None if every is None else self.job.created_at + (number + 0.5) * every

    def count_failures(self, now_seconds: float) -> None:
        """A requeue means that the attempt before has failed."""
        every = self.role.requeued_every_seconds
        if every is not None and self.job.started_at is None:
            self.job.failure_count = max(0, int((now_seconds - self.job.created_at) / every - 0.5))


class Simulation:
    """Keeps the simulated jobs that are alive going, once a second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._live: dict[str, _Act] = {}
        self._roles: dict[str, Role] = {}
        self._ticking: asyncio.Task[None] | None = None

    @property
    def live_count(self) -> int:
        """Simulated jobs that have not ended."""
        return len(self._live)

    def role_of(self, job: Job) -> Role | None:
        """What a job plays, if it is a simulated one."""
        return self._roles.get(job.id)

    def add(self, job: Job, role: Role) -> None:
        """Give a job its role; the log of what it did so far is written at the first look."""
        act = _Act(job, role)
        self._roles[job.id] = role

        def prepare(log: JobLog) -> None:
            if job.started_at is not None:
                log.mark_start(job.started_at)
            act.write(self._clock.now() if job.finished_at is None else job.finished_at)

        job.log.prepare_with(prepare)
        if job.live:
            act.count_failures(self._clock.now())
            self._live[job.id] = act
        else:
            job.log.end()

    def launch(self, job: Job, role: Role) -> None:
        """Let a new job play a role from the beginning; on the server's loop."""
        job.message = WAITING_FOR_HARDWARE
        self._roles[job.id] = role
        self._live[job.id] = _Act(job, role)
        self.start()

    def start(self) -> None:
        """Begin to tick, if anything is alive; on the server's loop."""
        if self._live and self._ticking is None:
            self._ticking = asyncio.create_task(self._tick_on(), name="simulated jobs")

    async def stop(self) -> None:
        """Stand still."""
        if self._ticking is not None:
            self._ticking.cancel()
            with suppress(asyncio.CancelledError):
                await self._ticking

    def cancel(self, job: Job) -> bool:
        """End a job if it is a simulated one."""
        act = self._live.pop(job.id, None)
        if act is None:
            return False
        job.finish("CANCELED", None, self._clock.now())
        with suppress(OSError):  # canceled it is, also without its last lines
            self._close(act, self._clock.now())
        return True

    def tick(self) -> None:
        """Let each job print what is due, and end what is over."""
        now = self._clock.now()
        for act in list(self._live.values()):
            try:
                if act.job.started_at is None:
                    self._wait(act, now)
                if act.job.started_at is not None:
                    self._play(act, now, act.job.started_at)
            except OSError as error:
                self._live.pop(act.job.id, None)
                act.job.log.end()
                act.job.finish("ERROR", f"Job log cannot be written: {reason(error)}", now)

    def _wait(self, act: _Act, now: float) -> None:
        waits_seconds = act.role.waits_seconds
        if waits_seconds is not None and now >= act.job.created_at + waits_seconds:
            act.job.begin(act.job.created_at + waits_seconds)
        elif act.job.log.prepared:
            act.write(now)
        act.count_failures(now)

    def _play(self, act: _Act, now: float, started_at: float) -> None:
        job = act.job
        done_at = started_at + act.role.script.duration_seconds
        ends_at = min(done_at, started_at + job.request.timeout_seconds)
        if now < ends_at:
            if job.log.prepared:
                act.write(now)
            if job.metrics.watched and act.role.load is not None:
                job.metrics.publish(act.role.load.sample(job, now - started_at))
            return
        del self._live[job.id]
        self._close(act, ends_at)
        if ends_at < done_at:
            job.finish("ERROR", TIMED_OUT, ends_at)
        elif act.role.failure is not None:
            job.finish("ERROR", act.role.failure, ends_at)
        else:
            job.finish("COMPLETED", None, ends_at)

    def _close(self, act: _Act, at_seconds: float) -> None:
        if act.job.log.prepared:
            act.write(at_seconds)
        act.job.log.end()

    async def _tick_on(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self.tick()
