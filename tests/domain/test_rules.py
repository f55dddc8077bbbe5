"""Every action on a job × every stage × read-only: whether it can be done, and the reason when not."""

from __future__ import annotations

import pytest

from tui.domain.job import Job
from tui.domain.rules import NO_JOB, READ_ONLY, why_not
from tui.keys import ACTIONS, Action

STAGES = ("SCHEDULING", "RUNNING", "HIBERNATING", "COMPLETED", "ERROR", "CANCELED", "DELETED")
ENDED = frozenset(STAGES[3:])
NOT_ON_A_JOB = {
    "new",
    "filter",
    "refresh",
    "auto_refresh",
    "sort_next",
    "sort_previous",
    "sort_reverse",
    "columns",
    "fold",
    "fold_all",
    "preview",
}
REFUSED: dict[str, dict[str, str]] = {
    "cancel": dict.fromkeys(ENDED, "only a live job can be cancelled; this one is over"),
    "watch": dict.fromkeys(ENDED, "this job has ended: there is nothing to wait for"),
    "ports": dict.fromkeys(ENDED, "only a live job has ports; this one is over"),
    "ssh": {
        **dict.fromkeys(ENDED, "ssh needs a running job; this one is over"),
        "SCHEDULING": "ssh needs a running job; this one is still waiting",
        "HIBERNATING": "ssh needs a running job; this one is still waiting",
    },
}
ON_A_JOB = [
    action
    for action in ACTIONS
    if action.scope in ("jobs", "job") and action.id.partition(".")[2] not in NOT_ON_A_JOB
]


def job(stage: str, ssh_url: str = "ssh://6a1c@ssh.hf.jobs") -> Job:
    return Job("6a1c", stage, "ada", ssh_url=ssh_url)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("action", ON_A_JOB, ids=lambda action: action.id)
def test_whether_it_can_be_done(action: Action, stage: str) -> None:
    reason = why_not(action.id, job(stage), writes=action.writes, read_only=False)
    expected = REFUSED.get(action.id.partition(".")[2], {}).get(stage)
    assert reason is None if expected is None else reason is not None and reason.startswith(expected)


@pytest.mark.parametrize("action", ON_A_JOB, ids=lambda action: action.id)
def test_without_a_job_it_is_said(action: Action) -> None:
    assert why_not(action.id, None, writes=action.writes, read_only=False) == NO_JOB


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("action", ON_A_JOB, ids=lambda action: action.id)
def test_read_only_refuses_what_writes_and_nothing_else(action: Action, stage: str) -> None:
    told = why_not(action.id, job(stage), writes=action.writes, read_only=True)
    allowed = why_not(action.id, job(stage), writes=action.writes, read_only=False)
    assert told == (READ_ONLY if action.writes else allowed)


def test_what_changes_something_is_known_to_write() -> None:
    writing = {action.id.partition(".")[2] for action in ON_A_JOB if action.writes}
    assert writing == {"cancel", "rerun", "edit", "labels", "ports", "ssh"}


@pytest.mark.parametrize(
    ("ssh_url", "words"),
    [("", "started without ssh"), ("ssh://-oProxyCommand=x@host", "no address that ssh could be run with")],
)
def test_ssh_says_what_is_missing(ssh_url: str, words: str) -> None:
    reason = why_not("jobs.ssh", job("RUNNING", ssh_url), writes=True, read_only=False)
    assert reason is not None
    assert words in reason
