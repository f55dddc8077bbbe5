"""A cursor that belongs to a row and not to a line, and marks that belong to rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


class TableCursor:
    """Keys of the rows in their order, the one under the cursor, the marked ones. No painting."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.index: Mapping[str, int] = {}
        self.key: str | None = None
        self.marked: set[str] = set()
        self.placed = False
        """Whether the user has chosen the row: until then it is only where the first row happened to be."""
        self._anchor: str | None = None
        """The row marked last, where a range begins."""

    @property
    def number(self) -> int:
        """Position of the cursor among the rows, 0 when there are none."""
        return self.index.get(self.key or "", 0)

    def order(self, keys: Sequence[str], *, first: bool = False) -> None:
        """Take the rows in another order. The cursor stays on its row; when that has gone, it takes the
        nearest that followed it. Marks of rows that have gone go with them.

        With `first` a cursor that nobody has placed goes to the first row.
        """
        if first and not self.placed:
            self.key = None
        old_keys, old_number = self.keys, self.number
        self.keys = list(keys)
        self.index = {key: number for number, key in enumerate(self.keys)}
        if self.marked:
            self.marked.intersection_update(self.index)
        if self.key in self.index:
            return
        if not old_keys or not self.keys or self.key is None:
            self.key = self.keys[0] if self.keys else None
            return
        following = (key for key in old_keys[old_number:] if key in self.index)
        self.key = next(following, self.keys[min(old_number, len(self.keys) - 1)])

    def move_to(self, number: int) -> None:
        """Put the cursor on the row at that position, or on the nearest end."""
        if self.keys:
            self.key = self.keys[max(0, min(number, len(self.keys) - 1))]

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        if self.key is not None:
            self.marked ^= {self.key}
            self._anchor = self.key

    def mark_range(self) -> None:
        """Mark every row from the one marked last to the cursor."""
        start = self.index.get(self._anchor or "", self.number)
        first, last = sorted((start, self.number))
        self.mark(self.keys[first : last + 1])

    def mark(self, keys: Iterable[str]) -> None:
        """Mark these rows too."""
        self.marked.update(keys)
        self._anchor = self.key

    def clear_marks(self) -> bool:
        """Take every mark away; False when there was none."""
        had_marks = bool(self.marked)
        self.marked.clear()
        return had_marks
