"""Whose log to look at next, so that the column of last lines keeps up with few requests."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.job import Job


class LastLines:
    """One of the jobs on the screen at a time: each once, then the live ones again, longest waiting first."""

    def __init__(self) -> None:
        self._looked: dict[str, int] = {}
        self._final: set[str] = set()
        self._turn = 0

    def next(self, on_screen: Sequence[Job]) -> Job | None:
        """The job to look at now; None when nothing on the screen can have a line that is not known."""
        able = [job for job in on_screen if job.id not in self._final and job.started_at is not None]
        if not able:
            return None
        job = min(able, key=lambda one: self._looked.get(one.id, 0))
        self._turn += 1
        self._looked[job.id] = self._turn
        if not job.live:
            self._final.add(job.id)
        return job
