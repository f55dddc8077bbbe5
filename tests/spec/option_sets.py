"""Lines of `hf jobs` that hold every option several times and every two options at least once together."""

from __future__ import annotations

import random
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

PROGRAMS: dict[str, tuple[str, ...]] = {
    "run": ("python:3.12 python -c 'print(6*7)'", "ubuntu -- ls -la", "hf.co/spaces/ada/demo sh -c 'a | b'"),
    "uv run": (
        "train.py --lr 2e-4",
        "headed.py",
        "python -c 'print(1)'",
        "https://x.org/a/sft.py?raw=1 config.yaml",
        "'runs/my train.py' other/config.yaml",
    ),
}
PROGRAMS["scheduled run"] = PROGRAMS["run"]
PROGRAMS["scheduled uv run"] = PROGRAMS["uv run"]
SCHEDULES = ("@daily", "'0 9 * * 1-5'", "'*/5 1,2 * * *'")

OPTIONS: dict[str, tuple[str, ...]] = {
    "env": ("-e FOO=foo -e BAR=bar", "--env 'WORDS=two words'", "-eFROM_HERE", "--env=QUOTE='\"x # y\"'"),
    "env file": ("--env-file .env",),
    "secrets": ("-s HF_TOKEN", "--secrets MINE=psswrd", "-s API_KEY -s 'TWO=a b'"),
    "secrets file": ("--secrets-file .secrets",),
    "name": ("--name demo", "--name=nightly.run-1"),
    "label": ("-l team=ml -l solo", "--label a=b.c"),
    "volume": (
        "-v hf://org/model:/m",
        "-v hf://datasets/org/ds@refs/pr/3/a/b:/d:ro",
        "--volume hf://buckets/org/b/sub:/b:rw -v ./inputs:/in",
        "-v outputs:/out:rw",
    ),
    "flavor": ("--flavor a10g-small", "--flavor=cpu-upgrade", "--flavor v5e-1x1"),
    "timeout": ("--timeout 7200", "--timeout 1.5h", "--timeout=30m", "--timeout 1d", "--timeout 3600s"),
    "attempts": ("--attempts 3", "--attempts=1"),
    "expose": ("--expose 8000 --expose 8080", "--expose=80"),
    "expose public": ("--expose-public 8000", "--expose-public 443 --expose-public 444"),
    "resource group": ("--resource-group-id 0123456789abcdef01234567",),
    "namespace": ("--namespace acme",),
}
AT_ONCE: dict[str, tuple[str, ...]] = {
    "ssh": ("--ssh",),
    "network": ("--network-group train", "--network-group g-1 --network-alias a --network-alias b-2"),
}
SCHEDULED: dict[str, tuple[str, ...]] = {
    "suspend": ("--suspend", "--no-suspend"),
    "concurrency": ("--concurrency", "--no-concurrency"),
}
UV: dict[str, tuple[str, ...]] = {
    "with": ("--with trl", "--with trl --with 'torch>=2'"),
    "python": ("--python 3.12", "-p 3.11", "-p3.13"),
    "image": ("--image ghcr.io/acme/uv:1",),
    "uv options": (
        "--verbose --no-project",
        "--with-requirements reqs.txt -n",
        "--index-url 'https://x.org/simple' --prerelease=allow",
    ),
}
MOST_TOGETHER = 7
SETS_PER_VERB = 40


@dataclass(frozen=True)
class OptionSet:
    """One line, and the options on it."""

    verb: str
    options: frozenset[str]
    line: str


def options_of(verb: str) -> dict[str, tuple[str, ...]]:
    """The options a verb takes, each with its spellings."""
    more = SCHEDULED if verb.startswith("scheduled") else AT_ONCE
    return {**OPTIONS, **more, **(UV if "uv" in verb else {})}


def option_sets() -> Iterator[OptionSet]:
    """The same sets every time: first what covers the pairs, then more until there are enough."""
    chance = random.Random(4)  # noqa: S311 - the same sets every time
    for verb in PROGRAMS:
        options = options_of(verb)
        wanted = set(combinations(sorted(options), 2))
        made = 0
        while wanted or made < SETS_PER_VERB:
            chosen = _fill(min(wanted) if wanted else (), sorted(options), wanted, chance)
            wanted -= set(combinations(sorted(chosen), 2))
            yield OptionSet(verb, frozenset(chosen), _line(verb, chosen, options, made, chance))
            made += 1


def _fill(
    start: tuple[str, ...], names: list[str], wanted: set[tuple[str, str]], chance: random.Random
) -> set[str]:
    chosen = set(start)
    while len(chosen) < MOST_TOGETHER:
        others = [name for name in names if name not in chosen]
        chance.shuffle(others)

        def new_pairs(name: str) -> int:
            return sum(tuple(sorted((name, one))) in wanted for one in chosen)

        chosen.add(max(others, key=new_pairs))
    return chosen


def _line(
    verb: str, chosen: set[str], options: dict[str, tuple[str, ...]], number: int, chance: random.Random
) -> str:
    texts = [options[name][number % len(options[name])] for name in sorted(chosen)]
    chance.shuffle(texts)
    program = PROGRAMS[verb][number % len(PROGRAMS[verb])]
    schedule = f" {SCHEDULES[number % len(SCHEDULES)]}" if verb.startswith("scheduled") else ""
    before = texts[: len(texts) - number % 3]
    after = texts[len(before) :] if " -- " not in program else []
    if " -- " in program:
        before = texts
    line = " ".join(["hf jobs", verb + schedule, *before, program, *after])
    assert shlex.split(line)
    return line
