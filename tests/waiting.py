"""Waiting with a limit, for what another process or thread is about to do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

STEP_SECONDS = 0.005


def until(predicate: Callable[[], object], seconds: float = 5.0, what: str = "") -> None:
    """Return as soon as the predicate holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not predicate():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what or predicate}")
        pause.wait(STEP_SECONDS)
