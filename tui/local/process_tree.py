"""What the processes of one job use together, as psutil tells.

Imported only when a job has run for a moment: psutil takes longer to load than the hub takes to start.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Use:
    """What is used at one moment."""

    cpus: float
    """Processors kept busy since the last look."""
    memory_bytes: int
    """Resident memory of all processes; pages they share are counted for each."""
    processes: int


class ProcessTree:
    """Everything below the guard of a job; the guard itself is the hub's."""

    def __init__(self, guard_pid: int) -> None:
        self._guard_pid = guard_pid
        self._looked_at = time.monotonic()
        self._cpu_seconds = 0.0

    def look(self) -> Use:
        """Add up what there is; processes that are gone by now count for what they left their parents."""
        cpu_seconds, memory_bytes, processes = 0.0, 0, 0
        with suppress(psutil.Error):
            guard = psutil.Process(self._guard_pid)
            for process in (guard, *guard.children(recursive=True)):
                processes += process is not guard
                with suppress(psutil.Error):
                    times = process.cpu_times()
                    cpu_seconds += times.user + times.system
                    cpu_seconds += times.children_user + times.children_system
                    if process is not guard:
                        memory_bytes += process.memory_info().rss
        now = time.monotonic()
        busy, passed = cpu_seconds - self._cpu_seconds, now - self._looked_at
        self._cpu_seconds, self._looked_at = cpu_seconds, now
        return Use(max(0.0, busy) / passed if passed > 0 else 0.0, memory_bytes, processes)


def machine_cpus() -> int:
    """Processors of this machine."""
    return os.cpu_count() or 1


def machine_memory_bytes() -> int:
    """Memory of this machine."""
    return int(psutil.virtual_memory().total)
