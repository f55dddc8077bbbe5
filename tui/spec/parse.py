"""An `hf jobs run` line, pasted or edited, into a draft; what cannot be read is said, never dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .checks import SPACE_PREFIXES
from .draft import Draft
from .draft_reader import DraftReader, Note, shown
from .from_job import uv_fields
from .in_volume import mount_paths, runs_from_volume
from .job_spec import DEFAULT_UV_IMAGE
from .line import hf_line
from .options import COMMANDS, Command, Given, Sorted, sort_words
from .quoting import quote, split
from .shell import ShellLine, split_line
from .uv_options import UV_VERSION, read_uv_words

_PROMPT = re.compile(r"\s*(?:\$|>>>|%|!|❯)\s*(?=\S)")
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_NOT_ONE = "no `hf jobs run` or `hf jobs uv run` line, scheduled or not"
_AFTER_THE_COMMAND = "after the command, yet `hf` takes it; to leave it there, put -- before the command"
MOST_CHARS = 100_000
"""The longest text that is read: the system takes no argument longer than 128 KB."""
OPEN_QUOTE = "a quote is never closed"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a line said."""

    draft: Draft | None
    """None when the text is no such line at all."""

    notes: tuple[Note, ...] = ()
    """What of the text is not in the draft, or is there otherwise than one may think."""


def parse(text: str) -> Parsed:
    """Read a line as `hf` itself would (`options.py`). Never raises."""
    if len(text) > MOST_CHARS:
        return Parsed(None, (Note(shown(text[:MOST_CHARS]), too_long(len(text))),))
    line = split_line(_start_of_command(text))
    notes: list[Note] = []
    words = _after_launcher(line, notes)
    command = _command(words)
    if command is None:
        return Parsed(None, (*notes, Note(shown(" ".join(words)), _NOT_ONE)))
    arguments = words[2 + len(command.verb) :]
    typed = [word.typed for word in line.words[len(line.words) - len(arguments) :]]
    reader = DraftReader(notes)
    found = sort_words(arguments, command)
    _read_options(found, command, reader)
    _read_words(found, typed, command, reader)
    _read_shell_leavings(line, reader)
    return Parsed(reader.draft(), tuple(reader.notes))


def too_long(chars: int) -> str:
    """Why a text of so many characters is not read."""
    return f"{chars:,} characters; a command of at most {MOST_CHARS:,} is read"


def keep_spelling(draft: Draft, earlier: Draft) -> Draft:
    """Give a draft read from the line of an earlier one the spelling of what was not changed on that line.

    A line says for a shell what may have been typed without one: `echo $HOME` comes back as `echo '$HOME'`.
    """
    unchanged = parse(hf_line(earlier)).draft
    if unchanged is None:
        return draft
    kept = {
        name: getattr(earlier, name)
        for name in ("command", "uv_options")
        if getattr(draft, name) == getattr(unchanged, name)
    }
    return replace(draft, **kept) if draft.kind == unchanged.kind == earlier.kind else draft


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
    words_before = int(command.is_scheduled) + 1
    words_before += read_uv_words(found.words[words_before - 1 :]).count if command.is_uv else 1
    for given in found.given:
        meant = _meant_for_uv(given) if command.is_uv else ""
        if meant:
            reader.note(given.spelled, meant)
        if not meant or given.option.takes_value:
            reader.read(given)
        if given.words_before >= words_before:
            reader.note(given.spelled, _AFTER_THE_COMMAND)
    for piece, why in found.faults:
        reader.note(piece, why)


def _meant_for_uv(given: Given) -> str:
    """Why an option of `hf` is perhaps not what was meant, where uv has one of the same letter."""
    if given.spelled == "-q":
        return "`hf` takes it for itself; for uv, write it under uv options, or behind a --"
    if given.spelled == "-v" and ":/" not in given.value:
        return "`hf` takes it for --volume; for uv, write --verbose"
    if given.spelled == "-s" and given.value.endswith(".py"):
        return "`hf` takes it for --secrets; for uv, write --script"
    return ""


def _read_words(found: Sorted, typed: list[str], command: Command, reader: DraftReader) -> None:
    words = found.words
    spellings = [_spelling(word, typed, place) for word, place in zip(words, found.places, strict=True)]
    start = 0
    if command.is_scheduled:
        start = 1
        schedule = words[0] if words else ""
        _warn_of_dash(schedule, "the schedule", command, reader)
        reader.set("schedule", schedule)
    if command.is_uv:
        _read_uv(words[start:], spellings[start:], reader)
    else:
        _read_container(words[start:], spellings[start:], command, reader)


def _spelling(word: str, typed: list[str], place: int | None) -> str:
    """The word as it was typed, where that means the same with nothing expanded."""
    text = "" if place is None else typed[place]
    return text if "\n" not in text and split(text) == (word,) else quote(word)


def _read_uv(words: list[str], spellings: list[str], reader: DraftReader) -> None:
    options = read_uv_words(words)
    for given in options.given:
        if given.option is None:
            reader.note(given.spelled, f"not an option of uv {UV_VERSION}; kept under uv options")
    count = options.count
    if count:
        reader.set("uv_options", " ".join(spellings[:count]))
    program = words[count] if len(words) > count else ""
    if program.endswith(".py") or program.startswith(("http://", "https://", "~/")):
        reader.set("kind", "uv-script")
        reader.set("script", program)
        reader.set("command", " ".join(spellings[count + 1 :]))
    else:
        reader.set("kind", "uv-command")
        reader.set("command", " ".join(spellings[count:]))


def _read_container(words: list[str], spellings: list[str], command: Command, reader: DraftReader) -> None:
    image, argv = words[0] if words else "", words[1:]
    _warn_of_dash(image, "the image", command, reader)
    uv = uv_fields(argv, mount_paths(reader.draft().volumes))
    if uv is not None and runs_from_volume(replace(reader.draft(), **uv)):  # type: ignore[arg-type]
        for field, value in uv.items():
            reader.set(field, value)
        reader.set("uv_image", "" if image == DEFAULT_UV_IMAGE else image)
        return
    is_space = image.startswith(SPACE_PREFIXES)
    reader.set("kind", "space" if is_space else "image")
    reader.set("space" if is_space else "image", image)
    is_shell = len(argv) == 3 and argv[:2] == ["sh", "-c"] and bool(argv[2].strip())
    reader.set("shell", is_shell)
    reader.set("command", argv[2] if is_shell else " ".join(spellings[1:]))


def _warn_of_dash(word: str, meaning: str, command: Command, reader: DraftReader) -> None:
    if word.startswith("-"):
        reader.note(word, f"no option of `{command.spelled}`: `hf` takes it for {meaning}")


def _read_shell_leavings(line: ShellLine, reader: DraftReader) -> None:
    reader.read_expansions([word.text for word in line.words if word.expands])
    if line.is_open:
        reader.note("…", f"{OPEN_QUOTE}; all that follows it was taken as one word")
    rest = line.rest.strip("`\n ")
    if rest:
        reader.note(shown(rest), "not part of the first command; left out")
