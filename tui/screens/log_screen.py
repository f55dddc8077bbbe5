"""What every page with a log can do: search it, narrow it down, take lines out of it."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Input

from ..domain.log_windows import WHOLE
from ..domain.text import safe
from ..messages import SaveRequested
from ..presentation.log_status import status_line
from ..widgets.filter_bar import FilterBar
from ..widgets.key_footer import KeyFooter
from ..widgets.log_marking import Part, cut_for_terminal
from ..widgets.log_pane import LogPane
from ..widgets.quiet_static import QuietStatic
from .base import DashboardScreen
from .pager import open_pager
from .save_dialog import SaveDialog, Saving


class LogScreen(DashboardScreen):
    """A screen around a log pane."""

    AUTO_FOCUS = "LogPane"

    status_line = query_one("#status", QuietStatic)
    search_bar = query_one("#log-search", FilterBar)
    filter_bar = query_one("#log-filter", FilterBar)

    log_pane: LogPane

    @property
    def file_name(self) -> str:
        """A name for the file that the log is saved to."""
        raise NotImplementedError

    def log_widgets(self) -> Iterator[Widget]:
        """The pane and all that stands below it."""
        yield self.log_pane
        yield QuietStatic(id="status")
        yield FilterBar("search: lower case matches both, /re/ for a pattern", id="log-search")
        yield FilterBar("only lines with: words, /re/ for a pattern, ! first for all others", id="log-filter")
        yield KeyFooter()

    @on(LogPane.Changed)
    def show_log_status(self) -> None:
        """Say how many lines are held, whether they are followed, and how the stream is doing."""
        self.status_line.show(Content(f" {status_line(self.log_pane.status)}"))

    def action_search(self) -> None:
        self.search_bar.open(self.log_pane.searched_text)

    def action_filter_log(self) -> None:
        self.filter_bar.open(self.log_pane.filter_text)

    @on(Input.Changed, "#log-search")
    def _search_typed(self, event: Input.Changed) -> None:
        self.log_pane.search(event.value)
        self.show_log_status()

    @on(Input.Changed, "#log-filter")
    def _filter_typed(self, event: Input.Changed) -> None:
        self.log_pane.choose(event.value)
        self.show_log_status()

    @on(FilterBar.Closed)
    def _bar_closed(self) -> None:
        self.log_pane.focus()

    def escape(self) -> bool:
        """One step back inside the screen: marks go, then the filter, then the search. False without any."""
        pane = self.log_pane
        if pane.marking:
            pane.toggle_marking()
        elif pane.filter_text:
            pane.choose("")
        elif pane.searched_text:
            pane.search("")
        else:
            return False
        return True

    def action_save_log(self) -> None:
        """Ask where to and how much, and have it written."""
        self.ask_where(self.file_name)

    def ask_where(self, path: str, fault: str = "") -> None:
        """Ask with a path to begin with; after a fault it is the one that was typed."""
        pane = self.log_pane
        narrowed = bool(pane.filter_text) or pane.window is not WHOLE
        parts = [Part.MARKED] * pane.marking + [Part.SHOWN] * narrowed + [Part.ALL]

        def answered(saving: Saving | None) -> None:
            if saving is not None:
                excerpt = pane.excerpt(saving.part)
                self.app.post_message(SaveRequested(saving.path, excerpt, times=saving.times))

        self.app.push_screen(SaveDialog(path, tuple(parts), fault), answered)

    def action_open_pager(self) -> None:
        """Read what is shown, or what is marked, in another program."""
        pane = self.log_pane
        if fault := open_pager(self.app, pane.excerpt(Part.MARKED if pane.marking else Part.SHOWN)):
            self.say(safe(fault))

    def copy_lines(self) -> bool:
        """Copy what is marked, else what the mouse has selected, else the line pointed at.

        False when there is none of it.
        """
        pane = self.log_pane
        if pane.marking:
            copied = pane.copied_lines()
        elif selected := self.get_selected_text():
            copied = cut_for_terminal(selected)
        elif (number := pane.line_in_sight) is not None:
            copied = pane.copied_line(number)
        else:
            return False
        self.host.copy(copied.text, copied.said)
        if pane.marking:
            pane.toggle_marking()
        return True
