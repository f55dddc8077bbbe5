"""Values from outside: what nothing can mean reads as not given, and nothing that is kept overflows later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from tui.domain.convert import EARLIEST, LATEST, MOST_SECONDS, as_float, as_int, as_seconds, as_time
from tui.domain.hardware import bundled_catalogue
from tui.domain.job import sound
from tui.domain.money import cost_usd
from tui.domain.units import age, duration, local_time, money
from tui.hub.convert import job_from_json, schedule_from_json
from tui.presentation.moments import in_full

OFFSETS = ("Z", "+14:00", "-12:00", "+23:59", "-23:59", "")
ABSURD_DATES = tuple(
    f"{day}{offset}"
    for day, offset in product(
        ("0001-01-01T00:00:00", "9999-12-31T23:59:59.999999", "1969-12-31T00:00:00", "2500-06-01T12:00:00"),
        OFFSETS,
    )
)
ABSURD_NUMBERS = (1e308, -1e308, 1e16, -1, float("inf"), float("nan"), "1e308", 10**400, "9" * 5_000)
NOW = datetime(2026, 10, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ABSURD_DATES)
def test_a_date_outside_the_years_of_the_service_is_not_given(text: str) -> None:
    assert as_time(text) is None


@pytest.mark.parametrize("offset", OFFSETS)
def test_a_date_of_today_is_read_in_every_zone(offset: str) -> None:
    assert as_time(f"2026-10-09T10:00:00{offset}") is not None


@pytest.mark.parametrize("moment", [EARLIEST, LATEST])
def test_what_is_read_can_be_told_and_added_to(moment: datetime) -> None:
    read = as_time(moment.isoformat())
    assert read == moment
    for told in (local_time(read), in_full(read), age(read, NOW)):
        assert told
    assert read + timedelta(seconds=MOST_SECONDS) > read - timedelta(seconds=MOST_SECONDS / 200)


@pytest.mark.parametrize("value", ABSURD_NUMBERS)
def test_a_duration_nothing_lasts_is_not_given(value: Any) -> None:
    assert as_seconds(value) is None


@pytest.mark.parametrize("value", [value for value in ABSURD_NUMBERS if value != -1])
def test_a_number_nothing_counts_is_not_given(value: Any) -> None:
    assert as_float(value) is None
    assert as_int(value) is None


@pytest.mark.parametrize("field", ["createdAt", "startedAt", "finishedAt"])
@pytest.mark.parametrize("text", ABSURD_DATES)
@pytest.mark.parametrize("stage", ["RUNNING", "ERROR"])
def test_a_job_with_an_absurd_date_can_be_told(field: str, text: str, stage: str) -> None:
    job = job_from_json({"id": "x", "status": {"stage": stage}, field: text}, "ada")
    assert job is not None
    assert (job.created_at, job.started_at, job.finished_at) == (None, None, None)
    assert duration(job.running_seconds(NOW)) == duration(job.scheduling_seconds(NOW)) == "–"


@pytest.mark.parametrize("value", ABSURD_NUMBERS)
def test_a_job_with_absurd_durations_can_be_told(value: Any) -> None:
    durations = dict.fromkeys(("schedulingSecs", "runningSecs", "totalSecs"), value)
    raw = {"id": "x", "status": {"stage": "ERROR", "failureCount": value}, "flavor": "cpu-basic"}
    job = job_from_json({**raw, "timeout": value, "durations": durations, "retry": value}, "ada")
    assert job is not None
    assert (job.timeout_seconds, job.ended_running_seconds) == (None, None)
    assert money(cost_usd(job, bundled_catalogue(), NOW)) == "–"


@pytest.mark.parametrize("text", ABSURD_DATES)
def test_a_schedule_with_an_absurd_next_run_can_be_told(text: str) -> None:
    schedule = schedule_from_json({"id": "x", "status": {"nextJobRunAt": text, "lastJob": {"at": text}}})
    assert schedule is not None
    assert (schedule.next_run_at, schedule.last_run_at) == (None, None)


def test_a_job_read_by_others_is_made_sound() -> None:
    plain = job_from_json(
        {"id": "x", "status": {"stage": "ERROR"}, "createdAt": "2026-10-09T10:00:00Z"}, "ada"
    )
    assert plain is not None
    assert sound(plain) == plain
    odd = replace(
        plain,
        started_at=datetime(1, 1, 1, tzinfo=UTC),
        finished_at=datetime(9999, 12, 31, 23, tzinfo=UTC),
        timeout_seconds=1e308,
        ended_running_seconds=float("nan"),
    )
    assert sound(odd) == plain
