"""The options of `hf jobs run` and its kin, and how `hf` finds them among the words of a command line.

Options are read wherever they stand, also after the command, until the first `--`; a dash word that is
none of them counts as a word of the command (huggingface_hub 2.4, `cli/jobs.py`, tried with `--dry-run`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Option:
    """One option of the command line."""

    field: str
    """The `Draft` attribute it fills; for options that have none, a word of their own."""

    names: tuple[str, ...]
    off_names: tuple[str, ...] = ()
    """The spellings that switch it off."""

    takes_value: bool = True
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One of the four ways to start a job."""

    verb: tuple[str, ...]
    options: tuple[Option, ...]

    @property
    def is_uv(self) -> bool:
        """Whether a script or command runs under `uv run`."""
        return "uv" in self.verb

    @property
    def is_scheduled(self) -> bool:
        """Whether a schedule is the first word."""
        return "scheduled" in self.verb

    @property
    def spelled(self) -> str:
        """As a person types it."""
        return " ".join(("hf", "jobs", *self.verb))


_EVERYWHERE = (
    Option("env", ("-e", "--env"), repeats=True),
    Option("secrets", ("-s", "--secrets"), repeats=True),
    Option("name", ("--name",)),
    Option("labels", ("-l", "--label"), repeats=True),
    Option("volumes", ("-v", "--volume"), repeats=True),
    Option("env_file", ("--env-file",)),
    Option("secrets_file", ("--secrets-file",)),
    Option("flavor", ("--flavor",)),
    Option("timeout", ("--timeout",)),
    Option("attempts", ("--attempts",)),
    Option("dry_run", ("--dry-run",), takes_value=False),
    Option("expose", ("--expose",), repeats=True),
    Option("expose_public", ("--expose-public",), repeats=True),
    Option("resource_group", ("--resource-group-id",)),
    Option("namespace", ("--namespace",)),
    Option("token", ("--token",)),
    Option("format", ("--format",)),
    Option("json", ("--json",), takes_value=False),
    Option("quiet", ("-q", "--quiet"), takes_value=False),
    Option("help", ("-h", "--help"), takes_value=False),
)
_AT_ONCE = (
    Option("detach", ("-d", "--detach"), takes_value=False),
    Option("ssh", ("--ssh",), takes_value=False),
    Option("network_group", ("--network-group",)),
    Option("network_aliases", ("--network-alias",), repeats=True),
)
_SCHEDULED = (
    Option("suspend", ("--suspend",), ("--no-suspend",), takes_value=False),
    Option("concurrency", ("--concurrency",), ("--no-concurrency",), takes_value=False),
)
_UV = (
    Option("uv_image", ("--image",)),
    Option("dependencies", ("--with",), repeats=True),
    Option("python", ("-p", "--python")),
)

COMMANDS = (
    Command(("run",), (*_EVERYWHERE, *_AT_ONCE)),
    Command(("uv", "run"), (*_EVERYWHERE, *_AT_ONCE, *_UV)),
    Command(("scheduled", "run"), (*_EVERYWHERE, *_SCHEDULED)),
    Command(("scheduled", "uv", "run"), (*_EVERYWHERE, *_SCHEDULED, *_UV)),
)


@dataclass(frozen=True, slots=True)
class Given:
    """An option found on a line."""

    option: Option
    spelled: str
    """The name it was called by, without its value."""

    value: str
    is_on: bool = True
    words_before: int = 0
    """How many words that are no options stood before it."""


@dataclass(slots=True)
class Sorted:
    """The words of a line, options apart from the others."""

    given: list[Given] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    places: list[int | None] = field(default_factory=list)
    """Which of the words sorted each of them was; None for the rest of a cluster of letters."""

    faults: list[tuple[str, str]] = field(default_factory=list)
    """Pieces that `hf` would refuse, each with the reason."""


def sort_words(words: Iterable[str], command: Command) -> Sorted:
    """Tell options from words as `hf` does."""
    sorter = _Sorter(list(words), command)
    sorter.run()
    return sorter.found


class _Sorter:
    def __init__(self, words: list[str], command: Command) -> None:
        self.pending = list(enumerate(words))[::-1]
        self.found = Sorted()
        names = {name: (option, True) for option in command.options for name in option.names}
        names |= {name: (option, False) for option in command.options for name in option.off_names}
        self.names = names

    def run(self) -> None:
        while self.pending:
            place, word = self.pending.pop()
            if word == "--":
                for place, word in self.pending[::-1]:
                    self._keep(word, place)
                return
            if len(word) > 1 and word.startswith("-"):
                self._dash_word(word, place)
            else:
                self._keep(word, place)

    def _keep(self, word: str, place: int | None) -> None:
        self.found.words.append(word)
        self.found.places.append(place)

    def _dash_word(self, word: str, place: int) -> None:
        name, equals, value = word.partition("=")
        if len(name) > 2 and name in self.names:
            self._long(name, value if equals else None)
        elif word.startswith("--"):
            self._keep(word, place)
        else:
            self._cluster(word, place)

    def _long(self, name: str, value: str | None) -> None:
        option, is_on = self.names[name]
        if not option.takes_value and value is not None:
            self.found.faults.append((name, "takes no value; `hf` would refuse it"))
        elif option.takes_value and value is not None:
            self._give(name, value)
        else:
            self._give(name, self._next(name) if option.takes_value else "", is_on)

    def _cluster(self, word: str, place: int) -> None:
        """Letters behind one dash: switches, then perhaps an option with its value; the rest stay a word."""
        unknown = ""
        for position, letter in enumerate(word[1:], start=2):
            name = f"-{letter}"
            if name not in self.names:
                unknown += letter
            elif self.names[name][0].takes_value:
                value: str | None = word[position:]
                self._give(name, value or self._next(name))
                break
            else:
                self._give(name, "")
        if unknown:
            self._keep(f"-{unknown}", place if word == f"-{unknown}" else None)

    def _next(self, name: str) -> str | None:
        if self.pending:
            return self.pending.pop()[1]
        self.found.faults.append((name, "has no value after it; `hf` would refuse it"))
        return None

    def _give(self, name: str, value: str | None, is_on: bool = True) -> None:
        if value is not None:
            option = self.names[name][0]
            self.found.given.append(Given(option, name, value, is_on, len(self.found.words)))
