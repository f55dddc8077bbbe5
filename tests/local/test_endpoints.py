"""What can be done with a job that is there: duplicate, labels, ports, and asking what one may do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.local.conftest import Caller
from tests.local_hub import LocalHub
from tui.local.identity import ACME, LOCAL_IDENTITY


def test_a_duplicate_asks_for_the_same_and_says_of_what(caller: Caller) -> None:
    code = "import os; print(os.environ['EPOCHS'], os.environ['KEY'])"
    first = caller.start(
        "python",
        "-c",
        code,
        environment={"EPOCHS": "3"},
        secrets={"KEY": "sesame"},
        labels={"name": "x"},
        timeoutSeconds=77,
        attempts=1,
    )
    caller.wait_for(first)
    reply = caller.http.post(f"/api/jobs/ada/{first}/duplicate")
    second = reply.json()
    assert (reply.status_code, second["id"] != first) == (200, True)
    assert second["initiator"] == {"type": "duplicated-job", "id": first}
    for field in ("command", "environment", "secrets", "labels", "timeout", "flavor", "retry"):
        assert second[field] == caller.job(first)[field]
    caller.wait_for(second["id"], "COMPLETED")
    assert '"3 sesame"' in caller.events(second["id"])[1]


def test_labels_are_replaced_whole(caller: Caller) -> None:
    job_id = caller.hub.add_job(stage="COMPLETED", name="old", labels={"team": "ml"})
    reply = caller.http.put(f"/api/jobs/ada/{job_id}/labels", json={"labels": {"name": "new", "x": ""}})
    assert (reply.status_code, reply.json()["labels"]) == (200, {"name": "new", "x": ""})
    assert caller.http.get("/api/jobs/ada?label=team%3Dml").json() == []
    caller.http.put(f"/api/jobs/ada/{job_id}/labels", json={"labels": {}})
    assert caller.job(job_id)["labels"] == {}


@pytest.mark.parametrize("body", [{}, {"labels": None}, {"labels": {"a b": "c"}}, {"labels": {"a": 1}}, []])
def test_labels_that_break_the_rules_change_nothing(caller: Caller, body: Any) -> None:
    job_id = caller.hub.add_job(name="old")
    assert caller.http.put(f"/api/jobs/ada/{job_id}/labels", json=body).status_code == 400
    assert caller.job(job_id)["labels"] == {"name": "old"}


def test_ports_are_replaced_and_closed(caller: Caller) -> None:
    job_id = caller.hub.add_job()
    url = f"/api/jobs/ada/{job_id}/expose"
    job = caller.http.put(url, json={"ports": [8000, 9000], "portsPublic": [9000]}).json()
    assert job["expose"] == {"ports": [8000, 9000], "portsPublic": [9000]}
    assert job["status"]["exposeUrls"] == [f"https://{job_id}--{port}.hf.jobs" for port in (8000, 9000)]
    closed = caller.http.put(url, json={"ports": []}).json()
    assert ("expose" in closed, "exposeUrls" in closed["status"]) == (False, False)


@pytest.mark.parametrize(
    "body", [{}, {"ports": [0]}, {"ports": [1], "portsPublic": [2]}, {"ports": list(range(1, 23))}]
)
def test_ports_that_cannot_be_are_refused(caller: Caller, body: Any) -> None:
    job_id = caller.hub.add_job()
    assert caller.http.put(f"/api/jobs/ada/{job_id}/expose", json=body).status_code == 400


def test_a_finished_job_has_no_ports_to_change(caller: Caller) -> None:
    job_id = caller.hub.add_job(stage="COMPLETED")
    reply = caller.http.put(f"/api/jobs/ada/{job_id}/expose", json={"ports": [8000]})
    assert (reply.status_code, "already finished" in reply.json()["error"]) == (400, True)


def test_one_may_ask_what_one_may(caller: Caller) -> None:
    job_id = caller.hub.add_job(namespace="acme")
    for path in ("acme/auth-check/write", f"acme/{job_id}/auth-check/read"):
        reply = caller.http.post(f"/api/jobs/{path}")
        assert reply.json() == {
            "namespace": {"id": ACME.id, "name": "acme"},
            "user": {"id": LOCAL_IDENTITY.user.id, "name": "ada"},
        }
    assert caller.http.post("/api/jobs/acme/auth-check/everything").status_code == 400
    assert caller.http.post("/api/jobs/nobody/auth-check/read").status_code == 404
    assert caller.http.post(f"/api/jobs/ada/{job_id}/auth-check/read").status_code == 404


def test_read_access_changes_nothing() -> None:
    identity = replace(LOCAL_IDENTITY, organisations=(replace(ACME, role="read"),))
    with LocalHub(identity=identity) as hub:
        caller = Caller(hub)
        job_id = hub.add_job(namespace="acme", name="theirs")
        job = f"/api/jobs/acme/{job_id}"
        with caller.http:
            refused = [
                caller.http.post("/api/jobs/acme/auth-check/write"),
                caller.http.post(job + "/auth-check/write"),
                caller.http.post(job + "/cancel"),
                caller.http.post(job + "/duplicate"),
                caller.http.put(job + "/labels", json={"labels": {}}),
                caller.http.put(job + "/expose", json={"ports": [1]}),
            ]
            assert [reply.status_code for reply in refused] == [403] * 6
            assert caller.http.post("/api/jobs/acme/auth-check/read").status_code == 200
            assert caller.job(job_id, "acme")["status"]["stage"] == "RUNNING"


def test_a_duplicate_costs_credit_too(caller: Caller) -> None:
    job_id = caller.hub.add_job(namespace="penniless", stage="COMPLETED")
    assert caller.http.post(f"/api/jobs/penniless/{job_id}/duplicate").status_code == 402
