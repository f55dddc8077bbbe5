"""Lines drawn over from below: what several progress bars at once do by moving the cursor up.

Each line that arrives begins one row below the last and may climb back to rows that earlier lines wrote.
The row it ends on is shown as that line; the lines shown there before are superseded. What it left on rows
below is taken up by the next line, which begins there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from .ink import PLAIN
from .live_row import LiveRow
from .terminal import Run, obey, on_screen, tokens

MOST_ROWS = 64
"""How far up the cursor is followed."""

_UP = re.compile("(?:\x1b\\[|\x9b)[0-9]*[AF]")
_VERTICAL = re.compile("(?:\x1b\\[|\x9b)([0-9]*)([ABEF])")


class Drawn(NamedTuple):
    """What a line came to."""

    runs: list[Run]
    superseded: list[int]
    """Numbers of the lines that it replaces."""
    changed: dict[int, list[Run]]
    """Lines above that it has written over, by number, as they are now."""


@dataclass
class LiveScreen:
    """The rows that may yet be drawn over."""

    above: Callable[[int], tuple[int, LiveRow] | None]
    """The line shown right above a line: its number and its row; None when there is none."""
    _below: list[LiveRow] = field(default_factory=list)

    def concerns(self, text: str) -> bool:
        """Whether the next line cannot be shown by itself."""
        return bool(self._below) or _UP.search(text) is not None

    def draw(self, number: int, text: str) -> Drawn:
        """Take the next line."""
        drawing = _Drawing(number, self.above, self._below or [LiveRow()])
        for plain, control in tokens(on_screen(text)):
            drawing.row.write(plain)
            if move := _VERTICAL.fullmatch(control):
                drawing.move(_count(move[1]), move[2])
            else:
                obey(drawing.row, control)
        drawn, self._below = drawing.result()
        return drawn


class _Drawing:
    """Rows from the highest that the line has climbed to, down to the lowest that is known."""

    def __init__(
        self, number: int, above: Callable[[int], tuple[int, LiveRow] | None], rows: list[LiveRow]
    ) -> None:
        self._number = number
        self._above = above
        self._rows = rows
        self._owners: list[int] = []
        """Lines shown on the rows above its own, the nearest first."""
        self._at = 0
        rows[0].move_to(0)

    @property
    def row(self) -> LiveRow:
        """The row with the cursor."""
        return self._rows[self._at]

    def move(self, count: int, direction: str) -> None:
        """Up or down by so many rows; never below the row on which the line began."""
        column, ink = self.row.column, self.row.ink
        if direction in "AF":
            self._climb(count)
        else:
            self._at = min(self._at + count, len(self._owners))
        self.row.move_to(0 if direction in "EF" else column)
        self.row.ink = ink

    def _climb(self, count: int) -> None:
        for _ in range(min(count, MOST_ROWS)):
            if self._at == 0:
                found = self._above(self._owners[-1] if self._owners else self._number)
                if found is None or len(self._owners) >= MOST_ROWS:
                    return
                self._owners.append(found[0])
                self._rows.insert(0, found[1])
                self._at = 1
            self._at -= 1

    def result(self) -> tuple[Drawn, list[LiveRow]]:
        """What is shown now, and the rows below it that the next line begins on."""
        at, rows = self._at, self._rows
        above = self._owners[: len(self._owners) - at] if at < len(self._owners) else []
        changed = {
            owner: _runs(row)
            for owner, row in zip(reversed(self._owners), rows, strict=False)
            if owner not in above
        }
        below = rows[at + 1 :]
        while below and not below[-1].text.strip():
            below.pop()
        return Drawn(_runs(self.row), above, changed), below


def row_of(runs: list[Run]) -> LiveRow:
    """A row with this on it."""
    row = LiveRow()
    for text, row.ink in runs:
        row.write(text)
    row.ink = PLAIN
    return row


def _runs(row: LiveRow) -> list[Run]:
    return [Run(text, ink) for text, ink in row.pieces()]


def _count(digits: str) -> int:
    return max(1, int(digits)) if digits and len(digits) < 5 else 1 if not digits else MOST_ROWS
