"""Trouble on demand strikes where it is planned, and only there."""

from __future__ import annotations

import re
import threading

import httpx2
import pytest

from tests.local.conftest import Caller
from tests.local_hub import LocalHub
from tests.waiting import until
from tui.local.faults import Fault, FaultSyntaxError, parse_fault


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


def test_a_reply_can_be_cut_after_some_bytes(caller: Caller) -> None:
    caller.hub.fail("GET", "/api/whoami-v2", bytes_=20, times=1)
    with pytest.raises(httpx2.RemoteProtocolError), caller.http.stream("GET", "/api/whoami-v2") as reply:
        reply.read()
    assert caller.http.get("/api/whoami-v2").json()["name"] == "ada"


def test_a_stream_can_end_after_some_bytes(caller: Caller) -> None:
    job_id = caller.hub.add_job(lines=["abc"] * 100)
    caller.hub.fail("GET", "*/logs", bytes_=1000)
    assert len(caller.http.get(f"/api/jobs/ada/{job_id}/logs").content) == 1000


def test_a_replay_can_be_shorter_than_before(caller: Caller) -> None:
    job_id = caller.hub.add_job(stage="COMPLETED", lines=["one", "two", "three"])
    whole = caller.events(job_id)
    caller.hub.fail("GET", "*/logs", skip=2)
    assert caller.events(job_id) == [whole[0], whole[3]]
    caller.hub.heal()
    caller.hub.fail("GET", "*/logs", skip=1, lines=2)
    assert caller.events(job_id) == [whole[0], whole[2]]
    caller.hub.heal()
    caller.hub.fail("GET", "*/logs", skip=100)
    assert caller.events(job_id) == whole[:1]


def test_a_stream_can_fall_silent() -> None:
    with LocalHub(keep_alive_seconds=0.01) as hub, Caller(hub).http as http:
        job_id = hub.add_job(lines=["one", "two", "three"])
        hub.fail("GET", "*/logs", lines=2, silent=True)
        received: list[str] = []
        with http.stream("GET", f"/api/jobs/ada/{job_id}/logs", timeout=0.8) as reply:
            lines = (line for line in reply.iter_lines() if line)
            received += [next(lines), next(lines)]
            hub.log(job_id, "four")
            with pytest.raises(httpx2.ReadTimeout):
                next(lines)
        assert '"one"' in received[1]
        assert hub.job(job_id).stage == "RUNNING"


def test_headers_can_be_set_on_the_real_reply(caller: Caller) -> None:
    caller.hub.plan(parse_fault("GET /api/* rate-limit=3/200 x1"))
    reply = caller.http.get("/api/whoami-v2")
    assert (reply.json()["name"], reply.headers.get_list("RateLimit")) == ("ada", ['"api";r=3;t=200'])


@pytest.mark.parametrize(
    ("words", "status", "start"),
    [
        ("GET * 503", 503, b'{"error":'),
        ("* /api/* html", 502, b"<!DOCTYPE html>"),
        ("get /api/whoami* html 404", 404, b"<!DOCTYPE html>"),
        ("GET * malformed", 200, b'[{"type":"job"'),
        ("GET * 429 rate-limit=0/7 retry-after=7", 429, b'{"error":'),
        ("GET * 500 delay=0.01s", 500, b'{"error":'),
    ],
)
def test_words_do_what_they_say(caller: Caller, words: str, status: int, start: bytes) -> None:
    caller.hub.plan(parse_fault(words))
    reply = caller.http.get("/api/whoami-v2")
    assert reply.status_code == status
    assert reply.content.startswith(start)


def test_words_are_read() -> None:
    assert parse_fault("GET /api/jobs/* 503 x3") == Fault("GET", "/api/jobs/*", status=503, times=3)
    assert parse_fault("* */logs lines=20 reset") == Fault("*", "*/logs", lines=20, reset=True)
    assert parse_fault("GET */logs bytes=9 silent x1") == Fault(
        "GET", "*/logs", bytes=9, silent=True, times=1
    )
    assert parse_fault("POST * hang delay=1.5") == Fault("POST", "*", hang=True, delay_seconds=1.5)
    assert parse_fault("GET */logs skip=5").skip == 5
    warned = parse_fault("GET /api/* x2 warning=plan; Your plan ends soon")
    assert (warned.times, warned.headers) == (2, {"X-HF-Warning": "plan; Your plan ends soon"})
    assert parse_fault("* * warning=Read this").headers == {"X-HF-Warning": "Read this"}
    limited = parse_fault("GET * 429 rate-limit=0/7 retry-after=8")
    assert (limited.status, limited.headers) == (429, {"RateLimit": '"api";r=0;t=7', "Retry-After": "8"})


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("", "''"),
        ("GET", "''"),
        ("FETCH /x 500", "'FETCH'"),
        ("GET api 500", "'api'"),
        ("GET /api", "nothing is to happen"),
        ("GET /api 5000", "'5000'"),
        ("GET /api 199", "'199'"),
        ("GET /api x", "'x'"),
        ("GET /api delay=-1", "'delay=-1'"),
        ("GET /api lines=many", "'lines=many'"),
        ("GET /api explode", "'explode'"),
    ],
)
def test_words_that_mean_nothing_are_named(words: str, named: str) -> None:
    with pytest.raises(FaultSyntaxError, match=re.escape(named)):
        parse_fault(words)
