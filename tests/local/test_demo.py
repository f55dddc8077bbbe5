"""The demo's history: of every kind, the same at every start, and alive where it should be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.local.conftest import Caller
from tests.local.test_jobs import HeldClock
from tests.local_hub import LocalHub
from tui.local.catalogue import catalogue_items

NAMESPACES = ("ada", "acme", "penniless")


def jobs(caller: Caller) -> list[dict[str, Any]]:
    """All of the demo's jobs."""
    return [job for namespace in NAMESPACES for job in caller.http.get(f"/api/jobs/{namespace}").json()]


def log_texts(caller: Caller, job: dict[str, Any]) -> list[str]:
    """The lines of an ended job."""
    reply = caller.http.get(f"/api/jobs/{job['owner']['name']}/{job['id']}/logs")
    events = reply.text.split("\n\n")[:-1]
    return [json.loads(event.removeprefix("data: "))["data"] for event in events]


@pytest.fixture
def demo(demo_hub: LocalHub) -> Iterator[Caller]:
    caller = Caller(demo_hub)
    with caller.http:
        yield caller


def test_every_stage_and_kind_of_ending_is_there(demo: Caller) -> None:
    found = jobs(demo)
    stages = [job["status"]["stage"] for job in found]
    assert set(stages) == {"SCHEDULING", "RUNNING", "COMPLETED", "CANCELED", "ERROR", "DELETED"}
    assert (stages.count("RUNNING"), stages.count("SCHEDULING")) == (4, 1)
    messages = {job["status"]["message"] for job in found}
    assert {
        "Job timeout",
        "Waiting for hardware",
        "Job failed with exit code: 1. Reason: Error.",
        "Job failed with exit code: 137. Reason: OOMKilled",
    } <= messages
    assert {job["status"].get("cancelReason") for job in found} >= {
        "NO_CREDITS",
        "RESOURCE_GROUP_LIMIT",
        None,
    }
    assert {job["initiator"]["type"] for job in found} == {
        "user",
        "scheduled-job",
        "duplicated-job",
        "webhook",
    }
    offered = {item["name"] for item in catalogue_items()}
    flavors = {job["flavor"] for job in found}
    assert flavors <= offered
    assert "v5e-1x1" in flavors
    assert len(found) >= 40


def test_it_is_the_same_at_every_start() -> None:
    seen = []
    for _ in range(2):
        with LocalHub(demo=True, clock=HeldClock()) as hub:
            caller = Caller(hub)
            with caller.http:
                found = jobs(caller)
                ended = [job for job in found if job["status"]["stage"] not in ("RUNNING", "SCHEDULING")]
                seen.append((found, [log_texts(caller, job) for job in ended]))
    assert seen[0] == seen[1]


def test_what_failed_says_why_in_its_log(demo: Caller) -> None:
    logs = {
        job["labels"]["name"]: log_texts(demo, job) for job in jobs(demo) if job["status"]["stage"] == "ERROR"
    }
    assert any("torch.OutOfMemoryError: CUDA out of memory" in line for line in logs["qwen3-batch-8"])
    assert logs["clean-alpaca"][-1] == "KeyError: 'respone'"
    assert logs["join-embeddings"][-1] == "Killed"
    assert any(line.startswith("\r") for line in logs["whisper-small-de"])
    assert any("{'loss': " in line for line in logs["whisper-small-de"])
    endings = {name: texts[-1].split(":")[0] for name, texts in logs.items()}
    assert endings["dpo-probe"] == "RuntimeError"
    assert "no kernel image" in logs["flash-finetune"][-1]
    assert "403 Forbidden" in logs["mistral-support"][-1]
    assert "model-00001-of-00004" in logs["gemma-dialog"][-1]
    assert "gated repo" in logs["llama-answers"][-1]
    assert "No space left on device" in logs["prepare-video"][-1]


def test_no_log_is_written_before_it_is_read(demo: Caller) -> None:
    hub = demo.hub.state
    assert list(hub._logs.iterdir()) == []
    job = next(job for job in jobs(demo) if job["status"]["stage"] == "COMPLETED")
    log_texts(demo, job)
    assert [path.stem for path in hub._logs.iterdir()] == [job["id"]]


def running(hub: LocalHub, name: str) -> str:
    """The id of a job of the demo that runs."""
    return next(
        job.id for job in hub.state.store if job.request.labels["name"] == name and job.stage == "RUNNING"
    )


def test_a_running_one_keeps_printing() -> None:
    clock = HeldClock()
    with LocalHub(demo=True, clock=clock) as hub:
        job_id = running(hub, "qwen3-support-lora")
        caller = Caller(hub)
        with caller.http, caller.http.stream("GET", f"/api/jobs/ada/{job_id}/logs?tail=0") as reply:
            lines = (line for line in reply.iter_lines() if line)
            next(lines)
            for _ in range(3):
                clock.seconds += 10
                hub.call(hub.state.simulation.tick)
                new = [next(lines) for _ in range(10)]
                assert sum("{'loss': " in line for line in new) == 1
                assert all("it]" in line for line in new)


def test_a_running_one_can_be_cancelled(demo: Caller) -> None:
    job_id = running(demo.hub, "qwen3-support-lora")
    reply = demo.http.post(f"/api/jobs/ada/{job_id}/cancel")
    assert reply.json()["status"]["stage"] == "CANCELED"
    assert len(demo.events(job_id)) > 100


def test_a_waiting_one_can_be_cancelled(demo: Caller) -> None:
    (waiting,) = demo.http.get("/api/jobs/ada?stage=SCHEDULING").json()
    demo.http.post(f"/api/jobs/ada/{waiting['id']}/cancel")
    assert demo.job(waiting["id"])["status"]["stage"] == "CANCELED"


def test_a_waiting_one_was_put_on_a_machine_again_and_again(demo: Caller) -> None:
    (waiting,) = demo.http.get("/api/jobs/ada?stage=SCHEDULING").json()
    assert waiting["status"]["failureCount"] == 6
    demo.http.post(f"/api/jobs/ada/{waiting['id']}/cancel")
    assert [event.count("Job started at") for event in demo.events(waiting["id"])] == [1] * 7


@pytest.mark.parametrize(("hours", "stage", "message"), [(2, "COMPLETED", None), (9, "ERROR", "Job timeout")])
def test_a_running_one_comes_to_its_end(hours: int, stage: str, message: str | None) -> None:
    """One is done before its time is up, the other is not."""
    clock = HeldClock()
    with LocalHub(demo=True, clock=clock) as hub:
        job_id = running(hub, "qwen3-support-lora")
        record = hub.job(job_id)
        if stage == "ERROR":
            limited = replace(record.request, timeout_seconds=3600)
            hub.call(lambda: setattr(record, "request", limited))
        clock.seconds += hours * 3600
        hub.call(hub.state.simulation.tick)
        caller = Caller(hub)
        with caller.http:
            status = caller.job(job_id)["status"]
            assert (status["stage"], status["message"]) == (stage, message)
            lines = log_texts(caller, caller.job(job_id))
    assert len(lines) > 1000
    assert (lines[-1] == "Training completed.") == (stage == "COMPLETED")
