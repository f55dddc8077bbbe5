"""Schedules in words, and the runs that come next."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.presentation.schedule_text import known_runs, schedule_block, schedule_words

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
        ("0/15 * * * *", "every 15 minutes"),
        ("5/10 * * * *", "every 10 minutes from :05"),
        ("*/45 * * * *", "every hour at :00 and :45"),
        ("*/90 * * * *", "every hour"),
        ("0 8/4 * * *", "every 4 hours from 08:00 UTC"),
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
    assert schedule_block("0 0 31 2 *", NOW).plain == ""


def test_words_are_shown_with_what_is_sent() -> None:
    assert schedule_block("Mon–Fri 09:00", NOW).plain.splitlines()[:2] == [
        "at 09:00 UTC, Monday to Friday",
        "sent as 0 9 * * 1-5",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "99 99 99 99 99",
        "at noon, mostly",
        "9" * 5_000 + " * * * *",
        "٣ * * * *",
        "[b]0[/b] \x1b[31m * * *",
        "* * * * * * 0-99999999",
        "0 9 * * MON#1",
        "1-5/2 * * * *",
    ],
)
def test_a_schedule_of_the_hub_that_cannot_be_read_shows_its_text(text: str) -> None:
    words = schedule_words(text)
    assert len(words) <= 200
    assert "\x1b" not in words
    assert words.startswith(text[:8].replace("\x1b", ""))
    assert known_runs(text, NOW, 3) == ((), False)
