"""A filter of plain words for small tables: all must be there, `-word` must not, quotes keep spaces."""

from __future__ import annotations

from collections.abc import Callable

from .query_words import words


def compile_words(text: str) -> Callable[[str], bool]:
    """The test a filter text stands for, for a row as one text. Raises QueryError."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for word in words(text):
        negated = bool(word.bare) and word.text[0] in "-!"
        if negated and len(word.text) == 1:
            raise word.wrong(f"“{word.text}” turns round the word that follows it, without a space")
        (unwanted if negated else wanted).append(word.text[negated:].casefold())

    def keeps(row: str) -> bool:
        row = row.casefold()
        return all(word in row for word in wanted) and not any(word in row for word in unwanted)

    return keeps
