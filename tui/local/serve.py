"""The hub as a program: says where it is, serves, and takes its jobs with it when it leaves."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket

from .clock import Clock, SystemClock
from .faults import Fault
from .hub import Hub, HubSettings
from .log_limit import LOG_MAX_BYTES, LogLimit
from .replies import reason
from .server import LOOPBACK, LoopbackServer, allow_open_files, listen
from .state_file import StateError
from .strays import adopt_orphans
from .terms import DEFAULT_SLOTS, DEFAULT_TASKS, Terms

STANDS_IN = (
    "Local hub: jobs run as processes of this machine. Images are recorded but not pulled, "
    "accelerators are not present."
)
STATE_IS_NOT_KEPT = (
    "State is not kept: jobs, logs, schedules and buckets end with the hub. --state DIR keeps them."
)


@dataclass(frozen=True, slots=True)
class HubOptions:
    """What whoever starts the hub can choose."""

    port: int = 0
    """0 lets the system choose."""
    state: Path | None = None
    """The folder in which to keep what the hub knows; None forgets it at the end."""
    demo: bool = False
    """Fill the hub with a believable history."""
    token: str | None = field(default=None, repr=False)
    """None is the one that was kept, or a new one."""
    until_stdin_closes: bool = False
    """Also stop when standard input ends, as it does when the parent dies."""
    scheduling_seconds: float = 1.0
    grace_seconds: float = 5.0
    slots: int = DEFAULT_SLOTS
    """Jobs that run at the same time."""
    memory_bytes: int | None = None
    """The most a job may use; None is what its flavor has."""
    tasks: int | None = DEFAULT_TASKS
    """Processes and threads of a job; None is no limit."""
    log_bytes: int | None = LOG_MAX_BYTES
    """How large the log of a job may become; None is no limit."""
    faults: Sequence[Fault] = ()
    """What shall go wrong."""
    clock: Clock = field(default_factory=SystemClock)


def run(options: HubOptions) -> int:
    """Serve until told to stop; returns the exit status."""
    try:
        listener = listen(options.port)
    except (OSError, OverflowError) as error:
        _say(f"Cannot listen on {LOOPBACK}:{options.port}: {getattr(error, 'strerror', error)}")
        return 1
    allow_open_files()
    terms = Terms(
        options.scheduling_seconds,
        options.grace_seconds,
        slots=options.slots,
        memory_bytes=options.memory_bytes,
        tasks=options.tasks,
        log_limit=None if options.log_bytes is None else LogLimit(options.log_bytes),
    )
    faults = tuple(options.faults)
    settings = HubSettings(
        options.token,
        terms=terms,
        demo=options.demo,
        clock=options.clock,
        faults=faults,
        state=options.state,
        adopting=adopt_orphans(),
    )
    try:
        hub = Hub(settings)
    except (OSError, StateError) as error:
        listener.close()
        words = "Cannot start with this state" if options.state else "Cannot make the folder of the local hub"
        _say(f"{words}: {reason(error)}")
        return 1
    return asyncio.run(_serve(hub, listener, options))


async def _serve(hub: Hub, listener: socket, options: HubOptions) -> int:
    port = listener.getsockname()[1]
    server = LoopbackServer(hub.app, on_started=lambda: _announce(port, hub.token, options))
    leaving = _Leaving(server)
    hub.start()
    with leaving.noticing(options.until_stdin_closes):
        await server.serve(sockets=[listener])
        stopped = await hub.stop()
    _say(f"Local hub stopped, {_counted(stopped)} stopped with it." if stopped else "Local hub stopped.")
    return leaving.exit_status


def _announce(port: int, token: str, options: HubOptions) -> None:
    """The two lines that point `hf` at the hub, and what the hub is, for whoever reads along."""
    with suppress(OSError):
        print(f"export HF_ENDPOINT=http://{LOOPBACK}:{port}\nexport HF_TOKEN={token}", flush=True)  # noqa: T201
    _say(STANDS_IN)
    if options.state is not None:
        _say(f"State is kept in {options.state}.")
    elif not options.demo:
        _say(STATE_IS_NOT_KEPT)


def _counted(jobs: int) -> str:
    return "1 job" if jobs == 1 else f"{jobs} jobs"


def _say(words: str) -> None:
    """A line for people; there may be nobody left to read it."""
    with suppress(OSError):
        print(words, file=sys.stderr, flush=True)  # noqa: T201


class _Leaving:
    """Stops the server on a signal or at the end of standard input, and knows the exit status for it."""

    def __init__(self, server: LoopbackServer) -> None:
        self._server = server
        self.exit_status = 0

    @contextmanager
    def noticing(self, standard_input: bool) -> Iterator[None]:
        """Watch for reasons to leave while the server serves."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        for number in signals:
            loop.add_signal_handler(number, self._leave, number)
        if standard_input:
            with suppress(PermissionError):  # a file, which does not close
                loop.add_reader(0, self._read_standard_input)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)
            loop.remove_reader(0)

    def _leave(self, number: int) -> None:
        self.exit_status = 0 if number == signal.SIGINT else 128 + number
        self._server.stop()

    def _read_standard_input(self) -> None:
        if not os.read(0, 4096):
            asyncio.get_running_loop().remove_reader(0)
            self._server.stop()
