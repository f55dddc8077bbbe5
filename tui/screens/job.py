"""One job, full screen: its headline, its log, how the stream is doing."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static

from ..domain.job import Job
from ..domain.log_excerpt import whole_log
from ..domain.log_windows import WHOLE
from ..domain.stream import StreamPhase
from ..domain.text import safe
from ..keys import Scope, bindings
from ..messages import JobTakenUp, LogClosed, LogCompleted, LogOpened, SaveRequested
from ..presentation.job_columns import title
from ..presentation.job_text import headline, why
from ..presentation.log_status import status_line
from ..widgets.filter_bar import FilterBar
from ..widgets.key_footer import KeyFooter
from ..widgets.log_marking import Part, cut_for_terminal
from ..widgets.log_pane import LogPane
from .base import DashboardScreen
from .pager import open_pager
from .save_dialog import SaveDialog, Saving

TICK_SECONDS = 1.0


class JobScreen(DashboardScreen):
    """Opens the whole log when shown and lets go of it when left."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("log", "job")
    BINDINGS = bindings("job")
    AUTO_FOCUS = "LogPane"

    headline_line = query_one("#header", Static)
    why_line = query_one("#why", Static)
    status_line = query_one("#status", Static)
    search_bar = query_one("#log-search", FilterBar)
    filter_bar = query_one("#log-filter", FilterBar)

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job_id = job.id
        self.log_pane = LogPane()
        self._first = job
        self._kept = False

    @property
    def job(self) -> Job:
        """The job as it is known now; as it was when opened, should the list no longer hold it."""
        return self.host.snapshot.jobs.get(self.job_id, self._first)

    def compose(self) -> ComposeResult:
        yield Static(id="header", markup=False)
        yield Static(id="why", markup=False)
        yield self.log_pane
        yield Static(id="status", markup=False)
        yield FilterBar("search: lower case matches both, /re/ for a pattern", id="log-search")
        yield FilterBar("only lines with: words, /re/ for a pattern, ! first for all others", id="log-filter")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.watch(self.app, "snapshot", self.tick, init=False)
        self.watch(self.app, "catalogue", self.tick, init=False)
        self.set_interval(TICK_SECONDS, self.tick)
        self.tick()
        self.update_footer()
        self.app.post_message(LogOpened(self.job, self.log_pane))

    def on_unmount(self) -> None:
        self.app.post_message(LogClosed(self.job_id, self.log_pane))

    def tick(self) -> None:
        """Let times and costs move on."""
        ascii_only = self.host.settings.ascii
        self.headline_line.update(headline(self.job, self.host.catalogue, self.now, ascii_only=ascii_only))
        self.why_line.display = bool(self.job.message)
        self.why_line.update(why(self.job, ascii_only=ascii_only))
        self.show_log_status()

    @on(LogPane.Changed)
    def show_log_status(self) -> None:
        """Say how many lines are held, whether they are followed, and how the stream is doing."""
        self.status_line.update(Content(f" {status_line(self.log_pane.status)}"))
        self._keep_log()

    def _keep_log(self) -> None:
        """Have a log kept that was read to its end, once; with a detail there is a doubt about the end."""
        state = self.log_pane.state
        if state.phase is not StreamPhase.ENDED or state.detail or self._kept:
            return
        self._kept = True
        if lines := whole_log(self.log_pane.book):
            self.app.post_message(LogCompleted(self.job, lines))

    @on(LogPane.WholeRequested)
    def action_whole_log(self) -> None:
        """Read the log from the Hub, from its first line."""
        self.log_pane.clear()
        self._kept = False
        self.app.post_message(LogOpened(self.job, self.log_pane, fresh=True))

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
        pane = self.log_pane
        narrowed = bool(pane.filter_text) or pane.window is not WHOLE
        parts = [Part.MARKED] * pane.marking + [Part.SHOWN] * narrowed + [Part.ALL]

        def answered(saving: Saving | None) -> None:
            if saving is not None:
                excerpt = pane.excerpt(saving.part)
                self.app.post_message(SaveRequested(saving.path, excerpt, times=saving.times))

        name = "".join(c if c.isalnum() or c in "-_." else "-" for c in safe(title(self.job))).strip("-.")
        self.app.push_screen(
            SaveDialog(f"{name[:60] or 'job'}-{self.job_id[:8]}.log", tuple(parts)), answered
        )

    def action_open_pager(self) -> None:
        """Read what is shown, or what is marked, in another program."""
        pane = self.log_pane
        if fault := open_pager(self.app, pane.excerpt(Part.MARKED if pane.marking else Part.SHOWN)):
            self.say(safe(fault))

    def action_cancel_job(self) -> None:
        if not self.refuse("job.cancel", self.job):
            self.ask_cancel(self.job)

    def action_copy_id(self) -> None:
        """Copy what is marked, else what the mouse has selected, else the id of the job (OSC 52)."""
        pane = self.log_pane
        if pane.marking:
            copied = pane.copied_lines()
        elif selected := self.get_selected_text():
            copied = cut_for_terminal(selected)
        else:
            self.copy_id(self.job)
            return
        self.app.copy_to_clipboard(copied.text)
        self.notify(copied.said, markup=False)
        if pane.marking:
            pane.toggle_marking()

    def action_edit_job(self) -> None:
        if not self.refuse("job.edit", self.job):
            self.app.post_message(JobTakenUp(self.job))

    def action_rerun_job(self) -> None:
        if not self.refuse("job.rerun", self.job):
            self.ask_rerun(self.job)
