"""An `hf jobs run` line, pasted or edited, into a draft; what cannot be read is said, never dropped."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

from .checks import SPACE_PREFIXES
from .draft import Draft
from .draft_reader import DraftReader, Note
from .options import COMMANDS, Command, Sorted, sort_words
from .shell import ShellLine, split_line
from .tokens import mask_tokens

_PROMPT = re.compile(r"\s*(?:\$|>>>|%|!|❯)\s*(?=\S)")
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_VALUE = re.compile(r"=\S+")
_LONGEST_PIECE = 40
_NOT_ONE = "no `hf jobs run` or `hf jobs uv run` line, scheduled or not"
_AFTER_THE_COMMAND = "after the command, yet `hf` takes it; to leave it there, put -- before the command"
OPEN_QUOTE = "a quote is never closed"
_EXPANDS = "a shell would put something in its place first; here it is sent as it stands"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a line said."""

    draft: Draft | None
    """None when the text is no such line at all."""

    notes: tuple[Note, ...] = ()
    """What of the text is not in the draft, or is there otherwise than one may think."""


def parse(text: str) -> Parsed:
    """Read a line as `hf` itself would (`options.py`). Never raises."""
    line = split_line(_start_of_command(text))
    notes: list[Note] = []
    words = _after_launcher(line, notes)
    command = _command(words)
    if command is None:
        return Parsed(None, (*notes, Note(_shown(" ".join(words)), _NOT_ONE)))
    arguments = words[2 + len(command.verb) :]
    reader = DraftReader(notes)
    found = sort_words(arguments, command)
    _read_options(found, command, reader)
    _read_words(found, command, reader)
    _read_shell_leavings(line, reader)
    return Parsed(reader.draft(), tuple(reader.notes))


def _start_of_command(text: str) -> str:
    """The text without prompt, and without leading blank lines, comments and fences of a code block."""
    lines = text.splitlines(keepends=True)
    while lines and (not lines[0].strip() or lines[0].lstrip().startswith(("#", "```"))):
        lines.pop(0)
    start = "".join(lines)
    prompt = _PROMPT.match(start)
    return start[prompt.end() :] if prompt else start


def _after_launcher(line: ShellLine, notes: list[Note]) -> list[str]:
    """The words from `hf` on: without assignments and without `uvx`."""
    words = [word.text for word in line.words]
    while words and _ASSIGNMENT.match(words[0]):
        name = words.pop(0).partition("=")[0]
        notes.append(
            Note(f"{name}=…", "set for one command by a shell, not used here; type it under secrets or env")
        )
    if words[:1] == ["uvx"]:
        words.pop(0)
        if words[:1] == ["--from"]:
            del words[:2]
    return words


def _command(words: list[str]) -> Command | None:
    if words[:2] != ["hf", "jobs"]:
        return None
    return next(
        (command for command in COMMANDS if tuple(words[2 : 2 + len(command.verb)]) == command.verb), None
    )


def _read_options(found: Sorted, command: Command, reader: DraftReader) -> None:
    first_word_of_command = int(command.is_scheduled) + (1 if command.is_uv else 2)
    for given in found.given:
        reader.read(given)
        if given.words_before >= first_word_of_command:
            reader.note(given.spelled, _AFTER_THE_COMMAND)
    for piece, why in found.faults:
        reader.note(piece, why)


def _read_words(found: Sorted, command: Command, reader: DraftReader) -> None:
    words = list(found.words)
    if command.is_scheduled:
        schedule = words.pop(0) if words else ""
        _warn_of_dash(schedule, "the schedule", command, reader)
        reader.set("schedule", schedule)
    if command.is_uv:
        _read_uv(words, command, reader)
    else:
        _read_container(words, command, reader)


def _read_uv(words: list[str], command: Command, reader: DraftReader) -> None:
    program = words[0] if words else ""
    _warn_of_dash(program, "the script", command, reader)
    if program.endswith(".py") or program.startswith(("http://", "https://", "~/")):
        reader.set("kind", "uv-script")
        reader.set("script", program)
        reader.set("command", shlex.join(words[1:]))
    else:
        reader.set("kind", "uv-command")
        reader.set("command", shlex.join(words))


def _read_container(words: list[str], command: Command, reader: DraftReader) -> None:
    image = words.pop(0) if words else ""
    _warn_of_dash(image, "the image", command, reader)
    is_space = image.startswith(SPACE_PREFIXES)
    reader.set("kind", "space" if is_space else "image")
    reader.set("space" if is_space else "image", image)
    is_shell = len(words) == 3 and words[:2] == ["sh", "-c"] and bool(words[2].strip())
    reader.set("shell", is_shell)
    reader.set("command", words[2] if is_shell else shlex.join(words))


def _warn_of_dash(word: str, meaning: str, command: Command, reader: DraftReader) -> None:
    if word.startswith("-"):
        reader.note(word, f"no option of `{command.spelled}`: `hf` takes it for {meaning}")


def _read_shell_leavings(line: ShellLine, reader: DraftReader) -> None:
    for word in line.words:
        if word.expands:
            reader.note(_shown(word.text), _EXPANDS)
    if line.is_open:
        reader.note("…", f"{OPEN_QUOTE}; all that follows it was taken as one word")
    rest = line.rest.strip("`\n ")
    if rest:
        reader.note(_shown(rest), "not part of the first command; left out")


def _shown(text: str) -> str:
    """The beginning of a piece of the line, without values that may be secret."""
    return mask_tokens(_VALUE.sub("=…", text))[:_LONGEST_PIECE]
