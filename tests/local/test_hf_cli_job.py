"""The unmodified `hf jobs` works against the hub: what it does with a job that is there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from tests.local.hf_command import HF, LONGEST_SECONDS, Cases, Shell, selected
from tests.waiting import until
from tui.local.jobs import JobRequest

case = Cases()
NOBODY = "0123456789abcdef01234567"


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[None]]]:
    with case.running(selected(request), tmp_path_factory) as futures:
        yield futures


def running(shell: Shell, *argv: str) -> str:
    """Start a job that really runs, in the hub itself."""
    hub = shell.hub
    request = JobRequest(argv, docker_image="python:3.12")
    job = hub.call(lambda: hub.state.create(hub.state.identity.user, request))
    until(lambda: job.stage == "RUNNING")
    return job.id


@case
def stats_follows_until_the_end(shell: Shell) -> None:
    """It hears of the end by ten seconds of silence (jobs-api.md §5), so it comes first."""
    job_id = running(shell, "sleep", "600")
    with subprocess.Popen(
        [str(HF), "jobs", "stats", "-f", job_id, "--format", "human"],
        env=shell.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        until(lambda: shell.hub.job(job_id).metrics.watched, seconds=30)
        shell.hub.call(lambda: shell.hub.state.cancel(shell.hub.job(job_id)))
        out, err = process.communicate(timeout=LONGEST_SECONDS)
    assert process.returncode == 0, err
    assert "CPU %" in out
    assert "Stream ended" in out + err


@case
def logs_of_a_running_job_return(shell: Shell) -> None:
    """They end after five seconds of silence (jobs-api.md §4)."""
    job_id = shell.hub.add_job(lines=["one", "two"])
    assert shell.jobs("logs", job_id).lines[:2] == ["one", "two"]


@case
def logs_follow_a_job_to_its_end(shell: Shell) -> None:
    job_id = running(shell, "sh", "-c", "for i in 1 2 3; do echo line $i; sleep 0.3; done")
    said = shell.jobs("logs", "-f", job_id)
    assert said.lines[:3] == ["line 1", "line 2", "line 3"]
    assert "Stream ended" in said.all


@case
def logs_of_an_ended_job(shell: Shell) -> None:
    job_id = shell.hub.add_job(stage="ERROR", lines=["", "é 🤗", "\x1b[31mred\x1b[0m", "last"])
    assert shell.jobs("logs", job_id).lines[:4] == ["", "é 🤗", "\x1b[31mred\x1b[0m", "last"]
    assert shell.jobs("logs", "--tail", "1", f"ada/{job_id}").lines[:1] == ["last"]
    assert "not found" in shell.jobs("logs", NOBODY, status=1).err.lower()


@case
def logs_follow_from_a_tail(shell: Shell) -> None:
    job_id = shell.hub.add_job(stage="COMPLETED", lines=["a", "b", "c"])
    assert shell.jobs("logs", "-f", "-n", "2", job_id).lines[:2] == ["b", "c"]


@case
def stats_are_one_look(shell: Shell) -> None:
    job_id = running(shell, "sleep", "600")
    shell.hub.add_job(stage="COMPLETED")
    said = shell.jobs("stats", "--format", "json")
    (item,) = json.loads(said.out)
    assert item["job_id"] == job_id
    assert item["memory_used_bytes"] > 0
    assert item["gpus"] == {}


@case
def stats_of_an_ended_job_are_none(shell: Shell) -> None:
    said = shell.jobs("stats", shell.hub.add_job(stage="COMPLETED"))
    assert "No stats available" in said.all


@case
def inspect_shows_jobs(shell: Shell) -> None:
    ids = [shell.hub.add_job(name=name, age_seconds=100) for name in ("a", "b")]
    shown = json.loads(shell.jobs("inspect", *ids, "--format", "json").out)
    assert [(job["id"], job["name"], job["status"]["stage"]) for job in shown] == [
        (ids[0], "a", "RUNNING"),
        (ids[1], "b", "RUNNING"),
    ]
    assert shown[0]["durations"]["total_secs"] >= 100
    assert shown[0]["owner"] == {"id": shown[0]["owner"]["id"], "name": "ada", "type": "user"}


@case
def inspect_looks_into_the_namespace_it_is_told(shell: Shell) -> None:
    job_id = shell.hub.add_job(namespace="acme")
    assert job_id in shell.jobs("inspect", f"acme/{job_id}").out
    assert "not found" in shell.jobs("inspect", job_id, status=1).err.lower()


@case
def wait_ends_with_the_jobs(shell: Shell) -> None:
    ids = [running(shell, "sleep", str(seconds)) for seconds in (1, 2)]
    said = shell.jobs("wait", *ids)
    assert said.out.count("COMPLETED") == 2


@case
def wait_fails_with_a_job(shell: Shell) -> None:
    failed = shell.hub.add_job(stage="ERROR", message="Job timeout")
    said = shell.jobs("wait", failed, shell.hub.add_job(stage="COMPLETED"), status=1)
    assert "1 of 2 Job(s) did not complete successfully" in said.err
    assert "Job timeout" in said.out


@case
def wait_has_a_limit(shell: Shell) -> None:
    assert "Timed out after 1s" in shell.jobs("wait", "--timeout", "1s", shell.hub.add_job(), status=1).err


@case
def cancel_ends_a_job(shell: Shell) -> None:
    job_id = running(shell, "sleep", "600")
    shell.jobs("cancel", job_id)
    assert shell.hub.job(job_id).stage == "CANCELED"
    assert "already finished" in shell.jobs("cancel", job_id, status=1).err
    assert "not found" in shell.jobs("cancel", NOBODY, status=1).err.lower()


@case
def rerun_starts_the_same_again(shell: Shell) -> None:
    first = running(shell, "echo", "again")
    said = shell.jobs("rerun", first)
    assert "again" in said.lines
    second = next(job for job in shell.hub.state.store if job.id != first)
    assert second.initiator == {"type": "duplicated-job", "id": first}


@case
def rerun_detached(shell: Shell) -> None:
    first = shell.hub.add_job(stage="ERROR", name="n", command=("true",))
    said = shell.jobs("rerun", "--detach", first)
    second = next(job for job in shell.hub.state.store if job.id != first)
    assert second.id in said.out
    assert second.request.labels == {"name": "n"}


@case
def labels_are_named_replaced_and_cleared(shell: Shell) -> None:
    job_id = shell.hub.add_job(stage="COMPLETED", labels={"team": "ml"})
    shell.jobs("labels", job_id, "--name", "new")
    assert shell.hub.job(job_id).request.labels == {"team": "ml", "name": "new"}
    shell.jobs("labels", job_id, "--label", "a=b", "--label", "c")
    assert shell.hub.job(job_id).request.labels == {"a": "b", "c": ""}
    shell.jobs("labels", job_id, "--clear")
    assert shell.hub.job(job_id).request.labels == {}


@case
def labels_that_break_the_rules_are_refused(shell: Shell) -> None:
    job_id = shell.hub.add_job(labels={"team": "ml"})
    assert "labels" in shell.jobs("labels", job_id, "--name", "no blanks", status=1).err
    assert shell.hub.job(job_id).request.labels == {"team": "ml"}


@case
def ports_are_exposed_and_closed(shell: Shell) -> None:
    job_id = shell.hub.add_job()
    shell.jobs("expose", job_id, "8000", "--public", "9000")
    assert shell.hub.job(job_id).request.expose == {"ports": [8000, 9000], "portsPublic": [9000]}
    shell.jobs("expose", job_id, "--clear")
    assert shell.hub.job(job_id).request.expose is None
    shell.hub.set_stage(job_id, "COMPLETED")
    assert "already finished" in shell.jobs("expose", job_id, "8000", status=1).err


@case
def ssh_would_go_where_the_job_says(shell: Shell) -> None:
    job_id = shell.hub.add_job(ssh=True)
    assert f"{job_id}@ssh.hf.jobs" in shell.jobs("ssh", "--dry-run", job_id).out
    assert "SSH is not enabled" in shell.jobs("ssh", "--dry-run", shell.hub.add_job(), status=1).err


@pytest.mark.parametrize("name", case.named)
def test_hf_jobs(name: str, outcomes: dict[str, Future[None]]) -> None:
    outcomes[name].result(LONGEST_SECONDS)
