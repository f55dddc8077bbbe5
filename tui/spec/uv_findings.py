"""What is worth knowing of `uv run`: what its options hide, and which files they name that stay here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from tui.domain.nearest import nearest

from .checks import RefusedError, quoted
from .draft import Draft
from .environment import Environment
from .finding import Finding, Fix, warning
from .in_volume import is_in_volume, mount_paths
from .job_spec import JobSpec, UploadFile
from .options import COMMANDS
from .quoting import join, split
from .script import metadata_block, read_header
from .uv_options import MAYBE_PATHS, PATHS, UV_OPTIONS, UvGiven, read_uv_words

_URL = re.compile(r"[a-z][a-z0-9+.-]*://")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_PASSWORD = re.compile(r"://[^/\s:@]*:[^/\s@]+@")
_AS_SECRET = {
    "--index": "UV_INDEX",
    "--default-index": "UV_DEFAULT_INDEX",
    "--index-url": "UV_INDEX_URL",
    "--extra-index-url": "UV_EXTRA_INDEX_URL",
    "--find-links": "UV_FIND_LINKS",
}
"""The variables by which uv is told the same (uv 0.13.9)."""


def uv_findings(spec: JobSpec, environment: Environment) -> Iterator[Finding]:
    """What of a uv job is not what it seems to be."""
    draft = spec.draft
    if draft.kind not in ("uv-script", "uv-command"):
        return
    words = split(draft.uv_options) or ()
    given = read_uv_words(words).given
    for one in given:
        yield from _option(one)
        yield from _path_of(one, words, spec, environment)
    if any(one.option is not None and one.option.name == "--module" for one in given):
        first = draft.script.strip() if draft.kind == "uv-script" else (split(draft.command) or ("",))[0]
        if first.endswith(".py"):
            yield warning(
                "uv_options", f"With -m uv runs a module by its name, and {first} is a file: remove -m"
            )
    for dependency in map(str.strip, draft.dependencies):
        if problem := _left_here(dependency, "--with", spec, environment):
            yield warning("dependencies", problem)
    yield from _named_after_option(spec, words)
    yield from _hidden_header(spec, words, environment)


def _option(given: UvGiven) -> Iterator[Finding]:
    name = given.spelled
    if given.option is None:
        if any(name in option.names for command in COMMANDS for option in command.options):
            yield warning("uv_options", f"{name} is an option of `hf`, not of uv: fill in its own field")
        else:
            close = nearest(name, sorted((option.name for option in UV_OPTIONS), key=len))
            hint = f"; did you mean {close}?" if close else ""
            yield warning("uv_options", f"{quoted(name)} is not an option of uv run{hint}")
    elif given.option.name == "--help":
        yield warning("uv_options", f"With {name} uv prints its help and runs nothing")
    elif given.value and _PASSWORD.search(given.value):
        variable = _AS_SECRET.get(given.option.name)
        instead = f"; give the address as the secret {variable}" if variable else ""
        yield warning("uv_options", f"The password in {name} can be read by all who see the job{instead}")


# Files and folders of this machine


def _path_of(
    given: UvGiven, words: tuple[str, ...], spec: JobSpec, environment: Environment
) -> Iterator[Finding]:
    if given.option is None or not given.value:
        return
    for path in given.value.split(","):
        problem = _left_here(path, given.option.name, spec, environment)
        if not problem:
            continue
        whole_word = given.value_position is not None and path == given.value
        if environment.is_file(environment.expand(path)):
            if whole_word:
                continue  # `hf` uploads a file that is a word of its own
            fix = _as_words(given, words, spec.draft)
            yield warning("uv_options", f"{problem}; as a word of its own it is taken along", fix)
        else:
            yield warning("uv_options", problem)


def _left_here(path: str, option: str, spec: JobSpec, environment: Environment) -> str:
    """Why uv will not find a path in the job; empty where it may, or where it is no path."""
    if option not in PATHS and not (
        option in MAYBE_PATHS and (path in (".", "..") or path.startswith(("./", "../", "~/")))
    ):
        return ""
    if _URL.match(path) or path == "-" or is_in_volume(path, mount_paths(spec.draft.volumes)):
        return ""
    here = environment.expand(path)
    if environment.is_dir(here):
        return f"The folder {path} of {option} is here, not in the job: mount it, and name that place"
    if environment.is_file(here):
        return f"The file {path} of {option} is here, not in the job"
    if path.startswith("/") or option in ("--project", "--directory"):
        return ""  # of the image, perhaps
    return f"{path} of {option} is not a file here, and uv looks for it in the job"


def _as_words(given: UvGiven, words: tuple[str, ...], draft: Draft) -> Fix | None:
    """Every file named by an option with `=`, or with others behind commas, as words of their own."""
    if given.option is None or given.value is None:
        return None
    spelled = [word for path in given.value.split(",") for word in (given.option.name, path)]
    last = given.value_position if given.value_position is not None else given.position
    if not words[given.position].startswith("--"):
        return None
    changed = (*words[: given.position], *spelled, *words[last + 1 :])
    return Fix("write it so", replace(draft, uv_options=join(changed)))


# What `hf` makes of a first word that is not the script


def _named_after_option(spec: JobSpec, words: tuple[str, ...]) -> Iterator[Finding]:
    typed = {pair.name.strip() for pair in spec.draft.labels}
    if words and not spec.draft.name.strip() and "name" not in typed and spec.name.startswith("-"):
        said = f"`hf` takes {words[0]} for the script and names the job {spec.name}: give it a name"
        yield Finding("note", "name", said)


def _hidden_header(spec: JobSpec, words: tuple[str, ...], environment: Environment) -> Iterator[Finding]:
    """A script of this machine whose header uv or `hf` will not read, since it is not the first word."""
    draft = spec.draft
    script = next((word.source for word in spec.upload_files if _is_local_script(word)), "")
    first = (split(draft.command) or ("",))[0]
    launched = draft.kind == "uv-command" and first != script
    if not script or not (launched or words):
        return
    try:
        text = environment.read_text(script)
        header, block = read_header(text), metadata_block(text)
    except (OSError, UnicodeDecodeError, RefusedError):
        return
    field, before = ("command", first) if launched else ("uv_options", words[0])
    if launched and block and (missing := _missing_packages(block, draft)):
        said = f"Behind {before}, uv does not read the header of {script}: {', '.join(missing)} not installed"
        fix = Fix("add them to With", replace(draft, dependencies=(*draft.dependencies, *missing)))
        yield warning(field, said, fix)
    if keys := [item.name for item in fields(header) if getattr(header, item.name)]:
        said = f"Behind {before}, `hf` does not read the [tool.hf-jobs] of {script}: {', '.join(keys)}"
        yield warning(field, f"{said} not applied")


def _is_local_script(word: UploadFile) -> bool:
    return word.source.endswith(".py") and not word.is_url


def _missing_packages(block: str, draft: Draft) -> tuple[str, ...]:
    """The packages of a header that are not among those typed, in whatever version."""
    try:
        listed: Any = tomllib.loads(block).get("dependencies", [])
    except tomllib.TOMLDecodeError:
        return ()
    typed = set(map(_package, draft.dependencies))
    texts = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    return tuple(one for one in texts if _package(one) not in typed)


def _package(requirement: str) -> str:
    name = _NAME.match(requirement.strip())
    return name[0].casefold().replace("_", "-") if name else requirement
