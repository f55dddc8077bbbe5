"""What can be written next in a filter: a field or a value of the one begun, and how many rows it keeps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Generic

from .query import quoted
from .query_fields import Field, Fields, Row, bare_name
from .query_values import comparison

MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to write: `insert` takes the place of the text between two places."""

    insert: str
    about: str = ""
    count: int | None = None
    """How many rows it keeps, None where that is not known or says nothing."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The word that is being written: where, and what of it is there."""

    start: int
    end: int
    text: str
    """What is there of the name or the value."""
    field: str = ""
    """The name of the field when its value is being written."""


def begun(text: str, cursor: int) -> Begun:
    """The word before the cursor; within `a|b` only the part it is in."""
    before = text[:cursor]
    inside = before.count('"') % 2 == 1
    start = before.rfind('"') if inside else max(before.rfind(" "), before.rfind("\t")) + 1
    if inside and start > 0 and not before[start - 1].isspace():
        start = max(before.rfind(" ", 0, start), -1) + 1
    word = before[start:]
    end = cursor + len((re.match(r"\S*", text[cursor:]) or [""])[0])
    start += len((re.match(r"[-!]?", word) or [""])[0])
    word = before[start:]
    found = re.match(r'"?([^":<>]+)"?:', word)
    if found is None:
        return Begun(start, end, word)
    value_start = start + max(found.end(), word.rfind("|") + 1, 0)
    return Begun(value_start, end, before[value_start:].lstrip('"'), found.group(1))


def field_hints(fields: Fields[Row], word: Begun, saved: Mapping[str, str]) -> list[Hint]:
    """The fields whose name begins like the word; all of them for none."""
    if word.text.startswith("@"):
        return [
            Hint(f"@{name} ", text)
            for name, text in sorted(saved.items())
            if f"@{name}".startswith(word.text)
        ]
    wanted = bare_name(word.text)
    own = [field for field in fields if bare_name(field.name).startswith(wanted)]
    others = [
        field
        for field in fields
        if field not in own and any(bare_name(name).startswith(wanted) for name in field.aliases)
    ]
    return [Hint(f"{field.name}:", field.about) for field in (*own, *others)]


class ValueCounts(Generic[Row]):
    """Counts the values of a field over all rows, a slice at a time: no key waits for ten thousand."""

    def __init__(self, field: Field[Row], rows: Iterable[Row], now: datetime) -> None:
        self.field = field
        self._rows = iter(rows)
        self._now = now
        self._counts: Counter[str] = Counter()
        self._compared = [(text, test) for text in self._comparisons() if (test := self._test(text))]
        self.complete = False

    def advance(self, most: int) -> None:
        """Count at most so many rows more."""
        rows = list(islice(self._rows, most))
        self.complete = len(rows) < most
        for row in rows:
            self._counts.update(self._values(row))

    def hints(self, wanted: str) -> list[Hint]:
        """The values that hold what is written, the most frequent first; numbers once all are counted."""
        low = wanted.casefold()
        found = self._counts.most_common() if self.field.unit is None else self._in_order()
        known = [word for word in self.field.closed if word not in self._counts]
        some = [*((text, count) for text, count in found if low in text.casefold())]
        none = [(word, 0) for word in known if low and word.startswith(low)]
        return [
            Hint(quoted(text) if self.field.unit is None else text, "", count if self.complete else None)
            for text, count in [*some, *none][:MOST_VALUES]
        ]

    def _comparisons(self) -> tuple[str, ...]:
        return self.field.unit.offered if self.field.unit is not None else ()

    def _in_order(self) -> list[tuple[str, int]]:
        return [(text, self._counts[text]) for text, _ in self._compared]

    def _test(self, text: str) -> Callable[[Row], bool] | None:
        unit, number = self.field.unit, self.field.number
        if unit is None or number is None:
            return None
        sign = (re.match(r"[<>]=?|", text) or [""])[0]
        bound = comparison(unit, sign, text[len(sign) :])
        if bound is None:
            return None
        test, now = bound(self._now), self._now
        return lambda row: test(number(row, now))

    def _values(self, row: Row) -> Iterator[str]:
        if self.field.unit is not None:
            yield from (text for text, test in self._compared if test(row))
        elif self.field.offered is not None:
            yield from {text for text in self.field.offered(row, self._now) if text}
