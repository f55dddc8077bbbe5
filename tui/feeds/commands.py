"""Wishes from any thread, carried out on the loop of the hub thread in the order they came."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)


class Commands:
    """A queue that is open before the loop runs, and direct once it does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._early: list[Callable[[], None]] = []

    def attach(self) -> None:
        """Called on the loop: carry out what came early, take the rest directly from now on."""
        with self._lock:
            self._loop = asyncio.get_running_loop()
            early, self._early = self._early, []
        for command in early:
            command()

    def send(self, command: Callable[[], None]) -> None:
        """Have a command carried out; dropped when the hub thread has ended."""
        with self._lock:
            if self._loop is None:
                self._early.append(command)
                return
        try:
            self._loop.call_soon_threadsafe(command)
        except RuntimeError:
            _log.debug("a wish came after the hub thread had ended")
