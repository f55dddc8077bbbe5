"""An error says the user's words as they were typed: no capital is put on a name that stands first."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from tests.spec.fake_environment import FakeEnvironment
from tui.spec.build import build
from tui.spec.draft import Draft, Kind, Pair, SecretPair
from tui.spec.job_spec import JobSpec
from tui.spec.secret import Secret

WORDS = ("wandb_key", "two words", "ünï", "x.y", "own", "a", "/in", "-own", "own.py", "folder:/data")
FILES = {
    "own": "wandb_key\n",
    "own.py": "# /// script\n# [tool.hf-jobs]\n# flavor = 3\n# ///\n",
    "x.y": "one=first\ntwo\n?? =\n",
    "a": "wandb_key=$nowhere\n",
}


def drafts_of(word: str) -> list[Draft]:
    """The word in every field of the form, by itself and twice."""
    found = []
    kinds: tuple[Kind, ...] = ("uv-script", "uv-command", "image", "space")
    for kind in kinds:
        base = Draft(kind=kind)
        for item in fields(Draft):
            default = getattr(base, item.name)
            if item.name in ("env", "labels"):
                found += [given(base, item.name, rows) for rows in pairs(word)]
            elif item.name == "secrets":
                found += [given(base, item.name, rows) for rows in secret_pairs(word)]
            elif item.name != "kind" and isinstance(default, str):
                found.append(given(base, item.name, word))
            elif isinstance(default, tuple):
                found.append(given(base, item.name, (word, word)))
    return found


def given(base: Draft, field: str, value: object) -> Draft:
    return replace(base, **{field: value})  # type: ignore[arg-type]


def pairs(word: str) -> list[tuple[Pair, ...]]:
    return [(Pair(word, None),), (Pair(word, "1"), Pair(word, "1")), (Pair("ok", f"${word}"),)]


def secret_pairs(word: str) -> list[tuple[SecretPair, ...]]:
    return [
        (SecretPair(word),),
        (SecretPair(word, Secret("1")), SecretPair(word, Secret("1"))),
        (SecretPair(word, Secret("changeme")),),
        (SecretPair(word, Secret("$nowhere")),),
    ]


@pytest.mark.parametrize("word", WORDS)
def test_no_error_changes_a_word_that_was_typed(word: str) -> None:
    machine = FakeEnvironment(files=FILES)
    for draft in drafts_of(word):
        errors = build(draft, machine)
        if isinstance(errors, JobSpec):
            continue
        for error in errors:
            for typed in {word, "two", "wandb_key", "nowhere", "flavor", "own"}:
                changed = typed[:1].upper() + typed[1:]
                first = error.message.removeprefix("From the script: ")
                assert changed == typed or not first.startswith((f"{changed} ", f"{changed}:")), (
                    draft,
                    error,
                )


def test_a_name_that_is_not_set_is_said_as_it_is() -> None:
    errors = build(
        Draft(kind="image", image="x", command="x", secrets=(SecretPair("wandb_key"),)), FakeEnvironment()
    )
    assert not isinstance(errors, JobSpec)
    assert errors[0].message.startswith("“wandb_key” is not set here")


def test_a_line_that_goes_on_is_explained() -> None:
    machine = FakeEnvironment(files={".env": "one=first\ntwo\n"})
    errors = build(Draft(kind="image", image="x", command="x", secrets_file=".env"), machine)
    assert not isinstance(errors, JobSpec)
    assert errors[0].message.startswith("“two” in .env has no value")
    assert "several lines" in errors[0].message
