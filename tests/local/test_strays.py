"""A job that kills or stops the guard beside it leaves no process behind all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psutil
import pytest

from tests.local.conftest import Caller
from tests.local.test_runner import alive, texts, words_of_end
from tests.local.test_serve import Served, serving
from tests.waiting import until
from tui.local.folders import PREFIX, remove_abandoned_folders
from tui.local.strays import MARK, Strays, end_marked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a guard that sees all")

KILL_GUARD = """
import os, signal, subprocess, sys, time
child = "import os, time; os.setsid(); time.sleep(600)"
environment = {} if CLEANED else None
children = [subprocess.Popen([sys.executable, "-c", child], env=environment).pid for _ in range(3)]
print(os.getpid(), *children, flush=True)
time.sleep(0.2)
os.kill(os.getppid(), signal.SIGKILL)
time.sleep(600)
"""
STOP_GUARD = """
import os, signal, time
print(os.getpid(), flush=True)
while True:
    os.kill(os.getppid(), signal.SIGSTOP)
    time.sleep(0.001)
"""
GUARD_KILLED = "local hub: the process that guards this job was killed, and the job with it"


def pids(line: str) -> list[int]:
    return [int(number) for number in line.split()]


def test_a_job_that_kills_its_guard_ends_with_its_children(caller: Caller) -> None:
    """Here the hub is a thread of the tests, which adopts nothing: the mark alone finds them."""
    job_id = caller.start("python", "-c", KILL_GUARD.replace("CLEANED", "False"))
    job = caller.wait_for(job_id)
    first, last = texts(caller, job_id)
    assert words_of_end(job) == ("ERROR", "Job failed with exit code: 137. Reason: Error.")
    assert last == GUARD_KILLED
    assert alive(*pids(first)) == []


@pytest.fixture
def served() -> Iterator[Served]:
    with serving() as served:
        yield served


def start(served: Served, *command: str) -> str:
    """Start a job; returns the first line of its log."""
    body = {"dockerImage": "python:3.12", "command": list(command), "flavor": "cpu-basic"}
    with httpx2.Client(base_url=served.endpoint, headers=served.headers, trust_env=False) as http:
        job_id = http.post("/api/jobs/ada", json=body).json()["id"]
        with http.stream("GET", f"/api/jobs/ada/{job_id}/logs") as reply:
            lines = (line for line in reply.iter_lines() if line)
            next(lines)
            return next(lines).partition('"data":"')[2].partition('"')[0]


@pytest.mark.parametrize("cleaned", [False, True])
def test_the_hub_adopts_what_cleaned_its_environment(served: Served, cleaned: bool) -> None:
    processes = pids(start(served, "python", "-c", KILL_GUARD.replace("CLEANED", str(cleaned))))
    assert len(processes) == 4
    until(lambda: not alive(*processes))
    until(lambda: psutil.Process(served.process.pid).children() == [])  # not a zombie of them either


def test_what_the_hub_and_other_jobs_need_is_spared(served: Served) -> None:
    quiet = pids(start(served, "sh", "-c", "echo $$; sleep 600"))
    processes = pids(start(served, "python", "-c", KILL_GUARD.replace("CLEANED", "True")))
    until(lambda: not alive(*processes))
    assert alive(*quiet) == quiet
    assert httpx2.get(served.endpoint + "/api/jobs/hardware", trust_env=False).status_code == 200


def test_the_guard_killed_from_outside_is_the_end_of_the_job(served: Served) -> None:
    (process,) = pids(start(served, "sh", "-c", "setsid sleep 600 & echo $$; exec sleep 600"))
    guard = psutil.Process(process).parent()
    assert guard is not None
    tree = [child.pid for child in guard.children(recursive=True)]
    until(lambda: len(guard.children(recursive=True)) == 2)
    guard.kill()
    until(lambda: not alive(*tree))


def test_a_job_that_stops_its_guard_can_be_canceled(caller: Caller) -> None:
    job_id = caller.start("python", "-c", STOP_GUARD)
    until(lambda: caller.hub.job(job_id).log.size_bytes > 120)
    caller.http.post(f"/api/jobs/ada/{job_id}/cancel")
    (process, *_) = pids(texts(caller, job_id)[0])
    until(lambda: not alive(process), seconds=10)


def test_a_job_that_stops_its_guard_does_not_hold_up_the_end_of_the_hub(served: Served) -> None:
    processes = pids(start(served, "python", "-c", STOP_GUARD))
    served.process.terminate()
    assert served.process.wait(10) == 128 + signal.SIGTERM
    until(lambda: not alive(*processes))


def test_the_next_hub_ends_what_a_dead_one_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = tmp_path / f"{PREFIX}dead"
    folder.mkdir()
    (folder / "hub.lock").touch()
    left = subprocess.Popen(["sleep", "600"], env={MARK: str(folder / "jobs/1")})
    others = subprocess.Popen(["sleep", "600"], env={MARK: f"{folder}-other/jobs/1"})
    try:
        remove_abandoned_folders()
        assert left.wait(5) == -signal.SIGKILL
        assert others.poll() is None
        assert not folder.exists()
    finally:
        left.kill()
        others.kill()
        left.wait()
        others.wait()


def test_a_mark_names_its_folder_and_those_below_only() -> None:
    processes = [
        subprocess.Popen(["sleep", "600"], env={MARK: mark}) for mark in ("/x/a", "/x/a/b", "/x/ab", "/x")
    ]
    try:
        assert end_marked("/x/a") == 2
        assert [process.wait(5) for process in processes[:2]] == [-signal.SIGKILL] * 2
        assert [process.poll() for process in processes[2:]] == [None, None]
    finally:
        for process in processes:
            process.kill()
            process.wait()


async def test_nothing_left_is_found_at_once() -> None:
    await Strays(adopting=False).end(f"/nowhere/{os.getpid()}")
