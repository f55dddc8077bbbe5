"""What is worth knowing of a command: that no shell reads it, and which file it names stays here."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from posixpath import normpath, relpath

from .draft import Draft
from .environment import Environment
from .finding import Finding, Fix, warning
from .in_volume import runs_from_volume
from .job_spec import JobSpec, LocalFolder
from .quoting import join, split
from .shell_syntax import shell_pieces
from .uv_options import read_uv_words

_MOST_SHOWN = 3
_FETCHING = frozenset(("cd", "git", "wget", "curl", "hf", "cp", "mv", "ln", "tar", "unzip"))
"""Commands that bring files to where a later one of the same line finds them."""

_PYTHON = re.compile(r"(?:^|/)python[\d.]*$")
_WRITING = (">", ">>", "tee")


def command_findings(spec: JobSpec, environment: Environment) -> Iterator[Finding]:
    """What of the command is not what it seems to be."""
    yield from _needs_shell(spec.draft)
    yield from _left_here(spec, environment)
    yield from _module_left_here(spec, environment)


def _needs_shell(draft: Draft) -> Iterator[Finding]:
    if draft.shell and draft.kind in ("image", "space"):
        return
    pieces = shell_pieces(draft.command)
    if not pieces:
        return
    shown = " ".join(pieces[:_MOST_SHOWN]) + (" …" if len(pieces) > _MOST_SHOWN else "")
    are = "is" if len(pieces) == 1 else "are"
    said = f"No shell runs the command: {shown} {are} taken literally, as with `hf`"
    yield warning("command", said, _shell_fix(draft))


def _shell_fix(draft: Draft) -> Fix | None:
    """The same command through a shell; None where it has a script before it."""
    label = "run it through sh -c"
    if draft.kind in ("image", "space"):
        return Fix(label, replace(draft, shell=True))  # noqa: S604 - a field, not a process
    if draft.kind == "uv-command":
        return Fix(label, replace(draft, command=join(("sh", "-c", draft.command.strip()))))
    return None


def _left_here(spec: JobSpec, environment: Environment) -> Iterator[Finding]:
    """A file of this folder that a command names: a container has only what its image and volumes hold."""
    draft = spec.draft
    if spec.space_id is not None or not (draft.kind == "image" or runs_from_volume(draft)):
        return
    for word in _words(draft):
        for path in (word, word.partition("=")[2]):
            if _looks_local(path, environment) and environment.is_file(environment.expand(path)):
                yield warning("command", f"{path} is here, not in the job: {_way_in(path, spec)}")
                break


def _module_left_here(spec: JobSpec, environment: Environment) -> Iterator[Finding]:
    """A module of this folder behind `-m`, whether uv or Python is given it: it is never taken along."""
    draft = spec.draft
    if draft.kind == "space" or any(isinstance(volume, LocalFolder) for volume in spec.volumes):
        return
    if module := _module(spec):
        path = module.replace(".", "/")
        for file in (f"{path}.py", f"{path}/__main__.py"):
            if environment.is_file(file):
                instead = "name the file as the script of a UV script, or mount its folder as a volume"
                yield warning("command", f"The module {module} is {file} here, not in the job: {instead}")


def _module(spec: JobSpec) -> str:
    """What `uv run -m` or `python -m` is to run; empty where neither stands there."""
    draft = spec.draft
    words = split(draft.command) or ()
    options = read_uv_words(split(draft.uv_options) or ()).given if draft.kind == "uv-command" else ()
    if words and any(one.option is not None and one.option.name == "--module" for one in options):
        return words[0]
    for place, word in enumerate(words[:-1]):
        if word == "-m":
            program = next((one for one in words[:place][::-1] if not one.startswith("-")), "")
            return words[place + 1] if _PYTHON.search(program) else ""
    return ""


def _words(draft: Draft) -> tuple[str, ...]:
    try:
        words = tuple(shlex.shlex(draft.command, posix=True, punctuation_chars=True))
    except ValueError:
        return ()
    if not draft.shell:
        if _FETCHING.intersection(words):
            return ()
        words = split(draft.command) or ()
        return words if draft.kind != "image" or (words and "/" in words[0]) else words[1:]
    written = {word for before, word in pairwise(words) if before in _WRITING}
    return () if _FETCHING.intersection(words) else tuple(word for word in words if word not in written)


def _looks_local(path: str, environment: Environment) -> bool:
    if path.startswith("/"):
        return path.startswith(environment.expand("~/"))
    return ("." in path or "/" in path) and "://" not in path


def _way_in(path: str, spec: JobSpec) -> str:
    for volume in spec.volumes:
        if isinstance(volume, LocalFolder):
            inside = relpath(normpath(path), normpath(volume.source))
            if not inside.startswith("..") and path.startswith("/") == volume.source.startswith("/"):
                return f"its folder is mounted, write {volume.mount_path}/{inside}"
    if path.endswith(".py"):
        return "choose the kind UV script, or mount its folder as a volume"
    return "mount its folder as a volume"
