"""Which columns a table of a given width shows, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from ..presentation.cells import Column, Row

GAP = "  "
LEAD = 1
"""Terminal columns before the first column, where the cursor shows its bar."""


@dataclass(frozen=True)
class Placed(Generic[Row]):
    """A column with its place, in terminal columns from the left edge."""

    column: Column[Row]
    x: int
    width: int


def place(columns: Sequence[Column[Row]], width: int) -> list[Placed[Row]]:
    """Drop columns by their `drop` until the rest fits, then share what is left among those that grow."""
    kept = list(columns)
    while _needed(kept) > width and any(column.drop for column in kept):
        kept.remove(max(kept, key=lambda column: column.drop))
    spare = max(0, width - _needed(kept))
    wishes = sum(column.grow for column in kept)
    placed, x = [], LEAD
    for column in kept:
        extra = min(column.grow, spare * column.grow // wishes) if wishes else 0
        placed.append(Placed(column, x, column.width + extra))
        x += column.width + extra + len(GAP)
    return placed


def _needed(columns: Sequence[Column[Row]]) -> int:
    return LEAD + sum(column.width for column in columns) + len(GAP) * max(0, len(columns) - 1)
