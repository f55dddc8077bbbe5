"""The unmodified `hf jobs scheduled` works against the hub."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from tests.local.hf_command import LONGEST_SECONDS, Cases, Said, Shell, selected
from tui.local.schedules import Schedule

case = Cases()


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[None]]]:
    with case.running(selected(request), tmp_path_factory) as futures:
        yield futures


def scheduled(shell: Shell, *arguments: str, status: int = 0) -> Said:
    """`hf jobs scheduled …`."""
    return shell.jobs("scheduled", *arguments, status=status)


def prepared(shell: Shell, *argv: str, expression: str = "@daily", **labels: str) -> Schedule:
    """A schedule that is there already."""
    return shell.hub.add_schedule(*argv, expression=expression, labels=labels)


def only(shell: Shell) -> Schedule:
    """The one schedule of the hub."""
    (schedule,) = shell.hub.state.scheduler
    return schedule


@case
def run_makes_a_schedule(shell: Shell) -> None:
    said = scheduled(
        *(
            shell,
            "run",
            "0 9 * * 1",
            "--name",
            "n",
            "-l",
            "a=b",
            "-e",
            "AB=1",
            "-s",
            "K=v",
            "--timeout",
            "2h",
        ),
        *("--attempts", "2", "--expose", "8000", "--flavor", "cpu-upgrade", "--concurrency", "--suspend"),
        *("python:3.12", "python", "-c", "print(1)"),
    )
    made = only(shell)
    assert made.id in said.out
    assert (made.expression, made.concurrent, made.suspended) == ("0 9 * * 1", True, True)
    request = made.request
    assert request.command == ("python", "-c", "print(1)")
    assert (request.timeout_seconds, request.attempts, request.flavor) == (7200, 2, "cpu-upgrade")
    assert (request.labels, request.environment) == ({"a": "b", "name": "n"}, {"AB": "1"})
    assert (request.secrets, request.expose) == ({"K": "v"}, {"ports": [8000], "portsPublic": []})


@case
def run_dry_makes_none(shell: Shell) -> None:
    said = scheduled(shell, "run", "@daily", "--dry-run", "python:3.12", "true")
    assert "not submitted" in said.out
    assert list(shell.hub.state.scheduler) == []


@case
def run_says_what_is_no_schedule(shell: Shell) -> None:
    said = scheduled(shell, "run", "0 9 * * MON", "python:3.12", "true", status=1)
    assert "schedule" in said.err
    assert "numbers only" in said.err


@case
def uv_run_makes_a_schedule(shell: Shell) -> None:
    scheduled(shell, "uv", "run", "@hourly", "--with", "rich", "python", "-c", "print(1)")
    assert only(shell).request.command == ("uv", "run", "--with", "rich", "python", "-c", "print(1)")


@case
def ls_shows_active_ones(shell: Shell) -> None:
    active, held = prepared(shell, name="active-one"), prepared(shell, name="held-one")
    shell.hub.call(lambda: held.suspend(True))
    said = scheduled(shell, "ls")
    assert ("active-one" in said.out, "held-one" in said.out) == (True, False)
    assert "T" not in said.out.split("active-one")[1].split()[0]
    assert set(scheduled(shell, "ps", "-a", "-q").lines) == {active.id, held.id}
    assert scheduled(shell, "ls", "-q", "--status", "suspended").lines == [held.id]


@case
def ls_filters_by_label_and_name(shell: Shell) -> None:
    wanted = prepared(shell, name="n", team="ml", env="prod")
    prepared(shell, name="n", team="ml")
    prepared(shell, name="other", team="ml", env="prod")
    assert scheduled(shell, "ls", "-q", "--name", "n", "-l", "team=ml", "-l", "env=prod").lines == [wanted.id]
    assert "No scheduled jobs matched" in scheduled(shell, "ls", "--name", "nobody").all


@case
def inspect_shows_it(shell: Shell) -> None:
    made = prepared(shell, "echo", "x", expression="0 0 1 1 *", name="n")
    (shown,) = json.loads(scheduled(shell, "inspect", made.id, "--format", "json").out)
    assert (shown["schedule"], shown["suspend"], shown["name"]) == ("0 0 1 1 *", False, "n")
    assert shown["job_spec"]["command"] == ["echo", "x"]
    assert "-01-01T00:00:00" in shown["status"]["next_job_run_at"]
    assert "not found" in scheduled(shell, "inspect", "0" * 24, status=1).err.lower()


@case
def suspend_and_resume(shell: Shell) -> None:
    made = prepared(shell)
    scheduled(shell, "suspend", made.id)
    assert made.suspended
    scheduled(shell, "resume", f"ada/{made.id}")
    assert not made.suspended


@case
def reschedule_changes_when(shell: Shell) -> None:
    made = prepared(shell)
    assert "*/5 * * * *" in scheduled(shell, "reschedule", made.id, "*/5 * * * *").out
    assert made.expression == "*/5 * * * *"
    scheduled(shell, "reschedule", made.id, "whenever", status=1)
    assert made.expression == "*/5 * * * *"


@case
def trigger_runs_once(shell: Shell) -> None:
    made = prepared(shell, "sleep", "600")
    said = scheduled(shell, "trigger", made.id)
    (job,) = shell.hub.state.store
    assert job.id in said.out
    assert job.initiator == {"type": "scheduled-job", "id": made.id}
    refused = scheduled(shell, "trigger", made.id, status=1)
    assert "Another job is already running at the same time" in refused.err


@case
def labels_are_named_replaced_and_cleared(shell: Shell) -> None:
    made = prepared(shell, team="ml")
    scheduled(shell, "labels", made.id, "--name", "new")
    assert made.request.labels == {"team": "ml", "name": "new"}
    scheduled(shell, "labels", made.id, "--label", "a=b")
    assert made.request.labels == {"a": "b"}
    scheduled(shell, "labels", made.id, "--clear")
    assert made.request.labels == {}


@case
def delete_forgets_it(shell: Shell) -> None:
    made = prepared(shell)
    assert made.id in scheduled(shell, "delete", made.id).out
    assert list(shell.hub.state.scheduler) == []
    assert "not found" in scheduled(shell, "delete", made.id, status=1).err.lower()


@pytest.mark.parametrize("name", case.named)
def test_hf_jobs_scheduled(name: str, outcomes: dict[str, Future[None]]) -> None:
    outcomes[name].result(LONGEST_SECONDS)
