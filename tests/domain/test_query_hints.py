"""What is offered while a filter is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.jobs import NOON, job
from tui.domain.hardware import bundled_catalogue
from tui.domain.query import compile_query, quoted
from tui.domain.query_hints import ValueCounts, begun, field_hints
from tui.presentation.job_columns import job_columns
from tui.presentation.job_fields import job_fields

FIELDS = job_fields(job_columns(bundled_catalogue()), bundled_catalogue())
JOBS = (
    *(job(number) for number in range(1, 4)),
    job(4, stage="ERROR", message="Job timeout", labels={"name": "my run", "team": "ml"}),
    job(5, stage="CANCELED", cancel_reason="NO_CREDITS", labels={"team": "ml"}, flavor="cpu-basic"),
)


@pytest.mark.parametrize(
    ("text", "field", "word", "replaced"),
    [
        ("", "", "", ""),
        ("st", "", "st", "st"),
        ("train st", "", "st", "st"),
        ("-st", "", "st", "st"),
        ("status:", "status", "", ""),
        ("train -status:ru", "status", "ru", "ru"),
        ("status:running|ca", "status", "ca", "ca"),
        ('status:"timed o', "status", "timed o", '"timed o'),
        ("cost:>", "cost", ">", ">"),
        ("a b ", "", "", ""),
        ("@mi", "", "@mi", "@mi"),
    ],
)
def test_the_word_that_is_written(text: str, field: str, word: str, replaced: str) -> None:
    found = begun(text, len(text))
    assert (found.field, found.text, text[found.start : found.end]) == (field, word, replaced)


def test_within_a_text_the_word_around_the_cursor_is_replaced() -> None:
    text = "status:run flavor:a10g"
    found = begun(text, len("status:ru"))
    assert (found.field, text[found.start : found.end]) == ("status", "run")


@given(st.text(alphabet='ab :|"-@<>', max_size=12), st.integers(0, 12))
def test_places_are_within_the_text(text: str, cursor: int) -> None:
    found = begun(text, min(cursor, len(text)))
    assert 0 <= found.start <= found.end <= len(text)


def test_fields_are_found_by_any_of_their_names() -> None:
    def inserts(text: str) -> list[str]:
        return [hint.insert for hint in field_hints(FIELDS, begun(text, len(text)), {"mine": "cost:>1"})]

    assert inserts("")[:3] == ["status:", "name:", "flavor:"]
    assert inserts("sta") == ["status:", "started:", "by:"]
    assert inserts("age") == ["created:"]
    assert inserts("$/") == ["price:"]
    assert inserts("@") == ["@mine "]
    assert inserts("qwen") == []


def values(name: str, wanted: str = "", most: int = 100) -> list[tuple[str, int | None]]:
    field = FIELDS.get(name)
    assert field is not None
    counts = ValueCounts(field, JOBS, NOON)
    counts.advance(most)
    return [(hint.insert, hint.count) for hint in counts.hints(wanted)]


def test_values_with_their_counts() -> None:
    status, flavor = values("status"), values("flavor")
    assert status[:2] == [("running", 3), ("failed", 2)]
    assert ('"timed out"', 1) in status
    assert dict(flavor) == {"gpu": 4, "a10g-small": 4, "cpu-basic": 1, "cpu": 1}
    assert values("status", "comp") == [("completed", 0)]
    assert values("label") == [("team=ml", 2)]
    assert ("today", 5) in values("created")
    assert (">1h", 0) in values("run")
    assert values("status", most=2)[0] == ("running", None)


def test_every_value_offered_is_one_and_keeps_as_many_rows_as_it_says() -> None:
    for field in FIELDS:
        for insert, count in values(field.name):
            keeps = compile_query(f"{field.name}:{insert}", FIELDS, rows=lambda: JOBS, now=NOON)(NOON)
            kept = sum(map(keeps, JOBS))
            assert kept >= (count or 0) > 0 or count == 0, (field.name, insert)


@given(st.text(min_size=1, max_size=8))
def test_a_quoted_value_is_one_word(text: str) -> None:
    compile_query(f"name:{quoted(text)}x", FIELDS)
