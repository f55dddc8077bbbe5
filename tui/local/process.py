"""A job's process beside its guard, as the hub holds it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

GUARD = Path(__file__).with_name("guard.py")
LAST_OUTPUT_SECONDS = 0.5
"""How long output may stay open after the end; something the guard could not kill may hold it."""
TERMINATE = b"T"
KILL = b"K"


class GuardedProcess:
    """One running job. The pipe to its guard carries the job, the wishes, and the hub's being alive."""

    def __init__(
        self,
        guard: subprocess.Popen[bytes],
        control: asyncio.WriteTransport,
        ended: asyncio.Future[None],
        output_ended: asyncio.Future[None],
        output: asyncio.ReadTransport,
    ) -> None:
        self._guard = guard
        self._control = control
        self._ended = ended
        self._output = output
        self._output_ended = output_ended

    @classmethod
    async def start(
        cls,
        argv: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        file_max_bytes: int | None,
        on_output: Callable[[bytes], None],
    ) -> GuardedProcess:
        """Start the job in its folder; its output comes in blocks, standard output and error as one."""
        loop = asyncio.get_running_loop()
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
        ended, output_ended = loop.create_future(), loop.create_future()
        control, _ = await loop.connect_write_pipe(lambda: _Control(ended), guard.stdin)
        output, _ = await loop.connect_read_pipe(lambda: _Output(on_output, output_ended), guard.stdout)
        control.write(_description(argv, environment, folder, file_max_bytes))
        return cls(guard, control, ended, output_ended, output)

    @property
    def pid(self) -> int:
        """The guard, below which the job's processes are."""
        return self._guard.pid

    def wish(self, wish: bytes) -> None:
        """Ask the guard to `TERMINATE` or `KILL` the whole group."""
        if not self._control.is_closing():
            self._control.write(wish)

    async def wait(self) -> int:
        """The exit status, once the job and all it started are gone and all output has come."""
        await self._ended
        await asyncio.wait({self._output_ended}, timeout=LAST_OUTPUT_SECONDS)
        self._control.close()
        self._output.close()
        status = self._guard.wait()
        return status if status >= 0 else 128 - status


def _description(
    argv: Sequence[str], environment: Mapping[str, str], folder: Path, file_max_bytes: int | None
) -> bytes:
    """The job as `guard.read_job` reads it."""
    pairs = [f"{name}={value}" for name, value in environment.items()]
    fields = [str(folder), str(file_max_bytes or 0), str(len(argv)), *argv, *pairs]
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
