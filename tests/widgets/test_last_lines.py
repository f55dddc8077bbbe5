"""Whose log is looked at next: everyone's once, then those of live jobs again and again."""

from __future__ import annotations

from tests.domain.jobs import NOON, job
from tui.widgets.last_lines import LastLines

LIVE, OTHER, QUEUED = job(1), job(2), job(3, stage="SCHEDULING", started_at=None)
ENDED = job(4, stage="ERROR", finished_at=NOON)


def test_each_once_and_the_live_ones_again() -> None:
    lines, on_screen = LastLines(), (LIVE, ENDED, QUEUED, OTHER)
    assert [lines.next(on_screen) for _ in range(5)] == [LIVE, ENDED, OTHER, LIVE, OTHER]


def test_nothing_on_screen_asks_for_nothing() -> None:
    assert LastLines().next(()) is None
    assert LastLines().next((QUEUED,)) is None
