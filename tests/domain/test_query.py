"""What a filter keeps, and how it says that it does not understand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.jobs import NOON, job
from tui.domain.hardware import bundled_catalogue
from tui.domain.job import Job
from tui.domain.query import Query, QueryError, compile_query
from tui.domain.query_values import read_gigabytes, read_seconds, read_usd
from tui.presentation.job_columns import job_columns
from tui.presentation.job_fields import job_fields

FIELDS = job_fields(
    job_columns(bundled_catalogue()), bundled_catalogue(), new_ids=lambda: {job(3).id}, watched={job(2).id}
)
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


def compiled(text: str) -> Query[Job]:
    return compile_query(text, FIELDS, saved=SAVED, rows=JOBS.values, now=NOON)


def kept(text: str) -> str:
    keeps = compiled(text)(NOON)
    return " ".join(name for name, one in JOBS.items() if keeps(one))


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
        # words of rows, headings, and what people say
        ("status:failed", "crash"),
        ("status:timeout", "crash"),
        ('status:"timed out"', "crash"),
        ("status:timed-out", "crash"),
        ("state:failed|completed", "eval crash"),
        ("stage:ERROR", "crash"),
        ("status:oom", ""),
        ("name:qwen", "train"),
        ("flavor:gpu", "train eval crash"),
        ("flavor:cpu|gpu", "train eval crash"),
        ("flavor:tpu", ""),
        ("flavor:large", "train"),
        ("created:<2h", "train eval crash queue"),
        ("created:2026-11-01", "train eval crash queue"),
        ("created:>2026-11-01", ""),
        ("created:>=2026-11-01", "train eval crash queue"),
        ("created:<2026-11-01", ""),
        ("created:<=2026-11", "train eval crash queue"),
        ("created:2026-10-30..2026-11-02", "train eval crash queue"),
        ("created:today", "train eval crash queue"),
        ("created:sunday", "train eval crash queue"),
        ("created:yesterday", ""),
        ("age:>2h", ""),
        ("ended:today status:failed", "crash"),
        ("price:>1.2", "train"),
        ("$/h:>1.2", "train"),
        ("$/H>1.2", "train"),
        ("cost:~$0.75", "train"),
        ("cost:<0.50|>0.74", "train crash"),
        ("cost:0.2..0.6", "crash"),
        ("wait:30m,1h", "train eval crash queue"),
        ("image / script:python", "train eval crash queue"),
        ("-Image / Script:python:3.11", "train crash queue"),
        ("script:python:3.11", "eval"),
        ('"started by":ada', ""),
        ("is:watched", "eval"),
        ("ada/000000000000000000000001", "train"),
        ("000000…01", "train"),
        ("id:000000…01", "train"),
        # a colon in a text
        ('"acme:foo"', ""),
        ("https://hf.co/jobs", ""),
        ("hf.co:foo", ""),
    ],
)
def test_kept(text: str, names: str) -> None:
    assert kept(text) == names


@pytest.mark.parametrize(
    ("text", "underlined", "explained"),
    [
        ("foo:bar", "foo:bar", 'In quotes it is text: "foo:bar"'),
        ("acme:foo", "acme:foo", 'In quotes it is text: "acme:foo"'),
        ("xyzzy:foo", "xyzzy:foo", "the fields are status, name"),
        ("python:3.9", "python:3.9", 'In quotes it is text: "python:3.9"'),
        ("costt>1", "costt>1", "did you mean “cost:”?"),
        ("stat:failed", "stat:failed", "did you mean “status:”?"),
        ("status:runing", "status:runing", "did you mean “running”?"),
        ("-status:runing", "-status:runing", "did you mean “running”?"),
        ("status:running|compleated", "status:running|compleated", "did you mean “completed”?"),
        ("status:xyz", "status:xyz", "it is one of failed, running, "),
        ("created:2026-13-01", "created:2026-13-01", "or a date like"),
        ("created:20", "created:20", "an age like"),
        ("qwen flavr:a10g", "flavr:a10g", "did you mean “flavor:”?"),
        ("cost:>abc x", "cost:>abc", "an amount like"),
        ("run:>5x", "run:>5x", "a duration like"),
        ("status:", "status:", "status:failed"),
        ("age:>", "age:>", "created:<2d"),
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
        compiled(text)
    error = caught.value
    assert text[error.start : error.end] == underlined
    assert explained in error.explanation


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [*FIELDS.names, ":", ">", "<", "-", "@", '"', "OR", "|", "..", "1h", "today", "*", " "]
        )
    ).map("".join)
)
def test_any_text_is_a_filter_or_says_where_it_is_none(text: str) -> None:
    try:
        assert compiled(text)(NOON)(job()) in (True, False)
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
        ("1:12h", 4320),
        ("0:41", 41),
        ("x", None),
        ("", None),
    ],
)
def test_durations(text: str, seconds: float | None) -> None:
    assert read_seconds(text) == seconds


@pytest.mark.parametrize(
    ("text", "usd"), [("3", 3), ("$3.50", 3.5), ("~$1,204.00", 1204), ("3$", None), ("-1", None)]
)
def test_money(text: str, usd: float | None) -> None:
    assert read_usd(text) == usd


@pytest.mark.parametrize(("text", "gigabytes"), [("80", 80), ("80 gb", 80), ("1.5tb", 1536), ("x", None)])
def test_sizes(text: str, gigabytes: float | None) -> None:
    assert read_gigabytes(text) == gigabytes
