"""Lines of a log page that stand for others, and lines that show more of themselves."""

from __future__ import annotations

from typing import Any

from ..domain.log_block import MOST_COLUMNS
from ..domain.log_moves import Moved
from ..domain.log_unfold import unfolded
from ..domain.logbook import Change
from ..domain.tracebacks import Traceback
from .log_page import LogPage
from .log_painter import LogPainter


class LogFolding(LogPage):
    """Tracebacks are their last line, progress bars their last state, until they are unfolded."""

    def __init__(self, **options: Any) -> None:
        self.point: int | None = None
        """Number of the line that keys act on."""
        self.folds = True
        """Whether tracebacks are shown as their last line."""
        self._opened: set[int] = set()
        """First lines of tracebacks that are shown whole although they would be folded."""
        self._unfolded: dict[int, list[str]] = {}
        """What stands below a line, a string a row."""
        super().__init__(**options)

    def toggle_folds(self) -> None:
        """Show every traceback as its last line, or every one whole."""
        self.folds = not self.folds
        self._opened.clear()
        self.shape.folded = sorted(self.book.gone)
        for trace in self.book.tracebacks.values() if self.folds else ():
            self.shape.fold(trace.hidden)
        self._show_anew(self.book.first)

    def toggle_line(self, number: int) -> bool:
        """Show more of a line, or no more of it; False when there is no more."""
        if trace := self._traceback_of(number):
            self._toggle_traceback(trace)
            return True
        if past := self.book.past.get(number):
            (self.shape.unfold if self.shape.is_folded(past[0]) else self.shape.fold)(past)
            self._show_anew(past[0])
            return True
        if self.shape.extras.pop(number, None) is None:
            rows = self._rows_below(number)
            if not rows:
                return False
            self._unfolded[number] = rows
            self.shape.extras[number] = len(rows)
        else:
            self._unfolded.pop(number, None)
        self._show_anew(number)
        return True

    def has_more(self, number: int) -> bool:
        """Whether there is something to unfold at a line."""
        if number in self.book.past or self._traceback_of(number):
            return True
        return bool(unfolded(self.book.raw(number), self.book.line(number)))

    def reveal(self, number: int) -> None:
        """Make sure that no fold hides a line."""
        if self.shape.is_folded(number) and (trace := self._traceback_of(number)):
            self._toggle_traceback(trace)

    def _toggle_traceback(self, trace: Traceback) -> None:
        first = trace.first
        if self.shape.is_folded(first):
            self._opened.add(first)
            self.shape.unfold(trace.hidden)
        else:
            self._opened.discard(first)
            self.shape.fold(trace.hidden)
            if self.point in trace.hidden:
                self.point_at(trace.last)
        self._show_anew(first)

    def _traceback_of(self, number: int) -> Traceback | None:
        if trace := self.book.tracebacks.get(number):
            return trace
        found = self.book.tracebacks.values()
        return next((trace for trace in found if number in trace.hidden), None)

    def _rows_below(self, number: int) -> list[str]:
        texts = unfolded(self.book.raw(number), self.book.line(number))
        columns = max(8, self.text_columns - 3)
        if not self.wrap and len(self.book.line(number)) <= MOST_COLUMNS:
            return texts
        return [
            text[start : start + columns] for text in texts for start in range(0, len(text), columns) or [0]
        ]

    # The line pointed at

    def point_at(self, number: int | None) -> None:
        """Let the keys act on this line."""
        before, self.point = self.point, number
        self.painter.gutter.point = number
        for line in {before, number} - {None}:
            self._refresh_line(line)

    def _refresh_line(self, number: int | None) -> None:
        if number is not None and self.is_running and self.book.first <= number < self.book.end:
            self.refresh_row(self.row_on_page(number))

    def _show_anew(self, changed_from: int) -> None:
        """Paint the page after lines of it came or went; what the reader looks at stays on its row."""
        anchor, offset = self.point, 0
        if anchor is not None:
            offset = self.row_on_page(anchor) - round(self.scroll_y)
            anchor = anchor if 0 <= offset < self.page_rows else None
        self.rows.update(changed_from)
        if anchor is not None and not self.following:
            row = max(0, self.row_on_page(anchor) - offset - self._lead_rows)
            if row < self.rows.total:
                self._top = self.rows.locate(row)
        self.painter.forget()
        self._place()
        self.repaint_all()

    # When lines come, or get other numbers

    def _reshape(self, change: Change) -> int | None:
        changed_from: int | None = None
        if change.dropped:
            self.shape.forget_before(self.book.first)
        for trace in change.tracebacks:
            if self.folds and trace.first not in self._opened:
                self.shape.fold(trace.hidden)
                changed_from = min(trace.first, change.first if changed_from is None else changed_from)
        if change.superseded or change.changed:
            self.shape.fold(list(change.superseded))
            self.painter.forget()
            moved = min(*change.superseded, *change.changed, change.first)
            changed_from = moved if changed_from is None else min(moved, changed_from)
        return changed_from

    def _renumber(self, moved: Moved) -> None:
        super()._renumber(moved)
        self.shape.renumber(moved)
        self._unfolded = self.painter.unfolded = moved.keys(self._unfolded)
        self._opened = set(moved.kept(self._opened))
        if self.point is not None:
            self.point = self.painter.gutter.point = moved.of(self.point)

    def _set_up(self, painter: LogPainter) -> None:
        super()._set_up(painter)
        painter.gutter.point = self.point
        painter.unfolded = self._unfolded

    def _start_over(self) -> None:
        super()._start_over()
        self.point = None
        self._opened.clear()
        self._unfolded = {}
