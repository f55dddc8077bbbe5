"""One job, full screen: its headline, its log, how the stream is doing."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static

from ..domain.job import Job
from ..keys import Scope, bindings
from ..messages import JobTakenUp, LogClosed, LogOpened
from ..presentation.job_text import headline
from ..presentation.log_status import status_line
from ..widgets.filter_bar import FilterBar
from ..widgets.key_footer import KeyFooter
from ..widgets.log_pane import LogPane
from .base import DashboardScreen

TICK_SECONDS = 1.0


class JobScreen(DashboardScreen):
    """Opens the whole log when shown and lets go of it when left."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("log", "job")
    BINDINGS = bindings("job")
    AUTO_FOCUS = "LogPane"

    headline_line = query_one("#header", Static)
    status_line = query_one("#status", Static)
    search_bar = query_one(FilterBar)

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job_id = job.id
        self.log_pane = LogPane()
        self._first = job

    @property
    def job(self) -> Job:
        """The job as it is known now; as it was when opened, should the list no longer hold it."""
        return self.host.snapshot.jobs.get(self.job_id, self._first)

    def compose(self) -> ComposeResult:
        yield Static(id="header", markup=False)
        yield self.log_pane
        yield Static(id="status", markup=False)
        yield FilterBar("search: lower case matches both, /re/ for a pattern")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.watch(self.app, "snapshot", self.tick, init=False)
        self.watch(self.app, "catalogue", self.tick, init=False)
        self.set_interval(TICK_SECONDS, self.tick)
        self.tick()
        self.update_footer()
        self.action_whole_log()

    def on_unmount(self) -> None:
        self.app.post_message(LogClosed(self.job_id, self.log_pane))

    def tick(self) -> None:
        """Let times and costs move on."""
        ascii_only = self.host.settings.ascii
        self.headline_line.update(headline(self.job, self.host.catalogue, self.now, ascii_only=ascii_only))
        self.show_log_status()

    @on(LogPane.Changed)
    def show_log_status(self) -> None:
        """Say how many lines are held, whether they are followed, and how the stream is doing."""
        self.status_line.update(Content(f" {status_line(self.log_pane.status)}"))

    def action_whole_log(self) -> None:
        self.log_pane.clear()
        self.app.post_message(LogOpened(self.job, self.log_pane))

    def action_search(self) -> None:
        self.search_bar.open(self.log_pane.searched_text)

    @on(Input.Changed, "FilterBar")
    def _search_typed(self, event: Input.Changed) -> None:
        self.log_pane.search(event.value)
        self.show_log_status()

    @on(FilterBar.Closed)
    def _search_closed(self) -> None:
        self.log_pane.focus()

    def escape(self) -> bool:
        """One step back inside the screen: a search goes. False when there was none."""
        if not self.log_pane.searched_text:
            return False
        self.log_pane.search("")
        return True

    def action_cancel_job(self) -> None:
        if not self.refuse("job.cancel", self.job):
            self.ask_cancel(self.job)

    def action_copy_id(self) -> None:
        self.copy_id(self.job)

    def action_edit_job(self) -> None:
        if not self.refuse("job.edit", self.job):
            self.app.post_message(JobTakenUp(self.job))

    def action_rerun_job(self) -> None:
        if not self.refuse("job.rerun", self.job):
            self.ask_rerun(self.job)
