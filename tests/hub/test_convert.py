"""JSON to domain objects: everything the Hub says is kept, nothing it could say breaks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.identity import Identity, Payer
from tui.domain.job import Account, Volume
from tui.hub.convert import identity_from_json, job_from_json, jobs_from_json

JOB: dict[str, Any] = {
    "type": "job",
    "id": "6a1c2d3e4f5061728394a5b6",
    "createdAt": "2026-10-09T10:00:00.000Z",
    "startedAt": "2026-10-09T10:03:00Z",
    "durations": {"schedulingSecs": 180, "runningSecs": 3600, "totalSecs": 3780},
    "dockerImage": "python:3.12",
    "command": ["uv", "run"],
    "arguments": ["x.py"],
    "environment": {"EPOCHS": "3"},
    "secrets": ["HF_TOKEN"],
    "flavor": "a10g-small",
    "timeout": 7200,
    "retry": 1,
    "labels": {"name": "train", "bare": ""},
    "volumes": [{"type": "bucket", "source": "ada/b", "mountPath": "/data", "readOnly": False, "path": "p"}],
    "expose": {"ports": [8000], "portsPublic": []},
    "createdBy": {"id": "1", "name": "grace"},
    "owner": {"id": "2", "name": "acme", "type": "org"},
    "initiator": {"type": "duplicated-job", "id": "9"},
    "status": {"stage": "RUNNING", "message": None, "failureCount": 1, "exposeUrls": ["https://x"]},
}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
strange_jobs = st.fixed_dictionaries(
    {"id": st.just("x"), "status": st.fixed_dictionaries({"stage": st.just("Y")})},
    optional={key: json_values for key in JOB if key not in ("id", "status")},
)


def test_everything_the_hub_says_is_kept() -> None:
    job = job_from_json(JOB, "asked")
    assert job is not None
    assert (job.id, job.stage, job.namespace, job.owner_kind) == (JOB["id"], "RUNNING", "acme", "org")
    assert job.created_at == datetime(2026, 10, 9, 10, tzinfo=UTC)
    assert job.started_at == datetime(2026, 10, 9, 10, 3, tzinfo=UTC)
    assert job.command == ("uv", "run", "x.py")
    assert (job.secret_names, job.environment) == (("HF_TOKEN",), {"EPOCHS": "3"})
    assert (job.timeout_seconds, job.attempts, job.failure_count) == (7200, 2, 1)
    assert (job.name, job.labels["bare"], job.created_by) == ("train", "", "grace")
    assert job.volumes == (Volume("bucket", "ada/b", "/data", "p"),)
    assert (job.ports, job.expose_urls) == ((8000,), ("https://x",))
    assert job.initiator == Account("", "duplicated-job", "9")


def test_only_an_ended_job_keeps_the_hubs_durations() -> None:
    running = job_from_json(JOB, "")
    ended = job_from_json({**JOB, "status": {"stage": "COMPLETED"}}, "")
    assert running is not None
    assert running.ended_running_seconds is None
    assert ended is not None
    assert (ended.ended_scheduling_seconds, ended.ended_running_seconds) == (180, 3600)


def test_id_and_stage_are_enough() -> None:
    job = job_from_json({"id": "6a1c2d3e0000000000000000", "status": {"stage": "UPDATING"}}, "ada")
    assert job is not None
    assert (job.stage, job.live, job.namespace) == ("UPDATING", True, "ada")
    assert job.created_at == datetime.fromtimestamp(0x6A1C2D3E, UTC)


@pytest.mark.parametrize("secrets", [["A", "B"], {"A": None, "B": "x"}, ["A", 5, "B"]])
def test_secrets_come_in_several_shapes(secrets: Any) -> None:
    job = job_from_json({**JOB, "secrets": secrets}, "")
    assert job is not None
    assert job.secret_names == ("A", "B")


def test_what_is_no_job_is_left_out() -> None:
    assert [job.id for job in jobs_from_json([None, {}, {"id": "x"}, JOB, "job"], "")] == [JOB["id"]]


@given(json_values)
def test_no_json_at_all_breaks_it(value: Any) -> None:
    job_from_json(value, "ada")
    identity_from_json(value)


@given(strange_jobs)
def test_no_field_at_all_breaks_it(value: Any) -> None:
    job = job_from_json(value, "ada")
    assert job is not None
    assert isinstance(hash(job.name), int)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_times_beyond_the_calendar_read_as_not_given(moment: str) -> None:
    job = job_from_json({**JOB, "startedAt": moment}, "")
    assert job is not None
    assert job.started_at is None


def identity_with(token: object) -> Identity:
    identity = identity_from_json({"name": "ada", "orgs": [{"name": "acme"}], "auth": {"accessToken": token}})
    assert identity is not None
    return identity


def fine_grained(*scoped: object, everywhere: object = ()) -> dict[str, object]:
    return {"role": "fineGrained", "fineGrained": {"global": everywhere, "scoped": list(scoped)}}


def scope(name: str, *permissions: str) -> dict[str, object]:
    return {"entity": {"type": "user", "name": name}, "permissions": list(permissions)}


@pytest.mark.parametrize(
    ("token", "ada", "acme"),
    [
        ({"role": "read"}, "write", "write"),
        ({"role": "write"}, "", ""),
        ({"role": "god"}, "", ""),
        ({"role": "fineGrained"}, "", ""),
        ({"role": "fineGrained", "fineGrained": {"scoped": "?"}}, "", ""),
        ({}, "", ""),
        (None, "", ""),
        (fine_grained(scope("ada", "repo.write", "job.write")), "", "job.write"),
        (fine_grained(scope("ada", "job.read"), scope("acme", "job.write")), "job.write", ""),
        (fine_grained(scope("ada", "repo.write"), 7, {"entity": None}), "job.write", "job.write"),
        (fine_grained(everywhere=["job.write"]), "", ""),
        (fine_grained(scope("ada", "job.read"), scope("ada", "job.write")), "", "job.write"),
    ],
)
def test_a_right_is_missing_only_where_that_is_known(token: object, ada: str, acme: str) -> None:
    identity = identity_with(token)
    assert (identity.missing_right("ada"), identity.missing_right("acme")) == (ada, acme)
    assert identity.starts_no_jobs == (ada if ada and acme else "")


def test_an_identity_names_who_can_pay() -> None:
    identity = identity_from_json(
        {
            "name": "ada",
            "canPay": True,
            "isPro": True,
            "orgs": [{"name": "acme", "canPay": False, "plan": "team"}, {"name": ""}, None],
            "auth": {"accessToken": {"displayName": "laptop", "role": "fineGrained"}},
        }
    )
    assert identity is not None
    assert (identity.name, identity.user.plan, identity.token_name) == ("ada", "pro", "laptop")
    assert identity.organisations == (Payer("acme", "org", can_pay=False, plan="team"),)
