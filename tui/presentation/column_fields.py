"""The fields of a filter made from the columns of its table: every heading is a field, every cell a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from ..domain.query_fields import Field
from .cells import Column, Row


def column_fields(columns: Iterable[Column[Row]], richer: Mapping[str, Field[Row]]) -> Iterator[Field[Row]]:
    """A field for each column; `richer` know more than the cell says, by the id of the column."""
    for column in columns:
        names = heading_names(column.title) or (column.id,)
        known = richer.get(column.id)
        if known is None:
            known = Field(names[0], f"{column.title or column.id}, as the column shows it", _no_texts)
        yield replace(
            known,
            aliases=tuple(
                dict.fromkeys(name for name in (*known.aliases, *names, column.id) if name != known.name)
            ),
            texts=known.texts if known.tells_cell else _with_cell(known.texts, column),
            unit=known.unit or column.unit,
            number=known.number or column.number,
            offered=known.offered or (None if column.unit else _cell_of(column)),
        )


def heading_names(title: str) -> tuple[str, ...]:
    """What a heading is called as a field: `image`, `script` and `image / script` for "IMAGE / SCRIPT"."""
    whole = title.casefold()
    parts = [re.sub(r"\s*\(.*\)", "", part).strip() for part in whole.split(" / ")]
    names = [*parts, *([whole] if whole not in parts else [])]
    return tuple(re.sub(r"\s+", "-", name) if " / " not in name else name for name in names if name) + tuple(
        name for name in names if " " in name
    )


def _no_texts(row: Row, now: datetime) -> tuple[str, ...]:
    return ()


def _cell_of(column: Column[Row]) -> Callable[[Row, datetime], tuple[str, ...]]:
    cell = column.cell
    return lambda row, now: (cell(row, now).text,)


def _with_cell(
    texts: Callable[[Row, datetime], Iterable[str]], column: Column[Row]
) -> Callable[[Row, datetime], Iterator[str]]:
    cell = column.cell

    def both(row: Row, now: datetime) -> Iterator[str]:
        yield from texts(row, now)
        yield cell(row, now).text

    return both
