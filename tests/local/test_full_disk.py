"""A job always ends: whatever step of its life the system refuses, it says why and is not live any more."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.local.conftest import Caller
from tests.local.test_queue import calling
from tests.local.test_runner import texts, words_of_end
from tests.waiting import until
from tui.local.clock import SystemClock
from tui.local.identity import ADA
from tui.local.jobs import Job, JobRequest
from tui.local.logs import JobLog
from tui.local.simulation import Role, Simulation, _Act

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
TOO_MANY = BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
NO_MEMORY = OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))
NO_THREAD = RuntimeError("can't start new thread")


def refusing(error: BaseException) -> Callable[..., NoReturn]:
    """What the system does when it has no more of something."""

    def refuse(*_args: Any, **_keywords: Any) -> NoReturn:
        raise error

    return refuse


STEPS = [
    pytest.param("tui.local.sandbox.Sandbox.make_folder", FULL, id="folder"),
    pytest.param("tui.local.sandbox.Sandbox.environment", FULL, id="shims"),
    pytest.param("tui.local.volumes.Volumes.lay_out", FULL, id="volumes"),
    pytest.param("tui.local.volumes.Volumes.lay_out", NO_THREAD, id="thread"),
    pytest.param("subprocess.Popen", TOO_MANY, id="fork"),
    pytest.param("subprocess.Popen", NO_MEMORY, id="memory"),
    pytest.param("tui.local.process.GuardedProcess._connect", OSError(errno.EMFILE, "no files"), id="pipes"),
    pytest.param("tui.local.logs.JobLog._extend", FULL, id="log"),
    pytest.param("tui.local.logs.JobLog.mark_start", FULL, id="marker"),
    pytest.param("tui.local.attempt.Attempt.clear", FULL, id="clearing"),
]


@pytest.mark.parametrize(("step", "error"), STEPS)
def test_a_job_that_is_refused_at_any_step_ends_with_the_reason(
    caller: Caller, monkeypatch: pytest.MonkeyPatch, step: str, error: Exception
) -> None:
    """Also one with attempts left."""
    monkeypatch.setattr(step, refusing(error))
    for attempts in (1, 2):
        job_id = caller.start("true", attempts=attempts)
        job = caller.wait_for(job_id)
        said = (job["status"]["message"] or "") + "".join(caller.events(job_id))
        if step.endswith("clear"):
            assert job["status"]["stage"] == "COMPLETED"
        else:
            assert job["status"]["stage"] == "ERROR"
            assert (error.strerror if isinstance(error, OSError) else str(error)) in said
    monkeypatch.undo()
    job_id = caller.start("echo", arguments=["on"])
    assert words_of_end(caller.wait_for(job_id)) == ("COMPLETED", None)
    assert texts(caller, job_id) == ["on"]
    assert caller.hub.call(lambda: caller.hub.state.runner.running_count) == 0


def test_a_defect_ends_the_job_too(
    caller: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("tui.local.attempt.Attempt.run", refusing(KeyError("what nobody thought of")))
    job = caller.wait_for(caller.start("true"))
    assert words_of_end(job)[0] == "ERROR"
    assert "cannot run this job" in str(words_of_end(job)[1])
    assert "what nobody thought of" in caplog.text


def test_a_guard_that_cannot_fork_says_so(caller: Caller) -> None:
    """The guard of this job may have no other process beside it."""
    code = """
import os, resource, runpy, sys
import tui.local.guard as guard
def refuse():
    raise BlockingIOError(11, "Resource temporarily unavailable")
guard.os.fork = refuse
payload = b"/\\0" + b"0\\0" * 3 + b"1\\0true\\0"
reader, writer = os.pipe()
os.write(writer, b"%08x" % len(payload) + payload)
os.dup2(reader, 0)
sys.exit(guard.main())
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=10, check=False
    )
    assert (done.returncode, done.stderr) == (
        126,
        "the local hub cannot start this job: Resource temporarily unavailable\n",
    )


def test_a_refused_write_leaves_no_half_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = JobLog(tmp_path / "log")
    log.mark_start(0)
    size, write = log.size_bytes, os.pwrite

    def write_half(descriptor: int, data: memoryview, offset: int) -> int:
        if len(data) < 50:
            raise FULL
        return write(descriptor, data[: len(data) // 2], offset)

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", write_half)
        with pytest.raises(OSError, match="No space"):
            log.append(["a line that is half written", "and another"], 1)
    assert (log.size_bytes, (tmp_path / "log").stat().st_size) == (size, size)
    log.append(["room again"], 2)
    log.end()
    assert (tmp_path / "log").read_bytes().count(b"\n\n") == 2


def test_a_log_that_was_never_made_reads_as_empty(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.local.logs.JobLog._extend", refusing(FULL))
    job_id = caller.start("true")
    caller.wait_for(job_id)
    for query in ({}, {"tail": 3}):
        reply = caller.http.get(f"/api/jobs/ada/{job_id}/logs", params=query)
        assert (reply.status_code, reply.text) == (200, "")


def test_a_log_that_is_gone_is_no_defect_of_the_hub(caller: Caller) -> None:
    job_id = caller.start("echo")
    caller.wait_for(job_id)
    until(lambda: caller.hub.job(job_id).log.ended)
    shutil.rmtree(caller.hub.folder / "logs")
    reply = caller.http.get(f"/api/jobs/ada/{job_id}/logs")
    assert (reply.status_code, reply.json()["error"]) == (
        503,
        "The local hub cannot do this now: No such file or directory",
    )


class Talking:
    """A script without an end."""

    duration_seconds = 1e9

    def lines(self, begin: float, end: float) -> Iterator[tuple[float, str]]:
        return iter([(begin, "x")])


class Filling(JobLog):
    """A log whose disk can be full."""

    full = False

    def _extend(self, events: bytes) -> None:
        if self.full:
            raise FULL
        super()._extend(events)


def test_simulated_jobs_end_too_and_do_not_hold_up_others(tmp_path: Path) -> None:
    clock = SystemClock()
    simulation = Simulation(clock)
    logs = [Filling(tmp_path / name) for name in "ab"]
    jobs = [Job(str(log), JobRequest(("x",)), ADA, ADA, clock.now() - 60, log) for log in logs]
    for job in jobs:
        simulation._live[job.id] = _Act(job, Role(Talking()))
    logs[0].full = True
    simulation.tick()
    assert (jobs[0].stage, jobs[0].message) == ("ERROR", "Job log cannot be written: No space left on device")
    assert jobs[1].live
    logs[1].full = True
    assert simulation.cancel(jobs[1])
    assert (jobs[1].stage, jobs[1].message) == ("CANCELED", None)
    assert simulation.live_count == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB; mounting one takes root."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount a disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("mount") is None, reason="needs tmpfs")
def test_on_a_disk_that_is_really_full(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(small_disk))
    with calling() as caller:
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            file.writelines(repeat(b"x" * 4096))
        jobs = [caller.start("true") for _ in range(3)]
        ends = [words_of_end(caller.wait_for(job_id)) for job_id in jobs]
        assert ends == [("ERROR", "The local hub cannot run this job: No space left on device")] * 3
        replies = [
            caller.http.post("/api/buckets/ada/files"),
            caller.http.get("/api/buckets/ada/files/xet-write-token"),
            caller.http.get("/api/buckets/ada/files/xet-read-token"),
            *(caller.http.get(f"/api/jobs/ada/{job_id}/logs") for job_id in jobs),
        ]
        assert {reply.status_code for reply in replies} <= {200, 507}
        filler.unlink()
        assert words_of_end(caller.wait_for(caller.start("true"))) == ("COMPLETED", None)
        chatty = caller.start("sh", "-c", "while :; do echo chatter; done")
        stage, words = words_of_end(caller.wait_for(chatty))
        assert (stage, words) == ("ERROR", "Job log cannot be written: No space left on device")
        assert all('"data":"' in event for event in caller.events(chatty))


def test_a_hub_without_a_place_for_its_files_says_so(tmp_path: Path) -> None:
    code = (
        "import sys, tempfile; tempfile.tempdir = sys.argv[1]\n"
        "from tui.local.serve import HubOptions, run\n"
        "sys.exit(run(HubOptions()))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(tmp_path / "missing")],
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Cannot make the folder of the local hub: No such file or directory\n"
