"""A draft as the `hf jobs …` command line that does the same."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from .assignments import write_assignment
from .checks import SPACE_PREFIXES
from .draft import Draft
from .job_spec import JobSpec
from .timeout import timeout_text


def hf_line(job: JobSpec | Draft) -> str:
    """One line of shell, secrets as bare names.

    A draft with faults gives what can be said of it: the line beside a form grows as the form is filled.
    """
    draft = job.draft if isinstance(job, JobSpec) else job
    words = [*_verb(draft), *_options(draft), *_positionals(draft)]
    return " ".join(_quoted(word) for word in words)


def _verb(draft: Draft) -> Iterator[str]:
    yield from ("hf", "jobs")
    schedule = " ".join(draft.schedule.split())
    if schedule:
        yield "scheduled"
    yield from ("uv", "run") if draft.kind in ("uv-script", "uv-command") else ("run",)
    if schedule:
        yield schedule


def _options(draft: Draft) -> Iterator[str]:
    """Every option that is set, before the command, as `hf` wants them."""
    for option, text in _texts(draft):
        if text.strip():
            yield from (option, text.strip())
    for pair in draft.env:
        if pair.name.strip():
            yield from ("-e", write_assignment(pair.name.strip(), pair.value) or pair.name.strip())
    for secret in draft.secrets:
        if secret.name.strip():
            yield from ("-s", secret.name.strip())
    for label in draft.labels:
        if label.name.strip():
            yield from ("-l", f"{label.name.strip()}={label.value}" if label.value else label.name.strip())
    yield from _switches(draft)


def _texts(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "--name", draft.name
    yield "--namespace", draft.namespace
    yield "--resource-group-id", draft.resource_group
    if draft.kind in ("uv-script", "uv-command"):
        yield from (("--with", dependency) for dependency in draft.dependencies)
        yield "--python", draft.python
        yield "--image", draft.uv_image
    yield "--flavor", draft.flavor
    yield "--timeout", timeout_text(draft.timeout_amount, draft.timeout_unit)
    yield "--attempts", draft.attempts
    yield from (("-v", volume) for volume in draft.volumes)
    yield from (("--expose", port) for port in draft.expose)
    yield from (("--expose-public", port) for port in draft.expose_public)
    if not draft.schedule.strip():
        yield "--network-group", draft.network_group
        yield from (("--network-alias", alias) for alias in draft.network_aliases)
    yield "--env-file", draft.env_file
    yield "--secrets-file", draft.secrets_file


def _switches(draft: Draft) -> Iterator[str]:
    if draft.schedule.strip():
        if draft.suspend is not None:
            yield "--suspend" if draft.suspend else "--no-suspend"
        if draft.concurrency is not None:
            yield "--concurrency" if draft.concurrency else "--no-concurrency"
    elif draft.ssh:
        yield "--ssh"


def _positionals(draft: Draft) -> Iterator[str]:
    """Image or script and the command, with `--` before what `hf` could take for an option of its own."""
    command = _command(draft)
    first = {
        "uv-script": draft.script.strip(),
        "uv-command": "",
        "image": draft.image.strip(),
        "space": _space(draft.space.strip()),
    }[draft.kind]
    if draft.kind == "image" and first.startswith(SPACE_PREFIXES):
        first = first.rstrip("/")
    words = [first, *command] if first else command
    if any(word.startswith("-") for word in words):
        position = 1 if first and not first.startswith("-") else 0
        words.insert(position, "--")
    yield from words


def _space(text: str) -> str:
    if not text:
        return ""
    return (text if text.startswith(SPACE_PREFIXES) else f"hf.co/spaces/{text}").rstrip("/")


def _command(draft: Draft) -> list[str]:
    if draft.shell and draft.kind in ("image", "space") and draft.command.strip():
        return ["sh", "-c", draft.command]
    try:
        return shlex.split(draft.command)
    except ValueError:
        return [draft.command]


def _quoted(word: str) -> str:
    """The word in shell quoting; a leading `~/` stays bare, so that the shell still expands it."""
    if word.startswith("~/"):
        return f"~/{shlex.quote(word[2:])}" if len(word) > 2 else word
    return shlex.quote(word)
