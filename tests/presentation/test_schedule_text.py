"""Schedules in words, and the runs that come next."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.local.cron import next_run
from tui.presentation.schedule_text import schedule_block, schedule_words
from tui.spec.next_runs import next_runs

NOW = datetime(2026, 11, 2, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ("@hourly", "every hour"),
        ("@daily", "at 00:00 UTC, every day"),
        ("0 9 * * 1", "at 09:00 UTC, on Monday"),
        ("0 9 * * 1-5", "at 09:00 UTC, Monday to Friday"),
        ("*/5 * * * *", "every 5 minutes"),
        ("30 6,18 1,15 * *", "at 06:30 and 18:30 UTC, on day 1 and 15 of the month"),
        ("0 0 1 1 *", "at 00:00 UTC, on day 1 in January"),
        ("0 */4 * * *", "every 4 hours at :00 UTC"),
        ("1-5 9 * * *", "at 1-5 9 * * * (minute hour day month weekday, UTC)"),
        ("0 0 9 * * 1", "0 0 9 * * 1"),
    ],
)
def test_a_schedule_in_words(schedule: str, words: str) -> None:
    assert schedule_words(schedule) == words


def test_the_next_three_runs_are_said() -> None:
    lines = schedule_block("0 9 * * 1", NOW).plain.splitlines()
    assert len(lines) == 4
    assert "09" in lines[1]
    assert "UTC" in lines[1]
    assert schedule_block("whenever", NOW).plain == ""
    assert schedule_block("0 0 31 2 *", NOW).plain == "it never runs"


_PARTS = st.sampled_from(["*", "*/7", "1-5", "3", "1,4"])


@given(fields=st.lists(_PARTS, min_size=5, max_size=6))
@settings(max_examples=100)
def test_the_next_run_is_the_one_the_hub_takes(fields: list[str]) -> None:
    runs = next_runs(" ".join(fields), NOW)
    try:
        expected = next_run(" ".join(fields), NOW.timestamp())
    except ValueError:
        assert runs == ()
        return
    assert runs[0].timestamp() == expected
