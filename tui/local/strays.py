"""Processes of a job that its guard can no longer end, since the job killed its guard.

Every process of a job carries a mark in its environment, by which it is found wherever it moved. One that
cleans its environment is found on Linux all the same: orphans become children of the hub, which is their
subreaper. A process is one of the hub's own when it is a guard or belongs to the hub's session; no process of
a job can join that.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

MARK = "HF_JOBS_LOCAL_HUB"
"""The variable that holds the folder of the job, below the folder of its hub."""
PATIENCE_SECONDS = 3.0
PAUSE_SECONDS = 0.01
PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> bool:
    """Let orphans below this process become its children; False where the system cannot."""
    if sys.platform != "linux":
        return False
    try:
        return bool(ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


class Strays:
    """Ends what is left of jobs whose guard is gone."""

    def __init__(self, *, adopting: bool) -> None:
        """`adopting` tells that this process, all of it the hub's, adopts orphans."""
        self._adopting = adopting
        self._guards: set[int] = set()

    def spare(self, guard: int) -> None:
        """A guard was started; to be called before anything is awaited."""
        self._guards.add(guard)

    def forget(self, guard: int) -> None:
        """A guard is gone."""
        self._guards.discard(guard)

    async def end(self, mark: str) -> None:
        """End everything that carries the mark, and every orphan; on the server's loop."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            found = await asyncio.to_thread(end_marked, mark)
            found += self._end_orphans()
            if not found:
                return
            await asyncio.sleep(PAUSE_SECONDS)

    def _end_orphans(self) -> int:
        if not self._adopting:
            return 0
        import psutil

        orphans = [child for child in psutil.Process().children() if self._is_orphan(child.pid)]
        trees = [child for orphan in orphans for child in _below(orphan)]
        count = _kill([*orphans, *trees])
        for orphan in orphans:
            with suppress(ChildProcessError):
                os.waitpid(orphan.pid, os.WNOHANG)
        return count

    def _is_orphan(self, child: int) -> bool:
        if child in self._guards:
            return False
        try:
            return os.getsid(child) != os.getsid(0)
        except ProcessLookupError:
            return False


def end_marked(mark: str) -> int:
    """End every process that carries the mark or one of a folder below it; returns how many there were."""
    import psutil

    return _kill(process for process in psutil.process_iter() if _carries(process, mark))


def _carries(process: psutil.Process, mark: str) -> bool:
    import psutil

    if process.pid == os.getpid():
        return False
    try:
        carried = process.environ().get(MARK, "")
    except (psutil.Error, OSError):  # another user's, or gone, or on macOS one of the system's own
        return False
    return carried == mark or carried.startswith(mark + os.sep)


def _below(process: psutil.Process) -> list[psutil.Process]:
    import psutil

    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _kill(processes: Iterable[psutil.Process]) -> int:
    """Stop all before killing them one by one, so that none can start another meanwhile."""
    import psutil

    found = list(processes)
    signals: tuple[Callable[[psutil.Process], None], ...] = (psutil.Process.suspend, psutil.Process.kill)
    for send in signals:
        for process in found:
            with suppress(psutil.Error):
                send(process)
    return len(found)
