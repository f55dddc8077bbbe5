"""The `hf` line that the activity screen tells of a request makes the real `hf` send that very request."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from tests.local.hf_command import LONGEST_SECONDS, Cases, Shell, selected
from tests.local.test_hf_cli_scheduled import prepared
from tui.spec.hf_request import hf_of_request

case = Cases()


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[None]]]:
    with case.running(selected(request), tmp_path_factory) as futures:
        yield futures


def sends_the_same(
    shell: Shell, method: str, path: str, body: dict[str, Any] | None = None, **environment: Any
) -> None:
    """Run the line told of a request, and compare what the hub got with that request."""
    line = shlex.split(hf_of_request(method, path, body, shell.hub.user))
    assert line[0] == "hf"
    if "run" in line and "scheduled" not in line:
        line.insert(line.index("run") + 1, "--detach")
    shell.hf(*line[1:], **environment)
    written = [request for request in shell.hub.requests if request.method != "GET"]
    assert [(request.method, request.path) for request in written] == [(method, path)]
    assert written[0].json == body


BODY: dict[str, Any] = {
    "dockerImage": "python:3.12",
    "command": ["python", "-c", "print(1)"],
    "arguments": [],
    "environment": {"EPOCHS": "three"},
    "secrets": {"KEY": "sesame"},
    "flavor": "cpu-upgrade",
    "timeoutSeconds": 5400,
    "attempts": 2,
    "labels": {"name": "one-1a2b3c4d", "team": "ml", "bare": ""},
    "expose": {"ports": [8000, 9000], "portsPublic": [9000]},
    "volumes": [
        {"type": "bucket", "source": "ada/files", "mountPath": "/mnt", "readOnly": True, "path": "a/b"}
    ],
    "ssh": {"enabled": True},
}
VALUES = {"EPOCHS": "three", "KEY": "sesame"}


@case
def a_new_job(shell: Shell) -> None:
    sends_the_same(shell, "POST", "/api/jobs/acme", BODY, **VALUES)


@case
def a_new_uv_job(shell: Shell) -> None:
    image = "ghcr.io/astral-sh/uv:python3.12-bookworm"
    command = ["uv", "run", "--with", "rich", "python", "-c", "print(1)"]
    body = {**BODY, "dockerImage": image, "command": command, "volumes": BODY["volumes"]}
    sends_the_same(shell, "POST", "/api/jobs/ada", body, **VALUES)


@case
def a_new_scheduled_job(shell: Shell) -> None:
    spec = {key: value for key, value in BODY.items() if key != "ssh"}
    body = {"jobSpec": spec, "schedule": "0 9 * * 1", "suspend": True, "concurrency": False}
    sends_the_same(shell, "POST", "/api/scheduled-jobs/ada", body, **VALUES)


@case
def cancel(shell: Shell) -> None:
    sends_the_same(shell, "POST", f"/api/jobs/ada/{shell.hub.add_job()}/cancel")


@case
def rerun(shell: Shell) -> None:
    sends_the_same(shell, "POST", f"/api/jobs/ada/{shell.hub.add_job()}/duplicate")


@case
def labels(shell: Shell) -> None:
    job_id = shell.hub.add_job(labels={"old": "x"})
    body = {"labels": {"team": "ml", "bare": "", "name": "new"}}
    sends_the_same(shell, "PUT", f"/api/jobs/ada/{job_id}/labels", body)


@case
def expose(shell: Shell) -> None:
    path = f"/api/jobs/ada/{shell.hub.add_job()}/expose"
    sends_the_same(shell, "PUT", path, {"ports": [8000, 9000], "portsPublic": [9000]})


@case
def suspend(shell: Shell) -> None:
    sends_the_same(shell, "POST", f"/api/scheduled-jobs/ada/{prepared(shell).id}/suspend")


@case
def reschedule(shell: Shell) -> None:
    path = f"/api/scheduled-jobs/ada/{prepared(shell).id}/schedule"
    sends_the_same(shell, "POST", path, {"schedule": "*/5 * * * *"})


@case
def labels_of_a_schedule(shell: Shell) -> None:
    path = f"/api/scheduled-jobs/ada/{prepared(shell, old='x').id}/labels"
    sends_the_same(shell, "PUT", path, {"labels": {"a": "b", "name": "n"}})


@case
def delete(shell: Shell) -> None:
    sends_the_same(shell, "DELETE", f"/api/scheduled-jobs/ada/{prepared(shell).id}")


@pytest.mark.parametrize("name", case.named)
def test_the_line_of_a_request_sends_that_request(name: str, outcomes: dict[str, Future[None]]) -> None:
    outcomes[name].result(LONGEST_SECONDS)
