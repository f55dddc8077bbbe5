"""A script's own launch values: read as `hf` reads them, and what is typed wins."""

from __future__ import annotations

import pytest
from huggingface_hub.cli._uv_script_header import parse_uv_script_header
from huggingface_hub.errors import CLIError
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.fake_environment import FakeEnvironment
from tests.spec.strategies import HEADED
from tui.spec.build import build
from tui.spec.checks import RefusedError
from tui.spec.collect import Errors
from tui.spec.draft import Draft, Pair
from tui.spec.job_spec import JobSpec
from tui.spec.script import ScriptHeader, read_header

LINES = [
    "# /// script",
    "# ///",
    "#",
    "# [tool.hf-jobs]",
    '# flavor = "t4-small"',
    "print(1)",
    "# /// other",
    "",
]


def header(*table: str) -> str:
    return "\n".join(["# /// script", "# [tool.hf-jobs]", *(f"# {line}" for line in table), "# ///", ""])


@given(lines=st.lists(st.sampled_from(LINES), max_size=9), end=st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=400)
def test_a_header_is_found_where_hf_finds_it(lines: list[str], end: str) -> None:
    text = end.join(lines) + end
    try:
        theirs = parse_uv_script_header(text)
    except CLIError:
        with pytest.raises(RefusedError):
            read_header(text)
        return
    assert read_header(text).flavor == (theirs.flavor if theirs else None)


@pytest.mark.parametrize(
    "table",
    [
        ["flavour = 'x'"],
        ["flavor = 1"],
        ["timeout = 1.5"],
        ["timeout = true"],
        ["env = ['A']"],
        ["env = { A = 1 }"],
        ["secrets = { HF_TOKEN = 'x' }"],
        ["secrets = [1]"],
        ["volumes = 'x'"],
        ["flavor = "],
    ],
)
def test_what_hf_refuses_is_refused_and_named(table: list[str]) -> None:
    text = header(*table)
    with pytest.raises(CLIError):
        parse_uv_script_header(text)
    with pytest.raises(RefusedError, match="script"):
        read_header(text)
    assert errors_of(text)[0].field == "script"


def built(text: str, **fields: object) -> JobSpec | Errors:
    environment = FakeEnvironment(files={"t.py": text}, variables={"API_KEY": "key"})
    return build(Draft(script="t.py", **fields), environment)  # type: ignore[arg-type]


def errors_of(text: str, **fields: object) -> Errors:
    errors = built(text, **fields)
    assert not isinstance(errors, JobSpec)
    return errors


def test_a_script_without_a_table_says_nothing() -> None:
    assert read_header("# /// script\n# dependencies = []\n# ///\n") == ScriptHeader()
    assert read_header("print(1)") == ScriptHeader()


def test_what_comes_from_the_script_is_told_apart() -> None:
    spec = built(HEADED, flavor="t4-small", env=(Pair("HEADED", "2"),))
    assert isinstance(spec, JobSpec)
    assert spec.flavor == "t4-small"
    assert spec.environment == {"FROM_HERE": "script", "HEADED": "2"}
    assert spec.timeout_seconds == 7200
    assert "flavor" not in spec.from_script
    assert spec.from_script["timeout_amount"] == "2h"
    assert spec.from_script["env"] == "FROM_HERE=script"
    assert spec.from_script["secrets"] == "API_KEY"
    assert spec.from_script["name"] == "headed"


def test_a_fault_in_the_script_is_not_blamed_on_what_was_typed() -> None:
    (error,) = errors_of(header("labels = { 'a b' = 'x' }"), labels=(Pair("ok", "1"),))
    assert (error.field, error.index) == ("labels", None)
    assert error.message.startswith("From the script: ")
    (error,) = errors_of(header("labels = { team = 'x' }"), labels=(Pair("a b", "1"),))
    assert (error.field, error.index) == ("labels", 0)


def test_the_header_of_a_script_on_the_web_counts_once_it_is_fetched() -> None:
    draft = Draft(script="https://x.org/t.py")
    environment = FakeEnvironment(variables={"API_KEY": "key"})
    before = build(draft, environment)
    environment.fetched["https://x.org/t.py"] = HEADED
    after = build(draft, environment)
    assert isinstance(before, JobSpec)
    assert isinstance(after, JobSpec)
    assert (before.flavor, after.flavor) == ("cpu-basic", "a10g-small")
