"""One job, full screen: its headline, its log, how the stream is doing."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one

from ..domain.job import Job
from ..domain.log_excerpt import whole_log
from ..domain.stream import StreamPhase
from ..domain.text import safe
from ..keys import Scope, bindings
from ..messages import LogClosed, LogCompleted, LogOpened
from ..presentation.job_columns import title
from ..presentation.job_text import headline, why
from ..widgets.log_pane import LogPane
from ..widgets.quiet_static import QuietStatic
from .job_actions import JobActions
from .log_screen import LogScreen

TICK_SECONDS = 1.0


class JobScreen(LogScreen, JobActions):
    """Opens the whole log when shown and lets go of it when left."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("log", "job")
    BINDINGS = bindings("job")

    headline_line = query_one("#header", QuietStatic)
    why_line = query_one("#why", QuietStatic)

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

    @property
    def target_job(self) -> Job:
        return self.job

    @property
    def file_name(self) -> str:
        """The job's name and its id."""
        name = "".join(c if c.isalnum() or c in "-_." else "-" for c in safe(title(self.job))).strip("-.")
        return f"{name[:60] or 'job'}-{self.job_id[:8]}.log"

    def compose(self) -> ComposeResult:
        yield QuietStatic(id="header")
        yield QuietStatic(id="why")
        yield from self.log_widgets()

    def on_mount(self) -> None:
        self.watch(self.app, "snapshot", self.tick, init=False)
        self.watch(self.app, "catalogue", self.tick, init=False)
        self.set_interval(TICK_SECONDS, self.tick)
        self.tick()
        self.app.post_message(LogOpened(self.job, self.log_pane))

    def on_unmount(self) -> None:
        self.app.post_message(LogClosed(self.job_id, self.log_pane))

    def tick(self) -> None:
        """Let times and costs move on."""
        ascii_only = self.host.settings.ascii
        self.headline_line.show(headline(self.job, self.host.catalogue, self.now, ascii_only=ascii_only))
        self.why_line.display = bool(self.job.message)
        self.why_line.show(why(self.job, ascii_only=ascii_only))
        self.show_log_status()
        self.update_footer()

    @on(LogPane.Changed)
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

    def action_copy_id(self) -> None:
        """Copy lines, else the id of the job."""
        if not self.copy_lines():
            super().action_copy_id()
