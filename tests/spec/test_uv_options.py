"""The options of uv: the table against the uv that is installed, and where a command begins."""

from __future__ import annotations

import re
import shlex
import subprocess
from functools import cache

import pytest
from uv import find_uv_bin

from tui.spec.uv_options import UV_OPTIONS, UV_VERSION, VALUES, read_uv_words

_HELP_LINE = re.compile(
    r"^ {2}(?:(?P<short>-\w), | {4})(?P<name>--[a-z-]+)(?:\.\.\.)?(?P<value> <[A-Z_]+>)?", re.MULTILINE
)
_CHOICES = re.compile(r"\[possible values: ([^\]]+)\]")


def run_uv(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [find_uv_bin(), *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"NO_COLOR": "1", "COLUMNS": "100"},
    )


@cache
def uv_help() -> str:
    return run_uv("run", "--help").stdout


def is_the_tables_version() -> bool:
    return run_uv("--version").stdout.split()[1] == UV_VERSION


def test_the_table_is_what_the_installed_uv_lists() -> None:
    """Another uv may have more options and have dropped some; what both have must agree."""
    listed = {
        match["name"]: (match["short"] or "", bool(match["value"]))
        for match in _HELP_LINE.finditer(uv_help())
    }
    table = {option.name: (option.short, option.takes_value) for option in UV_OPTIONS if option.in_help}
    if is_the_tables_version():
        assert table == listed
    assert len(listed) > 60
    assert {name: table[name] for name in table.keys() & listed} == {
        name: listed[name] for name in table.keys() & listed
    }


@pytest.mark.parametrize("option", [one for one in UV_OPTIONS if not one.in_help], ids=lambda one: one.name)
def test_what_its_help_leaves_out_is_taken_all_the_same(option: object) -> None:
    if not is_the_tables_version():
        pytest.skip("another uv")
    name, takes_value = option.name, option.takes_value  # type: ignore[attr-defined]
    answer = run_uv("run", name, "--help")
    assert ("a value is required" in answer.stderr) == takes_value, answer.stderr
    assert (answer.returncode == 0) != takes_value


def test_the_values_offered_are_those_of_its_help() -> None:
    if not is_the_tables_version():
        pytest.skip("another uv")
    text = " ".join(uv_help().split())
    for name, values in VALUES.items():
        found = _CHOICES.search(text, text.index(f"{name} <"))
        assert found is not None
        assert tuple(found[1].split(", ")) == values


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("train.py --lr 3", ""),
        ("--verbose train.py --lr 3", "--verbose"),
        ("-m http.server 8000", "-m"),
        ("--index-url https://x.org/simple train.py", "--index-url https://x.org/simple"),
        ("--index-url=https://x.org/simple train.py", "--index-url=https://x.org/simple"),
        ("--with-requirements reqs.txt train.py", "--with-requirements reqs.txt"),
        ("--with-editable . -q train.py", "--with-editable . -q"),
        ("-p 3.11 train.py", "-p 3.11"),
        ("-p3.11 train.py", "-p3.11"),
        ("-qvp 3.11 train.py", "-qvp 3.11"),
        ("-wtrl train.py", "-wtrl"),
        ("-w=trl train.py", "-w=trl"),
        ("-w trl -w peft train.py", "-w trl -w peft"),
        ("-vv train.py", "-vv"),
        ("--no-project --isolated -n python -c 'print(1)'", "--no-project --isolated -n"),
        ("--prerelease allow train.py", "--prerelease allow"),
        ("--refresh --verbose -- python -V", "--refresh --verbose --"),
        ("-- train.py", "--"),
        ("--pyth train.py", "--pyth"),
        ("--env-file .env train.py", "--env-file .env"),
        ("--no-config -", "--no-config"),
        ("--extra a --extra=b train.py", "--extra a --extra=b"),
        ("--verbose", "--verbose"),
        ("--with", "--with"),
    ],
)
def test_a_command_begins_behind_the_options_and_their_values(line: str, options: str) -> None:
    words = shlex.split(line)
    read = read_uv_words(words)
    assert words[: read.count] == shlex.split(options)
    assert bool(read.lacks_value) == (line == "--with")


def test_a_value_is_known_to_be_a_word_of_its_own_or_part_of_one() -> None:
    words = shlex.split("--with-requirements a.txt --with-requirements=b.txt -wc.txt x.py")
    read = read_uv_words(words)
    assert [(one.value, one.value_position) for one in read.given] == [
        ("a.txt", 1),
        ("b.txt", None),
        ("c.txt", None),
    ]
