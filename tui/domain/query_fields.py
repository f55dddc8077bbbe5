"""The fields of a filter: what each is called, what a value is compared to, which values there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from .nearest import nearest
from .query_values import Number, Unit

Row = TypeVar("Row")

_MEANINGLESS = re.compile(r"[\s_()-]+")
"""What two spellings of a name may differ in: "started by", `started-by`, `STARTED_BY`."""


@dataclass(frozen=True, slots=True)
class Field(Generic[Row]):
    """One field of the filter of a table."""

    name: str
    """As it is offered and listed."""
    about: str
    """What it looks at, for the help."""
    texts: Callable[[Row, datetime], Iterable[str]]
    """What a value may be, in any case; a beginning of a word in it is enough."""
    aliases: tuple[str, ...] = ()
    """Other names, among them the heading of its column."""
    unit: Unit | None = None
    """Of what can be compared."""
    number: Callable[[Row, datetime], Number] | None = None
    """What is compared; None for a row that has no such value."""
    closed: tuple[str, ...] = ()
    """Every word that can be a value, rows or not; empty when any text can."""
    offered: Callable[[Row, datetime], Iterable[str]] | None = None
    """The values of a row worth offering; None when only comparisons are."""
    tells_cell: bool = False
    """Whether `texts` hold what the cell of its column shows."""


class Fields(Generic[Row]):
    """The fields of one table, found by any of their names."""

    def __init__(
        self, fields: Iterable[Field[Row]], text_of: Callable[[Row, datetime], str] | None = None
    ) -> None:
        self._fields = tuple(fields)
        self._by_name = {
            bare_name(name): field for field in self._fields for name in (*field.aliases, field.name)
        }
        self._text_of = text_of
        self.names = tuple(name for field in self._fields for name in (field.name, *field.aliases))
        """Every name, as written."""

    def __iter__(self) -> Iterator[Field[Row]]:
        return iter(self._fields)

    def get(self, name: str) -> Field[Row] | None:
        """The field of that name, however it is spelt."""
        return self._by_name.get(bare_name(name))

    def nearest(self, name: str) -> str:
        """The name of a field most like this one, empty when none is like it."""
        found = nearest(bare_name(name), self._by_name)
        return self._by_name[found].name if found else ""

    def text_of(self, row: Row, now: datetime) -> str:
        """What a word without a field is looked for in, in lower case."""
        if self._text_of is not None:
            return self._text_of(row, now)
        return "\n".join(text for field in self._fields for text in field.texts(row, now)).casefold()


def bare_name(name: str) -> str:
    """A name without what two spellings of it may differ in."""
    return _MEANINGLESS.sub("", name).casefold()
