"""The hub as a process of its own: what it prints, how it leaves, and that it leaves nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import psutil
import pytest

from tests.local.test_runner import SLEEP_WITH_CHILD, alive
from tests.waiting import until
from tui.local.serve import STANDS_IN, STATE_IS_NOT_KEPT

PROGRAM = """
import sys
from tui.local.serve import HubOptions, run
sys.exit(run(HubOptions({options})))
"""


class Served:
    """A hub in a process, with what is needed to talk to it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        self.port = 0
        lines = [process.stdout.readline().rstrip("\n") for _ in range(2)]
        self.endpoint = lines[0].removeprefix("export HF_ENDPOINT=")
        self.token = lines[1].removeprefix("export HF_TOKEN=")
        self.headers = {"Authorization": f"Bearer {self.token}"}

    def leave(self) -> tuple[int, str, str]:
        """Exit status and the rest of what it printed."""
        printed, said = self.process.communicate(timeout=5)
        return self.process.returncode, printed, said


@contextmanager
def serving(options: str = "scheduling_seconds=0") -> Iterator[Served]:
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", PROGRAM.format(options=options)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Served(process)
        finally:
            process.kill()


def start_sleepers(served: Served, count: int) -> list[int]:
    """Jobs with a child that moved to a session of its own; returns all processes of the hub."""
    with httpx2.Client(base_url=served.endpoint, headers=served.headers, trust_env=False) as http:
        code = SLEEP_WITH_CHILD.format(escape=sys.platform == "linux")
        body = {"dockerImage": "python:3.12", "command": ["python", "-c", code], "flavor": "cpu-basic"}
        for _ in range(count):
            assert http.post("/api/jobs/ada", json=body).status_code == 200
    hub = psutil.Process(served.process.pid)
    until(lambda: len(hub.children(recursive=True)) == 3 * count)  # guard, job and child
    return [child.pid for child in hub.children(recursive=True)]


def test_it_prints_two_exports_and_nothing_else() -> None:
    with serving("token='hf_given'") as served:
        assert served.endpoint.startswith("http://127.0.0.1:")
        assert served.token == "hf_given"
        reply = httpx2.get(served.endpoint + "/api/whoami-v2", headers=served.headers, trust_env=False)
        assert reply.json()["name"] == "ada"
        served.process.send_signal(signal.SIGINT)
        status, printed, said = served.leave()
    assert (status, printed) == (0, "")
    assert "Images are recorded but not pulled" in said
    assert "hf_given" not in said


def test_a_token_is_made_when_none_is_given() -> None:
    with serving() as one, serving() as other:
        assert one.token != other.token
        assert len(one.token) >= 40


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_it_leaves_on_a_signal_with_its_jobs(number: signal.Signals, status: int) -> None:
    with serving() as served:
        processes = start_sleepers(served, 2)
        asked_at = time.monotonic()
        served.process.send_signal(number)
        assert served.leave()[0] == status
        assert time.monotonic() - asked_at < 1
        assert alive(*processes) == []


def test_it_says_how_many_jobs_it_stopped() -> None:
    with serving() as served:
        start_sleepers(served, 2)
        served.process.terminate()
        said = served.leave()[2].splitlines()
    assert said == [STANDS_IN, STATE_IS_NOT_KEPT, "Local hub stopped, 2 jobs stopped with it."]


def test_it_stops_within_a_second_with_streams_open() -> None:
    with (
        serving("demo=True") as served,
        httpx2.Client(base_url=served.endpoint, headers=served.headers, trust_env=False) as http,
    ):
        job = http.get("/api/jobs/ada?stage=RUNNING").json()[0]
        with http.stream("GET", f"/api/jobs/ada/{job['id']}/logs") as reply:
            next(reply.iter_lines())
            asked_at = time.monotonic()
            served.process.terminate()
            served.process.wait(5)
            assert time.monotonic() - asked_at < 1


def test_it_stops_when_its_input_closes_if_asked() -> None:
    with serving("until_stdin_closes=True") as served:
        assert served.process.stdin is not None
        served.process.stdin.write("anything\n")
        served.process.stdin.flush()
        assert httpx2.get(served.endpoint + "/api/jobs/hardware", trust_env=False).status_code == 200
        served.process.stdin.close()
        assert served.process.wait(5) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands orphans to the guard")
def test_no_process_is_left_when_it_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving() as served:
        processes = start_sleepers(served, 3)
        served.process.kill()
        until(lambda: alive(*processes) == [])


def test_it_removes_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving() as served:
        start_sleepers(served, 1)
        (root,) = tmp_path.iterdir()
        assert root.stat().st_mode & 0o777 == 0o700
        served.process.terminate()
        served.leave()
    assert os.listdir(tmp_path) == []


def test_a_port_that_is_taken_is_said() -> None:
    with serving() as served:
        port = served.endpoint.rpartition(":")[2]
        second = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(options=f"port={port}")],
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.startswith(f"Cannot listen on 127.0.0.1:{port}: ")
    assert "Traceback" not in second.stderr


def test_it_runs_no_more_jobs_at_once_than_it_is_told() -> None:
    with (
        serving("scheduling_seconds=0, slots=1") as served,
        httpx2.Client(base_url=served.endpoint, headers=served.headers, trust_env=False) as http,
    ):
        body = {"dockerImage": "python:3.12", "command": ["sleep", "600"], "flavor": "cpu-basic"}
        for _ in range(3):
            http.post("/api/jobs/ada", json=body)
        until(lambda: http.get("/api/jobs/ada/count?stage=RUNNING").json()["count"])
        assert http.get("/api/jobs/ada/count?stage=SCHEDULING").json() == {"count": 2}


@pytest.mark.parametrize("slots", ["0", "-1", "many"])
def test_a_number_of_slots_that_runs_nothing_is_bad_usage(slots: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "hub", "--slots", slots],
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "--slots" in done.stderr
