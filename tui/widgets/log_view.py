"""What of the log is on the page: its end only, or lines that match."""

from __future__ import annotations

from typing import Any

from ..domain.log_search import LogSearch, parse_query
from ..domain.log_windows import WHOLE, Window
from ..domain.logbook import Change
from .log_slices import LogSlicing, advance

_INVERTED = "!"


class LogViewing(LogSlicing):
    """A page of a part of the log; the line pointed at, or the one at the top, stays when it changes."""

    def __init__(self, **options: Any) -> None:
        self.window = WHOLE
        self.filter_text = ""
        """What chooses the lines, as it was typed; `!` before it inverts."""
        self.filter_fault = ""
        super().__init__(**options)

    # Windows

    def show_window(self, window: Window) -> None:
        """Show the end of the log only, or all of it."""
        self.window = window
        before, self.shape.start = self.shape.start, window.start(self.book)
        self._show_anew(min(before, self.shape.start))

    # Filter

    def choose(self, text: str) -> None:
        """Show only lines with this text, with `!` before it only those without; empty shows all again."""
        wanted = text.removeprefix(_INVERTED)
        query = parse_query(wanted)
        self.filter_text, self.filter_fault = (text if wanted else ""), ""
        self.shape.inverted = text.startswith(_INVERTED)
        if isinstance(query, str):
            self.filter_fault = query if wanted else ""
            self.shape.chosen = None
        else:
            self.shape.chosen = LogSearch(self.book, query)
            advance(self.shape.chosen)
        self._show_anew(self.book.first)
        self._search_on()

    # When lines come

    def _reshape(self, change: Change) -> int | None:
        changed_from = super()._reshape(change)
        if self.shape.chosen is not None:
            searched_to = self.shape.chosen.searched_to
            if change.dropped:
                self.shape.chosen.forget_before(self.book.first)
            advance(self.shape.chosen)
            changed_from = min(searched_to, change.first if changed_from is None else changed_from)
        if self.window is not WHOLE and self.following:
            before, self.shape.start = self.shape.start, self.window.moved_on(self.book, self.shape.start)
            if before != self.shape.start:
                changed_from = before
        return changed_from

    def _start_over(self) -> None:
        chosen = self.rows.shape.chosen if hasattr(self, "rows") else None
        inverted = self.rows.shape.inverted if chosen else False
        super()._start_over()
        if chosen is not None:
            self.shape.chosen, self.shape.inverted = LogSearch(self.book, chosen.query), inverted
