"""Which columns a user wants, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from .cells import Column, Row


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """An order of ids and those that are turned against what a column is by itself. Empty: as at first."""

    order: tuple[str, ...] = ()
    turned: frozenset[str] = frozenset()
    wanted: tuple[str, ...] = ()
    """Columns that were switched on by hand, the last one last: others make room for them."""

    def ordered(self, columns: Sequence[Column[Row]]) -> list[Column[Row]]:
        """All columns in this order; a column it does not know keeps its place after the one before it."""
        known = {column_id: number for number, column_id in enumerate(self.order)}
        ranks: list[tuple[int, int]] = []
        rank = -1
        for number, column in enumerate(columns):
            rank = known.get(column.id, rank)
            ranks.append((rank, number))
        return [columns[number] for _, number in sorted(ranks)]

    def shows(self, column: Column[Row]) -> bool:
        """Whether the column is shown."""
        return column.chosen != (column.id in self.turned)

    def shown(self, columns: Sequence[Column[Row]]) -> tuple[Column[Row], ...]:
        """The columns shown, in order; never none. What was switched on last is the last to go."""
        places = {column_id: place for place, column_id in enumerate(reversed(self.wanted), start=1)}
        shown = [column for column in self.ordered(columns) if self.shows(column)] or list(columns[:1])
        return tuple(
            replace(column, drop=places.get(column.id, column.drop + len(places))) if column.drop else column
            for column in shown
        )

    def with_turned(self, column_id: str) -> ColumnChoice:
        """The same with this column shown instead of hidden, or the other way round."""
        others = tuple(wanted for wanted in self.wanted if wanted != column_id)
        return replace(self, turned=self.turned ^ {column_id}, wanted=others)

    def with_wanted(self, column_id: str) -> ColumnChoice:
        """The same with other columns making room for this one, which is shown."""
        others = tuple(wanted for wanted in self.wanted if wanted != column_id)
        return replace(self, wanted=(*others, column_id))

    def with_moved(self, columns: Sequence[Column[Row]], column_id: str, step: int) -> ColumnChoice:
        """The same with this column so many places further on."""
        order = [column.id for column in self.ordered(columns)]
        here = order.index(column_id)
        there = max(0, min(here + step, len(order) - 1))
        order.insert(there, order.pop(here))
        return replace(self, order=tuple(order))

    def as_json(self) -> dict[str, Any]:
        """For a file."""
        return {"order": list(self.order), "turned": sorted(self.turned), "wanted": list(self.wanted)}
