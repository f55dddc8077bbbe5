"""The unmodified `hf jobs` works against the hub: starting jobs and reading about them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from tests.local.hf_command import LONGEST_SECONDS, Cases, Shell, selected

case = Cases()
PRINT = "import os; print(*[os.environ[name] for name in '{}'.split()])"


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[None]]]:
    with case.running(selected(request), tmp_path_factory) as futures:
        yield futures


@case
def run_prints_the_log_and_succeeds_with_the_job(shell: Shell) -> None:
    said = shell.jobs("run", "--name", "x", "python:3.12", "python", "-c", "print(6*7, 'answer')")
    job_id = shell.only_job()["id"]
    assert "42 answer" in said.lines
    assert f"Job {job_id} completed" in said.lines
    assert f"{shell.hub.endpoint}/jobs/ada/{job_id}" in said.out
    assert "Job started at" not in said.out


@case
def run_fails_with_the_job(shell: Shell) -> None:
    said = shell.jobs("run", "python:3.12", "sh", "-c", "echo last words; exit 3", status=1)
    assert "last words" in said.lines
    assert "finished with stage 'ERROR': Job failed with exit code: 3. Reason: Error." in said.err


@case
def run_detached_prints_the_id(shell: Shell) -> None:
    said = shell.jobs("run", "--detach", "--quiet", "python:3.12", "true")
    job = shell.only_job()
    assert said.lines == [job["id"]]
    assert job["labels"]["name"].startswith("python-3-12-")


@case
def run_takes_variables_and_secrets_from_everywhere(shell: Shell) -> None:
    Path(shell.folder / "vars").write_text("FROM_FILE=b\nBOTH=file\n")
    Path(shell.folder / "keys").write_text("SECRET_FILE=d\n")
    said = shell.jobs(
        *("run", "-e", "GIVEN=a b", "-e", "BOTH=given", "--env-file", "vars"),
        *("-s", "SECRET=c=c", "-s", "MINE", "--secrets-file", "keys", "python:3.12"),
        *("python", "-c", PRINT.format("GIVEN FROM_FILE BOTH SECRET SECRET_FILE MINE")),
        MINE="from the shell",
    )
    assert "a b b given c=c d from the shell" in said.lines
    job = shell.only_job()
    assert job["environment"] == {"FROM_FILE": "b", "BOTH": "given", "GIVEN": "a b"}
    assert sorted(job["secrets"]) == ["MINE", "SECRET", "SECRET_FILE"]
    assert "from the shell" not in said.err


@case
def run_without_a_secret_it_names_posts_nothing(shell: Shell) -> None:
    said = shell.jobs("run", "--secrets", "MISSING_ONE", "python:3.12", "true", status=1)
    assert "MISSING_ONE" in said.err
    assert shell.posted() == []


@case
def run_takes_every_other_option(shell: Shell) -> None:
    said = shell.jobs(
        *("run", "--detach", "--name", "n", "-l", "team=ml", "-l", "bare", "--flavor", "a10g-small"),
        *("--timeout", "1.5h", "--attempts", "2", "--expose", "8000", "--expose-public", "9000", "--ssh"),
        *("--network-group", "train", "--network-alias", "master", "--network-alias", "w-1"),
        *("--resource-group-id", "65aa00000000000000000003", "--namespace", "acme"),
        *("-v", "hf://datasets/acme/rows:/rows", "-v", "hf://acme/model@v1:/model"),
        *("hf.co/spaces/acme/space", "true"),
    )
    (job,) = (job.as_json(0) for job in shell.hub.state.store)
    wanted = {
        "spaceId": "acme/space",
        "command": ["true"],
        "flavor": "a10g-small",
        "timeout": 5400,
        "retry": 1,
        "labels": {"team": "ml", "bare": "", "name": "n"},
        "expose": {"ports": [8000, 9000], "portsPublic": [9000]},
        "network": {"group": "train", "aliases": ["master", "w-1"]},
        "resourceGroupId": "65aa00000000000000000003",
    }
    assert {name: job[name] for name in wanted} == wanted
    assert job["owner"]["name"] == "acme"
    assert [volume["type"] for volume in job["volumes"]] == ["dataset", "model"]
    assert "http://127.0.0.1:8000" in said.all
    assert "hf jobs ssh acme/" in said.all
    assert "Joined network group 'train'" in said.all


@case
def run_tries_again(shell: Shell) -> None:
    command = ("sh", "-c", "echo try; exit 2")
    said = shell.jobs("run", "--attempts", "3", "python:3.12", *command, status=1)
    assert said.lines.count("try") == 3
    assert shell.only_job()["status"]["failureCount"] == 3


@case
def run_ends_at_the_timeout(shell: Shell) -> None:
    said = shell.jobs("run", "--timeout", "1s", "python:3.12", "sleep", "600", status=1)
    assert "finished with stage 'ERROR': Job timeout" in said.err


@case
def run_dry_submits_nothing(shell: Shell) -> None:
    said = shell.jobs("run", "--dry-run", "-s", "KEY=sesame", "-e", "AB=1", "python:3.12", "true")
    assert "(dry run) Job not submitted." in said.out
    assert "KEY=***" in said.out
    assert shell.posted() == []


@case
def run_says_what_the_hub_refuses(shell: Shell) -> None:
    said = shell.jobs("run", "--flavor", "gpu-of-my-dreams", "python:3.12", "true", status=1)
    assert "flavor: must be one of cpu-basic" in said.err
    said = shell.jobs("run", "-e", "A=1", "python:3.12", "true", status=1)
    assert "environment" in said.err


@case
def run_without_credit_is_said(shell: Shell) -> None:
    said = shell.jobs("run", "--namespace", "penniless", "python:3.12", "true", status=1)
    assert "Pre-paid credit balance is insufficient" in said.err


@case
def run_with_a_wrong_token_is_said(shell: Shell) -> None:
    said = shell.jobs("run", "python:3.12", "true", status=1, HF_TOKEN="hf_wrong")
    assert "Invalid" in said.err
    assert list(shell.hub.state.store) == []


@case
def uv_run_runs_a_command(shell: Shell) -> None:
    said = shell.jobs("uv", "run", "-e", "WORD=hello", "python", "-c", PRINT.format("WORD"))
    assert "hello" in said.lines
    job = shell.only_job()
    assert job["command"][:3] == ["uv", "run", "python"]
    assert job["dockerImage"] == "ghcr.io/astral-sh/uv:python3.12-bookworm"


@case
def uv_run_passes_its_options_on(shell: Shell) -> None:
    shell.jobs(
        *("uv", "run", "--detach", "--with", "rich", "--with", "httpx", "--python", "3.12"),
        *("--image", "me/uv", "--", "tool", "--flag", "x"),
    )
    job = shell.only_job()
    assert job["dockerImage"] == "me/uv"
    assert " ".join(job["command"]) == "uv run --with rich --with httpx --python 3.12 tool --flag x"


@case
def uv_run_dry_submits_nothing(shell: Shell) -> None:
    Path(shell.folder / "train.py").write_text("print(1)")
    said = shell.jobs("uv", "run", "--dry-run", "--flavor", "t4-small", "train.py", "--epochs", "3")
    assert "(dry run) Job not submitted." in said.out
    assert "--epochs 3" in said.out
    assert shell.posted() == []


@case
def ls_shows_live_jobs(shell: Shell) -> None:
    for stage in ("RUNNING", "SCHEDULING", "COMPLETED"):
        shell.hub.add_job(stage=stage, name=f"job-{stage}")
    listed = shell.jobs("ls").out
    assert [f"job-{stage}" in listed for stage in ("RUNNING", "SCHEDULING", "COMPLETED")] == [
        True,
        True,
        False,
    ]
    assert "job-COMPLETED" in shell.jobs("ps", "-a").out


@case
def ls_filters_by_stage_label_and_name(shell: Shell) -> None:
    wanted = shell.hub.add_job(stage="ERROR", name="x", labels={"team": "ml", "env": "prod"})
    shell.hub.add_job(stage="ERROR", name="x", labels={"team": "ml"})
    shell.hub.add_job(stage="ERROR", labels={"team": "ml", "env": "prod"})
    shell.hub.add_job(name="x", labels={"team": "ml", "env": "prod"})
    said = shell.jobs(
        *("ls", "-q", "--status", "error,canceled", "--label", "team=ml", "-l", "env=prod", "--name", "x")
    )
    assert said.lines == [wanted]
    assert "No jobs matched filters" in shell.jobs("ls", "--name", "nobody").all


@case
def ls_follows_the_pages(shell: Shell) -> None:
    ids = [shell.hub.add_job(stage="COMPLETED", age_seconds=500 - number) for number in range(250)]
    assert shell.jobs("ls", "-a", "-q", "--limit", "0").lines == ids[::-1]
    listed = [request for request in shell.hub.requests if request.path == "/api/jobs/ada"]
    assert len(listed) == 3


@case
def ls_says_when_it_shows_not_all(shell: Shell) -> None:
    ids = [shell.hub.add_job(age_seconds=500 - number) for number in range(5)]
    said = shell.jobs("ls", "--limit", "2", "--format", "json")
    assert [job["id"] for job in json.loads(said.out)] == ids[:-3:-1]
    assert "truncated to 2" in said.err


@case
def ls_refuses_what_contradicts_itself(shell: Shell) -> None:
    assert "cannot be combined" in shell.jobs("ls", "-a", "--status", "error", status=1).err
    assert "Invalid query: stage" in shell.jobs("ls", "--status", "sleeping", status=1).err


@case
def ls_of_an_organisation(shell: Shell) -> None:
    job_id = shell.hub.add_job(namespace="acme")
    shell.hub.add_job()
    assert shell.jobs("ls", "-q", "--namespace", "acme").lines == [job_id]
    assert "not found" in shell.jobs("ls", "--namespace", "nobody", status=1).err


@case
def hardware_lists_all(shell: Shell) -> None:
    said = shell.jobs("hardware")
    assert all(name in said.out for name in ("cpu-basic", "a10g-small", "h200x8", "Nvidia", "$0.01"))


@pytest.mark.parametrize("name", case.named)
def test_hf_jobs(name: str, outcomes: dict[str, Future[None]]) -> None:
    outcomes[name].result(LONGEST_SECONDS)
