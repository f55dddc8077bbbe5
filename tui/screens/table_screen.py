"""What the screens beside the jobs share: a table, its row in full, a filter, a status line."""

from __future__ import annotations

from typing import ClassVar, Generic

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input

from ..domain.query import QueryError, before_unfinished
from ..domain.rules import ROW_GONE
from ..keys import Scope, actions
from ..presentation.cells import Row
from ..widgets.filter_bar import FilterBar
from ..widgets.filter_hints import FilterHints
from ..widgets.key_footer import KeyFooter
from ..widgets.list_table import ListTable
from ..widgets.live_table import LiveTable
from ..widgets.quiet_static import QuietStatic
from .base import DashboardScreen

TICK_SECONDS = 1.0
SLOW_TICK_SECONDS = 5.0


class TableScreen(DashboardScreen, Generic[Row]):
    """Ages move with the screen's own clock: no request."""

    TITLE_WORDS: ClassVar[str] = ""
    FILTER_HINT: ClassVar[str] = ""
    AUTO_FOCUS = "ListTable"
    WATCHED: ClassVar[tuple[str, ...]] = ()
    """State of the application from which the rows are made."""

    header_line = query_one("#header", QuietStatic)
    status_line = query_one("#status", QuietStatic)
    blank = query_one("#trouble", QuietStatic)
    facts = query_one("#row-facts", QuietStatic)
    filter_bar = query_one(FilterBar)

    def __init__(self) -> None:
        super().__init__()
        self._mistake = ""
        self._built = False
        """Whether its table is there: a screen left as soon as it was opened may never get one."""

    # Given by each screen

    def make_table(self) -> ListTable[Row]:
        """The table, still empty."""
        raise NotImplementedError

    def show_rows(self) -> None:
        """Give the table its rows."""
        raise NotImplementedError

    def facts_of(self, row: Row, columns: int) -> Content:
        """One row in full, within so many columns."""
        raise NotImplementedError

    def status(self, mistake: str) -> Content:
        """The line below the table."""
        raise NotImplementedError

    def blank_words(self) -> Content | None:
        """What stands there in place of an empty table; None while there is nothing to say."""
        raise NotImplementedError

    # What they share

    @property
    def ready(self) -> bool:
        """Whether it is built up, and what the user looks at."""
        return self._built and self.looked_at

    @property
    def table(self) -> ListTable[Row]:
        """The table."""
        return self.query_one(ListTable)

    def compose(self) -> ComposeResult:
        yield QuietStatic(id="header")
        with Horizontal(id="body"):
            yield QuietStatic(id="trouble")
            yield self.make_table()
            with VerticalScroll(id="row-details", can_focus=False):
                yield QuietStatic(id="row-facts")
        yield QuietStatic(id="status")
        hints = FilterHints(ascii_only=self.host.settings.ascii)
        yield hints
        yield FilterBar(self.FILTER_HINT, hints=hints)
        yield KeyFooter()

    def on_mount(self) -> None:
        self._built = True
        self.filter_bar.help_with(self.table)
        for name in self.WATCHED:
            self.watch(self.app, name, self.rows_changed, init=False)
        for name in ("snapshot", "identity", "requests_last_minute", "paused"):
            self.watch(self.app, name, self.show_state, init=False)
        self.rows_changed()
        self.set_interval(SLOW_TICK_SECONDS if self.host.settings.low_bandwidth else TICK_SECONDS, self.tick)

    def rows_changed(self) -> None:
        """Show the rows as they are now."""
        self.show_rows()
        self.show_state()

    def tick(self) -> None:
        """Let times move on."""
        if self.ready:
            self.table.tick()
            self.show_state()

    def on_screen_resume(self) -> None:
        self.tick()

    def on_screen_suspend(self) -> None:
        if self._built:
            self.table.settle()

    def show_state(self) -> None:
        """Bring header, facts, status and footer up to date."""
        if not self.ready:
            return
        place = Content.styled(f" {self.TITLE_WORDS} ", "bold $text-accent")
        self.header_line.show(Content.assemble(place, self.header_words()), layout=False)
        self.status_line.show(self.status(self._mistake))
        blank = None if self.table.total else self.blank_words()
        self.set_class(blank is not None, "-blank")
        if blank is not None:
            self.blank.show(blank)
        self._show_facts()
        self.update_footer()

    @on(LiveTable.RowHighlighted)
    def _row_highlighted(self) -> None:
        self._show_facts()
        self.update_footer()

    def say_no_row(self, words: str) -> None:
        """Say why there is no row to do something to."""
        self.say(ROW_GONE if self.table.row_gone else words)

    def _show_facts(self) -> None:
        row = self.table.cursor_row
        columns = self.facts.size.width
        self.facts.show(Content("") if row is None else self.facts_of(row, columns))

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_state)

    @on(LiveTable.MarksChanged)
    def _marks_changed(self) -> None:
        self.show_state()

    def update_footer(self) -> None:
        """Show the keys that do something now."""
        scopes: tuple[Scope, ...] = (*self.SCOPES, "app")
        listed = (action for scope in scopes for action in actions(scope))
        footer = self.query_one(KeyFooter)
        footer.show_actions(self.offered(listed), read_only=self.host.settings.read_only)
        footer.edge = self.host.footer_edge

    # Filter and order

    def action_filter(self) -> None:
        self.filter_bar.open(self.table.filter_text)

    @on(Input.Changed, "FilterBar")
    def _filter_typed(self, event: Input.Changed) -> None:
        self._use_filter(event.value)

    def _use_filter(self, text: str) -> None:
        """Show what this filter keeps; a mistake is explained, the last good one stays."""
        self._mistake, place = "", None
        try:
            self.table.use_filter(text)
        except QueryError as error:
            self._mistake, place = error.explanation, (error.start, error.end)
            if (rest := before_unfinished(text, error)) is not None:
                self.table.use_filter(rest)
        self.filter_bar.underline(place)
        self.show_state()

    @on(FilterBar.Closed)
    def _filter_closed(self) -> None:
        self.table.focus()
        self._mistake = ""
        self.show_state()

    def escape(self) -> bool:
        """One step back inside the screen: marks go, then the filter. False when there was neither."""
        if self.table.clear_marks():
            return True
        if not self.table.filter_text:
            return False
        self.drop_filter()
        return True

    def drop_filter(self) -> None:
        """Show every row."""
        self.filter_bar.value = ""
        self._use_filter("")

    @on(LiveTable.HeaderClicked)
    def _sort_clicked(self, event: LiveTable.HeaderClicked) -> None:
        self.table.sort_by(event.column_id)
        self.show_state()

    def action_sort_next(self) -> None:
        self.table.sort_by_neighbour(1)
        self.show_state()

    def action_sort_previous(self) -> None:
        self.table.sort_by_neighbour(-1)
        self.show_state()

    def action_sort_reverse(self) -> None:
        self.table.sort_by(self.table.sort[0])
        self.show_state()
