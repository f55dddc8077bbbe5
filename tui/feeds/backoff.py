"""How long to wait after failures: doubled each time, shaken a little, never shorter than the Hub says."""

from __future__ import annotations

import random
from collections.abc import Callable

MOST_SECONDS = 60.0
_MOST_TOLD_SECONDS = 600.0
"""A Hub that names a longer wait than its own windows have is asked again all the same."""


def shaken() -> float:
    """A factor that keeps many dashboards from coming back in one moment."""
    return random.uniform(0.8, 1.2)  # noqa: S311 - no secret hangs on it


class Backoff:
    """The waits after a run of failures."""

    def __init__(self, first_seconds: float, jitter: Callable[[], float] = shaken) -> None:
        self._first_seconds = first_seconds
        self._jitter = jitter
        self._failures = 0

    def reset(self) -> None:
        """It worked: start small again."""
        self._failures = 0

    def next_seconds(self, told_seconds: float | None = None) -> float:
        """The wait after one more failure; `told_seconds` is what the Hub asked for."""
        doubled = self._first_seconds * 2.0 ** min(self._failures, 10)
        self._failures += 1
        own = min(MOST_SECONDS, doubled) * self._jitter()
        return max(own, min(told_seconds or 0.0, _MOST_TOLD_SECONDS))
