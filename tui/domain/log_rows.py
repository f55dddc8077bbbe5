"""Which line is on which row of the page, wrapped or not, without walking through a million lines."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate

from .logbook import LogBook


def rows_of(width: int, columns: int) -> int:
    """How many rows a line of that width takes; a negative width marks characters of more than one cell.

    With such characters a row is broken one cell early, so that one of two cells never falls on the edge:
    this makes the number of rows a division and not a walk through the text.
    """
    if width >= 0:
        return 1 if width <= columns else -(-width // columns)
    return 1 if -width <= columns else -(width // (columns - 1))


class LogRows:
    """Rows from 0, the first row of the first line held, up to `total`."""

    def __init__(self, book: LogBook) -> None:
        self._book = book
        self._columns: int | None = None
        self._ends: list[int] = []
        """Of each block, the rows up to its end, counted since the first line ever."""
        self._base = 0
        """Rows that fell out at the head."""
        self._blocks_dropped = 0
        self._inside: tuple[int, list[int]] = (-1, [])
        """The block looked at last, and the rows up to the end of each of its lines."""

    @property
    def total(self) -> int:
        """How many rows there are."""
        if self._columns is None:
            return len(self._book)
        return self._ends[-1] - self._base if self._ends else 0

    def wrap_at(self, columns: int | None) -> None:
        """Wrap lines at that many columns (at least 2), or not at all."""
        self._columns = None if columns is None else max(2, columns)
        self._ends, self._base, self._blocks_dropped = [], 0, self._book.blocks_dropped
        self.update()

    def update(self) -> None:
        """Take in what was appended and what fell out."""
        self._inside = (-1, [])
        if self._columns is None:
            return
        dropped = min(self._book.blocks_dropped - self._blocks_dropped, len(self._ends))
        self._blocks_dropped = self._book.blocks_dropped
        if dropped > 0:
            self._base = self._ends[dropped - 1]
            del self._ends[:dropped]
        if self._ends:
            self._ends.pop()
        end = self._ends[-1] if self._ends else self._base
        for block in self._book.blocks[len(self._ends) :]:
            end += _rows_of_all(block.widths, self._columns)
            self._ends.append(end)

    def locate(self, row: int) -> tuple[int, int]:
        """The number of the line on a row, and which of its rows it is."""
        if self._columns is None:
            return self._book.first + row, 0
        row += self._base
        index = bisect_right(self._ends, row)
        ends = self._line_ends(index)
        row -= self._block_start(index)
        offset = bisect_right(ends, row)
        return self._book.blocks[index].first + offset, row - (ends[offset - 1] if offset else 0)

    def row_of(self, number: int) -> int:
        """The first row of a line; for a line that fell out the first row of all."""
        number = max(number, self._book.first)
        if self._columns is None or number >= self._book.end:
            return number - self._book.first if self._columns is None else self.total
        index = bisect_right(self._book.blocks, number, key=lambda block: block.first) - 1
        offset = number - self._book.blocks[index].first
        before = self._line_ends(index)[offset - 1] if offset else 0
        return self._block_start(index) - self._base + before

    def _block_start(self, index: int) -> int:
        return self._ends[index - 1] if index else self._base

    def _line_ends(self, index: int) -> list[int]:
        assert self._columns is not None
        block = self._book.blocks[index]
        if self._inside[0] != block.first:
            ends = accumulate(rows_of(width, self._columns) for width in block.widths)
            self._inside = (block.first, list(ends))
        return self._inside[1]


def _rows_of_all(widths: array[int], columns: int) -> int:
    """The rows of many lines; the usual case, all of them fit, costs next to nothing."""
    if not widths or (max(widths) <= columns and -min(widths) <= columns):
        return len(widths)
    return sum([rows_of(width, columns) if not -columns <= width <= columns else 1 for width in widths])
