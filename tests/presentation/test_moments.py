"""Moments in local time and UTC, in few characters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import tzset

import pytest

from tui.presentation.moments import in_full, near, until

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def in_paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Paris")
    tzset()
    yield
    monkeypatch.undo()
    tzset()


@pytest.mark.usefixtures("in_paris")
def test_local_time_stands_first_and_utc_beside_it() -> None:
    assert in_full(NOON) == "Sun 2026-11-01 13:00 CET, 12:00 UTC"
    assert in_full(NOON.replace(hour=23, minute=30)) == "Mon 2026-11-02 00:30 CET, Sun 23:30 UTC"
    assert in_full(None) == "–"


@pytest.mark.usefixtures("in_paris")
def test_near_and_far() -> None:
    assert near(NOON + timedelta(hours=15), NOON) == "Mon 04:00"
    assert near(NOON + timedelta(days=40), NOON) == "11 Dec 13:00"
    assert near(NOON + timedelta(days=400), NOON) == "2027-12-06"
    assert near(None, NOON) == "–"


@pytest.mark.parametrize(
    ("seconds", "words"), [(-1, "now"), (41, "0:41"), (1300, "21m"), (7200, "2:00h"), (40 * 86400, "40d")]
)
def test_how_long_to_go(seconds: int, words: str) -> None:
    assert until(NOON + timedelta(seconds=seconds), NOON) == words
