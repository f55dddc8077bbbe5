"""What a job says of itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.domain.jobs import NOON, job
from tui.domain.hardware import bundled_catalogue, catalogue_from_json
from tui.domain.job import Ending, created_from_id
from tui.domain.money import burn_usd_per_hour, cost_usd
from tui.domain.rules import why_not
from tui.domain.snapshot import Snapshot, newly_ended


@pytest.mark.parametrize(
    ("stage", "message", "reason", "ending"),
    [
        ("COMPLETED", "", "", Ending.COMPLETED),
        ("ERROR", "Job failed with exit code: 1", "", Ending.FAILED),
        ("ERROR", "Job timeout", "", Ending.TIMED_OUT),
        ("ERROR", "Job failed with exit code: 137. Reason: OOMKilled", "", Ending.OUT_OF_MEMORY),
        ("CANCELED", "", "", Ending.CANCELED),
        ("CANCELED", "", "NO_CREDITS", Ending.NO_CREDITS),
        ("DELETED", "", "", Ending.DELETED),
        ("RUNNING", "", "", None),
        ("UPDATING", "", "", None),
        ("SOMETHING_NEW", "", "", None),
    ],
)
def test_the_ending_is_read_from_stage_message_and_reason(
    stage: str, message: str, reason: str, ending: Ending | None
) -> None:
    assert job(stage=stage, message=message, cancel_reason=reason).ending is ending


def test_an_unknown_stage_counts_as_live() -> None:
    assert job(stage="UPDATING").live


def test_the_exit_code_is_read_from_the_message() -> None:
    assert job(message="Job failed with exit code: 137. Reason: OOMKilled").exit_code == 137
    assert job(message="Job timeout").exit_code is None


def test_a_live_job_runs_on_with_the_clock_and_an_ended_one_does_not() -> None:
    later = NOON + timedelta(hours=5)
    assert job().running_seconds(NOON) == 1800
    assert job().running_seconds(later) == 1800 + 5 * 3600
    assert job(stage="COMPLETED", ended_running_seconds=12.5).running_seconds(later) == 12.5


def test_the_time_left_counts_from_the_start_and_ends_at_zero() -> None:
    assert job().left_seconds(NOON) == 1800
    assert job().left_seconds(NOON + timedelta(hours=9)) == 0
    assert job(stage="SCHEDULING", started_at=None).left_seconds(NOON) is None
    assert job(timeout_seconds=None).left_seconds(NOON) is None


def test_waiting_is_counted_until_the_start() -> None:
    assert job().scheduling_seconds(NOON) == 1800
    assert job(stage="SCHEDULING", started_at=None).scheduling_seconds(NOON) == 3600


def test_the_cost_is_running_time_times_price_never_age() -> None:
    catalogue = bundled_catalogue()
    cost = cost_usd(job(), catalogue, NOON)
    assert cost == pytest.approx(30 * 0.016667)
    assert cost_usd(job(flavor="v5e-1x1"), catalogue, NOON) is None
    assert cost_usd(job(stage="SCHEDULING", started_at=None), catalogue, NOON) is None


def test_only_running_jobs_burn_money() -> None:
    jobs = [job(1), job(2, stage="SCHEDULING"), job(3, stage="COMPLETED"), job(4, flavor="unheard-of")]
    assert burn_usd_per_hour(jobs, bundled_catalogue()) == pytest.approx(60 * 0.016667)


def test_the_id_tells_the_time_of_creation() -> None:
    assert created_from_id("6a1c2d3e4f5061728394a5b6") == datetime.fromtimestamp(0x6A1C2D3E, UTC)
    assert created_from_id("job-123") is None


def test_merging_what_is_already_known_changes_nothing() -> None:
    snapshot = Snapshot().merged([job(1), job(2)])
    assert snapshot.merged([job(1)]) is snapshot
    assert snapshot.only(snapshot.jobs) is snapshot
    assert list(snapshot.only([job(2).id]).jobs) == [job(2).id]


def test_newly_ended_are_those_that_lived_before() -> None:
    old = Snapshot().merged([job(1), job(2, stage="COMPLETED")])
    new = old.merged([job(1, stage="ERROR"), job(3, stage="COMPLETED")])
    assert [ended.id for ended in newly_ended(old, new)] == [job(1).id]


def test_a_catalogue_survives_entries_that_are_none() -> None:
    items = [
        None,
        {},
        {"name": "x", "accelerator": 7},
        {"name": "y", "unitCostUSD": "0.5", "unitLabel": "minute"},
    ]
    catalogue = catalogue_from_json(items)
    assert [flavor.name for flavor in catalogue.flavors] == ["x", "y"]
    assert catalogue.flavors[0].usd_per_hour is None
    assert catalogue.flavors[1].usd_per_hour == 30


@pytest.mark.parametrize(
    ("action_id", "subject", "read_only", "words"),
    [
        ("jobs.cancel", job(), False, None),
        ("jobs.cancel", None, False, "no job"),
        ("jobs.cancel", job(stage="COMPLETED"), False, "over: completed"),
        ("jobs.cancel", job(), True, "read-only"),
        ("jobs.logs", None, False, "no job"),
        ("jobs.logs", job(stage="ERROR"), False, None),
    ],
)
def test_an_action_that_cannot_be_done_says_why(
    action_id: str, subject: object, read_only: bool, words: str | None
) -> None:
    reason = why_not(action_id, subject, writes=action_id == "jobs.cancel", read_only=read_only)  # type: ignore[arg-type]
    assert (reason is None) if words is None else (reason is not None and words in reason)
