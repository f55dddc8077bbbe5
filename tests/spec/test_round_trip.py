"""What a line says of a job is all there is to say: read back, it builds the same job."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.strategies import ENVIRONMENT, TYPED_SECRETS, drafts
from tui.spec.build import build
from tui.spec.draft import Draft, Pair, SecretPair, keep_secret_values
from tui.spec.job_spec import JobSpec
from tui.spec.line import hf_line
from tui.spec.parse import parse
from tui.spec.secret import Secret

EXAMPLES = int(os.environ.get("ROUND_TRIP_EXAMPLES", "300"))
"""CI looks at few; `ROUND_TRIP_EXAMPLES=10000` is the whole run (CONTRIBUTING.md)."""
pytestmark = pytest.mark.timeout(60 + EXAMPLES // 20)

ALL_SET = replace(
    ENVIRONMENT, variables={**ENVIRONMENT.variables, **dict.fromkeys(TYPED_SECRETS, "of the shell")}
)


@given(draft=drafts())
@settings(max_examples=EXAMPLES)
def test_a_line_read_back_builds_the_same_job(draft: Draft) -> None:
    spec = build(draft, ENVIRONMENT)
    assert isinstance(spec, JobSpec), spec
    parsed = parse(hf_line(spec))
    assert parsed.draft is not None
    assert parsed.notes == ()
    again = build(parsed.draft, ALL_SET)
    assert isinstance(again, JobSpec), again
    assert again.secrets.keys() == spec.secrets.keys()
    assert replace(again, secrets=spec.secrets) == spec
    with_values = build(keep_secret_values(parsed.draft, draft), ENVIRONMENT)
    assert with_values == spec


@given(draft=drafts())
@settings(max_examples=100)
def test_a_line_says_no_secret_value(draft: Draft) -> None:
    marked = replace(
        draft, secrets=tuple(SecretPair(pair.name, Secret("s3cr3t-v4lu3")) for pair in draft.secrets)
    )
    assert "s3cr3t-v4lu3" not in hf_line(marked)


@given(text=st.text(max_size=40) | st.text(max_size=30).map(lambda text: f"hf jobs run {text}"))
@settings(max_examples=300)
def test_reading_never_fails(text: str) -> None:
    parsed = parse(text)
    assert parsed.draft is not None or parsed.notes


PIECES = [
    "uv",
    "-e",
    "--name",
    "-s",
    "A=b",
    "--",
    "'",
    '"',
    "\\",
    "|",
    "#",
    "$(",
    "-dx",
    "--ssh=1",
    "--token",
]


@given(words=st.lists(st.sampled_from(PIECES), max_size=12), glue=st.sampled_from([" ", "\n", "\\\n"]))
@settings(max_examples=200)
def test_reading_what_looks_like_a_line_never_fails(words: list[str], glue: str) -> None:
    parsed = parse("hf jobs run " + glue.join(words))
    assert parsed.draft is not None
    hf_line(parsed.draft)
    build(parsed.draft, ENVIRONMENT)


ANY_TEXT = st.text(alphabet=st.characters(), max_size=8)
ANY_ROWS = st.lists(ANY_TEXT, max_size=2).map(tuple)
ANY_PAIRS = st.lists(st.builds(Pair, ANY_TEXT, st.none() | ANY_TEXT), max_size=2).map(tuple)
ANY_DRAFT = st.builds(
    Draft,
    **dict.fromkeys(
        ("script", "image", "space", "command", "python", "uv_image", "flavor", "name"), ANY_TEXT
    ),
    **dict.fromkeys(("timeout_amount", "namespace", "env_file", "secrets_file", "attempts"), ANY_TEXT),
    **dict.fromkeys(("network_group", "resource_group", "schedule"), ANY_TEXT),
    **dict.fromkeys(("dependencies", "volumes", "expose", "expose_public", "network_aliases"), ANY_ROWS),
    env=ANY_PAIRS,
    labels=ANY_PAIRS,
    secrets=st.lists(st.builds(SecretPair, ANY_TEXT, st.none() | ANY_TEXT.map(Secret)), max_size=2).map(
        tuple
    ),
)


@given(draft=ANY_DRAFT)
@settings(max_examples=300)
def test_no_text_in_any_field_makes_building_or_writing_fail(draft: Draft) -> None:
    build(draft, ENVIRONMENT)
    assert hf_line(draft).startswith("hf jobs")
