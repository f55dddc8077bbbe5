"""A filter text cut into words that remember where they stood, quotes taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SIGNS = ":<>"
"""What ends the name of a field."""


class QueryError(Exception):
    """A filter that cannot be understood: where, and what would be right."""

    def __init__(self, start: int, end: int, explanation: str) -> None:
        super().__init__(explanation)
        self.start = start
        self.end = end
        self.explanation = explanation


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a filter, or a part of one."""

    text: str
    """Without its quotes."""
    start: int
    end: int
    quoted: tuple[bool, ...]
    """For each character of `text` whether it stood between quotes: operators count only outside."""

    @property
    def bare(self) -> int:
        """How many characters come before the first quoted one."""
        return self.quoted.index(True) if True in self.quoted else len(self.text)

    @property
    def sign_at(self) -> int:
        """Where the name of a field would end, -1 when no sign stands outside of quotes."""
        places = (place for place, letter in enumerate(self.text) if letter in SIGNS)
        return next((place for place in places if not self.quoted[place]), -1)

    def part(self, start: int, end: int | None = None) -> Word:
        """Some of its characters; mistakes in them are underlined with the whole word."""
        return Word(self.text[start:end], self.start, self.end, self.quoted[start:end])

    def split(self, separators: str) -> Iterator[Word]:
        """Its parts between these characters where they stand outside of quotes; no empty ones."""
        start = 0
        for place in range(len(self.text) + 1):
            at_end = place == len(self.text)
            if at_end or (self.text[place] in separators and not self.quoted[place]):
                if place > start:
                    yield self.part(start, place)
                start = place + 1

    def wrong(self, explanation: str) -> QueryError:
        """What is raised when this word cannot be understood."""
        return QueryError(self.start, self.end, explanation)


def words(text: str, names: Sequence[str] = ()) -> list[Word]:
    """The words of a text; between quotes a space is part of the word.

    `names` are the fields whose name holds a space: `started by:ada` is one word. Raises QueryError.
    """
    longest_first = sorted((name for name in names if " " in name), key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest_first))
    spaced = re.compile(rf"[-!]?(?:{pattern})(?=[:<>])", re.IGNORECASE) if pattern else None
    found: list[Word] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        name = spaced.match(text, place) if spaced else None
        word, place = _word(text, place, name.end() if name else place)
        found.append(word)
    return found


def _word(text: str, start: int, name_end: int) -> tuple[Word, int]:
    characters, quoted = list(text[start:name_end]), [False] * (name_end - start)
    place = name_end
    while place < len(text) and not text[place].isspace():
        if text[place] == '"':
            end = text.find('"', place + 1)
            if end < 0:
                raise QueryError(place, len(text), "this quote is not closed")
            characters.extend(text[place + 1 : end])
            quoted.extend([True] * (end - place - 1))
            place = end + 1
        else:
            characters.append(text[place])
            quoted.append(False)
            place += 1
    return Word("".join(characters), start, place, tuple(quoted)), place
