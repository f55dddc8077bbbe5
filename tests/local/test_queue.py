"""Jobs wait for slots, are tried again, and are kept within limits."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.local.conftest import Caller
from tests.local.test_runner import alive, texts, words_of_end
from tests.local_hub import LocalHub
from tests.waiting import until
from tui.local.uv_advice import WORDS

HUNGRY = "data = bytearray(400_000_000); import time; time.sleep(600)"


@contextmanager
def calling(**options: Any) -> Iterator[Caller]:
    """A client of a hub of its own."""
    with LocalHub(**options) as hub:
        caller = Caller(hub)
        with caller.http:
            yield caller


def test_jobs_beyond_the_slots_wait_for_hardware_in_order() -> None:
    with calling(slots=2) as caller:
        sleepers = [caller.start("sleep", "600") for _ in range(2)]
        for job_id in sleepers:
            caller.wait_for(job_id, "RUNNING")
        late = [caller.start("true") for _ in range(3)]
        assert [words_of_end(caller.job(job_id)) for job_id in late] == [
            ("SCHEDULING", "Waiting for hardware")
        ] * 3
        caller.http.post(f"/api/jobs/ada/{late[1]}/cancel")
        caller.http.post(f"/api/jobs/ada/{sleepers[0]}/cancel")
        first, last = caller.wait_for(late[0], "COMPLETED"), caller.wait_for(late[2], "COMPLETED")
        assert first["startedAt"] <= last["startedAt"]
        assert words_of_end(caller.job(late[1])) == ("CANCELED", None)
        assert caller.job(sleepers[1])["status"]["stage"] == "RUNNING"


def test_300_jobs_at_once_all_run_and_never_more_than_the_slots() -> None:
    with calling(slots=6) as caller:
        ids = [caller.start("sh", "-c", f"echo {number}") for number in range(300)]
        most = 0

        def done() -> bool:
            nonlocal most
            most = max(most, caller.hub.call(lambda: caller.hub.state.runner.running_count))
            return bool(caller.http.get("/api/jobs/ada/count?stage=COMPLETED").json() == {"count": 300})

        until(done, seconds=50)
        assert 1 <= most <= 6
        assert [texts(caller, job_id) for job_id in ids] == [[str(number)] for number in range(300)]


def test_a_failed_job_is_tried_again_in_a_fresh_folder(caller: Caller) -> None:
    job_id = caller.start("sh", "-c", "ls | wc -l; touch left; echo try; exit 4", attempts=3)
    job = caller.wait_for(job_id)
    assert words_of_end(job) == ("ERROR", "Job failed with exit code: 4. Reason: Error.")
    assert (job["status"]["failureCount"], job["retry"]) == (3, 2)
    lines = [re.sub(r"Job started at .*? =", "Job started =", line.strip()) for line in texts(caller, job_id)]
    marker = "===== Job started ====="
    assert lines == ["0", "try", marker, "0", "try", marker, "0", "try"]


def test_a_job_that_succeeds_at_last_is_completed(caller: Caller, tmp_path: Path) -> None:
    command = f"test -e {tmp_path}/seen || {{ touch {tmp_path}/seen; exit 1; }}"
    job = caller.wait_for(caller.start("sh", "-c", command, attempts=5))
    assert words_of_end(job) == ("COMPLETED", None)
    assert job["status"]["failureCount"] == 1


def test_a_job_can_be_cancelled_between_two_attempts() -> None:
    with calling(retry_seconds=600) as caller:
        job_id = caller.start("false", attempts=2)
        until(lambda: caller.job(job_id)["status"]["failureCount"] == 1)
        caller.http.post(f"/api/jobs/ada/{job_id}/cancel")
        assert words_of_end(caller.job(job_id)) == ("CANCELED", None)
        assert len(caller.events(job_id)) == 1


def test_the_time_limit_is_for_all_attempts_together(caller: Caller) -> None:
    job_id = caller.start("sh", "-c", "sleep 0.2; exit 1", attempts=100, timeoutSeconds=1)
    job = caller.wait_for(job_id)
    assert words_of_end(job) == ("ERROR", "Job timeout")
    assert 2 <= job["status"]["failureCount"] <= 8


def test_a_job_that_takes_too_much_memory_is_killed() -> None:
    with calling(memory_bytes=200_000_000) as caller:
        job_id = caller.start("python", "-c", "import os; print(os.getpid());" + HUNGRY)
        job = caller.wait_for(job_id)
        assert words_of_end(job) == ("ERROR", "Job failed with exit code: 137. Reason: OOMKilled")
        assert alive(*map(int, texts(caller, job_id))) == []


def test_a_job_gets_no_larger_file_than_its_disk_and_no_core(caller: Caller) -> None:
    code = "import resource as r; print(r.getrlimit(r.RLIMIT_FSIZE)[0], r.getrlimit(r.RLIMIT_CORE)[0])"
    assert texts(caller, caller.start("python", "-c", code)) == ["50000000000 0"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a score")
def test_jobs_are_the_first_to_go_when_the_machine_is_out_of_memory(caller: Caller) -> None:
    assert texts(caller, caller.start("cat", "/proc/self/oom_score_adj")) == ["1000"]
    job_id = caller.start("sleep", "600")
    caller.wait_for(job_id, "RUNNING")
    until(lambda: psutil.Process().children())
    (guard,) = psutil.Process().children()
    assert Path(f"/proc/{guard.pid}/oom_score_adj").read_text().strip() != "1000"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_a_job_whose_log_cannot_be_written_is_ended(caller: Caller) -> None:
    job_id = caller.start("sh", "-c", "echo $$; sleep 0.2; while :; do echo more; done")
    until(lambda: caller.hub.job(job_id).log.size_bytes > 120)
    (process,) = psutil.Process().children(recursive=True)[1:2]
    nowhere = os.open("/dev/full", os.O_WRONLY)
    os.dup2(nowhere, caller.hub.job(job_id).log._descriptor or -1)
    os.close(nowhere)
    job = caller.wait_for(job_id)
    assert words_of_end(job) == ("ERROR", "Job log cannot be written: No space left on device")
    until(lambda: not alive(process.pid))


def test_uv_runs_a_command(caller: Caller) -> None:
    job_id = caller.start(
        *("uv", "run", "python", "-c", "print(6*7)"), dockerImage="ghcr.io/astral-sh/uv:python3.12-bookworm"
    )
    assert caller.wait_for(job_id)["status"]["stage"] == "COMPLETED"
    assert "42" in texts(caller, job_id)


def test_uv_without_a_network_is_explained(caller: Caller) -> None:
    """The index it is told to use is a port nobody listens on."""
    environment = {"UV_INDEX_URL": "http://127.0.0.1:1/simple", "UV_HTTP_RETRIES": "0"}
    job_id = caller.start("uv", "run", "--with", "rich", "python", "-V", environment=environment)
    job = caller.wait_for(job_id)
    assert job["status"]["stage"] == "ERROR"
    assert texts(caller, job_id)[-1] == WORDS


def test_other_failures_of_uv_are_not_explained(caller: Caller) -> None:
    job_id = caller.start("uv", "run", "no-such-command")
    assert caller.wait_for(job_id)["status"]["stage"] == "ERROR"
    assert WORDS not in json.dumps(texts(caller, job_id))
