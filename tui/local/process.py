"""A job's process beside its guard, as the hub holds it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from .strays import Strays
from .terms import Limits

GUARD = Path(__file__).with_name("guard.py")
LAST_OUTPUT_SECONDS = 0.5
"""How long output may stay open after the end; something the guard could not kill may hold it."""
GUARD_PATIENCE_SECONDS = 3.0
"""How long a guard may take to kill the job, somewhat longer than it takes by itself."""
TERMINATE = b"T"
KILL = b"K"


class GuardedProcess:
    """One running job. The pipe to its guard carries the job, the wishes, and the hub's being alive."""

    def __init__(self, guard: subprocess.Popen[bytes], strays: Strays) -> None:
        loop = asyncio.get_running_loop()
        self._guard = guard
        self._strays = strays
        self._ended = loop.create_future()
        self._output_ended = loop.create_future()
        self._control: asyncio.WriteTransport | None = None
        self._output: asyncio.ReadTransport | None = None
        self.guard_was_killed = False
        """Whether the guard died of a signal, so that something of the job may be left."""

    @classmethod
    async def start(
        cls,
        argv: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        limits: Limits,
        strays: Strays,
        on_output: Callable[[bytes], None],
    ) -> GuardedProcess:
        """Start the job in its folder; its output comes in blocks, standard output and error as one.

        Raises:
            OSError: The guard cannot be started, or not be talked to; nothing is left of it then.
        """
        guard = subprocess.Popen(  # noqa: ASYNC220 - returns as soon as the guard is started
            [sys.executable, "-I", "-S", str(GUARD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
            env={},
            cwd="/",
            start_new_session=True,
        )
        strays.spare(guard.pid)
        process = cls(guard, strays)
        try:
            await process._connect(on_output)
            process._write(_description(argv, environment, folder, limits))
        except BaseException:
            process.abandon()
            raise
        return process

    @property
    def pid(self) -> int:
        """The guard, below which the job's processes are."""
        return self._guard.pid

    def wish(self, wish: bytes) -> None:
        """Ask the guard to `TERMINATE` or `KILL` the whole group; it is killed if it does not in time."""
        if self._ended.done():
            return
        if wish == KILL:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGCONT)  # a job can stop its guard
            asyncio.get_running_loop().call_later(GUARD_PATIENCE_SECONDS, self._kill_guard)
        self._write(wish)

    async def wait(self) -> int:
        """The exit status, once the job and all it started are gone and all output has come."""
        await self._ended
        await asyncio.wait({self._output_ended}, timeout=LAST_OUTPUT_SECONDS)
        self._close()
        status = self._guard.wait()
        self._strays.forget(self.pid)
        self.guard_was_killed = status < 0
        return status if status >= 0 else 128 - status

    def abandon(self) -> None:
        """Let go of a process that nobody will wait for."""
        self._close()
        if self._guard.returncode is None:
            self._guard.kill()
            self._guard.wait()
            self.guard_was_killed = True
        self._strays.forget(self.pid)

    async def _connect(self, on_output: Callable[[bytes], None]) -> None:
        loop = asyncio.get_running_loop()
        self._control, _ = await loop.connect_write_pipe(lambda: _Control(self._ended), self._guard.stdin)
        self._output, _ = await loop.connect_read_pipe(
            lambda: _Output(on_output, self._output_ended), self._guard.stdout
        )

    def _write(self, data: bytes) -> None:
        if self._control is not None and not self._control.is_closing():
            self._control.write(data)

    def _close(self) -> None:
        for transport, pipe in ((self._control, self._guard.stdin), (self._output, self._guard.stdout)):
            if transport is not None:
                transport.close()
            elif pipe is not None:
                pipe.close()

    def _kill_guard(self) -> None:
        if not self._ended.done():
            self._guard.kill()


def _description(argv: Sequence[str], environment: Mapping[str, str], folder: Path, limits: Limits) -> bytes:
    """The job as `guard.read_job` reads it."""
    pairs = [f"{name}={value}" for name, value in environment.items()]
    numbers = (limits.file_bytes, limits.data_bytes, limits.tasks, len(argv))
    fields = [str(folder), *map(str, numbers), *argv, *pairs]
    payload = b"".join(os.fsencode(field) + b"\0" for field in fields)
    return b"%08x" % len(payload) + payload


class _Control(asyncio.BaseProtocol):
    """Notices the end of the guard: nobody is left at the other end of the pipe."""

    def __init__(self, ended: asyncio.Future[None]) -> None:
        self._ended = ended

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._ended.done():
            self._ended.set_result(None)


class _Output(asyncio.Protocol):
    """Hands on what the job writes."""

    def __init__(self, on_output: Callable[[bytes], None], ended: asyncio.Future[None]) -> None:
        self._on_output = on_output
        self._ended = ended

    def data_received(self, data: bytes) -> None:
        self._on_output(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._ended.done():
            self._ended.set_result(None)
