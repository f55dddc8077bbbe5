"""Finding text in a log: smart case, plain or as a regular expression, a slice at a time."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from .log_moves import Moved
from .log_pattern import MOST_CHARACTERS, PatternShape
from .logbook import LogBook

_TYPED_REGEX = re.compile(r"/(.+)/")
"""A regular expression is typed between slashes."""
_ESCAPED = re.compile(r"\\.")


class Wanted(Protocol):
    """What can be looked for."""

    def spans(self, line: str) -> list[tuple[int, int]]:
        """Where the line has it, as start and end, in characters."""

    def rows(self, block: str) -> list[int]:
        """Which lines of a text of many lines have it."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. Case matters only when an upper-case letter was typed."""

    text: str
    pattern: re.Pattern[str]
    literal: str | None
    """The plain text to find, in lower case unless case matters; None for a regular expression."""
    folds_case: bool
    required: str = ""
    """A text without which a line has no match of the pattern, in lower case unless case matters."""
    folded_pattern: re.Pattern[str] | None = None
    """Finds the same in ASCII text in lower case, and is faster there."""

    def spans(self, line: str) -> list[tuple[int, int]]:
        """Where the line has it, as start and end, in characters."""
        text = line if self.literal is not None else line[:MOST_CHARACTERS]
        return [match.span() for match in self.pattern.finditer(text) if match.end() > match.start()]

    def rows(self, block: str) -> list[int]:
        """Which lines of a text of many lines have it."""
        if self.literal is None:
            return self._regex_rows(block)
        literal = self.literal
        folded = block.lower() if self.folds_case else block
        if literal not in folded:
            return []
        return [row for row, line in enumerate(folded.split("\n")) if literal in line]

    def _regex_rows(self, block: str) -> list[int]:
        search, required = self.pattern.search, self.required
        if self.folds_case:
            if not block.isascii():
                required = ""
            elif self.folded_pattern is not None:
                block, search = block.lower(), self.folded_pattern.search
        if required and required not in block:
            return []
        lines = block.split("\n")[:-1]
        if len(block) > MOST_CHARACTERS and max(map(len, lines)) > MOST_CHARACTERS:
            lines = [line[:MOST_CHARACTERS] for line in lines]
        if not required or self.text.startswith(required):  # the engine looks for a beginning by itself
            return [row for row, line in enumerate(lines) if search(line)]
        return [row for row, line in enumerate(lines) if required in line and search(line)]


def parse_query(text: str, *, regex: bool = False) -> Query | str:
    """The query that was typed, or a sentence that says why it is none."""
    if typed := _TYPED_REGEX.fullmatch(text):
        text, regex = typed[1], True
    if not text:
        return "nothing to look for"
    return _regex_query(text) if regex else _text_query(text)


def _text_query(text: str) -> Query:
    folds_case = text.lower() == text
    pattern = re.compile(re.escape(text), re.IGNORECASE if folds_case else 0)
    return Query(text, pattern, text, folds_case)


def _regex_query(text: str) -> Query | str:
    unescaped = _ESCAPED.sub("", text)
    folds_case = unescaped.lower() == unescaped
    shape = PatternShape(text)
    try:
        pattern = re.compile(text, re.MULTILINE | (re.IGNORECASE if folds_case else 0))
    except (re.error, OverflowError, RecursionError) as error:
        return f"not a regular expression: {error}"
    if shape.runs_away:
        return "this pattern repeats a group that repeats or has a choice, which can take for ever"
    folded = re.compile(text, re.MULTILINE) if folds_case and shape.of_one_case else None
    required = shape.required if folded is not None or not folds_case else ""
    return Query(text, pattern, None, folds_case, required, folded)


@dataclass(slots=True)
class LogSearch:
    """The hits of one query, found slice by slice, and which of them the reader is on."""

    book: LogBook
    query: Wanted
    hits: array[int] = field(default_factory=lambda: array("Q"))
    """Numbers of the lines that have it, ascending."""
    current: int | None = None
    """Number of the line the reader was taken to."""
    searched_to: int = 0
    """Number of the first line not looked at."""

    @property
    def complete(self) -> bool:
        """Whether every line held was looked at."""
        return self.searched_to >= self.book.end

    def advance(self, block_count: int, late: Callable[[], bool] = lambda: False) -> bool:
        """Look at some more blocks, fewer when it gets late; whether there are hits not there before."""
        found = len(self.hits)
        blocks = self.book.blocks
        start = max(0, bisect_right(blocks, self.searched_to, key=lambda block: block.first) - 1)
        for block in blocks[start : start + block_count]:
            rows = self.query.rows(block.searched_text())
            if (seen := self.searched_to - block.first) > 0:
                rows = rows[bisect_left(rows, seen) :]
            self.hits.extend(map(block.first.__add__, rows))
            self.searched_to = block.first + len(block)
            if late():
                break
        return len(self.hits) > found

    def renumber(self, moved: Moved) -> None:
        """Lines have other numbers: those are looked at again."""
        del self.hits[bisect_left(self.hits, moved.first) :]
        self.searched_to = min(self.searched_to, moved.first)
        if self.current is not None:
            self.current = moved.of(self.current)

    def forget_before(self, number: int) -> None:
        """Drop the hits on lines that are no longer held."""
        del self.hits[: bisect_left(self.hits, number)]

    def position(self) -> int | None:
        """Which hit the reader is on, from 1."""
        if self.current is None:
            return None
        index = bisect_left(self.hits, self.current)
        return index + 1 if index < len(self.hits) and self.hits[index] == self.current else None

    def nearest(self, number: int) -> int | None:
        """The first hit at or after a line, else the last one before it."""
        if not self.hits:
            return None
        return self.hits[min(bisect_left(self.hits, number), len(self.hits) - 1)]

    def after(self, number: int, among: Callable[[int], bool] | None = None) -> int | None:
        """The first hit below a line; from the end it goes on at the top. `among` may pass hits over."""
        start = bisect_right(self.hits, number)
        order = chain(range(start, len(self.hits)), range(start))
        return next((self.hits[n] for n in order if among is None or among(self.hits[n])), None)

    def before(self, number: int, among: Callable[[int], bool] | None = None) -> int | None:
        """The last hit above a line; from the top it goes on at the end. `among` may pass hits over."""
        start = bisect_left(self.hits, number)
        order = chain(range(start - 1, -1, -1), range(len(self.hits) - 1, start - 1, -1))
        return next((self.hits[n] for n in order if among is None or among(self.hits[n])), None)
