"""Scheduled jobs: their rules, what can be done with them, and the clock that starts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from tests.local.conftest import Caller
from tests.local.test_jobs import HeldClock
from tests.local_hub import LocalHub
from tests.waiting import until
from tui.domain.cron import read_cron

SPEC = {
    "dockerImage": "python:3.12",
    "command": ["sleep", "600"],
    "flavor": "cpu-basic",
    "labels": {"a": "b"},
}
AT = datetime(2026, 9, 21, 13, 33, 20, tzinfo=UTC).timestamp()
"""A Monday."""


def schedule(caller: Caller, **fields: Any) -> httpx2.Response:
    body = {"jobSpec": SPEC, "schedule": "@hourly"} | fields
    return caller.http.post("/api/scheduled-jobs/ada", json=body)


def read(caller: Caller, schedule_id: str) -> dict[str, Any]:
    return dict(caller.http.get(f"/api/scheduled-jobs/ada/{schedule_id}").json())


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(AT)


@pytest.fixture
def held(clock: HeldClock) -> Iterator[Caller]:
    """A client of a hub whose clock stands still."""
    with LocalHub(clock=clock) as hub:
        caller = Caller(hub)
        with caller.http:
            yield caller


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("@hourly", "2026-09-21T14:00:00"),
        ("@daily", "2026-09-22T00:00:00"),
        ("@weekly", "2026-09-27T00:00:00"),
        ("@monthly", "2026-10-01T00:00:00"),
        ("@yearly", "2027-01-01T00:00:00"),
        ("@annually", "2027-01-01T00:00:00"),
        ("0 9 * * 1", "2026-09-28T09:00:00"),
        ("*/15 * * * *", "2026-09-21T13:45:00"),
        ("0 8-10 * * *", "2026-09-22T08:00:00"),
        ("0,30 14 1,15 * *", "2026-10-01T14:00:00"),
        ("*/20 * * * * *", "2026-09-21T13:33:40"),
        ("0 0 0 1 1 * 2028", "2028-01-01T00:00:00"),
        ("0 0 0 1 1 * 2028-2030", "2028-01-01T00:00:00"),
        ("0 0 0 1 1 * */50", "2050-01-01T00:00:00"),
    ],
)
def test_the_next_run_is_reckoned_in_utc(text: str, wanted: str) -> None:
    runs = read_cron(text).next_runs(datetime.fromtimestamp(AT, UTC))
    assert runs.moments[0].isoformat() == wanted + "+00:00"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "@every",
            "@Daily",
            "* * * *",
            "* * * * * * * *",
            "0 9 * * MON",
            "0 1-5/2 * * *",
            "0 1-3,5 * * *",
        ),
        *("@daily ", " * * * * *", "*  * * * *", "a * * * *", "0 0 30 2 *", "60 * * * *", "0 0 0 1 1 * 1999"),
        *("٣ * * * *", "*/0 * * * *", None, 5),
        *("0 24 * * *", "0 9 0 * *", "0 9 * 13 *", "0 0 31 2 *", "99999 * * * *", "0 0 * * 8", "5-1 * * * *"),
        *("0-99999999 * * * *", "* * * * * * 0-99999999", "9" * 5000 + " * * * *", "every hour"),
    ],
)
def test_what_is_no_schedule_is_refused(caller: Caller, text: Any) -> None:
    reply = schedule(caller, schedule=text)
    assert (reply.status_code, "schedule" in reply.json()["error"]) == (400, True)


@pytest.mark.parametrize(
    "fields",
    [
        {"jobSpec": None},
        {"jobSpec": SPEC | {"flavor": "none"}},
        {"suspend": "yes"},
        {"concurrency": 1},
    ],
)
def test_other_rules_hold_too(caller: Caller, fields: dict[str, Any]) -> None:
    assert schedule(caller, **fields).status_code == 400
    assert caller.http.get("/api/scheduled-jobs/ada").json() == []


def test_its_form(held: Caller) -> None:
    made = schedule(
        held, schedule="0 9 * * 1", jobSpec=SPEC | {"timeoutSeconds": 60, "secrets": {"K": "sesame"}}
    )
    shown = made.json()
    assert "sesame" not in made.text
    assert {
        name: value for name, value in shown.items() if name not in ("id", "owner", "initiator", "jobSpec")
    } == {
        "type": "scheduled-job",
        "createdAt": "2026-09-21T13:33:20.000Z",
        "schedule": "0 9 * * 1",
        "suspend": False,
        "concurrency": False,
        "status": {"lastJob": None, "nextJobRunAt": "2026-09-28T09:00:00.000Z"},
    }
    assert (shown["owner"]["name"], shown["initiator"]["type"]) == ("ada", "user")
    assert shown["jobSpec"] == {
        "dockerImage": "python:3.12",
        "command": ["sleep", "600"],
        "arguments": [],
        "environment": {},
        "secrets": ["K"],
        "flavor": "cpu-basic",
        "timeout": 60,
        "retry": 0,
        "labels": {"a": "b"},
    }
    assert held.http.get("/api/scheduled-jobs/ada").json() == [shown] == [read(held, shown["id"])]


def test_lists_are_by_namespace_and_label(caller: Caller) -> None:
    schedule_id = schedule(caller).json()["id"]
    schedule(caller, jobSpec=SPEC | {"labels": {}})
    listed = caller.http.get("/api/scheduled-jobs/ada?label=a%3Db").json()
    assert [item["id"] for item in listed] == [schedule_id]
    assert caller.http.get("/api/scheduled-jobs/acme").json() == []
    assert caller.http.get(f"/api/scheduled-jobs/acme/{schedule_id}").status_code == 404
    assert caller.http.get("/api/scheduled-jobs/ada?label=x").status_code == 400


def test_the_clock_starts_what_is_due_and_no_more(held: Caller, clock: HeldClock) -> None:
    hourly = schedule(held, concurrency=True).json()["id"]
    schedule(held, schedule="@daily")
    schedule(held, suspend=True)
    scheduler = held.hub.state.scheduler
    held.hub.call(scheduler.tick)
    assert held.http.get("/api/jobs/ada").json() == []
    clock.seconds += 3600
    held.hub.call(scheduler.tick)
    held.hub.call(scheduler.tick)
    (job,) = held.http.get("/api/jobs/ada").json()
    assert job["initiator"] == {"type": "scheduled-job", "id": hourly}
    status = read(held, hourly)["status"]
    assert status["lastJob"] == {"id": job["id"], "at": "2026-09-21T14:33:20.000Z"}
    assert status["nextJobRunAt"] == "2026-09-21T15:00:00.000Z"


def test_a_run_waits_for_none_but_is_left_out(held: Caller, clock: HeldClock) -> None:
    alone = schedule(held).json()["id"]
    scheduler = held.hub.state.scheduler
    for _ in range(2):
        clock.seconds += 3600
        held.hub.call(scheduler.tick)
    (job,) = held.http.get("/api/jobs/ada").json()
    assert read(held, alone)["status"]["nextJobRunAt"] == "2026-09-21T16:00:00.000Z"
    held.http.post(f"/api/jobs/ada/{job['id']}/cancel")
    clock.seconds += 3600
    held.hub.call(scheduler.tick)
    assert len(held.http.get("/api/jobs/ada").json()) == 2


def test_the_real_clock_starts_it(caller: Caller) -> None:
    spec = SPEC | {"command": ["echo", "tick"]}
    schedule_id = schedule(caller, schedule="* * * * * *", jobSpec=spec).json()["id"]
    until(lambda: caller.http.get("/api/jobs/ada?stage=COMPLETED").json(), seconds=10)
    job = caller.http.get("/api/jobs/ada?stage=COMPLETED").json()[-1]
    assert job["initiator"]["id"] == schedule_id
    assert '"tick"' in caller.events(job["id"])[1]


def test_after_its_last_run_it_rests(held: Caller, clock: HeldClock) -> None:
    schedule_id = schedule(held, schedule="0 0 14 21 9 * 2026").json()["id"]
    clock.seconds += 3600
    for _ in range(2):
        held.hub.call(held.hub.state.scheduler.tick)
    assert len(held.http.get("/api/jobs/ada").json()) == 1
    assert "nextJobRunAt" not in read(held, schedule_id)["status"]


def test_a_run_by_hand_changes_nothing_of_the_schedule(held: Caller) -> None:
    made = schedule(held, schedule="0 9 * * 1").json()
    job = held.http.post(f"/api/scheduled-jobs/ada/{made['id']}/run").json()
    assert (job["type"], job["initiator"]["id"]) == ("job", made["id"])
    again = held.http.post(f"/api/scheduled-jobs/ada/{made['id']}/run")
    assert again.status_code == 409
    assert again.json()["error"].startswith(
        "Another job is already running at the same time, set `concurrency`"
    )
    status = read(held, made["id"])["status"]
    assert status["nextJobRunAt"] == made["status"]["nextJobRunAt"]
    assert status["lastJob"]["id"] == job["id"]


def test_with_concurrency_runs_may_overlap(caller: Caller) -> None:
    schedule_id = schedule(caller, concurrency=True).json()["id"]
    runs = [caller.http.post(f"/api/scheduled-jobs/ada/{schedule_id}/run") for _ in range(2)]
    assert [reply.status_code for reply in runs] == [200, 200]


def test_it_can_be_held_and_go_on(held: Caller, clock: HeldClock) -> None:
    url = f"/api/scheduled-jobs/ada/{schedule(held).json()['id']}"
    assert held.http.post(url + "/suspend").status_code == 200
    clock.seconds += 7200
    held.hub.call(held.hub.state.scheduler.tick)
    assert held.http.get(url).json()["suspend"] is True
    assert held.http.post(url + "/resume").status_code == 200
    held.hub.call(held.hub.state.scheduler.tick)
    assert held.http.get("/api/jobs/ada").json() == []
    resumed = held.http.get(url).json()
    assert (resumed["suspend"], resumed["status"]["nextJobRunAt"]) == (False, "2026-09-21T16:00:00.000Z")


def test_it_can_be_changed_and_deleted(held: Caller) -> None:
    url = f"/api/scheduled-jobs/ada/{schedule(held).json()['id']}"
    changed = held.http.post(url + "/schedule", json={"schedule": "@daily"}).json()
    assert (changed["schedule"], changed["status"]["nextJobRunAt"]) == ("@daily", "2026-09-22T00:00:00.000Z")
    assert held.http.post(url + "/schedule", json={"schedule": "never"}).status_code == 400
    assert held.http.put(url + "/labels", json={"labels": {"x": "y"}}).json()["jobSpec"]["labels"] == {
        "x": "y"
    }
    assert held.http.put(url + "/labels", json={}).status_code == 400
    assert held.http.delete(url).status_code == 200
    assert held.http.get(url).status_code == held.http.delete(url).status_code == 404


def test_without_credit_nothing_is_scheduled(caller: Caller) -> None:
    body = {"jobSpec": SPEC, "schedule": "@hourly"}
    assert caller.http.post("/api/scheduled-jobs/penniless", json=body).status_code == 402
    assert caller.http.post("/api/scheduled-jobs/nobody", json=body).status_code == 404


def test_usage_is_by_job_of_the_user_and_month(held: Caller, clock: HeldClock) -> None:
    running = held.hub.add_job(flavor="a10g-small", age_seconds=100)
    held.hub.add_job(flavor="a10g-small", age_seconds=30 * 86400)
    held.hub.add_job(flavor="a10g-small", namespace="acme")
    held.hub.add_job(stage="SCHEDULING")
    clock.seconds += 90
    body = held.http.get("/api/settings/billing/usage/jobs").json()
    assert body == {
        "hasAccess": True,
        "usage": {
            "usedMicroUsd": 50001,
            "totalMinutes": 3.0,
            "periodStart": "2026-09-01T00:00:00.000Z",
            "periodEnd": "2026-10-01T00:00:00.000Z",
            "jobDetails": [
                {
                    "jobId": running,
                    "hardwareFlavor": "a10g-small",
                    "totalMinutes": 3.0,
                    "totalCostMicroUsd": 50001,
                    "startedAt": "2026-09-21T13:31:50.000Z",
                }
            ],
        },
    }
