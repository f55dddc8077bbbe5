"""A job gets so many processes and so much memory; a fork bomb or a hog ends with a word in its log.

The bombs here go off at a few dozen processes and could never become more than some hundred.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.local.conftest import Caller
from tests.local.test_queue import calling
from tests.local.test_runner import texts, words_of_end
from tests.waiting import until
from tui.local.terms import DEFAULT_TASKS

BOMB = """
import os, time
for _ in range(8):
    os.fork()
if os.fork() == 0:
    os.setsid()
time.sleep(600)
"""
"""512 processes at most."""
FLAT_BOMB = """
import os, time
for _ in range(300):
    if os.fork() == 0:
        os.setsid()
        break
time.sleep(600)
"""
THREADS = """
import threading, time
for _ in range(200):
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
time.sleep(600)
"""
ENDED = "local hub: ended, it had "
LIMITS = "import resource as r; print(r.getrlimit(r.RLIMIT_DATA)[0], r.getrlimit(r.RLIMIT_NPROC)[0])"
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the guard of processes")


def of_job(caller: Caller, job_id: str) -> list[psutil.Process]:
    """The processes that carry the mark of a job."""
    mark = str(caller.hub.folder / "jobs" / job_id)

    def carries(process: psutil.Process) -> bool:
        try:
            return process.environ().get("HF_JOBS_LOCAL_HUB") == mark
        except psutil.Error:
            return False

    return [process for process in psutil.process_iter() if carries(process)]


@only_linux
@pytest.mark.parametrize("code", [BOMB, FLAT_BOMB, THREADS], ids=["bomb", "flat", "threads"])
def test_a_job_with_too_many_tasks_is_ended_and_it_is_said(code: str) -> None:
    with calling(tasks=40) as caller:
        quiet = caller.start("sleep", "600")
        job_id = caller.start("python", "-c", code)
        job = caller.wait_for(job_id)
        assert words_of_end(job) == ("ERROR", "Job failed with exit code: 137. Reason: Error.")
        (said,) = [line for line in texts(caller, job_id) if line.startswith(ENDED)]
        assert said.endswith("and may have 40 (--max-tasks)")
        assert of_job(caller, job_id) == []
        assert caller.job(quiet)["status"]["stage"] == "RUNNING"


@only_linux
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start the hub as another user")
def test_whoever_is_not_root_is_refused_by_the_system_itself() -> None:
    """The limits of the guard alone, for a user who has no process so far."""
    script = """
import os, sys
from tui.local.guard import set_limits
os.setgid(65534)
os.setuid(65534)
set_limits(0, 0, 20)
refused = 0
for _ in range(60):
    try:
        if os.fork() == 0:
            os.read(0, 1)
            os._exit(0)
    except BlockingIOError:
        refused += 1
print(refused)
"""
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=reader,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    os.close(reader)
    assert process.stdout is not None
    with process:
        refused = int(process.stdout.readline())
        os.close(writer)
    assert 60 - 20 <= refused < 60


def test_a_job_that_stays_within_its_tasks_is_left_alone() -> None:
    with calling(tasks=40) as caller:
        code = "import os\nfor _ in range(120):\n p = os.fork()\n if not p: os._exit(0)\n os.waitpid(p, 0)"
        assert words_of_end(caller.wait_for(caller.start("python", "-c", code))) == ("COMPLETED", None)


@only_linux
def test_what_is_asked_for_is_bounded_by_default_and_generously(caller: Caller) -> None:
    (line,) = texts(caller, caller.start("python", "-c", LIMITS))
    data, tasks = map(int, line.split())
    assert data >= 4 * min(16 * 10**9, psutil.virtual_memory().total) * 0.99
    assert DEFAULT_TASKS < tasks < DEFAULT_TASKS + 100_000


@only_linux
def test_a_hog_that_asks_for_all_at_once_is_refused_by_the_system() -> None:
    with calling(memory_bytes=100_000_000, metering_seconds=600) as caller:
        job_id = caller.start("python", "-c", "bytearray(2_000_000_000)")
        assert words_of_end(caller.wait_for(job_id))[0] == "ERROR"
        assert texts(caller, job_id)[-1] == "MemoryError"


def test_hogs_that_share_the_work_are_counted_together() -> None:
    code = "import os, time; os.fork(); os.fork(); data = bytearray(b'x') * 40_000_000; time.sleep(600)"
    with calling(memory_bytes=100_000_000) as caller:
        job_id = caller.start("python", "-c", code)
        assert words_of_end(caller.wait_for(job_id)) == (
            "ERROR",
            "Job failed with exit code: 137. Reason: OOMKilled",
        )
        until(lambda: of_job(caller, job_id) == [])


def test_no_limit_can_be_asked_for() -> None:
    with calling(tasks=None) as caller:
        code = "import resource as r; print(r.getrlimit(r.RLIMIT_NPROC)[0])"
        (line,) = texts(caller, caller.start("python", "-c", code))
        import resource

        assert int(line) == resource.getrlimit(resource.RLIMIT_NPROC)[0]


def test_processes_are_counted_where_there_is_no_guard_to_do_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS: the guard is told of no limit, the hub counts with psutil."""
    from tui.local.attempt import Attempt
    from tui.local.terms import Limits

    monkeypatch.setattr("tui.local.attempt.ON_LINUX", False)
    monkeypatch.setattr(Attempt, "_limits", lambda _self: Limits())
    with calling(tasks=10) as caller:
        job_id = caller.start("sh", "-c", "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 600 & done; wait")
        caller.wait_for(job_id)
        (said,) = [line for line in texts(caller, job_id) if line.startswith(ENDED)]
        assert said == "local hub: ended, it had 13 processes and may have 10 (--max-tasks)"
