"""The unmodified huggingface_hub works against the hub: the library and the `hf` command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, JobNotFoundError

from tests.local_hub import LocalHub
from tests.waiting import until

HF = Path(sys.executable).with_name("hf")


@pytest.fixture
def api(hub: LocalHub) -> HfApi:
    return HfApi(endpoint=hub.endpoint, token=hub.token)


def hf(hub: LocalHub, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the `hf` command against the hub."""
    environment = os.environ | {
        "HF_ENDPOINT": hub.endpoint,
        "HF_TOKEN": hub.token,
        "NO_COLOR": "1",
        "COLUMNS": "200",
    }
    return subprocess.run(
        [str(HF), *arguments], env=environment, capture_output=True, text=True, timeout=50, check=False
    )


def test_library_runs_reads_and_finds(hub: LocalHub, api: HfApi) -> None:
    job = api.run_job(
        image="python:3.12",
        command=["python", "-c", "import os; print(os.environ['EPOCHS'], os.environ['KEY'])"],
        env={"EPOCHS": "3"},
        secrets={"KEY": "sesame"},
        labels={"team": "ml"},
        timeout="2m",
        namespace="ada",
    )
    until(lambda: api.inspect_job(job_id=job.id, namespace="ada").status.stage == "COMPLETED")
    assert list(api.fetch_job_logs(job_id=job.id, namespace="ada")) == ["3 sesame"]
    assert [found.id for found in api.list_jobs(labels={"team": "ml"}, namespace="ada")] == [job.id]
    assert job.url == f"{hub.endpoint}/jobs/ada/{job.id}"
    assert hub.requests[-1].headers["authorization"] == f"Bearer {hub.token}"


def test_library_pages(hub: LocalHub, api: HfApi) -> None:
    ids = [hub.add_job(age_seconds=500 - index) for index in range(250)]
    assert [job.id for job in api.list_jobs(namespace="ada")] == ids[::-1]


def test_library_follows_and_cancels(hub: LocalHub, api: HfApi) -> None:
    job = api.run_job(
        image="python:3.12",
        command=["python", "-c", "print('up'); import time; time.sleep(600)"],
        namespace="ada",
    )
    lines = iter(api.fetch_job_logs(job_id=job.id, namespace="ada", follow=True))
    assert next(lines) == "up"
    api.cancel_job(job_id=job.id, namespace="ada")
    assert list(lines) == []
    assert api.inspect_job(job_id=job.id, namespace="ada").status.stage == "CANCELED"


def test_library_understands_refusals(hub: LocalHub, api: HfApi) -> None:
    with pytest.raises(JobNotFoundError):
        api.inspect_job(job_id="0" * 24, namespace="ada")
    with pytest.raises(HfHubHTTPError, match="Pre-paid credit balance is insufficient"):
        api.run_job(image="python:3.12", command=["true"], namespace="penniless")
    with pytest.raises(HfHubHTTPError, match="flavor: must be one of"):
        api.run_job(image="python:3.12", command=["true"], flavor="gpu-of-my-dreams", namespace="ada")


def test_library_knows_who_it_is_and_what_there_is(hub: LocalHub, api: HfApi) -> None:
    assert [org["name"] for org in api.whoami()["orgs"]] == list(hub.organisations)
    assert api.list_jobs_hardware()[0].name == "cpu-basic"


def test_command_run_prints_the_log_and_ends_well(hub: LocalHub) -> None:
    done = hf(hub, "jobs", "run", "--name", "x", "python:3.12", "python", "-c", "print(6*7, 'answer')")
    assert done.returncode == 0, done.stderr
    assert "42 answer" in done.stdout.splitlines()


def test_command_run_fails_with_the_job(hub: LocalHub) -> None:
    done = hf(hub, "jobs", "run", "python:3.12", "sh", "-c", "echo last words; exit 3")
    assert done.returncode != 0
    assert "last words" in done.stdout
    assert "exit code: 3" in done.stdout + done.stderr


def test_commands_on_a_job(hub: LocalHub) -> None:
    job_id = hub.add_job(name="talker")
    ended = hub.add_job(stage="ERROR", message="Job timeout", name="late", lines=["one", "two", "three"])
    listed = hf(hub, "jobs", "ls", "-a")
    assert listed.returncode == 0, listed.stderr
    assert "talker" in listed.stdout
    assert "late" in listed.stdout
    assert json.loads(hf(hub, "jobs", "inspect", "--format", "json", job_id).stdout)[0]["id"] == job_id
    assert hf(hub, "jobs", "logs", "--tail", "2", ended).stdout.split() == ["two", "three"]
    assert hf(hub, "jobs", "cancel", job_id).returncode == 0
    assert hub.job(job_id).stage == "CANCELED"
