"""Options of uv before the command: what we send for a line is what `hf` sends, and the form keeps them."""

from __future__ import annotations

import pytest

from tests.spec.hf_command import HfCommand
from tests.spec.test_contract import built, same_files, sent_by_us
from tui.spec.draft import Draft
from tui.spec.line import hf_line
from tui.spec.parse import parse

LINES = [
    "--verbose train.py",
    "--verbose train.py --lr 3",
    "-- --verbose train.py",
    "--verbose -- train.py",
    "--verbose -- -q train.py",
    "-- -q train.py",
    "-- -v train.py",
    "-- -s train.py",
    "-- -p 3.11 train.py",
    "-- --with trl train.py",
    "-- --flavor a10g-small train.py",
    "-q train.py",
    "-qn train.py",
    "-m http.server 8000",
    "-mq http.server",
    "--module http.server",
    "--with-requirements reqs.txt train.py",
    "--with-requirements=reqs.txt train.py",
    "--with-editable . train.py",
    "--index-url https://x.org/simple train.py",
    "--index-url https://x.org/simple.py train.py",
    "--extra-index-url=https://x.org/simple train.py",
    "--default-index 'https://x.org/?a=1&b=2' train.py",
    "--no-project --with trl train.py",
    "--isolated --name x --no-cache train.py --flavor a10g-small --lr 3",
    "--refresh --prerelease allow train.py",
    "-w trl -U train.py",
    "-p 3.11 --verbose train.py",
    "--env-file .env --verbose train.py",
    "--verbose headed.py",
    "--verbose 'runs/my train.py' config.yaml other/config.yaml",
    "--verbose https://x.org/a/sft.py",
    "--verbose python -c 'print(1)'",
    "--script tool 1",
    "--no-config -",
    "--pyth 3.11",
    "--directory /app python x",
    "-- -- python -V",
]


@pytest.mark.parametrize("arguments", LINES)
@pytest.mark.parametrize("verb", ["uv run", "scheduled uv run @daily"])
def test_a_line_with_options_of_uv_sends_what_hf_sends(hf: HfCommand, verb: str, arguments: str) -> None:
    line = f"hf jobs {verb} {arguments}"
    path, theirs = hf.sends(line)
    spec = built(parse(line).draft)
    assert same_files(sent_by_us(spec, theirs)) == same_files((path, theirs))
    shown = hf_line(spec)
    again_path, again = hf.sends(shown)
    assert same_files(sent_by_us(spec, again)) == same_files((again_path, again))
    assert parse(shown).draft == spec.draft


@pytest.mark.parametrize(
    ("arguments", "fields"),
    [
        ("--verbose train.py --lr 3", {"uv_options": "--verbose", "script": "train.py", "command": "--lr 3"}),
        ("-m http.server 80", {"kind": "uv-command", "uv_options": "-m", "command": "http.server 80"}),
        ("--index-url https://x.org/s t.py", {"uv_options": "--index-url https://x.org/s", "script": "t.py"}),
        ("--no-project --with trl t.py", {"uv_options": "--no-project", "dependencies": ("trl",)}),
        ("-- -q t.py", {"uv_options": "-q", "script": "t.py"}),
        ("--with-requirements 'my reqs.txt' t.py", {"uv_options": "--with-requirements 'my reqs.txt'"}),
        ("-p 3.11 -n python -V", {"python": "3.11", "uv_options": "-n", "command": "python -V"}),
    ],
)
def test_options_of_uv_are_read_into_their_field(arguments: str, fields: dict[str, object]) -> None:
    parsed = parse(f"hf jobs uv run {arguments}")
    assert parsed.draft is not None
    assert parsed.notes == ()
    assert {name: getattr(parsed.draft, name) for name in fields} == fields


def test_an_option_of_hf_among_those_of_uv_is_not_said_to_stand_after_the_command() -> None:
    line = "hf jobs uv run --verbose --index-url https://x.org --with trl --flavor a10g-small train.py"
    parsed = parse(line)
    assert parsed.notes == ()
    assert parsed.draft == Draft(
        script="train.py",
        uv_options="--verbose --index-url https://x.org",
        dependencies=("trl",),
        flavor="a10g-small",
    )
    assert parse(f"{line} --name x").notes != ()
