"""What a filter keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.jobs import job
from tui.domain.query import compile_query

JOBS = {
    "train": job(1, labels={"name": "train-qwen", "team": "ml"}, flavor="a10g-large"),
    "eval": job(2, labels={"name": "eval"}, flavor="l4x1", stage="COMPLETED"),
    "crash": job(3, labels={"name": "crash"}, stage="ERROR", message="Job timeout", namespace="acme"),
}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", "train eval crash"),
        ("qwen", "train"),
        ("QWEN train", "train"),
        ("qwen eval", ""),
        ("flavor:a10g*", "train crash"),
        ("flavor:a10g-large", "train"),
        ("status:running", "train"),
        ("status:timed", "crash"),
        ("-status:completed", "train crash"),
        ("!eval", "train crash"),
        ("label:team=ml", "train"),
        ("label:team", "train"),
        ("owner:acme", "crash"),
        ('"timed out"', "crash"),
        ("unknown:field", ""),
    ],
)
def test_kept(text: str, kept: str) -> None:
    keep = compile_query(text)
    assert " ".join(name for name, one in JOBS.items() if keep(one)) == kept


@given(st.text())
def test_any_text_is_a_filter(text: str) -> None:
    assert compile_query(text)(job()) in (True, False)
