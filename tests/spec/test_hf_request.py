"""A request that writes, as the `hf` line that sends the same one."""

from __future__ import annotations

from typing import Any

import pytest

from tui.spec.hf_request import hf_of_request

JOB = "/api/jobs/ada/68a1c9"
SCHEDULE = "/api/scheduled-jobs/acme/6a43e7"


@pytest.mark.parametrize(
    ("method", "path", "body", "line"),
    [
        ("POST", f"{JOB}/cancel", None, "hf jobs cancel 68a1c9"),
        ("POST", f"{JOB}/duplicate", None, "hf jobs rerun 68a1c9"),
        ("PUT", f"{JOB}/labels", {"labels": {"name": "n", "a": ""}}, "hf jobs labels 68a1c9 -l name=n -l a"),
        ("PUT", f"{JOB}/labels", {"labels": {}}, "hf jobs labels 68a1c9 --clear"),
        (
            "PUT",
            f"{JOB}/expose",
            {"ports": [8000, 9000], "portsPublic": [9000]},
            "hf jobs expose 68a1c9 8000 --public 9000",
        ),
        ("PUT", f"{JOB}/expose", {"ports": []}, "hf jobs expose 68a1c9 --clear"),
        ("POST", f"{SCHEDULE}/suspend", None, "hf jobs scheduled suspend acme/6a43e7"),
        ("POST", f"{SCHEDULE}/run", None, "hf jobs scheduled trigger acme/6a43e7"),
        (
            "POST",
            f"{SCHEDULE}/schedule",
            {"schedule": "0 9 * * 1"},
            "hf jobs scheduled reschedule acme/6a43e7 '0 9 * * 1'",
        ),
        ("DELETE", SCHEDULE, None, "hf jobs scheduled delete acme/6a43e7"),
        ("POST", "/api/buckets/ada/jobs-artifacts", {"visibility": "private"}, ""),
        ("POST", "/api/jobs/ada/auth-check/write/x/y", None, ""),
    ],
)
def test_what_is_done_to_something_that_exists(
    method: str, path: str, body: dict[str, Any] | None, line: str
) -> None:
    assert hf_of_request(method, path, body, "ada") == line


def test_a_new_job_is_told_without_values() -> None:
    body = {
        "dockerImage": "python:3.12",
        "command": ["python", "-c", "print(1)"],
        "environment": {"EPOCHS": "three"},
        "secrets": {"KEY": "sesame-open"},
        "flavor": "a10g-small",
        "timeoutSeconds": 5400,
        "attempts": 1,
        "labels": {"name": "one-1a2b3c4d", "team": "ml"},
        "ssh": {"enabled": True},
    }
    assert hf_of_request("POST", "/api/jobs/acme", body, "ada") == (
        "hf jobs run --name one-1a2b3c4d --namespace acme --flavor a10g-small --timeout 90m --attempts 1 "
        "-e EPOCHS -s KEY -l team=ml --ssh -- python:3.12 python -c 'print(1)'"
    ).replace("-- python:3.12", "python:3.12 --")


def test_a_body_of_nonsense_breaks_nothing() -> None:
    body = {"command": 3, "environment": [], "labels": None, "volumes": [1], "expose": "x", "secrets": []}
    assert hf_of_request("POST", "/api/jobs/ada", body, "ada").startswith("hf jobs run")
