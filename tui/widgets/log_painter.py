"""Paints the rows of a log page: gutter, text, hits, selection. Knows the page, not the widget."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from textual.selection import Selection
from textual.strip import Strip

from ..domain.log_block import MOST_COLUMNS
from ..domain.log_levels import level_of
from ..domain.log_rows import LEAD, LogRows
from ..domain.log_search import LogSearch
from ..domain.log_unfold import is_bar
from ..domain.logbook import LogBook
from ..domain.units import plural
from ..presentation.log_line import (
    Mark,
    Piece,
    cells,
    characters,
    line_pieces,
    row_breaks,
    short_size,
    window,
)
from ..presentation.log_status import gap_sentence
from .log_gutter import SIGN_COLUMNS, LogGutter
from .log_look import LogLook
from .log_strip import strip_of

_CACHED_LINES = 256
_MORE = "›"
_INDENT = "  "


class _Shown(NamedTuple):
    """A line made ready: its pieces, and where its rows begin when it is not one cell a character."""

    pieces: list[Piece]
    breaks: list[int] | None
    sign: Piece


@dataclass
class LogPainter:
    """Turns rows into strips. Lines are styled when first seen and kept while they stay."""

    book: LogBook
    rows: LogRows
    look: LogLook
    gutter: LogGutter
    wrap: bool = False
    coloured: bool = True
    """Whether the colours of the job's own output are shown."""
    search: LogSearch | None = None
    selection: Selection | None = None
    marked: range = range(0)
    """Numbers of the lines that are marked."""
    unfolded: dict[int, list[str]] = field(default_factory=dict)
    """What stands below a line, a string a row."""
    _lines: dict[int, _Shown] = field(default_factory=dict)

    def forget(self) -> None:
        """Style all lines anew: the look, the search or the selection is another."""
        self._lines.clear()

    def row(self, row: int, first_cell: int, columns: int) -> Strip:
        """One row of the log, `columns` cells wide in all, scrolled to the right by `first_cell`."""
        number, part = self.rows.locate(row)
        if part == LEAD:
            seconds = self.book.timestamp(number) - self.book.timestamp(number - 1)
            return self.sentence(gap_sentence(seconds), number, columns)
        room = max(1, columns - self.gutter.columns)
        shown = self._shown(number, room)
        gutter = self.gutter.beside(number, shown.sign) if part == 0 else self.gutter.blank()
        text_rows = self.rows.text_rows(number)
        if part >= text_rows:
            pieces = window(self._below(number, part - text_rows), first_cell, room)
        elif self.wrap:
            pieces = self._wrapped(shown, part, room)
        else:
            pieces = window(shown.pieces, first_cell, room)
            if abs(self.book.width(number)) > first_cell + room:
                more = Piece(_MORE, self.look.text + self.look.notice, None)
                pieces = [*window(shown.pieces, first_cell, room - 1), more]
        return strip_of(number, gutter, pieces, columns, self.look.text)

    def _below(self, number: int, row: int) -> list[Piece]:
        rows = self.unfolded.get(number, [])
        text = rows[row] if row < len(rows) else ""
        return [Piece(_INDENT + text, self.look.text + self.look.notice, None)]

    def sentence(self, text: str, number: int, columns: int) -> Strip:
        """A row that is not part of the log; `number` is the line a selection that begins here begins at."""
        style = self.look.text + self.look.notice
        margin = Piece(" " * SIGN_COLUMNS, self.look.text, None)
        room = max(0, columns - SIGN_COLUMNS)
        return strip_of(number, [margin], window([Piece(text, style, 0)], 0, room), columns, self.look.text)

    def part_of(self, number: int, character: int, columns: int) -> int:
        """Which row of a wrapped line a character is on."""
        if not self.wrap:
            return 0
        room = max(1, columns - self.gutter.columns)
        breaks = self._shown(number, room).breaks
        if breaks is None:
            return min(character, MOST_COLUMNS - 1) // room
        return sum(1 for start in breaks[1:] if start <= character)

    def _shown(self, number: int, room: int) -> _Shown:
        if (shown := self._lines.get(number)) is not None:
            return shown
        if len(self._lines) >= _CACHED_LINES:
            self._lines.clear()
        text = self.book.line(number)
        raw = self.book.raw(number)
        attempt = self.book.attempt_at(number)
        is_marker = attempt is not None and attempt.line == number
        base = self.look.text + self.look.marker if is_marker else self.look.text
        runs, marks = self.book.runs(number, MOST_COLUMNS), self._marks(number, text)
        pieces = line_pieces(runs, base, marks, coloured=self.coloured)
        if note := self._note(number, text, pieces):
            pieces.append(Piece(note, self.look.text + self.look.notice, None))
        if is_marker and not self.wrap:
            rule = room - sum(cells(piece.text) for piece in pieces) - 1
            pieces.append(Piece(" " + "─" * rule if rule > 0 else "", base + self.look.notice, None))
        breaks = None
        if self.book.width(number) < -room and self.wrap:
            breaks = row_breaks("".join(piece.text for piece in pieces), max(2, room))
        shown = self._lines[number] = _Shown(pieces, breaks, self._sign(number, raw, text))
        return shown

    def _sign(self, number: int, raw: str, text: str) -> Piece:
        folded = None
        if number in self.unfolded:
            folded = False
        elif trace := self.book.tracebacks.get(number):
            folded = self.rows.shape.is_folded(trace.first)
        elif past := self.book.past.get(number):
            folded = self.rows.shape.is_folded(past[0])
        elif len(text) > MOST_COLUMNS or is_bar(raw):
            folded = True
        hit = self.search is not None and bool(self.search.query.spans(text))
        return self.gutter.sign(level_of(text[:MOST_COLUMNS]), hit=hit, folded=folded)

    def _marks(self, number: int, text: str) -> list[Mark]:
        marks: list[Mark] = []
        if self.search is not None:
            is_current = self.search.current == number
            style = self.look.hit_current if is_current else self.look.hit
            marks += [Mark(start, end, style) for start, end in self.search.query.spans(text[:MOST_COLUMNS])]
        if number in self.marked:
            marks.append(Mark(0, len(text), self.look.selection))
        if self.selection is not None and (span := self.selection.get_span(number)) is not None:
            start, end = span
            marks.append(Mark(max(0, start), len(text) if end == -1 else max(0, end), self.look.selection))
        return marks

    def _note(self, number: int, text: str, pieces: list[Piece]) -> str:
        """Words after a line: how much of it is not shown, or which attempt begins here."""
        hidden = len(text) - sum(len(piece.text) for piece in pieces)
        if hidden > 0:
            return f" … +{short_size(len(text[-hidden:].encode()))}"
        trace = self.book.tracebacks.get(number)
        if trace is not None and self.rows.shape.is_folded(trace.first):
            return f"  ▸ {plural(len(trace.hidden), 'line')} of traceback"
        attempt = self.book.attempt_at(number)
        if attempt is not None and attempt.line == number and attempt.number > 1:
            return f"  attempt {attempt.number}"
        return ""

    def _wrapped(self, shown: _Shown, part: int, room: int) -> list[Piece]:
        if shown.breaks is None:
            return window(shown.pieces, part * room, room)
        ends = [*shown.breaks[1:], len("".join(piece.text for piece in shown.pieces))]
        if part >= len(ends):
            return []
        return characters(shown.pieces, shown.breaks[part], ends[part])
