"""Trouble on demand strikes where it is planned, and only there."""

from __future__ import annotations

import threading

import httpx2
import pytest

from tests.local.conftest import Caller
from tests.waiting import until


def test_a_status_strikes_as_often_as_planned(caller: Caller) -> None:
    caller.hub.fail("GET", "/api/jobs/*", status=503, times=2)
    replies = [caller.http.get("/api/jobs/ada").status_code for _ in range(3)]
    assert replies == [503, 503, 200]


def test_it_leaves_other_requests_alone(caller: Caller) -> None:
    caller.hub.fail("POST", "/api/jobs/*", status=500)
    assert caller.http.get("/api/jobs/ada").status_code == 200
    assert caller.http.get("/api/whoami-v2").status_code == 200
    reply = caller.create()
    assert (reply.status_code, reply.headers["X-Error-Message"]) == (500, "Fault on demand: 500")
    caller.hub.heal()
    assert caller.create().status_code == 200


@pytest.mark.parametrize(
    ("body", "content"),
    [("<html>", b"<html>"), (b"\xff", b"\xff"), ({"error": ["a"]}, b'{"error":["a"]}'), ("", b"")],
)
def test_body_and_headers_are_as_planned(caller: Caller, body: object, content: bytes) -> None:
    headers = {"RateLimit": '"api";r=0;t=7', "Retry-After": "7"}
    caller.hub.fail("*", "/api/*", status=429, body=body, headers=headers)
    reply = caller.http.get("/api/jobs/ada")
    assert (reply.status_code, reply.content) == (429, content)
    assert (reply.headers["RateLimit"], reply.headers["Retry-After"]) == ('"api";r=0;t=7', "7")


def test_doors_come_before_faults(caller: Caller) -> None:
    caller.hub.fail("*", "*", status=503)
    assert httpx2.get(caller.hub.endpoint + "/api/jobs/ada", trust_env=False).status_code == 401


def test_a_hang_lasts_until_the_client_gives_up(caller: Caller) -> None:
    caller.hub.fail("GET", "/api/jobs/*", hang=True, times=1)
    with pytest.raises(httpx2.ReadTimeout):
        caller.http.get("/api/jobs/ada", timeout=0.1)
    assert caller.http.get("/api/jobs/ada").status_code == 200


def test_a_reset_breaks_the_connection(caller: Caller) -> None:
    caller.hub.fail("GET", "/api/jobs/*", reset=True, times=1)
    with pytest.raises((httpx2.RemoteProtocolError, httpx2.ReadError)):
        caller.http.get("/api/jobs/ada")
    assert caller.http.get("/api/jobs/ada").status_code == 200


def test_a_delay_only_delays(caller: Caller) -> None:
    caller.hub.fail("GET", "/api/jobs/*", delay_seconds=0.05)
    reply = caller.http.get("/api/jobs/ada")
    assert reply.status_code == 200
    assert reply.elapsed.total_seconds() >= 0.05


def test_a_log_can_end_while_its_job_runs(caller: Caller) -> None:
    job_id = caller.hub.add_job(lines=["a", "b", "c"])
    caller.hub.fail("GET", "*/logs", lines=3, times=1)
    assert len(caller.events(job_id)) == 3
    assert caller.job(job_id)["status"]["stage"] == "RUNNING"
    caller.hub.set_stage(job_id, "COMPLETED")
    assert len(caller.events(job_id)) == 4


def test_a_log_can_be_cut_in_the_middle(caller: Caller) -> None:
    job_id = caller.hub.add_job(lines=["a"])
    caller.hub.fail("GET", "*/logs", lines=3, reset=True, times=1)
    seen: list[str] = []
    with caller.http.stream("GET", f"/api/jobs/ada/{job_id}/logs") as reply:
        lines = (line for line in reply.iter_lines() if line)
        seen += [next(lines), next(lines)]
        caller.hub.log(job_id, "b", "c", "d")
        with pytest.raises((httpx2.RemoteProtocolError, httpx2.ReadError)):
            seen += lines
    assert len(seen) <= 3


def test_a_cut_beyond_the_end_changes_nothing(caller: Caller) -> None:
    job_id = caller.hub.add_job(stage="COMPLETED", lines=["a"])
    caller.hub.fail("GET", "*/logs", lines=99)
    assert len(caller.events(job_id)) == 2


def test_the_hub_stops_with_requests_hanging(caller: Caller) -> None:
    caller.hub.fail("GET", "/api/jobs/*", hang=True)
    failures: list[httpx2.TransportError] = []

    def ask() -> None:
        try:
            caller.http.get("/api/jobs/ada")
        except httpx2.TransportError as error:
            failures.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    until(lambda: caller.hub.requests)
    caller.hub.close()
    asking.join(5)
    assert len(failures) == 1
