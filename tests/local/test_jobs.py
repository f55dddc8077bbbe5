"""Lists, pages, counts and the shapes of a job."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import httpx2
import pytest

from tests.local.conftest import Caller
from tests.local_hub import LocalHub
from tui.local.identity import ACME, LOCAL_IDENTITY


@dataclass
class HeldClock:
    """A clock that a test moves."""

    seconds: float = 1_790_000_000.0

    def now(self) -> float:
        return self.seconds


def pages(caller: Caller, path: str) -> list[list[str]]:
    """The ids of each page, following the links as they come."""
    found = []
    link: str | None = path
    while link is not None:
        reply = caller.http.get(link)
        assert reply.status_code == 200
        found.append([job["id"] for job in reply.json()])
        header = reply.headers.get("link")
        link = None
        if header is not None:
            match = re.fullmatch(r'<(http://127\.0\.0\.1:\d+/[^>]+)>; rel="next"', header)
            assert match is not None, header
            link = match[1]
    return found


def test_250_jobs_are_three_pages_newest_first(caller: Caller) -> None:
    ids = [caller.hub.add_job(age_seconds=1000 - index) for index in range(250)]
    found = pages(caller, "/api/jobs/ada")
    assert [len(page) for page in found] == [100, 100, 50]
    assert [job_id for page in found for job_id in page] == ids[::-1]


def test_exactly_one_page_has_no_link(caller: Caller) -> None:
    for _ in range(100):
        caller.hub.add_job()
    assert [len(page) for page in pages(caller, "/api/jobs/ada")] == [100]


def test_a_job_that_comes_between_pages_doubles_nothing(caller: Caller) -> None:
    ids = {caller.hub.add_job(age_seconds=500) for _ in range(150)}
    first = caller.http.get("/api/jobs/ada")
    caller.hub.add_job(age_seconds=1)
    second = caller.http.get(first.links["next"]["url"])
    seen = [job["id"] for job in first.json() + second.json()]
    assert len(seen) == len(set(seen))
    assert set(seen) == ids


def test_pages_keep_the_filter(caller: Caller) -> None:
    wanted = {caller.hub.add_job(stage="ERROR", labels={"team": "ml", "b": ""}) for _ in range(130)}
    for _ in range(130):
        caller.hub.add_job(stage="COMPLETED", labels={"team": "ml", "b": ""})
        caller.hub.add_job(stage="ERROR", labels={"team": "web", "b": ""})
    found = pages(caller, "/api/jobs/ada?stage=ERROR&stage=DELETED&label=team%3Dml&label=b%3D")
    assert [len(page) for page in found] == [100, 30]
    assert {job_id for page in found for job_id in page} == wanted


@pytest.mark.parametrize(
    "query",
    ["stage=PAUSED", "stage=running", "label=x", "cursor=x", "cursor=bnVsbA==", "cursor=" + "a" * 2049],
)
def test_a_query_that_means_nothing_is_refused(caller: Caller, query: str) -> None:
    reply = caller.http.get(f"/api/jobs/ada?{query}")
    assert reply.status_code == 400
    assert query.partition("=")[0] in reply.json()["error"]


def test_counting_takes_the_same_conditions(caller: Caller) -> None:
    for stage in ("RUNNING", "RUNNING", "SCHEDULING"):
        caller.hub.add_job(stage=stage)
    caller.hub.add_job(stage="ERROR")
    assert caller.http.get("/api/jobs/ada/count").json() == {"count": 4}
    assert caller.http.get("/api/jobs/ada/count?stage=RUNNING").json() == {"count": 2}
    assert caller.http.get("/api/jobs/acme/count").json() == {"count": 0}


def test_a_job_is_found_only_in_its_namespace(caller: Caller) -> None:
    job_id = caller.hub.add_job(namespace="acme")
    assert caller.http.get(f"/api/jobs/acme/{job_id}").json()["owner"]["type"] == "org"
    wrong = caller.http.get(f"/api/jobs/ada/{job_id}")
    assert (wrong.status_code, wrong.json()) == (404, {"error": "Job not found"})


def test_durations_are_counted_at_each_look() -> None:
    clock = HeldClock()
    with LocalHub(clock=clock) as hub:
        caller = Caller(hub)
        with caller.http:
            running = hub.add_job(stage="RUNNING", age_seconds=100)
            waiting = hub.add_job(stage="SCHEDULING", age_seconds=100)
            legacy = hub.add_job(stage="COMPLETED", age_seconds=100, durations_known=False)
            clock.seconds += 50
            durations = {"schedulingSecs": 10, "runningSecs": 140, "totalSecs": 150}
            assert caller.job(running)["durations"] == durations
            assert caller.job(waiting)["durations"] == {"totalSecs": 150}
            assert "startedAt" not in caller.job(waiting)
            assert "durations" not in caller.job(legacy)
            hub.set_stage(running, "ERROR", "Job timeout")
            clock.seconds += 50
            assert caller.job(running)["durations"] == durations
            assert caller.job(running)["finishedAt"] == "2026-09-21T14:14:10.000Z"


def test_the_id_tells_the_time_of_creation(caller: Caller) -> None:
    job = caller.job(caller.hub.add_job(age_seconds=3600))
    assert re.fullmatch(r"[0-9a-f]{24}", job["id"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", job["createdAt"])


def test_a_finished_job_cannot_be_cancelled(caller: Caller) -> None:
    job_id = caller.hub.add_job(stage="COMPLETED")
    reply = caller.http.post(f"/api/jobs/ada/{job_id}/cancel")
    assert reply.status_code == 400
    assert "already finished" in reply.json()["error"]
    assert caller.job(job_id)["status"]["stage"] == "COMPLETED"


def test_whoami_names_user_and_organisations(caller: Caller) -> None:
    whoami = caller.http.get("/api/whoami-v2").json()
    assert (whoami["name"], whoami["canPay"]) == ("ada", True)
    assert [(org["name"], org["canPay"]) for org in whoami["orgs"]] == [("acme", True), ("penniless", False)]


def test_read_access_starts_nothing() -> None:
    identity = replace(LOCAL_IDENTITY, organisations=(replace(ACME, role="read"),))
    with LocalHub(identity=identity) as hub:
        caller = Caller(hub)
        with caller.http:
            assert caller.http.get("/api/jobs/acme").json() == []
            reply = caller.create(namespace="acme")
    assert reply.status_code == 403
    assert "acme" in reply.json()["error"]


def test_requests_are_recorded(caller: Caller) -> None:
    caller.create(namespace="penniless", labels={"a": "b"})
    caller.http.get("/api/jobs/ada?stage=ERROR&label=a%3Db")
    httpx2.get(caller.hub.endpoint + "/api/jobs/ada", trust_env=False)
    create, listing, stranger = caller.hub.requests
    assert (create.method, create.path, create.json["labels"]) == ("POST", "/api/jobs/penniless", {"a": "b"})
    assert listing.query == (("stage", "ERROR"), ("label", "a=b"))
    assert "authorization" not in stranger.headers
