"""The worker thread all network traffic lives on: one daemon thread, one asyncio loop, cancellable handles.

The interface never waits for it and never parses for it. Leaving must not wait for anything either, so
nothing here runs in an executor: what exists only as a blocking call (name look-ups, uploads) gets a plain
daemon thread, which the interpreter does not join.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import socket
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Generic, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")

_JOIN_SECONDS = 0.020
_START_SECONDS = 5.0
_log = logging.getLogger(__name__)


class Handle(Generic[T]):
    """A coroutine at work on the hub thread, seen from any other thread."""

    def __init__(self, future: concurrent.futures.Future[T]) -> None:
        self._future = future

    def cancel(self) -> None:
        """End it now: the sockets it holds are closed. Does nothing once it is done."""
        self._future.cancel()

    @property
    def done(self) -> bool:
        """Whether it has ended, in whatever way."""
        return self._future.done()

    def result(self, timeout_seconds: float) -> T:
        """Its result or its exception, waited for: for tests, never for the interface thread."""
        return self._future.result(timeout_seconds)


class HubThread:
    """One daemon thread with an asyncio loop of its own, started explicitly.

    `on_crash` is called on the hub thread with whatever escapes a coroutine, beside the entry in the log.
    """

    def __init__(self, on_crash: Callable[[BaseException], object] | None = None) -> None:
        self._on_crash = on_crash
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="hub", daemon=True)

    def start(self) -> None:
        """Start the thread and return once its loop takes work."""
        self._thread.start()
        self._running.wait(_START_SECONDS)

    @property
    def alive(self) -> bool:
        """Whether the thread is at work."""
        return self._thread.is_alive()

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Handle[T]:
        """Run a coroutine on the hub thread; before `start()` and after `stop()` it is dropped, cancelled."""
        loop = self._loop
        if loop is not None and not self._stopped:
            try:
                future = asyncio.run_coroutine_threadsafe(coroutine, loop)
            except RuntimeError:
                _log.debug("work came while the hub thread ended")
            else:
                future.add_done_callback(self._report)
                return Handle(future)
        coroutine.close()
        dropped: concurrent.futures.Future[T] = concurrent.futures.Future()
        dropped.cancel()
        return Handle(dropped)

    def stop(self) -> None:
        """Cancel everything and end the loop, waiting 20 ms at most; never raises, harmless when repeated."""
        first, self._stopped = not self._stopped, True
        if not first or self._loop is None:
            return
        try:
            self._loop.call_soon_threadsafe(self._loop.stop)
        except RuntimeError:
            return
        if threading.current_thread() is not self._thread:
            self._thread.join(_JOIN_SECONDS)

    def _run(self) -> None:
        loop = self._loop = _HubLoop()
        loop.set_exception_handler(_log_trouble)
        loop.call_soon(self._running.set)
        try:
            loop.run_forever()
            loop.run_until_complete(end_others())
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            loop.close()

    def _report(self, future: concurrent.futures.Future[Any]) -> None:
        """The thread's edge: what escapes a coroutine that nobody waits for is written down and reported."""
        crash = None if future.cancelled() else future.exception()
        if crash is None:
            return
        _log.error("a coroutine of the hub thread failed", exc_info=crash)
        if self._on_crash is not None:
            self._on_crash(crash)


async def run_blocking(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a blocking function on a daemon thread of its own and wait for it on the loop.

    Cancelling stops the waiting only; the function runs on and its outcome is dropped.
    """
    outcome: concurrent.futures.Future[T] = concurrent.futures.Future()

    def work() -> None:
        if not outcome.set_running_or_notify_cancel():
            return
        try:
            outcome.set_result(function(*args, **kwargs))
        except Exception as failure:  # noqa: BLE001 - a thread's edge: handed on to whoever awaits
            outcome.set_exception(failure)

    waiting = asyncio.wrap_future(outcome)
    threading.Thread(target=work, name="hub-blocking", daemon=True).start()
    return await waiting


class _HubLoop(asyncio.SelectorEventLoop):
    """A loop whose name look-ups take no executor thread, so that a hanging one cannot hold the exit."""

    async def getaddrinfo(
        self, host: Any, port: Any, *, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0
    ) -> list[Any]:
        return await run_blocking(socket.getaddrinfo, host, port, family, type, proto, flags)


async def end_others() -> None:
    """Cancel all that is at work on this loop and wait until it has ended, what it begins meanwhile included.

    The tasks of a group are left to the group: anyio wraps each, and one that is cancelled before it began
    leaves a coroutine that was never awaited, which Python would write into the user's terminal.
    """
    import anyio  # there already when anything has been connected, else not worth a start

    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        grouped = {task.id for task in anyio.get_running_tasks() if task.parent_id is not None}
        for task in [task for task in others if id(task) not in grouped] or others:
            task.cancel()
        await asyncio.wait(others)


def _log_trouble(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    _log.error("hub loop: %s", context.get("message"), exc_info=context.get("exception"))
