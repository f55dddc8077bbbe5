"""Jobs really run: what they see, how they end, and that nothing of them stays."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.local.conftest import Caller
from tests.local_hub import LocalHub
from tests.waiting import until

PRINT_ENVIRONMENT = "import os, json; print(json.dumps(dict(os.environ)))"
SLEEP_WITH_CHILD = """
import subprocess, sys, os
child = "import os, time; os.setsid() if {escape} else None; time.sleep(600)"
process = subprocess.Popen([sys.executable, "-c", child])
print(os.getpid(), process.pid)
process.wait()
"""

POLITE = """
import signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(print("bye")))
print("ready")
signal.pause()
"""


def texts(caller: Caller, job_id: str) -> list[str]:
    """The lines of a log that ends, without the marker."""
    events = [json.loads(event.removeprefix("data: ")) for event in caller.events(job_id)]
    return [event["data"] for event in events[1:]]


def words_of_end(job: dict[str, Any]) -> tuple[str, str | None]:
    return job["status"]["stage"], job["status"]["message"]


def alive(*processes: int) -> list[int]:
    """Those that still run; a zombie does not."""

    def runs(process: int) -> bool:
        try:
            return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False

    return [process for process in processes if runs(process)]


def test_a_job_runs_and_completes(caller: Caller) -> None:
    job_id = caller.start("python", "-c", "print(6*7, 'answer')")
    job = caller.wait_for(job_id)
    assert words_of_end(job) == ("COMPLETED", None)
    assert texts(caller, job_id) == ["42 answer"]
    assert {"startedAt", "finishedAt"} <= set(job)


def test_of_the_environment_only_path_and_lang_come_through(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_the_users_own")
    monkeypatch.setenv("LANG", "C.UTF-8")
    job_id = caller.start(
        "python",
        "-c",
        PRINT_ENVIRONMENT,
        environment={"EPOCHS": "3", "EMPTY": ""},
        secrets={"MY_SECRET": "sesame"},
        flavor="a10g-small",
    )
    (line,) = texts(caller, job_id)
    seen = json.loads(line)
    folder = seen.pop("HOME")
    assert seen.pop("HF_JOBS_LOCAL_HUB") == folder
    shims, _, path = seen.pop("PATH").partition(os.environ["PATH"])
    assert seen.pop("UV_CACHE_DIR").endswith("/uv-cache")
    seen.pop("LC_CTYPE", None)  # set by Python itself
    assert path == ""
    assert "shims/python" in shims.split(":")[0]
    assert seen == {
        "LANG": "C.UTF-8",
        "HF_HOME": folder,
        "PYTHONUNBUFFERED": "1",
        "JOB_ID": job_id,
        "ACCELERATOR": "a10g-small",
        "CPU_CORES": "4",
        "MEMORY": "15Gi",
        "EPOCHS": "3",
        "EMPTY": "",
        "MY_SECRET": "sesame",
    }
    assert "sesame" not in json.dumps(caller.job(job_id)) + repr(caller.hub.job(job_id))


def test_a_cpu_flavor_has_no_accelerator(caller: Caller) -> None:
    job_id = caller.start("sh", "-c", "echo $ACCELERATOR $CPU_CORES $MEMORY")
    assert texts(caller, job_id) == ["none 2 16Gi"]


def test_the_folder_is_the_users_alone_and_goes_with_the_job(caller: Caller) -> None:
    job_id = caller.start("sh", "-c", "touch made-here; pwd; stat -c %a . || stat -f %Lp .")
    folder, mode = texts(caller, job_id)
    assert mode == "700"
    until(lambda: not Path(folder).exists())


def test_input_is_empty_and_output_no_terminal(caller: Caller) -> None:
    code = "import sys; print(sys.stdin.read() == '', sys.stdout.isatty(), sys.stderr.isatty())"
    assert texts(caller, caller.start("python", "-c", code)) == ["True False False"]


def test_argv_is_passed_without_a_shell(caller: Caller) -> None:
    job_id = caller.start("printf", "%s|", arguments=["$HOME", "a b", "é'\"", ""])
    assert texts(caller, job_id) == ["$HOME|a b|é'\"||"]


def test_python_images_have_a_python_and_others_use_path(caller: Caller) -> None:
    code = "import sys; print(sys.version_info[:2], sys.prefix == sys.base_prefix)"
    job_id = caller.start("python3", "-c", code)
    assert texts(caller, job_id) == [f"{sys.version_info[:2]} True"]
    shell = caller.start("sh", "-c", "echo $PATH", dockerImage="ubuntu:24.04")
    assert "shims/python" not in texts(caller, shell)[0]


def test_uv_is_there(caller: Caller) -> None:
    job_id = caller.start("uv", "--version", dockerImage="ghcr.io/astral-sh/uv:python3.12-bookworm")
    (line,) = texts(caller, job_id)
    assert line.startswith("uv ")


def test_exit_code_is_worded(caller: Caller) -> None:
    job = caller.wait_for(caller.start("sh", "-c", "exit 3"))
    assert words_of_end(job) == ("ERROR", "Job failed with exit code: 3. Reason: Error.")
    assert job["status"]["failureCount"] == 1


def test_death_by_signal_is_an_exit_code_and_no_lack_of_memory(caller: Caller) -> None:
    job = caller.wait_for(caller.start("sh", "-c", "kill -9 $$"))
    assert words_of_end(job) == ("ERROR", "Job failed with exit code: 137. Reason: Error.")


@pytest.mark.parametrize(
    ("command", "status", "line"),
    [
        ("no-such-command", 127, 'exec: "no-such-command": executable file not found in $PATH'),
        ("/etc/passwd", 126, 'exec: "/etc/passwd": Permission denied'),
    ],
)
def test_what_cannot_be_executed_is_said(caller: Caller, command: str, status: int, line: str) -> None:
    job_id = caller.start(command)
    job = caller.wait_for(job_id)
    assert words_of_end(job) == ("ERROR", f"Job failed with exit code: {status}. Reason: Error.")
    assert texts(caller, job_id) == [line]


def test_argv_too_long_for_the_system_is_said(caller: Caller) -> None:
    job_id = caller.start("echo", arguments=["x" * 1_000_000] * 3)
    assert words_of_end(caller.wait_for(job_id))[1] == "Job failed with exit code: 126. Reason: Error."
    assert texts(caller, job_id) == ['exec: "echo": Argument list too long']


def test_a_job_that_takes_too_long_is_ended(caller: Caller) -> None:
    job_id = caller.start("sleep", "600", timeoutSeconds=1)
    assert words_of_end(caller.wait_for(job_id)) == ("ERROR", "Job timeout")
    assert texts(caller, job_id) == []


def test_cancel_lets_a_job_say_goodbye(caller: Caller) -> None:
    job_id = caller.start("python", "-c", POLITE)
    until(lambda: caller.hub.job(job_id).log.size_bytes > 120)
    reply = caller.http.post(f"/api/jobs/ada/{job_id}/cancel")
    assert (reply.status_code, reply.json()["status"]["stage"]) == (200, "CANCELED")
    assert texts(caller, job_id) == ["ready", "bye"]
    assert caller.job(job_id)["status"]["stage"] == "CANCELED"


@pytest.mark.parametrize("escape", [False, True])
def test_cancel_kills_grandchildren_too(caller: Caller, escape: bool) -> None:
    if escape and sys.platform != "linux":
        pytest.skip("only Linux hands orphans to the guard")
    job_id = caller.start("python", "-c", SLEEP_WITH_CHILD.format(escape=escape))
    until(lambda: caller.hub.job(job_id).log.size_bytes > 120)
    caller.http.post(f"/api/jobs/ada/{job_id}/cancel")
    (line,) = texts(caller, job_id)
    processes = [int(number) for number in line.split()]
    until(lambda: not alive(*processes))


def test_cancel_kills_what_does_not_listen(caller: Caller) -> None:
    job_id = caller.start("sh", "-c", "trap '' TERM; echo $$; while :; do sleep 0.01; done")
    until(lambda: caller.hub.job(job_id).log.size_bytes > 120)
    caller.http.post(f"/api/jobs/ada/{job_id}/cancel")
    (line,) = texts(caller, job_id)
    until(lambda: not alive(int(line)))


def test_what_a_job_leaves_in_the_background_ends_with_it(caller: Caller) -> None:
    job_id = caller.start("sh", "-c", "sleep 600 & echo $!")
    assert caller.wait_for(job_id)["status"]["stage"] == "COMPLETED"
    (line,) = texts(caller, job_id)
    until(lambda: not alive(int(line)))


def test_a_job_can_be_cancelled_before_it_runs() -> None:
    with LocalHub(scheduling_seconds=600) as hub:
        caller = Caller(hub)
        with caller.http:
            job_id = caller.start("true")
            assert words_of_end(caller.job(job_id)) == ("SCHEDULING", "Waiting for hardware")
            caller.http.post(f"/api/jobs/ada/{job_id}/cancel")
            assert words_of_end(caller.job(job_id)) == ("CANCELED", None)
            assert caller.events(job_id) == []


def test_stopping_the_hub_kills_its_jobs() -> None:
    hub = LocalHub()
    caller = Caller(hub)
    with caller.http:
        ids = [caller.start("python", "-c", SLEEP_WITH_CHILD.format(escape=True)) for _ in range(3)]
        until(lambda: all(hub.job(job_id).log.size_bytes > 120 for job_id in ids))
    children = psutil.Process().children(recursive=True)
    assert len(children) >= 9
    hub.close()
    assert alive(*(child.pid for child in children)) == []


def test_many_jobs_at_once_each_get_their_own_output(caller: Caller) -> None:
    ids = {caller.start("sh", "-c", f"echo {number}"): number for number in range(30)}
    for job_id, number in ids.items():
        assert texts(caller, job_id) == [str(number)]
        assert caller.wait_for(job_id)["status"]["stage"] == "COMPLETED"
