"""Which columns a table of a given width shows, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from rich.cells import cell_len, set_cell_size

from ..presentation.cells import Column, Row

HEADER_LINES = 1
GAP = "  "
LEAD = 1
"""Terminal columns before the first column, where the cursor shows its bar and a mark its sign."""


@dataclass(frozen=True)
class Placed(Generic[Row]):
    """A column with its place, in terminal columns from the left edge."""

    column: Column[Row]
    x: int
    width: int


def place(columns: Sequence[Column[Row]], width: int, *, skip: int = 0) -> list[Placed[Row]]:
    """Drop columns by their `drop` until the rest fits, then share what is left among those that grow.

    `skip` leaves out so many of the columns that may go, from the left: so a narrow table shows them all,
    one after the other, beside those that always stay.
    """
    kept = _without_first(columns, skip)
    while _needed(kept) > width and any(column.drop for column in kept):
        kept.remove(_next_to_go(kept, from_right=skip > 0))
    spare = max(0, width - _needed(kept))
    wishes = sum(column.grow for column in kept)
    placed, x = [], LEAD
    for column in kept:
        extra = min(column.grow, spare * column.grow // wishes) if wishes else 0
        placed.append(Placed(column, x, column.width + extra))
        x += column.width + extra + len(GAP)
    return placed


def most_skipped(columns: Sequence[Column[Row]], width: int) -> int:
    """How many columns it takes to skip until the last one is on screen."""
    movable = sum(1 for column in columns if column.drop)
    for skip in range(movable):
        if _needed(_without_first(columns, skip)) <= width:
            return skip
    return max(0, movable - 1)


def fit(text: str, width: int, *, right: bool) -> str:
    """Exactly `width` terminal columns: cut with an ellipsis, or padded on one side."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width) if width > 1 else "…"
    return " " * (width - length) + text if right else text + " " * (width - length)


def _without_first(columns: Sequence[Column[Row]], skip: int) -> list[Column[Row]]:
    gone = [column for column in columns if column.drop][:skip]
    return [column for column in columns if column not in gone]


def _next_to_go(columns: Sequence[Column[Row]], *, from_right: bool) -> Column[Row]:
    if from_right:
        return next(column for column in reversed(columns) if column.drop)
    return max(columns, key=lambda column: column.drop)


def _needed(columns: Sequence[Column[Row]]) -> int:
    return LEAD + sum(column.width for column in columns) + len(GAP) * max(0, len(columns) - 1)
