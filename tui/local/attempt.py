"""One try at a job: its folder, its process, and the limits it runs under."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path, PurePath

from .allotment import allotment_of
from .clock import Clock
from .folders import remove_folder
from .jobs import TIMED_OUT, Job
from .lines import LineCutter
from .meter import Meter
from .metrics import Sample
from .process import KILL, TERMINATE, GuardedProcess
from .replies import reason
from .sandbox import Sandbox
from .strays import Strays
from .terms import DATA_SLACK, Limits, Terms
from .uv_advice import LINES_LOOKED_AT, advice
from .volumes import JobVolumes, Volumes

CANNOT_EXECUTE = 126
ON_LINUX = sys.platform == "linux"
"""Where the guard of a job sees all of its processes; elsewhere it ends its group and counts nothing."""
GUARD_KILLED = "local hub: the process that guards this job was killed, and the job with it"


class Attempt:
    """Runs a job once; what becomes of the job after it is the runner's business."""

    def __init__(
        self, job: Job, sandbox: Sandbox, volumes: Volumes, clock: Clock, terms: Terms, strays: Strays
    ) -> None:
        self._job = job
        self._sandbox = sandbox
        self._strays = strays
        self._all_volumes = volumes
        self._volumes: JobVolumes | None = None
        self._clock = clock
        self._terms = terms
        self._folder: Path | None = None
        self._process: GuardedProcess | None = None
        self._unwanted = False
        self.out_of_memory = False
        """Whether it was killed for using more memory than it may."""

    async def run(self, seconds_left: float) -> int:
        """The exit status; a job whose time ran out is finished by then."""
        cutter, last_lines = LineCutter(), deque[str](maxlen=LINES_LOOKED_AT)
        runs_uv = PurePath(self._job.request.argv[0]).name == "uv"

        def write(lines: list[str]) -> None:
            last_lines.extend(lines if runs_uv else ())
            self._write(lines)

        try:
            status = await self._run(lambda block: write(cutter.feed(block)), seconds_left)
        except (OSError, RuntimeError, MemoryError) as error:  # a thread that cannot start is a RuntimeError
            write([f"the local hub cannot start this job: {reason(error)}"])
            status = CANNOT_EXECUTE
        write(cutter.flush())
        if self._volumes is not None:
            await self._volumes.save(lambda line: self._write([line]))
        if status and runs_uv:
            write(advice(last_lines))
        return status

    def end(self) -> None:
        """Ask the processes to go, and see to it that they do."""
        if self._process is None:
            self._unwanted = True
            return
        self._process.wish(TERMINATE)
        asyncio.get_running_loop().call_later(self._terms.grace_seconds, self._process.wish, KILL)

    def kill(self) -> None:
        """End the processes now."""
        self._unwanted = True
        if self._process is not None:
            self._process.wish(KILL)

    async def clear(self) -> None:
        """Remove the folder."""
        if self._folder is not None:
            await asyncio.to_thread(remove_folder, self._folder)

    async def _run(self, on_output: Callable[[bytes], None], seconds_left: float) -> int:
        job = self._job
        self._folder = self._sandbox.make_folder(job)
        self._volumes = await self._all_volumes.lay_out(
            job.request.volumes, self._folder, lambda line: self._write([line])
        )
        environment = self._sandbox.environment(job, self._folder, self._volumes.paths)
        argv = self._volumes.paths.argv(job.request.argv)
        process = await GuardedProcess.start(
            argv, environment, self._folder, self._limits(), self._strays, on_output
        )
        self._process = process
        if self._unwanted:
            process.wish(KILL)
        metering = asyncio.create_task(self._meter(process), name=f"metering of {job.id}")
        try:
            status = await self._wait(process, seconds_left)
        finally:
            metering.cancel()
            await asyncio.gather(metering, return_exceptions=True)
            process.abandon()
            if process.guard_was_killed or not ON_LINUX:
                await self._strays.end(str(self._folder))
        if process.guard_was_killed:
            self._write([GUARD_KILLED])
        return status

    def _limits(self) -> Limits:
        allotment, terms = allotment_of(self._job.request.flavor), self._terms
        most = terms.memory_bytes or os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        memory_bytes = min(allotment.memory_bytes or most, most)
        return Limits(allotment.storage_bytes or 0, memory_bytes * DATA_SLACK, terms.tasks or 0)

    async def _wait(self, process: GuardedProcess, seconds_left: float) -> int:
        """The exit status; a job that is still there at its time limit is made to end."""
        ending = asyncio.create_task(process.wait())
        for limit_seconds, wish in ((max(0.0, seconds_left), TERMINATE), (self._terms.grace_seconds, KILL)):
            await asyncio.wait({ending}, timeout=limit_seconds)
            if ending.done():
                break
            if self._job.live:
                self._job.finish("ERROR", TIMED_OUT, self._clock.now())
            process.wish(wish)
        return await ending

    async def _meter(self, process: GuardedProcess) -> None:
        """Publish what the job uses, and end it when that is too much memory."""
        replica = secrets.token_hex(3)[:5]
        await asyncio.sleep(self._terms.metering_seconds)
        meter = await asyncio.to_thread(
            Meter, process.pid, self._job.request.flavor, replica, self._terms.memory_bytes
        )
        while True:
            await asyncio.sleep(self._terms.metering_seconds)
            sample = await asyncio.to_thread(meter.sample)
            self._job.metrics.publish(sample)
            if self._exceeded(sample, meter.processes):
                process.wish(KILL)
                return

    def _exceeded(self, sample: Sample, processes: int) -> bool:
        """Whether the job uses more than it may; on Linux it is the guard that counts the processes."""
        if sample.memory_used_bytes > sample.memory_total_bytes:
            self.out_of_memory = True
            return True
        if ON_LINUX or self._terms.tasks is None or processes <= self._terms.tasks:
            return False
        words = f"it had {processes:,} processes and may have {self._terms.tasks:,} (--max-tasks)"
        self._write([f"local hub: ended, {words}"])
        return True

    def _write(self, lines: list[str]) -> None:
        """Append to the log; a job whose log cannot be written is ended, or its work would go unseen."""
        try:
            self._job.log.append(lines, self._clock.now())
        except OSError as error:
            if self._job.live:
                self._job.finish("ERROR", f"Job log cannot be written: {reason(error)}", self._clock.now())
            self.kill()
