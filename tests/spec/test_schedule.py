"""Schedules as they are typed: in the Hub's notation, and in every word the interface writes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_cron import schedules
from tui.domain.cron import ScheduleError, read_running_cron
from tui.presentation.schedule_columns import brief_schedule
from tui.presentation.schedule_text import schedule_words
from tui.spec.build import build
from tui.spec.checks import RefusedError
from tui.spec.draft import Draft
from tui.spec.job_spec import JobSpec
from tui.spec.line import hf_line
from tui.spec.schedule import cron

from .fake_environment import FakeEnvironment

NOW = datetime(2026, 11, 2, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("0/15 * * * *", "0/15 * * * *"),
        ("@daily", "@daily"),
        ("@Daily ", "@daily"),
        ("daily", "@daily"),
        ("09:00 every day", "0 9 * * *"),
        ("09:00, every day", "0 9 * * *"),
        ("every hour", "0 * * * *"),
        ("every hour at :30", "30 * * * *"),
        ("every 5 minutes", "*/5 * * * *"),
        ("every 10 minutes from :05", "5/10 * * * *"),
        ("Every 2 hours", "0 */2 * * *"),
        ("Mon–Fri 09:00", "0 9 * * 1-5"),
        ("mon-fri 9:00 utc", "0 9 * * 1-5"),
        ("09:00 UTC, Monday to Friday", "0 9 * * 1-5"),
        ("weekdays at 09:00", "0 9 * * 1-5"),
        ("every Monday at 09:00 UTC", "0 9 * * 1"),
        ("at 06:30 and 18:30 UTC, on day 1 and 15 of the month", "30 6,18 1,15 * *"),
        ("Fri-Mon 08:00", "0 8 * * 0,1,5,6"),
        ("at 00:00 UTC, on day 1 in January", "0 0 1 1 *"),
        ("every day", "0 0 * * *"),
    ],
)
def test_what_is_typed_is_sent_as_the_hub_takes_it(typed: str, sent: str) -> None:
    assert cron(typed, NOW) == sent


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("25:00 every day", "hours go from 0 to 23"),
        ("every 0 minutes", "a step is a number from 1"),
        ("09:00 and 18:30", "different minutes"),
        ("Monday 09:00 10:00", "says two things of the hour"),
        ("on day 31 in February", "never runs"),
        ("whenever", "expected @daily"),
        ("every", "expected @daily"),
        ("at 09:00 on Blursday", "expected @daily"),
    ],
)
def test_words_that_are_not_a_schedule_are_refused_with_the_reason(typed: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        cron(typed, NOW)


_PARTS = st.one_of(
    st.sampled_from(["*", "0", "*/5", "*/7", "0/15", "5/10", "*/90", "9", "1,3", "1-5", "6-7", "05", "1,1"]),
    st.integers(0, 59).map(str),
)


@given(text=st.one_of(schedules(), st.lists(_PARTS, min_size=5, max_size=5).map(" ".join)))
def test_every_word_that_is_shown_can_be_typed(text: str) -> None:
    try:
        runs = read_running_cron(text, NOW).next_runs(NOW, 20)
    except ScheduleError:
        return
    for words in (schedule_words(text), brief_schedule(text)):
        assert read_running_cron(cron(words, NOW), NOW).next_runs(NOW, 20) == runs, words


def test_the_line_for_hf_holds_what_hf_can_send() -> None:
    draft = Draft(kind="image", image="python:3.12", command="true", schedule="Mon–Fri 09:00")
    spec = build(draft, FakeEnvironment())
    assert isinstance(spec, JobSpec)
    assert spec.schedule is not None
    assert spec.schedule.cron == "0 9 * * 1-5"
    assert "'0 9 * * 1-5'" in hf_line(spec)
    assert "whenever" in hf_line(Draft(schedule="whenever"))
