"""The counts of the header: what is not known now is a dash, never a zero."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.domain.jobs import NOON, job
from tui.domain.hardware import bundled_catalogue
from tui.domain.job import Job
from tui.domain.snapshot import Snapshot
from tui.presentation.live_counts import Known, how_known, live_counts

RUNNING = job(1, stage="RUNNING", flavor="a10g-small")
UNPRICED = job(2, stage="RUNNING", flavor="moon")


def words(known: Known, *live: Job) -> str:
    return "  ".join(text for text, _ in live_counts(live, bundled_catalogue(), known, ascii_only=False))


@pytest.mark.parametrize(
    ("known", "live", "says"),
    [
        (Known.ALL, (), "● 0 running  ○ 0 waiting  ~$0.00/h"),
        (Known.ALL, (RUNNING,), "● 1 running  ○ 0 waiting  ~$1.00/h"),
        (Known.NOTHING, (), "● – running  ○ – waiting  –/h"),
        (Known.NOTHING, (RUNNING,), "● – running  ○ – waiting  –/h"),
        (Known.SOME, (), "● – running  ○ – waiting  –/h"),
        (Known.SOME, (RUNNING,), "● 1+ running  ○ – waiting  ~$1.00+/h"),
        (Known.ALL, (UNPRICED,), "● 1 running  ○ 0 waiting  –/h"),
        (Known.ALL, (RUNNING, UNPRICED), "● 2 running  ○ 0 waiting  ~$1.00+/h"),
    ],
)
def test_a_count_claims_no_more_than_is_known(known: Known, live: tuple[Job, ...], says: str) -> None:
    assert words(known, *live) == says


def test_what_is_known_of_the_jobs() -> None:
    first, whole = Snapshot({RUNNING.id: RUNNING}), Snapshot({RUNNING.id: RUNNING}, complete=True)
    assert how_known(Snapshot(), read=False, in_trouble=False) is Known.NOTHING
    assert how_known(first, read=True, in_trouble=False) is Known.SOME
    assert how_known(whole, read=True, in_trouble=False) is Known.ALL
    assert how_known(whole, read=True, in_trouble=True) is Known.NOTHING
    remembered = replace(whole, remembered_at=NOON)
    assert how_known(remembered, read=True, in_trouble=False) is Known.NOTHING
