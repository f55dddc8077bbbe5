"""A draft as a file: nothing of it is lost but the values of secrets, and no credential is in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.spec.strategies import REFERENCES, drafts
from tests.spec.test_round_trip import ANY_DRAFT
from tui.spec.draft import Draft, Pair, SecretPair
from tui.spec.draft_text import read_draft, write_draft
from tui.spec.secret import Secret


@given(draft=drafts())
@settings(max_examples=300)
def test_a_draft_read_back_is_the_same(draft: Draft) -> None:
    named = replace(draft, secrets=tuple(map(without_its_value, draft.secrets)))
    again = read_draft(write_draft(draft))
    if not draft.timeout_amount:
        again = replace(again, timeout_unit=draft.timeout_unit)
    assert again == named


def without_its_value(pair: SecretPair) -> SecretPair:
    """What of a secret may be in a file: its name, and what it refers to."""
    return pair if pair.value and pair.value.reveal() in (*REFERENCES, "$HF_TOKEN") else SecretPair(pair.name)


@given(draft=ANY_DRAFT)
@settings(max_examples=300)
def test_no_text_in_any_field_makes_writing_fail(draft: Draft) -> None:
    read_draft(write_draft(draft))


def test_a_sum_is_not_written_beside_the_timeout_it_stands_for() -> None:
    assert write_draft(Draft(image="ubuntu", spend="x")) == write_draft(Draft(image="ubuntu"))
    with pytest.raises(ValueError, match="no field of a job"):
        read_draft('spend = "2"')


def test_no_credential_reaches_a_file() -> None:
    token = "hf_" + "aB3" * 12
    draft = Draft(
        command=f"--token {token}",
        env=(Pair("KEY", token),),
        secrets=(SecretPair("MINE", Secret("s3cr3t-v4lu3")),),
    )
    text = write_draft(draft)
    assert token not in text
    assert "s3cr3t" not in text
    assert 'secrets = ["MINE"]' in text


def test_it_is_a_file_a_person_would_write() -> None:
    draft = Draft(
        script="train.py",
        flavor="a10g-small",
        timeout_amount="1.5",
        env=(Pair("EPOCHS", "3"), Pair("FROM_HERE", None)),
        ssh=True,
    )
    assert write_draft(draft) == (
        'kind = "uv-script"\n'
        'script = "train.py"\n'
        'flavor = "a10g-small"\n'
        'timeout = "1.5h"\n'
        "env = [\n"
        '    "EPOCHS=3",\n'
        '    "FROM_HERE",\n'
        "]\n"
        "ssh = true\n"
    )


@pytest.mark.parametrize(
    "text",
    ["x", "flavour = 'x'", "kind = 'y'", "ssh = 1", "env = 'A=1'", "env = [1]", "timeout = 3", "script = 1"],
)
def test_a_file_that_is_no_draft_says_why(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_draft(text)


def test_a_file_of_the_time_before_uv_had_options_is_read() -> None:
    old = 'kind = "uv-script"\nscript = "train.py"\ndependencies = ["trl"]\n'
    assert read_draft(old) == Draft(script="train.py", dependencies=("trl",))
    assert read_draft(old + 'uv_options = "-q"\n').uv_options == "-q"
