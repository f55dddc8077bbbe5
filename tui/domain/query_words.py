"""A filter text cut into words that remember where they stood, quotes taken off."""

from __future__ import annotations

from dataclasses import dataclass


class QueryError(Exception):
    """A filter that cannot be understood: where, and what would be right."""

    def __init__(self, start: int, end: int, explanation: str) -> None:
        super().__init__(explanation)
        self.start = start
        self.end = end
        self.explanation = explanation


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a filter."""

    text: str
    """Without its quotes."""
    start: int
    end: int
    bare: int
    """How many characters of `text` come before the first quoted one: operators count only there."""

    def wrong(self, explanation: str) -> QueryError:
        """What is raised when this word cannot be understood."""
        return QueryError(self.start, self.end, explanation)


def words(text: str) -> list[Word]:
    """The words of a text; between quotes a space is part of the word."""
    found: list[Word] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        word, place = _word(text, place)
        found.append(word)
    return found


def _word(text: str, start: int) -> tuple[Word, int]:
    characters: list[str] = []
    bare: int | None = None
    place = start
    while place < len(text) and not text[place].isspace():
        if text[place] == '"':
            end = text.find('"', place + 1)
            if end < 0:
                raise QueryError(place, len(text), "this quote is not closed")
            bare = len(characters) if bare is None else bare
            characters.extend(text[place + 1 : end])
            place = end + 1
        else:
            characters.append(text[place])
            place += 1
    return Word("".join(characters), start, place, len(characters) if bare is None else bare), place
