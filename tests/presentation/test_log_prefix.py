"""Short names of jobs on one page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.job import Job
from tui.presentation.log_line import cells
from tui.presentation.log_prefix import MOST_COLUMNS, short_names


def jobs(*names: str) -> list[Job]:
    return [Job(f"6b03{n:020x}", "RUNNING", "me", labels={"name": name}) for n, name in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["one", "second"], ["one", "second"]),
        (["a-very-long-name-of-one", "two"], ["a-very-long-n…", "two"]),
        (["experiment-with-lr-1", "experiment-with-lr-2"], ["…ent-with-lr-1", "…ent-with-lr-2"]),
        (["same-name", "same-name", "other"], ["same-na 000000", "same-na 000001", "other"]),
        (["日本語日本語日本語", "x"], ["日本語日本語…", "x"]),
        (["bad\x1b[31m\u202ename", "b"], ["badname", "b"]),
    ],
)
def test_names_are_cut_where_it_tells_them_apart(names: list[str], short: list[str]) -> None:
    assert [name.strip() for name in short_names(jobs(*names))] == short


@given(st.lists(st.text(max_size=30), min_size=1, max_size=16))
def test_all_are_different_equally_wide_and_can_do_nothing(names: list[str]) -> None:
    found = short_names(jobs(*names))
    assert len(set(found)) == len(names)
    assert len({cells(name) for name in found}) == 1
    assert cells(found[0]) <= MOST_COLUMNS
    assert all(name.isprintable() for name in found)
