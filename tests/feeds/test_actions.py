"""Submit and cancel: one message for each outcome, one POST for each submit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.feeds.conftest import Mailbox
from tests.hub.conftest import Run
from tests.local_hub import LocalHub
from tui.domain.errors import ErrorKind
from tui.domain.job import Job
from tui.feeds import actions, submission
from tui.feeds.comparison import differences
from tui.hub.client import HubClient
from tui.hub.clock import Clock
from tui.hub.convert import job_from_json
from tui.messages import ActionFailed, JobChanged, JobCreated, ScheduleCreated
from tui.spec.job_spec import JobSpec, Schedule, UploadFile
from tui.spec.render import request_body
from tui.spec.secret import Secret

SPEC = JobSpec(
    image="python:3.12",
    space_id=None,
    command=("python", "-c", "pass"),
    flavor="cpu-basic",
    timeout_seconds=90,
    secrets={"KEY": Secret("sesame-open")},
    labels={"name": "one-1a2b3c4d"},
)

Submit = Callable[..., None]


class NoWaiting(Clock):
    """A clock on which every wait is over at once."""

    async def sleep(self, seconds: float) -> None:
        return


@pytest.fixture
def submit(client: HubClient, hub: LocalHub, run: Run[Any], mailbox: Mailbox) -> Submit:
    def submit_spec(spec: JobSpec = SPEC, namespace: str | None = None) -> None:
        payer = hub.user if namespace is None else namespace
        run(submission.submit(client, spec, payer, mailbox.post, clock=NoWaiting()))

    return submit_spec


def posts(hub: LocalHub) -> int:
    return sum(request.method == "POST" for request in hub.requests)


def test_a_job_is_created_as_asked(hub: LocalHub, submit: Submit, mailbox: Mailbox) -> None:
    submit()
    created = mailbox.all(JobCreated)[0]
    assert (created.job.name, created.job.namespace, created.differences) == ("one-1a2b3c4d", hub.user, ())
    sent = next(request for request in hub.requests if request.method == "POST")
    assert sent.path == f"/api/jobs/{hub.user}"
    assert sent.json == request_body(SPEC)


def test_without_a_namespace_the_user_pays(hub: LocalHub, submit: Submit, mailbox: Mailbox) -> None:
    submit(namespace="")
    assert mailbox.all(JobCreated)[0].job.namespace == hub.user


@pytest.mark.parametrize("status", [400, 401, 402, 403, 429])
def test_a_refusal_is_told_and_not_repeated(
    hub: LocalHub, submit: Submit, mailbox: Mailbox, status: int
) -> None:
    hub.fail("POST", "/api/jobs/*", status=status, body={"error": "no"})
    submit()
    failed = mailbox.all(ActionFailed)[0]
    assert (failed.action, failed.error.status, failed.error.detail, failed.job) == (
        "submit",
        status,
        "no",
        None,
    )
    assert posts(hub) == 1
    assert mailbox.all(JobCreated) == []


@pytest.mark.parametrize("fault", [{"status": 500}, {"reset": True}])
def test_an_answer_lost_on_the_way_is_looked_into(
    hub: LocalHub, submit: Submit, mailbox: Mailbox, fault: dict[str, Any]
) -> None:
    hub.fail("POST", "/api/jobs/*", **fault)
    submit()
    error = mailbox.all(ActionFailed)[0].error
    assert error.outcome_unclear
    assert "No job named one-1a2b3c4d has appeared" in error.advice
    assert posts(hub) == 1


def test_a_job_that_exists_although_the_answer_was_lost_is_named(
    hub: LocalHub, submit: Submit, mailbox: Mailbox
) -> None:
    hub.add_job(name="one-1a2b3c4d", command=("something", "else"), age_seconds=0)
    hub.add_job(name="one-1a2b3c4d", command=SPEC.command, age_seconds=3600)
    there = hub.add_job(name="one-1a2b3c4d", command=SPEC.command, age_seconds=0)
    hub.fail("POST", "/api/jobs/*", reset=True)
    submit()
    advice = mailbox.all(ActionFailed)[0].error.advice
    assert there in advice
    assert "Do not send it again" in advice


def test_when_looking_fails_too_that_is_said(hub: LocalHub, submit: Submit, mailbox: Mailbox) -> None:
    hub.fail("*", "/api/jobs/*", status=502)
    submit()
    assert "could not be found out" in mailbox.all(ActionFailed)[0].error.advice


def test_a_schedule_is_created_as_one(hub: LocalHub, submit: Submit, mailbox: Mailbox) -> None:
    spec = JobSpec(None, "a/b", ("x",), "cpu-basic", labels={"name": "x"}, schedule=Schedule("@daily"))
    submit(spec)
    created = mailbox.all(ScheduleCreated)[0]
    assert (created.name, created.schedule.schedule) == ("x", "@daily")
    assert created.schedule.next_run_at is not None
    assert created.differences == ()
    sent = next(request for request in hub.requests if request.method == "POST")
    assert sent.path == f"/api/scheduled-jobs/{hub.user}"
    assert sent.json == request_body(spec)


NIGHTLY = JobSpec(None, "a/b", ("x", "y"), "cpu-basic", labels={"name": "x"}, schedule=Schedule("@daily"))


@pytest.mark.parametrize("spec", [SPEC, NIGHTLY], ids=["job", "schedule"])
def test_what_exists_although_its_answer_was_cut_is_found(
    hub: LocalHub, submit: Submit, mailbox: Mailbox, spec: JobSpec
) -> None:
    hub.fail("POST", "/api/*", bytes_=10)
    submit(spec)
    error = mailbox.all(ActionFailed)[0].error
    assert error.outcome_unclear
    assert "It was created all the same" in error.advice
    assert "not as asked" not in error.advice
    assert "Do not send it again" in error.advice
    assert posts(hub) == 1


@pytest.mark.parametrize("fault", [{"status": 500}, {"reset": True}])
def test_a_schedule_that_does_not_exist_after_a_lost_answer_is_said_so(
    hub: LocalHub, submit: Submit, mailbox: Mailbox, fault: dict[str, Any]
) -> None:
    submit(replace(NIGHTLY, schedule=Schedule("@weekly")))
    submit(replace(NIGHTLY, labels={"name": "other"}))
    submit(replace(NIGHTLY, command=("x",)))
    hub.fail("POST", "/api/scheduled-jobs/*", **fault)
    submit(NIGHTLY)
    assert "No scheduled job named x has appeared" in mailbox.all(ActionFailed)[0].error.advice


def test_when_looking_for_a_schedule_fails_too_that_is_said(
    hub: LocalHub, submit: Submit, mailbox: Mailbox
) -> None:
    hub.fail("*", "/api/scheduled-jobs/*", status=502)
    submit(NIGHTLY)
    assert "could not be found out" in mailbox.all(ActionFailed)[0].error.advice


def test_what_the_hub_changed_of_a_schedule_is_shouted(
    hub: LocalHub, submit: Submit, mailbox: Mailbox
) -> None:
    answer = {
        "id": "6b0000000000000000000001",
        "schedule": "@weekly",
        "suspend": True,
        "concurrency": True,
        "jobSpec": {"spaceId": "a/c", "command": ["x"], "flavor": "cpu-upgrade", "timeout": 1800},
    }
    hub.fail("POST", "/api/scheduled-jobs/*", status=200, body=answer)
    submit(
        replace(NIGHTLY, timeout_seconds=90, schedule=Schedule("@daily", suspend=False, concurrency=False))
    )
    assert mailbox.all(ScheduleCreated)[0].differences == (
        "schedule: asked for @daily, got @weekly",
        "hardware: asked for cpu-basic, got cpu-upgrade",
        "Space: asked for a/b, got a/c",
        "command: asked for x y, got x",
        "timeout: asked for 90 s, got 1800 s",
        "label name: asked for 'x', got 'nothing'",
        "suspended: asked for no, got yes",
        "overlapping runs: asked for no, got yes",
    )


def test_a_bucket_that_is_not_there_is_said_and_nothing_is_sent(
    hub: LocalHub, submit: Submit, mailbox: Mailbox, tmp_path: Path
) -> None:
    hub.fail("*", "/api/buckets/*", status=404)
    script = tmp_path / "train.py"
    script.write_text("print(1)")
    command = ("uv", "run", UploadFile(str(script), "train.py"))
    submit(JobSpec("python:3.12", None, command, "cpu-basic", labels={"name": "x"}))
    error = mailbox.all(ActionFailed)[0].error
    assert error.kind is ErrorKind.NOT_FOUND
    assert "jobs-artifacts" in error.title
    assert not [request for request in hub.requests if request.path == f"/api/jobs/{hub.user}"]


@pytest.mark.parametrize(("status", "kind"), [(401, ErrorKind.UNAUTHORIZED), (403, ErrorKind.FORBIDDEN)])
def test_a_refused_upload_is_told_like_any_refusal(
    hub: LocalHub, submit: Submit, mailbox: Mailbox, tmp_path: Path, status: int, kind: ErrorKind
) -> None:
    hub.fail("*", "/api/buckets/*", status=status)
    script = tmp_path / "train.py"
    script.write_text("print(1)")
    command = ("uv", "run", UploadFile(str(script), "train.py"))
    submit(JobSpec("python:3.12", None, command, "cpu-basic", labels={"name": "x"}))
    error = mailbox.all(ActionFailed)[0].error
    assert (error.kind, error.status) == (kind, status)
    assert "upload" in error.title
    assert hub.token not in error.sentences()


def test_what_the_hub_changed_is_shouted() -> None:
    body = request_body(SPEC)
    answer = {
        "id": "x",
        "status": {"stage": "SCHEDULING"},
        "dockerImage": "python:3.11",
        "command": ["python", "-c", "pass"],
        "flavor": "cpu-upgrade",
        "timeout": 1800,
        "labels": {},
        "secrets": ["OTHER"],
    }
    job = job_from_json(answer, "ada")
    assert job is not None
    told = differences(body, job)
    assert told == (
        "hardware: asked for cpu-basic, got cpu-upgrade",
        "image: asked for python:3.12, got python:3.11",
        "timeout: asked for 90 s, got 1800 s",
        "secrets: asked for KEY, got OTHER",
        "label name: asked for 'one-1a2b3c4d', got 'nothing'",
    )
    assert "sesame-open" not in str(told)


def test_what_the_hub_fills_in_is_no_difference(submit: Submit, mailbox: Mailbox) -> None:
    submit(replace(SPEC, timeout_seconds=None, secrets={}))
    assert mailbox.all(JobCreated)[0].differences == ()


def test_what_the_answer_leaves_out_is_no_difference() -> None:
    job = job_from_json({"id": "x", "status": {"stage": "SCHEDULING"}, "labels": dict(SPEC.labels)}, "ada")
    assert job is not None
    assert differences(request_body(SPEC), job) == ()


def test_a_running_job_is_cancelled(
    hub: LocalHub, client: HubClient, run: Run[Any], mailbox: Mailbox
) -> None:
    job_id = hub.add_job()
    run(actions.cancel(client, [Job(job_id, "RUNNING", hub.user)], mailbox.post))
    changed = mailbox.all(JobChanged)[0]
    assert (changed.action, changed.job.id, changed.job.stage) == ("cancel", job_id, "CANCELED")
    assert mailbox.all(ActionFailed) == []


def test_a_job_that_had_ended_is_told_as_such(
    hub: LocalHub, client: HubClient, run: Run[Any], mailbox: Mailbox
) -> None:
    job_id = hub.add_job(stage="COMPLETED")
    run(actions.cancel(client, [Job(job_id, "RUNNING", hub.user)], mailbox.post))
    assert mailbox.all(JobChanged)[0].job.stage == "COMPLETED"
    assert "had already ended (COMPLETED)" in mailbox.all(ActionFailed)[0].error.title


def test_a_cancel_whose_answer_was_lost_shows_what_became_of_it(
    hub: LocalHub, client: HubClient, run: Run[Any], mailbox: Mailbox
) -> None:
    job_id = hub.add_job()
    hub.fail("POST", "*/cancel", status=502)
    run(actions.cancel(client, [Job(job_id, "RUNNING", hub.user)], mailbox.post))
    assert mailbox.all(JobChanged)[0].job.stage == "RUNNING"
    assert mailbox.all(ActionFailed)[0].error.status == 502
    mailbox.clear()
    hub.set_stage(job_id, "CANCELED")
    run(actions.cancel(client, [Job(job_id, "RUNNING", hub.user)], mailbox.post))
    assert mailbox.all(JobChanged)[0].job.stage == "CANCELED"
    assert mailbox.all(ActionFailed) == []


@pytest.mark.parametrize("status", [401, 403, 404, 429])
def test_a_refused_cancel_keeps_its_reason(
    hub: LocalHub, client: HubClient, run: Run[Any], mailbox: Mailbox, status: int
) -> None:
    job_id = hub.add_job()
    hub.fail("POST", "*/cancel", status=status)
    run(actions.cancel(client, [Job(job_id, "RUNNING", hub.user)], mailbox.post))
    assert mailbox.all(ActionFailed)[0].error.status == status
    assert posts(hub) == 1
