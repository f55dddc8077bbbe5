"""The job under the cursor in brief: its facts and the last lines of its log."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.timer import Timer

from ..domain.hardware import Catalogue, bundled_catalogue
from ..domain.job import Job
from ..messages import LogClosed, LogOpened
from ..presentation.job_text import details
from .quiet_static import QuietStatic

if TYPE_CHECKING:
    from .log_pane import LogPane

REST_SECONDS = 0.25
"""How long the cursor must rest on a job before its log is asked for."""
TAIL_LINES = 50


class JobPreview(Vertical):
    """Facts at once, the log when the cursor rests. Asks for nothing while it is not on screen."""

    facts = query_one("#facts", QuietStatic)
    log_pane: LogPane | None = None
    """The end of the log; made when a log is first asked for, since a table without a preview needs none."""

    def __init__(self, *, ascii_only: bool) -> None:
        super().__init__()
        self.ascii_only = ascii_only
        self.catalogue: Catalogue = bundled_catalogue()
        self._job: Job | None = None
        self._open_id: str | None = None
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        yield QuietStatic(id="facts")

    def show(self, job: Job | None, now: datetime) -> None:
        """Show this job; its log follows when the cursor rests on it."""
        if not self.region:  # not laid out: a narrow terminal, or switched off
            self.close_log()
            return
        self._job = job
        self.tick(now)
        if job is not None and job.id == self._open_id:
            return
        self.close_log()
        if job is not None:
            self._rest = self.set_timer(REST_SECONDS, self.open_log)

    def tick(self, now: datetime) -> None:
        """Let the times in the facts move on."""
        if not self.region:
            return
        self.facts.show(self._details(self._job, now) if self._job else Content(""))

    def _details(self, job: Job, now: datetime) -> Content:
        columns = self.facts.size.width
        return details(job, self.catalogue, now, ascii_only=self.ascii_only, columns=columns)

    def open_log(self) -> None:
        """Ask for the last lines of the log, and what follows them.

        The timer may ring once more after it was stopped: a preview that was told to let go stays so.
        """
        if self._rest is None:
            return
        self._rest = None
        if self._job is not None and self._open_id is None:
            self._open_id = self._job.id
            self.app.post_message(LogOpened(self._job, self._mounted_pane(), TAIL_LINES))

    def _mounted_pane(self) -> LogPane:
        if self.log_pane is None:
            from .log_pane import LogPane

            self.log_pane = LogPane()
            self.log_pane.can_focus = False
            self.mount(self.log_pane)
        return self.log_pane

    def close_log(self) -> None:
        """Let go of the log, so that no stream runs for what nobody sees."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if self.log_pane is None or self._open_id is None:
            return
        self.app.post_message(LogClosed(self._open_id, self.log_pane))
        self._open_id = None
        self.log_pane.clear()
