"""The lives of jobs that really run: queued, started, tried again, ended, cleared away."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from pathlib import Path

from .attempt import Attempt
from .clock import Clock
from .jobs import WAITING_FOR_HARDWARE, Job
from .replies import reason
from .sandbox import Sandbox
from .strays import Strays
from .terms import Terms
from .volumes import Volumes

logger = logging.getLogger(__name__)
STOPPED = "The local hub was stopped"


class Runner:
    """Runs jobs as processes on the server's loop, one task for each, so many at a time."""

    def __init__(self, root: Path, volumes: Volumes, clock: Clock, terms: Terms, strays: Strays) -> None:
        self._root = root
        self._strays = strays
        self._sandbox = Sandbox(root)
        self._volumes = volumes
        self._clock = clock
        self._terms = terms
        self._slots = asyncio.Semaphore(terms.slots)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._waiting: set[str] = set()
        """Jobs without an attempt, whose task can just be cancelled."""
        self._attempts: dict[str, Attempt] = {}
        self._launched = False
        self._stopping = False

    @property
    def running_count(self) -> int:
        """Jobs that are being tried."""
        return len(self._attempts)

    def launch(self, job: Job) -> None:
        """Take on a job: it waits in SCHEDULING for a slot, then runs."""
        job.message = WAITING_FOR_HARDWARE
        self._waiting.add(job.id)
        self._launched = True
        task = asyncio.create_task(self._live(job), name=f"job {job.id}")
        self._tasks[job.id] = task
        task.add_done_callback(lambda _task: self._tasks.pop(job.id, None))

    def cancel(self, job: Job) -> None:
        """End a live job: for the client at once, for its processes after TERM and, if need be, KILL."""
        job.finish("CANCELED", None, self._clock.now())
        if (attempt := self._attempts.get(job.id)) is not None:
            attempt.end()
        elif job.id in self._waiting:
            self._tasks[job.id].cancel()
            job.log.end()
        elif job.id not in self._tasks:
            job.log.end()

    async def stop(self) -> int:
        """Kill every job; returns how many there were."""
        self._stopping = self._volumes.stopping = True
        count = len(self._tasks)
        for job_id, task in list(self._tasks.items()):
            if (attempt := self._attempts.get(job_id)) is not None:
                attempt.kill()
            elif job_id in self._waiting:
                task.cancel()
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()))
        if self._launched:
            await self._strays.end(str(self._root))
        return count

    async def _live(self, job: Job) -> None:
        try:
            await asyncio.sleep(self._terms.scheduling_seconds)
            async with self._slots:
                await self._run(job)
        except asyncio.CancelledError:
            if self._stopping and job.live:
                job.finish("CANCELED", STOPPED, self._clock.now())
            raise
        except OSError as error:
            self._give_up(job, error)
        except Exception as error:
            logger.exception("job %s", job.id)
            self._give_up(job, error)
        finally:
            self._waiting.discard(job.id)
            job.log.end()

    async def _run(self, job: Job) -> None:
        """Try until the job is over."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + job.request.timeout_seconds
        job.begin(self._clock.now())
        while True:
            attempt = self._attempts[job.id] = Attempt(
                job, self._sandbox, self._volumes, self._clock, self._terms, self._strays
            )
            self._waiting.discard(job.id)
            try:
                status = await attempt.run(deadline - loop.time())
                self._settle(job, status, out_of_memory=attempt.out_of_memory)
            finally:
                del self._attempts[job.id]
                self._waiting.add(job.id)
                if not job.live:
                    job.log.end()
                await attempt.clear()
            if not job.live:
                return
            await asyncio.sleep(self._terms.retry_seconds)
            job.log.mark_start(self._clock.now())

    def _give_up(self, job: Job, error: Exception) -> None:
        """End a job that the hub failed at: whatever it was, it must not seem to run on."""
        words = f"The local hub cannot run this job: {reason(error)}"
        if job.live:
            job.finish("ERROR", words, self._clock.now())
        with suppress(OSError):
            job.log.append([f"local hub: {words[0].lower()}{words[1:]}"], self._clock.now())

    def _settle(self, job: Job, status: int, *, out_of_memory: bool) -> None:
        """The stage and words for an exit status (jobs-api.md §2.2), unless another attempt is left."""
        now = self._clock.now()
        if not job.live:
            return
        if self._stopping:
            job.finish("CANCELED", STOPPED, now)
        elif status == 0:
            job.finish("COMPLETED", None, now)
        elif job.failure_count + 1 < job.request.attempts:
            job.fail_attempt()
        else:
            reason = "OOMKilled" if out_of_memory else "Error."
            job.finish("ERROR", f"Job failed with exit code: {status}. Reason: {reason}", now)
