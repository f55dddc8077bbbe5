"""The hub thread, a client of the local hub, and a mailbox in place of the application."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import pytest
from textual.message import Message

from tests.hub.conftest import client, crashes, hub_thread, run
from tests.waiting import until

__all__ = ["Mailbox", "client", "crashes", "hub_thread", "mailbox", "run"]

M = TypeVar("M", bound=Message)


class Mailbox:
    """Keeps every message posted to it, in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._messages: list[Message] = []

    def post(self, message: Message) -> bool:
        with self._lock:
            self._messages.append(message)
        return True

    def all(self, kind: type[M]) -> list[M]:
        """The messages of a kind so far."""
        with self._lock:
            return [message for message in self._messages if isinstance(message, kind)]

    def wait_for(self, kind: type[M], fits: Callable[[M], object] = lambda message: True) -> M:
        """The first message of a kind that fits, waited for."""
        until(lambda: any(fits(message) for message in self.all(kind)), 10, f"a {kind.__name__}")
        return next(message for message in self.all(kind) if fits(message))

    def clear(self) -> None:
        """Forget what came so far."""
        with self._lock:
            self._messages.clear()


@pytest.fixture
def mailbox() -> Mailbox:
    """An empty mailbox."""
    return Mailbox()
