"""A draft as the `hf jobs …` command line that does the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .checks import SPACE_PREFIXES
from .draft import Draft
from .in_volume import runs_from_volume
from .job_spec import DEFAULT_UV_IMAGE, JobSpec
from .line_values import LineValues, line_values
from .quoting import for_shell, spelled, split
from .schedule import notation
from .timeout import timeout_text


def hf_line(job: JobSpec | Draft) -> str:
    """One line of shell, secrets as bare names.

    A draft with faults gives what can be said of it: the line beside a form grows as the form is filled.
    """
    draft = job.draft if isinstance(job, JobSpec) else job
    options = _options(draft, line_values(job))
    return " ".join((*map(for_shell, (*_verb(draft), *options)), *_positionals(draft)))


def _verb(draft: Draft) -> Iterator[str]:
    yield from ("hf", "jobs")
    schedule = notation(draft.schedule)
    if schedule:
        yield "scheduled"
    yield from ("uv", "run") if _is_uv_run(draft) else ("run",)
    if schedule:
        yield schedule


def _is_uv_run(draft: Draft) -> bool:
    """Whether `hf jobs uv run` can say it."""
    return draft.kind in ("uv-script", "uv-command") and not runs_from_volume(draft)


def _options(draft: Draft, values: LineValues) -> Iterator[str]:
    """Every option that is set, before the command, as `hf` wants them."""
    for option, text in _texts(draft):
        if text.strip():
            yield from (option, text.strip())
    for word in values.variables:
        yield from ("-e", word)
    for word in values.secrets:
        yield from ("-s", word)
    for label in draft.labels:
        if label.name.strip():
            yield from ("-l", f"{label.name.strip()}={label.value}" if label.value else label.name.strip())
    yield from _switches(draft)


def _texts(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "--name", draft.name
    yield "--namespace", draft.namespace
    yield "--resource-group-id", draft.resource_group
    if _is_uv_run(draft):
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
    parts = [part for part in _parts(draft) if part.words]
    texts = [part.text for part in parts]
    words = [word for part in parts for word in part.words]
    if any(word.startswith("-") for word in words):
        behind_first = draft.kind != "uv-command" or not _is_uv_run(draft)
        texts.insert(int(behind_first and not words[0].startswith("-")), "--")
    yield from texts


class _Part(NamedTuple):
    """Some words, and the text for a shell that says them: what was typed keeps its quotes."""

    words: tuple[str, ...]
    text: str


def _parts(draft: Draft) -> Iterator[_Part]:
    if draft.kind == "image":
        image = draft.image.strip()
        yield _of_word(image.rstrip("/") if image.startswith(SPACE_PREFIXES) else image)
    elif draft.kind == "space":
        yield _of_word(_space(draft.space.strip()))
    else:
        yield from _uv_parts(draft)
    if draft.shell and draft.kind in ("image", "space") and draft.command.strip():
        yield _of_words("sh", "-c", draft.command)
    else:
        yield _of_line(draft.command)


def _uv_parts(draft: Draft) -> Iterator[_Part]:
    if not _is_uv_run(draft):
        dependencies = [word for text in draft.dependencies for word in ("--with", text.strip())]
        python = ["--python", draft.python.strip()] if draft.python.strip() else []
        yield _of_word(draft.uv_image.strip() or DEFAULT_UV_IMAGE)
        yield _of_words("uv", "run", *dependencies, *python)
    yield _of_line(draft.uv_options)
    if draft.kind == "uv-script":
        yield _of_word(draft.script.strip())


def _of_word(word: str) -> _Part:
    return _Part((word,), for_shell(word)) if word else _Part((), "")


def _of_words(*words: str) -> _Part:
    return _Part(words, " ".join(map(for_shell, words)))


def _of_line(text: str) -> _Part:
    words = split(text)
    return _Part((text,) if words is None else words, spelled(text))


def _space(text: str) -> str:
    if not text:
        return ""
    return (text if text.startswith(SPACE_PREFIXES) else f"hf.co/spaces/{text}").rstrip("/")
