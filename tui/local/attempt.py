"""One try at a job: its folder, its process, and the limits it runs under."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePath

from .allotment import allotment_of
from .clock import Clock
from .folders import remove_folder
from .jobs import TIMED_OUT, Job
from .lines import LineCutter
from .meter import Meter
from .process import KILL, TERMINATE, GuardedProcess
from .sandbox import Sandbox
from .terms import Terms
from .uv_advice import LINES_LOOKED_AT, advice
from .volumes import JobVolumes, Volumes

CANNOT_EXECUTE = 126


class Attempt:
    """Runs a job once; what becomes of the job after it is the runner's business."""

    def __init__(self, job: Job, sandbox: Sandbox, volumes: Volumes, clock: Clock, terms: Terms) -> None:
        self._job = job
        self._sandbox = sandbox
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
        except OSError as error:
            write([f"the local hub cannot start this job: {error.strerror}"])
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
        storage_bytes = allotment_of(job.request.flavor).storage_bytes
        process = await GuardedProcess.start(
            self._volumes.paths.argv(job.request.argv), environment, self._folder, storage_bytes, on_output
        )
        self._process = process
        if self._unwanted:
            process.wish(KILL)
        metering = asyncio.create_task(self._meter(process), name=f"metering of {job.id}")
        try:
            return await self._wait(process, seconds_left)
        finally:
            metering.cancel()
            with suppress(asyncio.CancelledError):
                await metering

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
            if sample.memory_used_bytes > sample.memory_total_bytes:
                self.out_of_memory = True
                process.wish(KILL)

    def _write(self, lines: list[str]) -> None:
        """Append to the log; a job whose log cannot be written is ended, or its work would go unseen."""
        try:
            self._job.log.append(lines, self._clock.now())
        except OSError as error:
            if self._job.live:
                self._job.finish("ERROR", f"Job log cannot be written: {error.strerror}", self._clock.now())
            self.kill()
