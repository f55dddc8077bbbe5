"""What runs: an image and a command, or a script or command under `uv run`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from . import checks
from .checks import RefusedError, quoted
from .collect import Collector
from .draft import Draft
from .environment import Environment
from .in_volume import is_in_volume, is_script, mount_paths, runs_from_volume
from .job_spec import DEFAULT_UV_IMAGE, UploadFile
from .naming import name_from_image, name_from_script
from .uv_options import read_uv_words

_URL_PREFIXES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Program:
    """The image and command of a job, with what its default name is made of."""

    reference: str
    """Docker image, or address of a Space."""

    command: tuple[str | UploadFile, ...]
    words: tuple[str, ...]
    """The command as `hf` is given it; for uv jobs the script and its arguments."""

    name_extra: tuple[str, ...] = ()
    """What else of a uv job tells one launch from another."""

    is_uv: bool = False

    def default_name(self, parts: list[str]) -> str:
        """The name `hf` would derive from this and the rest of the launch."""
        if self.is_uv:
            return name_from_script(self.words[0], self.words[1:], parts)
        return name_from_image(self.reference, self.words, parts)


def read_program(draft: Draft, environment: Environment, collector: Collector) -> Program:
    """The program of a draft, with empty text where something of it was refused."""
    if draft.kind in ("uv-script", "uv-command"):
        return _uv(draft, environment, collector)
    return _container(draft, collector)


def _container(draft: Draft, collector: Collector) -> Program:
    image = draft.image.strip()
    if draft.kind == "space":
        reference = collector.check("space", partial(checks.space_reference, draft.space.strip()), "")
    elif image.startswith(checks.SPACE_PREFIXES):
        reference = collector.check("image", partial(checks.space_reference, image), "")
    else:
        reference = collector.check("image", partial(checks.image, image), "")
    words: tuple[str, ...]
    if draft.shell and draft.command.strip():
        words = ("sh", "-c", collector.check("command", partial(checks.sendable, draft.command), ""))
    else:
        words = collector.check("command", partial(_required_command, draft.command), ())
    return Program(reference, words, words)


def _required_command(text: str) -> tuple[str, ...]:
    words = checks.argv(text)
    if not words:
        raise RefusedError("say what to run; an image's own entry point is not used by jobs")
    return words


def _uv(draft: Draft, environment: Environment, collector: Collector) -> Program:
    image = draft.uv_image.strip() or DEFAULT_UV_IMAGE
    collector.check("uv_image", partial(checks.image, image), "")
    words, script_field = _script_and_arguments(draft, environment, collector)
    options: list[str] = []
    dependencies = []
    for index, dependency in enumerate(map(str.strip, draft.dependencies)):
        if dependency and collector.check("dependencies", partial(_uv_value, dependency), "", index):
            dependencies.append(dependency)
            options += ["--with", dependency]
    python = draft.python.strip()
    if python and collector.check("python", partial(_uv_value, python), ""):
        options += ["--python", python]
    before = collector.check("uv_options", partial(_uv_options, draft.uv_options), ())
    words = (*before, *words)
    fields = ("uv_options",) * len(before) + (script_field,)
    if runs_from_volume(draft):  # as the line of `hf jobs run` that says it, which uploads nothing
        argv = ("uv", "run", *options, *words)
        return Program(image, argv, argv)
    mounts = mount_paths(draft.volumes)
    files = _upload_files(words, fields, mounts, environment, collector)
    command = ("uv", "run", *options, *(files.get(word, word) for word in words))
    return Program(image, command, words, (image, python, *dependencies), is_uv=True)


def _uv_value(text: str) -> str:
    if text.startswith("-"):
        raise RefusedError(f"{quoted(text)} would be read as an option; it cannot start with a dash")
    return checks.sendable(text)


def _script_and_arguments(
    draft: Draft, environment: Environment, collector: Collector
) -> tuple[tuple[str, ...], str]:
    """The script and its arguments, and the field the script was typed in."""
    if draft.kind == "uv-command":
        words = collector.check("command", partial(_uv_command, draft.command), ())
        return words, "command"
    mounts = mount_paths(draft.volumes)
    script = collector.check("script", partial(_script, draft.script.strip(), mounts, environment), "")
    arguments = collector.check("command", partial(checks.argv, draft.command), ())
    return (script, *arguments), "script"


def _uv_command(text: str) -> tuple[str, ...]:
    words = checks.argv(text)
    if not words:
        raise RefusedError("say what uv is to run, like: python -c 'print(1)'")
    if words[0].startswith("-") and words[0] != "-":
        raise RefusedError(f"starts with {quoted(words[0])}: options of uv go under uv options")
    return words


def _uv_options(text: str) -> tuple[str, ...]:
    words = checks.argv(text)
    read = read_uv_words(words)
    if read.lacks_value:
        raise RefusedError(f"{read.lacks_value} takes a value; write it behind it")
    if read.count < len(words):
        raise RefusedError(
            f"{quoted(words[read.count])} is not an option of uv; what runs goes in the fields above"
        )
    return words


def _script(text: str, mounts: tuple[str, ...], environment: Environment) -> str:
    if not text:
        raise RefusedError("name a script: a path, or an address that begins with https://")
    if text.startswith("-"):
        raise RefusedError("a script cannot start with a dash; options of uv go under uv options")
    path = environment.expand(checks.sendable(text))
    if is_in_volume(path, mounts):
        return path
    if not path.startswith(_URL_PREFIXES) and not environment.is_file(path):
        raise RefusedError(f"no such file: {text}; correct the path, or choose the kind “UV command”")
    return path


def _upload_files(
    words: tuple[str, ...],
    fields: tuple[str, ...],
    mounts: tuple[str, ...],
    environment: Environment,
    collector: Collector,
) -> dict[str, UploadFile]:
    """The words that are files here, under the names they get in the job.

    `fields` are those the first words were typed in; the others are of the command.
    """
    files: dict[str, UploadFile] = {}
    taken: set[str] = set()
    for position, word in enumerate(words):
        field = fields[position] if position < len(fields) else "command"
        is_url = word.startswith(_URL_PREFIXES)
        if is_in_volume(word, mounts):
            continue
        if (is_url and position == 0) or (not is_url and environment.is_file(word)):
            name = collector.check(field, partial(_remote_name, word, is_url), "")
            if word not in files:
                files[word] = UploadFile(word, _free_name(name, taken))
        elif is_script(word):
            collector.refuse(field, _missing_file(word))
    return files


def _missing_file(word: str) -> str:
    name, equals, value = word.partition("=")
    if word.startswith("--") and equals:
        return f"`hf` refuses {quoted(word)}; write the file as a word of its own: {name} {value}"
    return f"no such file: {word}; a word that ends so must be a file here, as with `hf`"


def _remote_name(source: str, is_url: bool) -> str:
    if not is_url:
        return PurePosixPath(source).name.replace(" ", "_")
    try:
        name = PurePosixPath(urlsplit(source).path).name
    except ValueError:
        raise RefusedError("is no address that can be fetched") from None
    return name.replace(" ", "_") if name.endswith(".py") else "script.py"


def _free_name(name: str, taken: set[str]) -> str:
    """The name, with a number before its suffix when another file has it."""
    free, number, path = name, 0, PurePosixPath(name)
    while free in taken:
        free, number = f"{path.stem}({number}){path.suffix}", number + 1
    taken.add(free)
    return free
