"""Fills a draft option by option, and keeps notes of what a draft has no place for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from .assignments import read_assignments
from .draft import Draft, Pair, SecretPair
from .meaning import Reference, meaning
from .options import Given
from .secret import Secret
from .timeout import split_timeout
from .tokens import mask_tokens

_NO_PLACE = {
    "detach": "the dashboard never waits for a job: no meaning here",
    "dry_run": "the form shows what would be sent: no meaning here",
    "format": "for the output of `hf`: no meaning here",
    "json": "for the output of `hf`: no meaning here",
    "quiet": "for the output of `hf`: no meaning here",
    "help": "with it `hf` prints help and starts nothing; left out",
    "token": "a token is not taken from a line; log in with `hf auth login`, or start with --token",
}


_EXPANDS = "a shell would put something in its place first; here it is sent as it stands"
_FROM_HERE = "a placeholder: the value is taken from this machine (`hf` would send the text as it stands)"
_NO_VALUE = "no value: it is taken from this machine by its name"
_VALUE = re.compile(r"=\S+")
_LONGEST_PIECE = 40


def shown(text: str) -> str:
    """The beginning of a piece of a line, without values that may be secret."""
    return mask_tokens(_VALUE.sub("=…", text))[:_LONGEST_PIECE]


@dataclass(frozen=True, slots=True)
class Note:
    """A piece of a line, and why it is not in the draft as it stands. Holds no secret value."""

    piece: str
    why: str


class DraftReader:
    """Gathers the fields of one draft."""

    def __init__(self, notes: list[Note]) -> None:
        self.notes = notes
        self.explained: list[str] = []
        """Assignments that the form has its own words for."""
        self.references: list[tuple[str, str]] = []
        """Assignments whose value is taken from this machine, each with the option as it was spelled."""
        self._fields: dict[str, Any] = {}

    def draft(self) -> Draft:
        """The draft as far as it was read."""
        return replace(Draft(), **self._fields)

    def note(self, piece: str, why: str) -> None:
        """Say something of a piece, once."""
        note = Note(piece, why)
        if note not in self.notes:
            self.notes.append(note)

    def set(self, field: str, value: object) -> None:
        """Fill a field."""
        self._fields[field] = value

    def read(self, given: Given) -> None:
        """Take one option of the line."""
        field = given.option.field
        if field in _NO_PLACE:
            self.note(f"{given.spelled} …" if given.option.takes_value else given.spelled, _NO_PLACE[field])
        elif field in ("env", "secrets"):
            self._read_assignments(given)
        elif field == "labels":
            key, _, value = given.value.partition("=")
            self._add_pair(given, Pair(key, value))
        elif given.option.repeats:
            self._add(field, given.value)
        else:
            self._read_once(given)

    def _read_once(self, given: Given) -> None:
        field = given.option.field
        first = "timeout_amount" if field == "timeout" else field
        if first in self._fields:
            self.note(given.spelled, "there more than once; as with `hf`, the last one counts")
        if field == "timeout":
            amount, unit = split_timeout(given.value)
            self.set("timeout_amount", amount)
            self.set("timeout_unit", unit)
        elif field == "name" and not given.value:
            self._add_pair(given, Pair("name", ""))
        elif given.option.takes_value:
            self.set(field, given.value)
        else:
            self.set(field, given.is_on)

    def _read_assignments(self, given: Given) -> None:
        pairs = list(read_assignments(given.value))
        if not pairs:
            self.note(f"{given.spelled} …", "no NAME or NAME=value; `hf` would drop it without a word")
        for name, value in pairs:
            if given.option.field == "env":
                self._add_pair(given, Pair(name, value))
            else:
                if value == "":
                    self.note(f"{given.spelled} {name}=", _NO_VALUE)
                self._add_pair(given, SecretPair(name, Secret(value) if value else None))
            self._read_meaning(given, name, value or "")

    def _read_meaning(self, given: Given, name: str, value: str) -> None:
        """Keep what a shell would have put in the place of the value, had it been one."""
        is_secret = given.option.field == "secrets"
        meant = meaning(name, value, is_secret=is_secret)
        if isinstance(meant, Reference) and meant.sure:
            self.references.append((given.value, f"{given.spelled} {name}"))
        if meant is not None and (is_secret or isinstance(meant, Reference)):
            self.explained.append(given.value)

    def read_expansions(self, expanding: Sequence[str]) -> None:
        """Say which words are sent as they stand though a shell would expand them.

        A reference that no shell would have read, as in single quotes, is said too.
        """
        for word in expanding:
            if not any(word.endswith(text) for text in self.explained):
                self.note(shown(word), _EXPANDS)
        for text, spelled in self.references:
            if not any(word.endswith(text) for word in expanding):
                self.note(spelled, _FROM_HERE)

    def _add_pair(self, given: Given, pair: Pair | SecretPair) -> None:
        field = "labels" if given.option.field == "name" else given.option.field
        others = tuple(known for known in self._fields.get(field, ()) if known.name != pair.name)
        if len(others) < len(self._fields.get(field, ())):
            self.note(
                f"{given.spelled} {pair.name}", "there more than once; as with `hf`, the last one counts"
            )
        self.set(field, (*others, pair))

    def _add(self, field: str, value: str) -> None:
        self.set(field, (*self._fields.get(field, ()), value))
