"""The lives of jobs that really run: scheduled, started, limited, ended, cleared away."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .clock import Clock
from .jobs import WAITING_FOR_HARDWARE, Job
from .lines import LineCutter
from .process import KILL, TERMINATE, GuardedProcess
from .sandbox import Sandbox

TIMEOUT_MESSAGE = "Job timeout"


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the moments around a job last."""

    scheduling_seconds: float = 1.0
    grace_seconds: float = 5.0
    """Between TERM and KILL."""


class Runner:
    """Runs jobs as processes on the server's loop, one task for each."""

    def __init__(self, root: Path, clock: Clock, pace: Pace) -> None:
        self._sandbox = Sandbox(root)
        self._clock = clock
        self._pace = pace
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._waiting: set[str] = set()
        """Jobs that have not yet begun to start."""
        self._processes: dict[str, GuardedProcess] = {}
        self._stopping = False

    @property
    def running_count(self) -> int:
        """Jobs that have a process."""
        return len(self._processes)

    def launch(self, job: Job) -> None:
        """Take on a job: it waits a moment in SCHEDULING, then runs."""
        job.message = WAITING_FOR_HARDWARE
        self._waiting.add(job.id)
        task = asyncio.create_task(self._live(job), name=f"job {job.id}")
        self._tasks[job.id] = task
        task.add_done_callback(lambda _task: self._tasks.pop(job.id, None))

    def cancel(self, job: Job) -> None:
        """End a live job: for the client at once, for its processes after TERM and, if need be, KILL."""
        job.finish("CANCELED", None, self._clock.now())
        if (process := self._processes.get(job.id)) is not None:
            process.wish(TERMINATE)
            asyncio.get_running_loop().call_later(self._pace.grace_seconds, process.wish, KILL)
        elif job.id in self._waiting:
            self._tasks[job.id].cancel()
            job.log.end()
        elif job.id not in self._tasks:
            job.log.end()

    async def stop(self) -> int:
        """Kill every job; returns how many there were."""
        self._stopping = True
        count = len(self._tasks)
        for job_id, task in list(self._tasks.items()):
            if (process := self._processes.get(job_id)) is not None:
                process.wish(KILL)
            elif job_id in self._waiting:
                task.cancel()
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()))
        return count

    async def _live(self, job: Job) -> None:
        try:
            await asyncio.sleep(self._pace.scheduling_seconds)
        finally:
            self._waiting.discard(job.id)
        folder = self._sandbox.make_folder(job)
        job.begin(self._clock.now())
        try:
            await self._run(job, folder)
        except OSError as error:
            job.log.append([f"the local hub cannot start this job: {error.strerror}"], self._clock.now())
            if job.live:
                job.finish("ERROR", "Job failed to start", self._clock.now())
        finally:
            job.log.end()
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _run(self, job: Job, folder: Path) -> None:
        cutter = LineCutter()

        def on_output(block: bytes) -> None:
            job.log.append(cutter.feed(block), self._clock.now())

        environment = self._sandbox.environment(job, folder)
        process = await GuardedProcess.start(job.request.argv, environment, folder, on_output)
        self._processes[job.id] = process
        if self._stopping or not job.live:
            process.wish(KILL)
        try:
            status = await self._wait(job, process)
        finally:
            del self._processes[job.id]
        job.log.append(cutter.flush(), self._clock.now())
        if job.live:
            self._settle(job, status)

    async def _wait(self, job: Job, process: GuardedProcess) -> int:
        """The exit status; a job that is still there at its time limit is made to end."""
        ending = asyncio.create_task(process.wait())
        for limit_seconds, wish in (
            (job.request.timeout_seconds, TERMINATE),
            (self._pace.grace_seconds, KILL),
        ):
            await asyncio.wait({ending}, timeout=limit_seconds)
            if ending.done():
                break
            if job.live:
                job.finish("ERROR", TIMEOUT_MESSAGE, self._clock.now())
            process.wish(wish)
        return await ending

    def _settle(self, job: Job, status: int) -> None:
        """The stage and words for an exit status (jobs-api.md §2.2)."""
        if self._stopping:
            job.finish("CANCELED", None, self._clock.now())
        elif status == 0:
            job.finish("COMPLETED", None, self._clock.now())
        else:
            words = f"Job failed with exit code: {status}. Reason: Error."
            job.finish("ERROR", words, self._clock.now())


def remove_folder(folder: Path) -> None:
    """Clear away what the hub wrote; what cannot be removed is left."""
    with suppress(OSError):
        shutil.rmtree(folder)
