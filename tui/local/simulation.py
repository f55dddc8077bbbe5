"""Jobs that only seem to run: their logs are made up, on accelerators this machine has not.

A script says what a job prints and when. Nothing of it is written before somebody reads the log, so a hub
full of history starts as fast as an empty one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from .clock import Clock
from .jobs import TIMED_OUT, Job
from .logs import JobLog

TICK_SECONDS = 1.0


class Script(Protocol):
    """What a simulated job prints."""

    @property
    def duration_seconds(self) -> float:
        """After so long the job is COMPLETED by itself."""

    def lines(self, begin: float, end: float) -> Iterator[tuple[float, str]]:
        """Lines and their moments, in seconds since the start, from `begin` and before `end`."""


@dataclass(slots=True)
class _Act:
    """A script in the role of a job, and how far its log is written."""

    job: Job
    script: Script
    written_seconds: float = 0.0

    def write(self, until: float) -> None:
        """Bring the log up to a moment."""
        started_at = self.job.started_at
        if started_at is None:
            return
        lines = self.script.lines(self.written_seconds, until - started_at)
        self.job.log.append_timed((started_at + offset, text) for offset, text in lines)
        self.written_seconds = max(self.written_seconds, until - started_at)


class Simulation:
    """Keeps the simulated jobs that are alive going, once a second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._live: dict[str, _Act] = {}
        self._ticking: asyncio.Task[None] | None = None

    @property
    def live_count(self) -> int:
        """Simulated jobs that have not ended."""
        return len(self._live)

    def add(self, job: Job, script: Script) -> None:
        """Give a job its role; the log of what it did so far is written at the first look."""
        act = _Act(job, script)

        def prepare(log: JobLog) -> None:
            if job.started_at is not None:
                log.mark_start(job.started_at)
                act.write(self._clock.now() if job.finished_at is None else job.finished_at)

        job.log.prepare_with(prepare)
        if job.live:
            self._live[job.id] = act
        else:
            job.log.end()

    def start(self) -> None:
        """Begin to tick, if anything is alive; on the server's loop."""
        if self._live:
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
        self._close(act, self._clock.now())
        job.finish("CANCELED", None, self._clock.now())
        return True

    def tick(self) -> None:
        """Let each job print what is due, and end what is over."""
        now = self._clock.now()
        for job_id, act in list(self._live.items()):
            job, started_at = act.job, act.job.started_at
            if started_at is None:
                continue
            done_at = started_at + act.script.duration_seconds
            ends_at = min(done_at, started_at + job.request.timeout_seconds)
            if now < ends_at:
                if job.log.prepared:
                    act.write(now)
                continue
            del self._live[job_id]
            self._close(act, ends_at)
            if ends_at == done_at:
                job.finish("COMPLETED", None, ends_at)
            else:
                job.finish("ERROR", TIMED_OUT, ends_at)

    def _close(self, act: _Act, at_seconds: float) -> None:
        if act.job.log.prepared:
            act.write(at_seconds)
        act.job.log.end()

    async def _tick_on(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self.tick()
