"""The first of the made-up cases; `python -m tests.log_fuzz` goes on."""

from __future__ import annotations

import pytest

from tests.log_fuzz import check

CASES_EACH = 40


@pytest.mark.parametrize("part", range(5))
def test_hostile_lines_are_shown_and_never_obeyed(part: int) -> None:
    for seed in range(part * CASES_EACH, (part + 1) * CASES_EACH):
        check(seed)
