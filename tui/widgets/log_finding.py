"""Search on the page of a log: hits counted, the page taken to one of them; errors and warnings gone to."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..domain.log_levels import Level
from ..domain.log_moves import Moved
from ..domain.log_search import LogSearch, parse_query
from ..domain.logbook import Change
from .log_painter import LogPainter
from .log_view import LogViewing


class _Jump(NamedTuple):
    """Where to go when every line has been looked at."""

    level: Level
    origin: int
    forward: bool


class LogFinding(LogViewing):
    """A page that can be searched; the words come from a screen, the hits are lines."""

    def __init__(self, **options: Any) -> None:
        self._search: LogSearch | None = None
        self._fault = ""
        self._from_line: int | None = None
        """Where the reader was when the search began: what is typed next is looked for from there as well."""
        self._levels: dict[Level, LogSearch] = {}
        self._jump: _Jump | None = None
        self.note = ""
        """What the last jump brought: `error 3 of 17`."""
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
            start = self.top_line - 1 if current is None else current
            self._go_to_hit(self._search.after(start, self.shape.chooses))

    def previous_hit(self) -> None:
        """Go to the line before that has it; from the first one to the last."""
        if self._search is not None:
            current = self._search.current
            start = self.top_line if current is None else current
            self._go_to_hit(self._search.before(start, self.shape.chooses))

    # Errors and warnings

    def go_to_level(self, level: Level, *, forward: bool) -> None:
        """Go to the next line of a level, or to the one before; says when there is none."""
        if self.point is not None:
            origin = self.point
        elif forward:
            origin = -1 if self.following else self.top_line - 1
        else:
            origin = self.book.end if self.following else self.top_line
        self._jump = _Jump(level, origin, forward)
        search = self._levels.setdefault(level, LogSearch(self.book, level))
        self.note = f"looking for {level.name}s…"
        if search.complete:
            self._land(search)
        self._search_on()
        self.post_message(self.Changed(self))

    def _land(self, search: LogSearch) -> None:
        """Go where the jump leads, now that it is known."""
        jump, self._jump = self._jump, None
        if jump is None:
            return
        step = search.after if jump.forward else search.before
        number = step(jump.origin, self.shape.chooses)
        if number is None:
            self.note = f"no {jump.level.name} here"
            return
        search.current = number
        self.note = f"{jump.level.name} {search.position():,} of {len(search.hits):,}"
        spans = jump.level.spans(self.book.line(number))
        self.go_to(number, spans[0][0] if spans else 0)

    def go_to(self, number: int, character: int = 0) -> None:
        """Hold the page where this line is seen, and point at it."""
        self.reveal(number)
        self.show_line(number, character)
        self.point_at(number)

    # Slices

    def _searches(self) -> list[LogSearch]:
        own = [] if self._search is None else [self._search]
        return [*super()._searches(), *own, *self._levels.values()]

    def _search_slice(self, search: LogSearch) -> None:
        """Look further, and take the reader to the first hit once it is sure which one that is."""
        super()._search_slice(search)
        if self._jump and search is self._levels.get(self._jump.level) and search.complete:
            self._land(search)
        start = self._from_line
        if search is not self._search or start is None or search.current is not None or not search.hits:
            return
        if search.complete or search.hits[-1] >= start:
            number = search.nearest(start)
            if number is not None and not self.shape.chooses(number):
                number = search.after(start - 1, self.shape.chooses)
            self._go_to_hit(number)

    def _go_to_hit(self, number: int | None) -> None:
        if number is None or self._search is None:
            return
        self._search.current = number
        spans = self._search.query.spans(self.book.line(number))
        self.go_to(number, spans[0][0] if spans else 0)
        self._show_hits()

    def _show_hits(self) -> None:
        self.painter.search = self._search
        self.painter.forget()
        self.repaint_all()

    def _renumber(self, moved: Moved) -> None:
        super()._renumber(moved)
        for search in [*self._levels.values(), *([] if self._search is None else [self._search])]:
            search.renumber(moved)
        if self._jump is not None:
            self._jump = self._jump._replace(origin=moved.of(self._jump.origin))
        if self._from_line is not None:
            self._from_line = moved.of(self._from_line)

    def _set_up(self, painter: LogPainter) -> None:
        super()._set_up(painter)
        painter.search = self._search

    def _start_over(self) -> None:
        super()._start_over()
        self._levels, self._jump, self.note = {}, None, ""
        if self._search is not None:
            self._search = LogSearch(self.book, self._search.query)

    def _appended(self, change: Change) -> None:
        if change.dropped:
            for search in self._searches():
                search.forget_before(self.book.first)
        super()._appended(change)
