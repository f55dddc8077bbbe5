"""What a filter keeps, and how it says that it does not understand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.jobs import NOON, job
from tui.domain.query import Facts, QueryError, compile_query
from tui.domain.query_fields import FIELDS, read_seconds, read_usd

FACTS = Facts(NOON, new_ids=frozenset({job(3).id}))
JOBS = {
    "train": job(1, labels={"name": "train-qwen", "team": "ml"}, flavor="a10g-large"),
    "eval": job(2, labels={"name": "eval"}, flavor="l4x1", stage="COMPLETED", image="python:3.11"),
    "crash": job(
        3,
        labels={"name": "crash"},
        stage="ERROR",
        message="Job timeout",
        namespace="acme",
        finished_at=NOON - timedelta(minutes=5),
    ),
    "queue": job(4, labels={"name": "my queue"}, stage="SCHEDULING", started_at=None, flavor="no-such"),
}
SAVED = {"mine": "owner:ada -is:ended", "both": "@mine OR name:crash", "loop": "@loop", "bad": "cost:x"}


def kept(text: str) -> str:
    keep = compile_query(text, SAVED)
    return " ".join(name for name, one in JOBS.items() if keep(one, FACTS))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", "train eval crash queue"),
        ("qwen", "train"),
        ("QWEN train", "train"),
        ("qwen eval", ""),
        ("flavor:a10g*", "train crash"),
        ("flavor:a10g-large", "train"),
        ("status:running", "train"),
        ("status:timed", "crash"),
        ("status:waiting", "queue"),
        ("status:running,waiting", "train queue"),
        ("-status:completed", "train crash queue"),
        ("!eval", "train crash queue"),
        ("--eval", "eval"),
        ("label:team=ml", "train"),
        ("label:team", "train"),
        ("owner:acme", "crash"),
        ('"timed out"', "crash"),
        ('name:"my queue"', "queue"),
        ("python:3.11", "eval"),
        ("qwen OR eval", "train eval"),
        ("qwen status:completed OR crash | queue", "crash queue"),
        ("run:>29m run:<31m", "train"),
        ("run>29m", "train"),
        ("run:>=25m", "train crash"),
        ("wait:>45m", "queue"),
        ("age:<2h", "train eval crash queue"),
        ("left:<1h", "train"),
        ("cost:>$0.50", "train"),
        ("cost:<0.50", "crash"),
        ("cost:0.1", "train crash"),
        ("rate:>1.2", "train"),
        ("ended:<10m", "crash"),
        ("is:live", "train queue"),
        ("is:ended", "eval crash"),
        ("is:new", "crash"),
        ("why:job*", "crash"),
        ("command:*print*", "train eval crash queue"),
        ("@mine", "train queue"),
        ("@both status:error OR -@mine", "eval crash"),
        ("a@b", ""),
    ],
)
def test_kept(text: str, names: str) -> None:
    assert kept(text) == names


@pytest.mark.parametrize(
    ("text", "underlined", "explained"),
    [
        ("qwen flavr:a10g", "flavr:a10g", "did you mean “flavor:”?"),
        ("cost:>abc x", "cost:>abc", "an amount like"),
        ("run:>5x", "run:>5x", "a duration like"),
        ("status:", "status:", "status:running"),
        ("age:>", "age:>", "age:>15m"),
        ('train "timed out', '"timed out', "not closed"),
        ("OR train", "OR", "between two"),
        ("train OR", "OR", "between two"),
        ("train - x", "-", "without a space"),
        ("is:nice", "is:nice", "live, ended, new"),
        ("@nobody", "@nobody", "saved are @bad, @both"),
        ("@loop", "@loop", "leads back to itself"),
        ("@bad", "@bad", "in @bad"),
    ],
)
def test_a_mistake_says_where_it_is_and_what_would_be_right(
    text: str, underlined: str, explained: str
) -> None:
    with pytest.raises(QueryError) as caught:
        compile_query(text, SAVED)
    error = caught.value
    assert text[error.start : error.end] == underlined
    assert explained in error.explanation


@given(
    st.text()
    | st.lists(st.sampled_from([*FIELDS, ":", ">", "<", "-", "@", '"', "OR", "1h", "*", " "])).map("".join)
)
def test_any_text_is_a_filter_or_says_where_it_is_none(text: str) -> None:
    try:
        assert compile_query(text)(job(), FACTS) in (True, False)
    except QueryError as error:
        place = (error.start, error.end)
    else:
        place = (0, len(text) + 1)
    assert 0 <= place[0] < place[1] <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        ("90s", 90),
        ("15m", 900),
        ("1.5h", 5400),
        ("2d", 172_800),
        ("1h30m", 5400),
        ("x", None),
        ("", None),
    ],
)
def test_durations(text: str, seconds: float | None) -> None:
    assert read_seconds(text) == seconds


@pytest.mark.parametrize(("text", "usd"), [("3", 3), ("$3.50", 3.5), ("3$", None), ("-1", None)])
def test_money(text: str, usd: float | None) -> None:
    assert read_usd(text) == usd
