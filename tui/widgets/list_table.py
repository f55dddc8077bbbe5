"""A table of everything there is of a kind: some hundreds of rows, ordered and filtered anew each time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from ..domain.query import Query, compile_query
from ..domain.query_fields import Fields
from ..presentation.cells import Column, Row
from .sorted_table import SortedTable


class ListTable(SortedTable[Row]):
    """`fields` are those of its filter."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        clock: Callable[[], datetime],
        fields: Fields[Row],
        *,
        sort: tuple[str, bool],
        group: Callable[[Row], Any] | None = None,
        settling: bool = False,
        ascii_only: bool = False,
    ) -> None:
        super().__init__(columns, clock, ascii_only=ascii_only)
        self.set_reactive(ListTable.sort, sort)
        self.fields = fields
        self._group = group
        """Rows of a group stay together, in the order of what this gives, whatever they are sorted by."""
        self._settling = settling
        """Whether a cursor that nobody has placed stays at the top, whatever comes in above it."""
        self._all: Mapping[str, Row] = {}
        self._query: Query[Row] | None = None
        self.filter_text = ""
        """The filter in force: the last one that could be understood."""

    @property
    def cursor_row(self) -> Row | None:
        """The row under the cursor."""
        return self._rows.get(self.cursor_key or "")

    @property
    def marked_rows(self) -> tuple[Row, ...]:
        """The marked rows in the order shown."""
        return tuple(self._rows[key] for key in self.cursor.keys if key in self.cursor.marked)

    @property
    def shown_count(self) -> int:
        """How many rows the filter keeps."""
        return len(self._given)

    @property
    def total(self) -> int:
        """How many rows there are, also those that the filter does not keep."""
        return len(self._all)

    def row_of(self, key: str) -> Row | None:
        return self._all.get(key)

    def on_mount(self) -> None:
        self.arrange_rows()

    def show_all(self, rows: Mapping[str, Row]) -> None:
        """These are the rows from now on."""
        self._all = rows
        self.arrange_rows()

    @property
    def whole(self) -> Mapping[str, Row]:
        """Every row by key, whatever the filter keeps."""
        return self._all

    def all_rows(self) -> Collection[Row]:
        """Every row, whatever the filter keeps."""
        return self._all.values()

    def use_filter(self, text: str) -> None:
        """Keep what this filter keeps; a QueryError leaves the filter as it was."""
        self._query = (
            compile_query(text, self.fields, rows=self.all_rows, now=self.clock()) if text.strip() else None
        )
        self.filter_text = text
        self.arrange_rows(chosen=True)

    def arrange_rows(self, *, chosen: bool = False) -> None:
        column_id, turned = self.sort
        column = next((one for one in self.columns if one.id == column_id), self.columns[0])
        now, group = self.clock(), self._group
        keeps = None if self._query is None else self._query(now)
        items = [(key, row) for key, row in self._all.items() if keeps is None or keeps(row)]
        descending = column.descending != turned
        items.sort(key=lambda item: column.sort_key(item[1], now), reverse=descending)
        if group is not None:
            items.sort(key=lambda item: group(item[1]))
        self.mark_sorted(column.id, descending=descending)
        self.show_rows(dict(items), settling=self._settling, chosen=chosen)
