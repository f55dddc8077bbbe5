"""One row of a terminal of endless width, on which a line is written, overwritten and erased."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from .ink import PLAIN, Ink
from .printable import cell_width

MOST_COLUMNS = 32_768
"""A cursor is never moved further than this, whatever the line asks for."""
TAB_COLUMNS = 8
_REST_OF_WIDE = ""
"""Fills the second cell of a character that takes two."""


class LiveRow:
    """Cells with their ink, and a cursor."""

    def __init__(self) -> None:
        self.ink = PLAIN
        self._column = 0
        self._cells: list[str] = []
        self._inks: list[Ink] = []

    @property
    def text(self) -> str:
        """What is on the row."""
        return "".join(self._cells)

    @property
    def column(self) -> int:
        """Where the cursor is."""
        return self._column

    def pieces(self) -> Iterator[tuple[str, Ink]]:
        """What is on the row, in runs of one ink."""
        for ink, group in groupby(zip(self._cells, self._inks, strict=True), key=lambda cell: cell[1]):
            if text := "".join(cell for cell, _ in group):
                yield text, ink

    def write(self, text: str) -> None:
        """Put printable characters at the cursor, over whatever is there."""
        if text.isascii():
            self._put(list(text))
            return
        for character in text:
            width = cell_width(character)
            if width:
                self._put([character, _REST_OF_WIDE][:width])
            else:
                self._join(character)

    def move_to(self, column: int) -> None:
        """Put the cursor on a column."""
        self._column = min(max(0, column), MOST_COLUMNS)

    def move_by(self, columns: int) -> None:
        """Move the cursor to the right, or to the left."""
        self.move_to(self._column + columns)

    def tab(self) -> None:
        """Move to the next tab stop; where the row ends before it, it is filled with spaces."""
        self.move_by(TAB_COLUMNS - self._column % TAB_COLUMNS)
        self._pad()

    def erase(self, mode: int) -> None:
        """Erase from the cursor (0), up to it (1) or all (2)."""
        if mode == 0:
            self._split_wide(self._column)
            del self._cells[self._column :], self._inks[self._column :]
        elif mode == 1:
            column, blank = self._column, min(self._column + 1, len(self._cells))
            self._column = 0
            self._put([" "] * blank)
            self._column = column
        else:
            self._cells.clear()
            self._inks.clear()

    def _put(self, cells: list[str]) -> None:
        self._pad()
        start, end = self._column, self._column + len(cells)
        self._split_wide(start)
        self._split_wide(end)
        self._cells[start:end] = cells
        self._inks[start:end] = [self.ink] * len(cells)
        self._column = end

    def _join(self, mark: str) -> None:
        """A mark without a width goes onto the character before the cursor; with none there it is lost."""
        position = min(self._column, len(self._cells)) - 1
        if position >= 1 and self._cells[position] == _REST_OF_WIDE:
            position -= 1
        if position >= 0:
            self._cells[position] += mark

    def _pad(self) -> None:
        missing = self._column - len(self._cells)
        if missing > 0:
            self._cells += [" "] * missing
            self._inks += [PLAIN] * missing

    def _split_wide(self, column: int) -> None:
        """What is left of a character of two cells whose half is written over is a space."""
        if 0 < column < len(self._cells) and self._cells[column] == _REST_OF_WIDE:
            self._cells[column - 1] = self._cells[column] = " "
