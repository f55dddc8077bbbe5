"""The cells at the left of a log line: a sign, its number, its time."""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style

from ..domain.log_levels import ERROR, Level
from ..domain.logbook import LogBook
from ..presentation.log_line import Piece
from ..presentation.log_times import TIME_COLUMNS, TimeStyle, log_time
from .log_look import LogLook

SIGN_COLUMNS = 1
POINT, LEVEL, FOLDED, UNFOLDED = "▌", "▎", "▸", "▾"
_GAP = "  "
_LEAST_NUMBER_COLUMNS = 5


@dataclass
class LogGutter:
    """Knows how wide it is, and what stands in it beside a line."""

    book: LogBook
    look: LogLook
    times: TimeStyle = TimeStyle.OFF
    numbers: bool = False
    now: float = 0.0
    point: int | None = None
    """Number of the line that keys act on."""

    @property
    def columns(self) -> int:
        """Cells it takes."""
        numbers = self._number_columns + len(_GAP) if self.numbers else 0
        times = TIME_COLUMNS[self.times]
        return SIGN_COLUMNS + numbers + (times + len(_GAP) if times else 0)

    @property
    def _number_columns(self) -> int:
        return max(_LEAST_NUMBER_COLUMNS, len(str(self.book.end)))

    def beside(self, number: int, sign: Piece) -> list[Piece]:
        """What stands at the first row of a line."""
        at_point = number == self.point
        pieces = [Piece(POINT, self.look.text + self.look.point, None) if at_point else sign]
        if self.numbers:
            text = f"{number + 1:>{self._number_columns}}{_GAP}"
            pieces.append(Piece(text, self.look.text + self.look.number, None))
        if self.times is not TimeStyle.OFF:
            time = log_time(self.book.timestamp(number), self.times, self._reference(number))
            pieces.append(Piece(time + _GAP, self.look.text + self.look.timestamp, None))
        return pieces

    def blank(self) -> list[Piece]:
        """What stands at a row that is not the first of its line."""
        return [Piece(" " * self.columns, self.look.text, None)]

    def sign(self, level: Level | None, *, hit: bool, folded: bool | None) -> Piece:
        """The sign of a line: whether there is more to unfold (None: no), what it is, whether it is a hit."""
        style = Style()
        if level is not None:
            style = self.look.error if level is ERROR else self.look.warning
        elif hit or folded is not None:
            style = self.look.point if hit else self.look.notice
        if folded is not None:
            return Piece(FOLDED if folded else UNFOLDED, self.look.text + style, None)
        return Piece(LEVEL if level or hit else " ", self.look.text + style, None)

    def _reference(self, number: int) -> float:
        if self.times is not TimeStyle.START:
            return self.now
        attempt = self.book.attempt_at(number)
        return attempt.at if attempt else self.book.timestamp(self.book.first)
