"""A cursor that belongs to a row and not to a line, and marks that belong to rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from statistics import median_low

NEIGHBOURS = 3
"""Rows on either side that say where a row belongs that keeps its place while the others are ordered."""


class TableCursor:
    """Keys of the rows in their order, the one under the cursor, the marked ones. No painting.

    Only the user moves it to another row. A row that leaves the table under the cursor stays as a guest until
    the cursor is moved, so that a key pressed at that moment cannot hit its neighbour.
    """

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.index: Mapping[str, int] = {}
        self.key: str | None = None
        self.marked: set[str] = set()
        self.placed = False
        """Whether the user has chosen the row: until then it is only where the first row happened to be."""
        self.guest = False
        """Whether the row under the cursor is in the table only until the cursor leaves it."""
        self._held = False
        """Whether that row keeps its place, whatever its order would be."""
        self._hidden: str | None = None
        """The row that a filter took from under the cursor, which goes back when it is shown again."""
        self._anchor: str | None = None
        """The row marked last, where a range begins."""

    @property
    def number(self) -> int:
        """Position of the cursor among the rows, 0 when there are none."""
        return self.index.get(self.key or "", 0)

    def order(self, keys: Sequence[str], *, first: bool = False) -> None:
        """Take the rows in another order. The cursor stays on its row; one that has gone stays as a guest.

        Marks of rows that have gone go with them. With `first` a cursor that nobody has placed goes to the
        first row.
        """
        if first and not self.placed:
            self.key = None
        ordered = list(keys)
        index = {key: number for number, key in enumerate(ordered)}
        self.guest = self.key is not None and self.key not in index
        if self.key is None:
            self.key = ordered[0] if ordered else None
        elif self.guest or self._held:
            self._keep_place(ordered, index)
        self._take(ordered)

    def choose(self, keys: Sequence[str]) -> None:
        """Take the rows of another filter. A cursor whose row is not among them goes to the first one, and
        back once its row is shown again, unless it was moved meanwhile.
        """
        shown = set(keys)
        self._held = self.guest = False
        if self._hidden in shown:
            self.key, self._hidden = self._hidden, None
        elif self.key not in shown:
            self._hidden = self._hidden or self.key
            self.key = keys[0] if keys else None
        elif self._hidden is not None:
            self.key = keys[0]
        self._take(list(keys))

    def hold(self) -> None:
        """Let the row under the cursor keep its place until the cursor is moved."""
        self._held = True

    def settle(self) -> None:
        """The row under the cursor is the one the user means: it is not left for another one."""
        self._hidden = None

    def free(self) -> bool:
        """Let go of what was kept for the row under the cursor; whether the rows are to be ordered again."""
        was_kept = self.guest or self._held
        self._held = self.guest = False
        self._hidden = None
        return was_kept

    def empty(self) -> None:
        """There is no row at all, nor one to go back to."""
        self.key = self._hidden = None
        self.order([])

    def move_to(self, number: int) -> bool:
        """Put the cursor on the row at that position, or on the nearest end.

        Returns whether it has left a row that was out of place: the rows are to be ordered again then.
        """
        if not self.keys:
            return False
        key = self.keys[max(0, min(number, len(self.keys) - 1))]
        if key == self.key:
            self._hidden = None
            return False
        self.key = key
        return self.free()

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away; a guest is not marked."""
        if self.key is not None and not self.guest:
            self.marked ^= {self.key}
            self._anchor = self.key

    def mark_range(self) -> None:
        """Mark every row from the one marked last to the cursor."""
        start = self.index.get(self._anchor or "", self.number)
        first, last = sorted((start, self.number))
        self.mark(self.keys[first : last + 1])

    def mark(self, keys: Iterable[str]) -> None:
        """Mark these rows too, a guest excepted."""
        self.marked.update(keys)
        if self.guest:
            self.marked.discard(self.key or "")
        self._anchor = self.key

    def clear_marks(self) -> bool:
        """Take every mark away; False when there was none."""
        had_marks = bool(self.marked)
        self.marked.clear()
        return had_marks

    def _take(self, keys: list[str]) -> None:
        self.keys = keys
        self.index = {key: number for number, key in enumerate(keys)}
        if self.marked:
            self.marked.intersection_update(self.index)
            if self.guest:
                self.marked.discard(self.key or "")

    def _keep_place(self, ordered: list[str], index: Mapping[str, int]) -> None:
        """Put the row under the cursor among the rows that were around it: a few of those may have moved."""
        assert self.key is not None
        if not self.guest:
            ordered.remove(self.key)
            index = {key: number for number, key in enumerate(ordered)}
        number = self.number
        above = _nearest(reversed(self.keys[:number]), index)
        below = _nearest(iter(self.keys[number + 1 :]), index)
        places = [index[key] + 1 + away for away, key in enumerate(above)]
        places += [index[key] - away for away, key in enumerate(below)]
        ordered.insert(max(0, median_low(places)) if places else number, self.key)


def _nearest(keys: Iterator[str], index: Mapping[str, int]) -> list[str]:
    """The first of these keys that are rows."""
    return list(islice((key for key in keys if key in index), NEIGHBOURS))
