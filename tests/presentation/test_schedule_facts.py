"""A scheduled job in full, whatever the Hub says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.jobs import NOON, job
from tui.domain.hardware import bundled_catalogue
from tui.domain.job import Job
from tui.domain.schedule import ScheduledJob
from tui.presentation.moments import in_full
from tui.presentation.schedule_facts import schedule_facts

WHAT = job(9, labels={"name": "nightly", "team": "ml"}, environment={"KEY": "value"}, secret_names=("TOKEN",))
NIGHTLY = ScheduledJob(
    "9" * 24, "0 3 * * *", next_run_at=NOON + timedelta(hours=15), namespace="ada", last_job_id="1", what=WHAT
)


def told(schedule: ScheduledJob, last_job: Job | None = None) -> str:
    return schedule_facts(schedule, last_job, bundled_catalogue(), NOON, ascii_only=False, columns=100).plain


def test_what_is_told() -> None:
    words = told(replace(NIGHTLY, concurrent=False), job(1, stage="ERROR", message="exit code: 1"))
    assert "at 03:00 UTC, every day  (0 3 * * *)" in words
    assert "in 15:00h" in words
    assert "✗ error" in words
    assert "exit code: 1" in words
    assert "a10g-small · $1.00/h · stopped after 1:00h · at most $1.00 a run" in words
    assert "no run starts while one goes on" in words
    assert "KEY=…" in words
    assert "value" not in words


def test_what_is_not_known_is_not_made_up() -> None:
    assert "it has not run yet" in told(replace(NIGHTLY, last_job_id=""))
    assert "next     –" in told(replace(NIGHTLY, next_run_at=None))
    ended = replace(NIGHTLY, next_run_at=None, schedule="0 0 0 1 1 * 1999")
    assert "never runs again" in told(ended)
    strange = replace(NIGHTLY, schedule="0 9 * * MON#1")
    assert "when     0 9 * * MON#1\n" in told(strange)
    assert in_full(NIGHTLY.next_run_at) in told(strange)
    assert "suspended: no credit; s lets it go on" in told(
        replace(NIGHTLY, suspended=True, suspend_reason="no credit")
    )


def test_a_run_that_should_have_begun_is_due() -> None:
    assert ", due now" in told(replace(NIGHTLY, next_run_at=NOON - timedelta(seconds=5)))


_FIELD = st.sampled_from(["*", "*/7", "1-5", "3", "1,4", "99", "*/0", "5-1", "x", "-", "2026", "1,", "7-7"])


@given(schedule=st.lists(_FIELD, max_size=8).map(" ".join) | st.text(max_size=20))
@settings(deadline=None, max_examples=200)
def test_any_schedule_can_be_shown(schedule: str) -> None:
    assert "nightly" in told(replace(NIGHTLY, schedule=schedule))
