"""The worker thread: nothing vanishes in it and nothing holds it."""

from __future__ import annotations

import asyncio
import concurrent.futures
import gc
import logging
import threading
import time
import warnings
from typing import Any

import anyio
import pytest

from tests.hub.conftest import Run
from tests.local_hub import LocalHub
from tests.waiting import until
from tui.domain.job import Job
from tui.domain.stream import LogLine, StreamState
from tui.hub.client import HubClient
from tui.hub.streams import follow_log
from tui.hub.thread import Handle, HubThread, run_blocking


class Nobody:
    """A sink that only counts."""

    def __init__(self) -> None:
        self.count = 0

    def lines(self, lines: list[LogLine]) -> None:
        self.count += len(lines)

    def state(self, state: StreamState) -> None: ...

    def restarted(self) -> None: ...


async def answer() -> int:
    return 42


async def crash() -> None:
    raise LookupError("lost")


async def for_ever() -> None:
    await asyncio.Event().wait()


def test_a_result_comes_back(hub_thread: HubThread) -> None:
    handle = hub_thread.submit(answer())
    assert handle.result(5) == 42
    assert handle.done


def test_a_crash_is_reported_and_written_down(
    hub_thread: HubThread, crashes: list[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "tui"):
        handle = hub_thread.submit(crash())
        until(lambda: crashes)
    assert isinstance(crashes[0], LookupError)
    assert "lost" in caplog.text
    with pytest.raises(LookupError):
        handle.result(5)


def test_cancelling_is_no_crash(hub_thread: HubThread, crashes: list[BaseException]) -> None:
    handle = hub_thread.submit(for_ever())
    handle.cancel()
    with pytest.raises(concurrent.futures.CancelledError):
        handle.result(5)
    assert hub_thread.submit(answer()).result(5) == 42
    assert crashes == []


def test_work_after_the_end_is_dropped_quietly(hub_thread: HubThread) -> None:
    hub_thread.stop()
    handle = hub_thread.submit(answer())
    assert handle.done
    hub_thread.stop()


def test_work_before_the_start_is_dropped_quietly() -> None:
    thread = HubThread()
    assert thread.submit(answer()).done
    thread.stop()


def test_a_blocking_call_gives_its_result_or_its_error(hub_thread: HubThread) -> None:
    def fail(word: str) -> None:
        raise LookupError(word)

    assert hub_thread.submit(run_blocking(sum, [1, 2])).result(5) == 3
    with pytest.raises(LookupError, match="gone"):
        hub_thread.submit(run_blocking(fail, "gone")).result(5)


def test_a_blocking_call_may_outlive_the_thread(hub_thread: HubThread) -> None:
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def block() -> None:
        begun.set()
        go_on.wait(10)
        done.set()

    handle = hub_thread.submit(run_blocking(block))
    assert begun.wait(5)
    hub_thread.stop()
    until(lambda: not hub_thread.alive)
    assert handle.done
    go_on.set()
    assert done.wait(5)


def test_leaving_waits_for_nothing(
    hub: LocalHub, client: HubClient, hub_thread: HubThread, run: Run[Any], crashes: list[BaseException]
) -> None:
    """A hanging request, an open silent stream and a blocked call, all in flight."""
    job_id = hub.add_job(lines=["one"])
    hub.fail("GET", "/api/whoami-v2", hang=True)
    sink, blocked = Nobody(), threading.Event()
    handles: list[Handle[Any]] = [
        hub_thread.submit(client.whoami()),
        hub_thread.submit(follow_log(client, Job(job_id, "RUNNING", hub.user), sink)),
        hub_thread.submit(run_blocking(blocked.wait, 30)),
    ]
    until(lambda: sink.count and any(request.path.endswith("whoami-v2") for request in hub.requests))
    began = time.perf_counter()
    hub_thread.stop()
    assert time.perf_counter() - began < 0.05
    until(lambda: all(handle.done for handle in handles) and not hub_thread.alive, 1.0)
    blocked.set()
    assert crashes == []


def test_a_coroutine_that_will_not_end_does_not_hold_the_leaving() -> None:
    thread, go_on = HubThread(), threading.Event()
    thread.start()
    started = threading.Event()

    async def stubborn() -> None:
        started.set()
        go_on.wait(10)

    thread.submit(stubborn())
    assert started.wait(5)
    began = time.perf_counter()
    thread.stop()
    assert time.perf_counter() - began < 0.05
    go_on.set()
    until(lambda: not thread.alive)


@pytest.mark.parametrize(
    "turns", [pytest.param(1, id="last of the loop"), pytest.param(2, id="first of the end")]
)
def test_leaving_while_a_connection_begins_leaves_no_warning(hub_thread: HubThread, turns: int) -> None:
    async def connect() -> None:
        await for_ever()

    async def open_connections() -> None:
        hub_thread.stop()
        for _ in range(turns):  # the loop ends with the first, the second is that which cancels
            await asyncio.sleep(0)
        async with anyio.create_task_group() as group:
            group.start_soon(connect)

    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        hub_thread.submit(open_connections())
        until(lambda: not hub_thread.alive, what="the end of the thread")
        gc.collect()
    assert [str(warning.message) for warning in warned] == []


def test_names_are_looked_up_without_an_executor(hub_thread: HubThread) -> None:
    async def look_up() -> list[Any]:
        return await asyncio.get_running_loop().getaddrinfo("localhost", 80)

    assert hub_thread.submit(look_up()).result(5)
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("asyncio_")]
