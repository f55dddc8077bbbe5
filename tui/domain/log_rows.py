"""Which line is on which row of the page, wrapped or not, without walking through a million lines."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from .log_block import LogBlock
from .log_shape import LogShape
from .logbook import LogBook

LEAD = -1
"""The part of a line that is the row before it: how long nothing came."""


def rows_of(width: int, columns: int) -> int:
    """How many rows a line of that width takes; a negative width marks characters of more than one cell.

    With such characters a row is broken one cell early, so that one of two cells never falls on the edge:
    this makes the number of rows a division and not a walk through the text.
    """
    if width >= 0:
        return 1 if width <= columns else -(-width // columns)
    return 1 if -width <= columns else -(width // (columns - 1))


class LogRows:
    """Rows from 0, the first row of the first line shown, up to `total`.

    A row is known by the number of its line and which part of the line it is: from 0 on its text, then what
    was unfolded below it; `LEAD` is the row before.
    """

    def __init__(self, book: LogBook, shape: LogShape | None = None) -> None:
        self._book = book
        self.shape = shape or LogShape(book)
        """What of the log is shown. After a change to it `update` says from which line on."""
        self._columns: int | None = None
        self._ends: list[int] = []
        """Of each block, the rows up to its end, counted since the first line ever."""
        self._base = 0
        """Rows that fell out at the head."""
        self._blocks_dropped = 0
        self._inside: tuple[int, Sequence[int]] = (-1, [])
        """The block looked at last, and the rows up to the end of each of its lines."""

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._ends[-1] - self._base if self._ends else 0

    def wrap_at(self, columns: int | None) -> None:
        """Wrap lines at that many columns (at least 2), or not at all."""
        self._columns = None if columns is None else max(2, columns)
        self._ends, self._base, self._blocks_dropped = [], 0, self._book.blocks_dropped
        self.update()

    def update(self, changed_from: int | None = None) -> None:
        """Take in what was appended, what fell out, and what changed from a line on."""
        self._inside = (-1, [])
        dropped = min(self._book.blocks_dropped - self._blocks_dropped, len(self._ends))
        self._blocks_dropped = self._book.blocks_dropped
        if dropped > 0:
            self._base = self._ends[dropped - 1]
            del self._ends[:dropped]
        if self._ends:
            self._ends.pop()
        if changed_from is not None and changed_from < self._book.end:
            del self._ends[max(0, self._index_of(changed_from)) :]
        end = self._ends[-1] if self._ends else self._base
        for block in self._book.blocks[len(self._ends) :]:
            end += self._rows_of_all(block)
            self._ends.append(end)

    def locate(self, row: int) -> tuple[int, int]:
        """The number of the line on a row, and which of its parts it is."""
        row += self._base
        index = bisect_right(self._ends, row)
        ends = self._line_ends(index)
        row -= self._block_start(index)
        offset = bisect_right(ends, row)
        number = self._book.blocks[index].first + offset
        part = row - (ends[offset - 1] if offset else 0)
        return number, part - self.shape.has_lead(number)

    def row_of(self, number: int) -> int:
        """The first row of a line's text; for one that is not shown, the row of the next that is."""
        number = max(number, self._book.first)
        if number >= self._book.end:
            return self.total
        index = self._index_of(number)
        offset = number - self._book.blocks[index].first
        ends = self._line_ends(index)
        before = ends[offset - 1] if offset else 0
        shown = ends[offset] > before
        lead = 1 if shown and self.shape.has_lead(number) else 0
        return self._block_start(index) - self._base + before + lead

    def shows(self, number: int) -> bool:
        """Whether a line held has a row."""
        if self.shape.chosen is None:
            return number >= self.shape.start and not self.shape.is_folded(number)
        return self.shape.chooses(number)

    def text_rows(self, number: int) -> int:
        """How many rows the text of a line takes."""
        return 1 if self._columns is None else rows_of(self._book.width(number), self._columns)

    def _index_of(self, number: int) -> int:
        return bisect_right(self._book.blocks, number, key=lambda block: block.first) - 1

    def _block_start(self, index: int) -> int:
        return self._ends[index - 1] if index else self._base

    def _line_ends(self, index: int) -> Sequence[int]:
        block = self._book.blocks[index]
        if self._inside[0] != block.first:
            self._inside = (block.first, self._ends_inside(block))
        return self._inside[1]

    def _ends_inside(self, block: LogBlock) -> Sequence[int]:
        plain = self.shape.is_plain(block)
        if plain and self._columns is None:
            return range(1, len(block) + 1)
        rows = self._own_rows(block)
        return list(accumulate(rows if plain else self.shape.reshaped(block, rows)))

    def _own_rows(self, block: LogBlock) -> list[int]:
        if self._columns is None:
            return [1] * len(block)
        return [rows_of(width, self._columns) for width in block.widths]

    def _rows_of_all(self, block: LogBlock) -> int:
        if not self.shape.is_plain(block):
            return sum(self.shape.reshaped(block, self._own_rows(block)))
        return len(block) if self._columns is None else _rows_wrapped(block.widths, self._columns)


def _rows_wrapped(widths: array[int], columns: int) -> int:
    """The rows of many lines; the usual case, all of them fit, costs next to nothing."""
    if not widths or (max(widths) <= columns and -min(widths) <= columns):
        return len(widths)
    return sum([rows_of(width, columns) if not -columns <= width <= columns else 1 for width in widths])
