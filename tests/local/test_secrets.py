"""Values of secrets and the hub's token leave the hub in no reply, no log and no file but the job's own."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from tests.local.conftest import Caller
from tui.local.jobs import JobRequest

SECRET = "sesame-open-up"
JOB: dict[str, Any] = {"secrets": {"KEY": SECRET}, "labels": {"name": "x"}}


def test_replies_about_a_job_name_its_secrets_only(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    job_id = caller.start("sh", "-c", 'test -n "$KEY"', **JOB)
    job = f"/api/jobs/ada/{job_id}"
    assert caller.wait_for(job_id)["status"]["stage"] == "COMPLETED"
    replies = [caller.http.get(path) for path in ("/api/jobs/ada", job, f"{job}/logs", f"{job}/metrics")]
    replies.append(caller.http.post(f"{job}/duplicate"))
    replies.append(caller.http.put(f"{job}/labels", json={"labels": {}}))
    replies.append(caller.http.post(f"{job}/cancel"))
    said = "".join(reply.text + repr(reply.headers) for reply in replies)
    assert '"secrets":["KEY"]' in said
    assert SECRET not in said + caplog.text
    assert caller.hub.token not in said + caplog.text


@pytest.mark.parametrize(
    "fields",
    [
        {"secrets": {"1": SECRET}},
        {"secrets": {"KEY": f"{SECRET}\0"}},
        {"secrets": [SECRET]},
        {"secrets": SECRET},
        {"secrets": {"KEY": [SECRET]}},
        JOB | {"flavor": "none"},
        JOB | {"volumes": [{"mountPath": "/.."}]},
    ],
)
def test_refusals_do_not_quote_secrets(caller: Caller, fields: dict[str, Any]) -> None:
    reply = caller.create(**fields)
    assert reply.status_code == 400
    assert SECRET not in reply.text + repr(reply.headers)


def test_a_job_that_cannot_start_does_not_quote_secrets(caller: Caller) -> None:
    job_id = caller.start("no-such-command", **JOB)
    caller.wait_for(job_id)
    assert SECRET not in "".join(caller.events(job_id))
    assert SECRET not in repr(caller.hub.job(job_id)) + repr(JobRequest(("true",), secrets={"KEY": SECRET}))


def test_files_of_a_hub_are_the_users_alone(caller: Caller) -> None:
    caller.wait_for(caller.start("sh", "-c", "echo x", **JOB))
    folder = caller.hub.folder
    assert folder.stat().st_mode & 0o077 == 0
    for path in folder.rglob("*"):
        assert path.is_symlink() or path.is_dir() or path.stat().st_mode & 0o077 == 0
        if path.is_file() and not path.is_symlink():
            assert SECRET.encode() not in path.read_bytes()
