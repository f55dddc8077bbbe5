"""What is offered in place of a word that is not known."""

from __future__ import annotations

import pytest

from tui.domain.hardware import bundled_catalogue
from tui.domain.nearest import nearest
from tui.presentation.job_columns import job_columns
from tui.presentation.job_fields import job_fields

FIELDS = [field.name for field in job_fields(job_columns(bundled_catalogue()), bundled_catalogue())]
FLAVORS = tuple(flavor.name for flavor in bundled_catalogue().flavors)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a10g", "a10g-small"),
        ("A10G", "a10g-small"),
        ("a10g_small", "a10g-small"),
        ("a10g-smal", "a10g-small"),
        ("a10g-larg", "a10g-large"),
        ("a10glarge", "a10g-large"),
        ("a10gbig", "a10g-large"),
        ("a10g-largex8", "a10g-largex2"),
        ("a10-small", "a10g-small"),
        ("a100", "a100-large"),
        ("t4", "t4-small"),
        ("t4-smol", "t4-small"),
        ("l4", "l4x1"),
        ("l40", "l40sx1"),
        ("h200x", "h200x2"),
        ("rtx", "rtx-pro-6000"),
        ("cpu", "cpu-basic"),
        ("cpu-bsic", "cpu-basic"),
        ("pcu-basic", "cpu-basic"),
    ],
)
def test_the_nearest_flavor_has_the_longest_common_beginning(typed: str, meant: str) -> None:
    assert nearest(typed, FLAVORS) == meant


@pytest.mark.parametrize("typed", ["", "z", "zzz", "a", "quantum", "?", "x" * 50])
def test_a_word_that_is_near_to_nothing_is_given_no_name(typed: str) -> None:
    assert nearest(typed, FLAVORS) is None


def test_it_is_one_rule_for_other_names_too() -> None:
    assert nearest("flavour", FIELDS) == "flavor"
    assert nearest("falvor", FIELDS) == "flavor"
    assert nearest("jobs.cancle", ["jobs.open", "jobs.cancel", "jobs.new"]) == "jobs.cancel"
