"""A live table that knows by which column its rows are ordered."""

from __future__ import annotations

from collections.abc import Sequence

from textual.reactive import reactive

from ..presentation.cells import Column, Row
from .live_table import LiveTable


class SortedTable(LiveTable[Row]):
    """The order is a column and whether it is turned round; what is ordered is up to the table."""

    sort: reactive[tuple[str, bool]] = reactive(("", False), repaint=False, init=False)
    """Column id and whether the other way round than natural."""

    def watch_sort(self) -> None:
        self.release_row()
        self.arrange_rows()

    def arrange_rows(self) -> None:
        """Filter and sort all rows, and show them."""
        raise NotImplementedError

    @property
    def sort_out_of_sight(self) -> str:
        """By what the rows are ordered when its column is not on the screen: "cost ↓"; else empty."""
        if self.sort_mark is None or self.sort_mark[0] in self.column_ids:
            return ""
        column_id, descending = self.sort_mark
        title = next((one.title for one in self.sortable_columns if one.id == column_id), column_id)
        return f"{(title or column_id).lower()} {self._painter.arrow(descending=descending)}"

    @property
    def sortable_columns(self) -> Sequence[Column[Row]]:
        """The columns by which rows can be ordered, shown or not."""
        return self.columns

    def sort_by(self, column_id: str) -> None:
        """Order by this column; once more turns the order round."""
        self.sort = (column_id, self.sort[0] == column_id and not self.sort[1])

    def sort_by_neighbour(self, step: int) -> None:
        """Order by the shown column to the right (1) or left (-1) of the present one."""
        shown = self.column_ids or tuple(column.id for column in self.columns)
        here = shown.index(self.sort[0]) if self.sort[0] in shown else 0
        self.sort = (shown[(here + step) % len(shown)], False)
