"""A hub thread of the test's own, and a client of the local hub on it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import CancelledError
from typing import Any, TypeVar

import pytest

from tests.local_hub import LocalHub
from tests.waiting import until
from tui.hub.client import HubClient
from tui.hub.credentials import Token
from tui.hub.thread import HubThread

T = TypeVar("T")
WAIT_SECONDS = 10.0

Run = Callable[[Coroutine[Any, Any, T]], T]


@pytest.fixture
def crashes() -> list[BaseException]:
    """What escaped coroutines of the hub thread."""
    return []


@pytest.fixture
def hub_thread(crashes: list[BaseException]) -> Iterator[HubThread]:
    """A started hub thread that is gone after the test."""
    thread = HubThread(crashes.append)
    thread.start()
    yield thread
    thread.stop()
    until(lambda: not thread.alive, what="the hub thread ends")


@pytest.fixture
def client(hub: LocalHub, hub_thread: HubThread) -> Iterator[HubClient]:
    """A client of the local hub, closed after the test."""
    client = HubClient(hub.endpoint, lambda: Token(hub.token, "the test"))
    yield client
    with contextlib.suppress(CancelledError):  # the test has ended the thread itself
        hub_thread.submit(client.close()).result(WAIT_SECONDS)


@pytest.fixture
def run(hub_thread: HubThread) -> Run[Any]:
    """Runs a coroutine on the hub thread and gives its result or raises its error."""
    return lambda coroutine: hub_thread.submit(coroutine).result(WAIT_SECONDS)
