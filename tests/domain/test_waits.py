"""How long one waited for a flavor: what counts, and what does not."""

from __future__ import annotations

from datetime import timedelta

from tests.domain.jobs import NOON, job
from tui.domain.waits import waits_by_flavor


def test_the_middle_of_all_that_ran() -> None:
    jobs = [
        job(1, created_at=NOON, started_at=NOON + timedelta(seconds=10)),
        job(2, stage="COMPLETED", ended_scheduling_seconds=400.0),
        job(3, created_at=NOON, started_at=NOON + timedelta(seconds=60)),
        job(4, flavor="l4x1", created_at=NOON, started_at=NOON + timedelta(seconds=5)),
    ]
    waits = waits_by_flavor(jobs)
    assert (waits["a10g-small"].median_seconds, waits["a10g-small"].runs) == (60.0, 3)
    assert waits["l4x1"].seconds == (5.0,)


def test_what_never_ran_counts_for_nothing() -> None:
    jobs = [
        job(1, stage="SCHEDULING", started_at=None),
        job(2, stage="CANCELED", started_at=None, finished_at=NOON),
        job(3, flavor=""),
    ]
    assert waits_by_flavor(jobs) == {}
