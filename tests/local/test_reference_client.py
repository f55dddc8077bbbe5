"""The unmodified huggingface_hub works against the hub, as a library."""

from __future__ import annotations

import pytest
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, JobNotFoundError

from tests.local_hub import LocalHub
from tests.waiting import until


@pytest.fixture
def api(hub: LocalHub) -> HfApi:
    return HfApi(endpoint=hub.endpoint, token=hub.token)


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


def test_library_schedules(hub: LocalHub, api: HfApi) -> None:
    made = api.create_scheduled_job(
        image="python:3.12",
        command=["sleep", "600"],
        schedule="@hourly",
        labels={"team": "ml", "env": "prod"},
        timeout="2m",
        namespace="ada",
    )
    assert (made.job_spec.timeout, made.suspend, made.concurrency) == (120, False, False)
    assert [
        one.id for one in api.list_scheduled_jobs(labels={"team": "ml", "env": "prod"}, namespace="ada")
    ] == [made.id]
    job = api.trigger_scheduled_job(scheduled_job_id=made.id, namespace="ada")
    assert job.initiator is not None
    assert (job.initiator.type, job.initiator.id) == ("scheduled-job", made.id)
    with pytest.raises(HfHubHTTPError, match="Another job is already running"):
        api.trigger_scheduled_job(scheduled_job_id=made.id, namespace="ada")
    seen = api.inspect_scheduled_job(scheduled_job_id=made.id, namespace="ada").status
    assert seen.last_job is not None
    assert seen.last_job.id == job.id
    assert seen.next_job_run_at == made.status.next_job_run_at
    api.delete_scheduled_job(scheduled_job_id=made.id, namespace="ada")
    assert api.list_scheduled_jobs(namespace="ada") == []


def test_library_measures(hub: LocalHub, api: HfApi) -> None:
    job = api.run_job(image="python:3.12", command=["sleep", "600"], namespace="ada")
    until(lambda: hub.job(job.id).stage == "RUNNING")
    (sample,) = api.fetch_job_metrics(job_id=job.id, namespace="ada")
    assert sample["memory_used_bytes"] > 0
    api.cancel_job(job_id=job.id, namespace="ada")
    assert list(api.fetch_job_metrics(job_id=job.id, namespace="ada")) == []
