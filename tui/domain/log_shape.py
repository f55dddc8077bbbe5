"""What of a log a page shows: which of its lines, and how many rows each of them takes."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field

from .log_block import LogBlock
from .log_moves import Moved
from .log_search import LogSearch
from .logbook import LogBook


@dataclass
class LogShape:
    """All of it at first; windows, filters and folds take lines away, gaps and unfolded lines add rows."""

    book: LogBook
    start: int = 0
    """Number of the first line shown."""
    chosen: LogSearch | None = None
    """Only lines that it finds are shown; or, inverted, only the others."""
    inverted: bool = False
    folded: list[int] = field(default_factory=list)
    """Numbers of lines that another line stands for, ascending."""
    extras: dict[int, int] = field(default_factory=dict)
    """Rows below a line, by its number."""

    @property
    def first(self) -> int:
        """Number of the first line that could be shown."""
        return max(self.start, self.book.first)

    def fold(self, numbers: list[int]) -> None:
        """Show these lines no more."""
        for number in numbers:
            if not self.is_folded(number):
                insort(self.folded, number)

    def unfold(self, numbers: list[int]) -> None:
        """Show these lines again."""
        gone = set(numbers)
        self.folded = [number for number in self.folded if number not in gone]

    def is_folded(self, number: int) -> bool:
        """Whether another line stands for this one; never while a filter chooses lines by itself."""
        position = bisect_left(self.folded, number)
        return self.chosen is None and position < len(self.folded) and self.folded[position] == number

    def chooses(self, number: int) -> bool:
        """Whether the line is in the window, not drawn over, and let through by the filter."""
        if number < self.start or number in self.book.gone:
            return False
        if self.chosen is None:
            return True
        hits = self.chosen.hits
        position = bisect_left(hits, number)
        return (position < len(hits) and hits[position] == number) is not self.inverted

    def has_lead(self, number: int) -> bool:
        """Whether a row before the line says how long nothing came."""
        return self.chosen is None and len(self.book.gaps.between(number, number + 1)) > 0

    def renumber(self, moved: Moved) -> None:
        """Lines have other numbers; what is looked for is to be looked for anew among those."""
        if self.start > moved.first:
            self.start = moved.of(self.start)
        self.folded = moved.kept(self.folded)
        self.extras = moved.keys(self.extras)
        if self.chosen is not None:
            self.chosen.renumber(moved)

    def forget_before(self, number: int) -> None:
        """Drop what is kept of lines that are no longer held."""
        del self.folded[: bisect_left(self.folded, number)]
        for gone in [line for line in self.extras if line < number]:
            del self.extras[gone]

    def is_plain(self, block: LogBlock) -> bool:
        """Whether all lines of the block are shown and none has a row that is not its own."""
        first, end = block.first, block.first + len(block)
        return (
            self.chosen is None
            and self.start <= first
            and bisect_left(self.folded, first) == bisect_left(self.folded, end)
            and not self.book.gaps.between(first, end)
            and not any(first <= number < end for number in self.extras)
        )

    def reshaped(self, block: LogBlock, rows: list[int]) -> list[int]:
        """The rows of each line of a block, when `rows` is what they would take by themselves."""
        first, end = block.first, block.first + len(block)
        if self.chosen is None:
            for number in self.book.gaps.between(first, end):
                rows[number - first] += 1
        for number in [line for line in self.extras if first <= line < end]:
            rows[number - first] += self.extras[number]
        if self.chosen is None:
            for number in self.folded[bisect_left(self.folded, first) : bisect_left(self.folded, end)]:
                rows[number - first] = 0
        else:
            rows = self._filtered(self.chosen, first, end, rows)
        before = min(max(0, self.start - first), len(rows))
        rows[:before] = [0] * before
        return rows

    def _filtered(self, chosen: LogSearch, first: int, end: int, rows: list[int]) -> list[int]:
        hits = chosen.hits[bisect_left(chosen.hits, first) : bisect_left(chosen.hits, end)]
        if self.inverted:
            for number in hits:
                rows[number - first] = 0
            for number in self.book.gone.intersection(range(first, end)):
                rows[number - first] = 0
            unsearched = max(0, chosen.searched_to - first)
            rows[unsearched:] = [0] * len(rows[unsearched:])
            return rows
        kept = [0] * len(rows)
        for number in hits:
            kept[number - first] = 0 if number in self.book.gone else rows[number - first]
        return kept
