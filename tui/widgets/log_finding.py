"""Search on the page of a log: hits counted, the page taken to one of them, a slice at a time."""

from __future__ import annotations

import asyncio
from typing import Any

from ..domain.log_search import LogSearch, parse_query
from ..domain.logbook import Change
from .log_page import LogPage
from .log_painter import LogPainter

SLICE_BLOCKS = 64
"""Searched in one go, a few milliseconds; between the slices keys are answered."""
_WORKER_GROUP = "log-search"


class LogFinding(LogPage):
    """A page that can be searched; the words come from a screen, the hits are lines."""

    def __init__(self, **options: Any) -> None:
        self._search: LogSearch | None = None
        self._fault = ""
        self._from_line: int | None = None
        """Where the reader was when the search began: what is typed next is looked for from there as well."""
        self._searching = False
        self.searched_text = ""
        """What is looked for, as it was typed."""
        super().__init__(**options)

    @property
    def hit_status(self) -> str:
        """`3 of 17`, `17 hits`, `no hits`, or what is wrong with the pattern; empty without a search."""
        if self._search is None:
            return self._fault
        count, position = len(self._search.hits), self._search.position()
        more = "" if self._search.complete else "…"
        if not count:
            return "searching…" if more else "no hits"
        return f"{position:,} of {count:,}{more}" if position else f"{count:,} hits{more}"

    def search(self, text: str, *, regex: bool = False) -> None:
        """Look for a text and go to the first hit from here on; an empty text ends the search."""
        query = parse_query(text, regex=regex)
        self.searched_text = text
        self._search, self._fault = None, ""
        if isinstance(query, str):
            self._fault = query if text else ""
        else:
            self._search = LogSearch(self.book, query)
        if not text:
            self._from_line = None
        elif self._from_line is None:
            self._from_line = self.top_line
        self._search_on()
        self._show_hits()

    def next_hit(self) -> None:
        """Go to the next line that has it; after the last one to the first."""
        if self._search is not None:
            current = self._search.current
            self._go_to_hit(self._search.after(self.top_line - 1 if current is None else current))

    def previous_hit(self) -> None:
        """Go to the line before that has it; from the first one to the last."""
        if self._search is not None:
            current = self._search.current
            self._go_to_hit(self._search.before(self.top_line if current is None else current))

    def _search_on(self) -> None:
        """Search a slice now, and what is left between key presses."""
        if self._search is None or self._searching:
            return
        self._search_slice(self._search)
        if not self._search.complete and self.is_running:
            self._searching = True
            self.run_worker(self._search_rest(), group=_WORKER_GROUP, exit_on_error=False)

    async def _search_rest(self) -> None:
        try:
            while self._search is not None and not self._search.complete:
                await asyncio.sleep(0)
                self._search_slice(self._search)
        finally:
            self._searching = False
            self.post_message(self.Changed(self))

    def _search_slice(self, search: LogSearch) -> None:
        """Look further, and take the reader to the first hit once it is sure which one that is."""
        search.advance(SLICE_BLOCKS)
        start = self._from_line
        if start is None or search.current is not None or not search.hits:
            return
        if search.complete or search.hits[-1] >= start:
            self._go_to_hit(search.nearest(start))

    def _go_to_hit(self, number: int | None) -> None:
        if number is None or self._search is None:
            return
        self._search.current = number
        spans = self._search.query.spans(self.book.line(number))
        self.show_line(number, spans[0][0] if spans else 0)
        self._show_hits()

    def _show_hits(self) -> None:
        self.painter.search = self._search
        self.painter.forget()
        self.repaint_all()

    def _set_up(self, painter: LogPainter) -> None:
        super()._set_up(painter)
        painter.search = self._search

    def _start_over(self) -> None:
        super()._start_over()
        if self._search is not None:
            self._search = LogSearch(self.book, self._search.query)

    def _appended(self, change: Change) -> None:
        if self._search is not None and change.dropped:
            self._search.forget_before(self.book.first)
        self._search_on()
