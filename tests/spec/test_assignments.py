"""`NAME=value` as `hf` reads it, in options and in files."""

from __future__ import annotations

import pytest
from huggingface_hub.utils._dotenv import load_dotenv
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.spec.assignments import read_assignments, read_file, write_assignment
from tui.spec.checks import RefusedError

HERE = {"A": "a of here", "B": "b of here"}


def resolved(values: dict[str, str | None]) -> dict[str, str]:
    """Bare names looked up in `HERE`, or left out, as `hf` does."""
    found = {name: HERE.get(name) if value is None else value for name, value in values.items()}
    return {name: value for name, value in found.items() if value is not None}


@given(
    text=st.text(alphabet="AB=\"'\\# \t\n$x\xa0", max_size=10)
    | st.text(alphabet="\"'\\# \tn$x", max_size=8).map("A={}".format)
)
@settings(max_examples=1000)
def test_an_option_is_read_as_hf_reads_it(text: str) -> None:
    ours: dict[str, str] = {}
    for name, value in read_assignments(text):
        ours |= resolved({name: value})
    assert ours == load_dotenv(text, environ=HERE)


@given(
    value=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.text("\"'\\# \n$x", max_size=8)
)
@settings(max_examples=500)
def test_a_value_survives_being_written(value: str) -> None:
    text = write_assignment("NAME", value)
    if text is None:
        assert len((value.replace("\n", "") + ".").splitlines()) > 1
    else:
        assert load_dotenv(text) == {"NAME": value}


def test_simple_values_are_written_without_quotes() -> None:
    assert write_assignment("A", "x y=z") == "A=x y=z"
    assert write_assignment("A", "x # y") == 'A="x # y"'
    assert write_assignment("A", None) == "A"
    assert write_assignment("A", "x\ry") is None


@pytest.mark.parametrize(
    "text",
    [
        "A1=x\nB1 = y\n\n# comment\nexport C1=z",
        'A1=\'single # kept\'\nB1="double \\"quoted\\"" # comment',
        "A1=plain # comment\nB1=a#b\nC1=",
        'A1="tab\\tand\\nline"',
        "A\nB # from here\nC",
        "A1=${B}$B",
        "A1=1\r\nA1=2\r\n",
        "A1=ünï=cödé",
    ],
)
def test_a_file_is_read_as_hf_reads_it(text: str) -> None:
    assert resolved(read_file(text)) == load_dotenv(text, environ=HERE)


@pytest.mark.parametrize(
    ("text", "ours", "theirs"),
    [
        ('KEY="-----BEGIN\nEND-----"', {"KEY": "-----BEGIN\nEND-----"}, {"KEY": '"-----BEGIN'}),
        (r"A1='it\'s'", {"A1": "it's"}, {"A1": r"it\'s"}),
        (r'A1="\$x"', {"A1": r"\$x"}, {"A1": "$x"}),
    ],
)
def test_a_file_is_read_otherwise_where_dotenv_files_are(
    text: str, ours: dict[str, str], theirs: dict[str, str]
) -> None:
    assert read_file(text) == ours
    assert load_dotenv(text) == theirs


def test_a_broken_line_is_refused_by_its_number_alone() -> None:
    with pytest.raises(RefusedError, match=r"^line 3 is no NAME=value") as caught:
        read_file("A=1\nB=2\n'hidden\n")
    assert "hidden" not in str(caught.value)
