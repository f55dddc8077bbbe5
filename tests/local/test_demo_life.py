"""The demo lives on: its jobs use something, can be started again, and are started by its schedules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.local.conftest import Caller
from tests.local.test_demo import log_texts
from tests.local.test_jobs import HeldClock
from tests.local_hub import LocalHub
from tests.waiting import until
from tui.local.jobs import Job


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def demo(clock: HeldClock) -> Iterator[Caller]:
    """A client of a demo whose time stands still."""
    with LocalHub(demo=True, clock=clock) as hub:
        caller = Caller(hub)
        with caller.http:
            yield caller


def named(caller: Caller, name: str, stage: str) -> Job:
    """The latest job of that name and stage."""
    found = [
        job for job in caller.hub.state.store if job.request.labels.get("name") == name and job.stage == stage
    ]
    return max(found, key=lambda job: job.created_at)


def pass_time(caller: Caller, clock: HeldClock, seconds: float) -> None:
    """Let the demo live through some time at once."""
    clock.seconds += seconds
    caller.hub.call(caller.hub.state.scheduler.tick)
    caller.hub.call(caller.hub.state.simulation.tick)


def sample(caller: Caller, clock: HeldClock, job: Job) -> dict[str, Any]:
    """What a job uses in the next second."""
    path = f"/api/jobs/{job.owner.name}/{job.id}/metrics"
    with caller.http.stream("GET", path) as reply:
        until(lambda: job.metrics.watched)
        pass_time(caller, clock, 1)
        line = next(line for line in reply.iter_lines() if line.startswith("data: "))
    until(lambda: not job.metrics.watched)
    return dict(json.loads(line.removeprefix("data: ")))


def test_a_training_keeps_its_card_busy_and_a_forgotten_server_does_not(
    demo: Caller, clock: HeldClock
) -> None:
    (busy,) = sample(demo, clock, named(demo, "qwen3-support-lora", "RUNNING"))["gpus"].values()
    assert busy["utilization"] > 80
    assert 0.8 < busy["memory_used_bytes"] / busy["memory_total_bytes"] < 0.9
    assert busy["memory_total_bytes"] == 24 * 10**9
    forgotten = sample(demo, clock, named(demo, "probe-notebook", "RUNNING"))
    assert [card["utilization"] for card in forgotten["gpus"].values()] == [0]
    assert forgotten["cpu_usage_pct"] < 10


def test_of_two_cards_one_may_be_idle(demo: Caller, clock: HeldClock) -> None:
    job = named(demo, "eval-sweep", "RUNNING")
    samples = [sample(demo, clock, job) for _ in range(3)]
    assert len({tuple(figures["gpus"]) for figures in samples}) == 1
    assert len({figures["rx_bps"] for figures in samples}) == 3
    for figures in samples:
        used = sorted(card["memory_used_bytes"] for card in figures["gpus"].values())
        assert (used[0], used[1] > 10**10, figures["cpu_usage_pct"] > 80) == (0, True, True)


@pytest.mark.parametrize(
    ("name", "stage", "then", "message"),
    [
        ("gsm8k-eval", "COMPLETED", "COMPLETED", None),
        ("qwen3-batch-8", "ERROR", "ERROR", "Job failed with exit code: 1. Reason: Error."),
        ("whisper-small-de", "ERROR", "ERROR", "Job timeout"),
    ],
)
def test_what_is_started_again_does_the_same_again(
    demo: Caller, clock: HeldClock, name: str, stage: str, then: str, message: str | None
) -> None:
    job = named(demo, name, stage)
    again = demo.http.post(f"/api/jobs/ada/{job.id}/duplicate").json()
    assert (again["status"]["stage"], again["status"]["message"]) == ("SCHEDULING", "Waiting for hardware")
    pass_time(demo, clock, 9)
    assert demo.job(again["id"])["status"]["stage"] == "RUNNING"
    pass_time(demo, clock, 7200)
    ended = demo.job(again["id"])
    assert (ended["status"]["stage"], ended["status"]["message"]) == (then, message)
    assert log_texts(demo, ended)[1:] == log_texts(demo, demo.job(job.id))[1:]


def test_its_schedules_are_believable(demo: Caller) -> None:
    mine = demo.http.get("/api/scheduled-jobs/ada").json()
    theirs = demo.http.get("/api/scheduled-jobs/acme").json()
    assert {one["jobSpec"]["labels"]["name"]: one["suspend"] for one in mine} == {
        "nightly-sync": False,
        "weekly-report": True,
    }
    assert {one["jobSpec"]["labels"]["name"] for one in theirs} == {"hourly-ingest", "gpu-canary"}
    (nightly,) = (one for one in mine if not one["suspend"])
    last = named(demo, "nightly-sync", "COMPLETED")
    assert nightly["status"]["lastJob"]["id"] == last.id
    assert nightly["status"]["lastJob"]["at"][11:19] == "03:00:00"
    assert nightly["status"]["nextJobRunAt"][11:19] == "03:00:00"


def test_its_schedules_start_simulated_jobs(demo: Caller, clock: HeldClock) -> None:
    demo.http.get("/api/scheduled-jobs/acme")
    pass_time(demo, clock, 3600)
    job = named(demo, "hourly-ingest", "SCHEDULING")
    assert job.initiator is not None
    assert job.initiator["type"] == "scheduled-job"
    pass_time(demo, clock, 600)
    assert job.stage == "COMPLETED"
    assert demo.hub.state.runner.running_count == 0


def test_what_is_composed_really_runs(demo_hub: LocalHub) -> None:
    caller = Caller(demo_hub)
    with caller.http:
        job_id = caller.start("echo", "real")
        assert caller.wait_for(job_id)["status"]["stage"] == "COMPLETED"
        assert '"real"' in caller.events(job_id)[1]
