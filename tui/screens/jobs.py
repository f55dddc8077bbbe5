"""The screen people keep open: the jobs table, a preview of the job under the cursor, one line of status."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widgets import Static

from ..domain.job import Job
from ..domain.rules import ROW_GONE
from ..keys import Scope, bindings
from ..messages import (
    LastLineWanted,
    PauseRequested,
    RefreshRequested,
)
from ..presentation.status_text import jobs_status
from ..presentation.trouble_text import trouble_panel
from ..widgets.filter_bar import FilterBar
from ..widgets.filter_hints import FilterHints
from ..widgets.job_preview import JobPreview
from ..widgets.jobs_table import JobsTable
from ..widgets.key_footer import KeyFooter
from ..widgets.last_lines import LastLines
from ..widgets.live_table import LiveTable
from ..widgets.quiet_static import QuietStatic
from .arranging import ArrangedJobs
from .job_actions import JobActions
from .opening import job_screen, logs_screen

TICK_SECONDS = 1.0
SLOW_TICK_SECONDS = 5.0
REARRANGE_TICKS = 5
LAST_LINE_TICKS = 3
"""Between two looks at a log for the column of last lines: twenty a minute at most."""


class JobsScreen(ArrangedJobs, JobActions):
    """Table, preview, status. Ages and costs move with the screen's own clock: no request."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("jobs", "move")
    JOB_SCOPE = "jobs"
    BINDINGS = bindings("jobs")
    AUTO_FOCUS = "JobsTable"

    header_line = query_one("#header", QuietStatic)
    status_line = query_one("#status", QuietStatic)
    trouble_panel = query_one("#trouble", Static)
    preview = query_one(JobPreview)

    def __init__(self) -> None:
        super().__init__()
        self._ticks = 0
        self._last_lines = LastLines()

    def compose(self) -> ComposeResult:
        ascii_only = self.host.settings.ascii
        yield QuietStatic(id="header")
        with Horizontal(id="body"):
            yield Static(id="trouble", markup=False)
            yield JobsTable(self.host.clock, ascii_only=ascii_only)
            yield JobPreview(ascii_only=ascii_only)
        yield QuietStatic(id="status")
        hints = FilterHints(ascii_only=ascii_only)
        yield hints
        yield FilterBar(hints=hints)
        yield KeyFooter()

    def on_mount(self) -> None:
        setup = self.host.table_setup
        self.table.as_query = self.as_query
        self.filter_bar.help_with(self.table, lambda: self.host.table_setup.filters)
        self.table.sort, self.table.choice, self.table.fold = setup.sort, setup.columns, setup.fold
        for name in ("sort", "choice", "fold"):
            self.watch(self.table, name, self.keep_setup, init=False)
        for name in ("snapshot", "catalogue"):
            self.watch(self.app, name, self._facts_changed, init=False)
        for name in ("trouble", "identity", "fetched_at", "paused", "requests_last_minute", "watched"):
            self.watch(self.app, name, self.show_status, init=False)
        self._facts_changed()
        self.update_footer()
        self.set_interval(SLOW_TICK_SECONDS if self.host.settings.low_bandwidth else TICK_SECONDS, self.tick)

    def tick(self) -> None:
        """Let ages, running times and costs move on."""
        self._ticks += 1
        if self.looked_at:
            if self._ticks % REARRANGE_TICKS == 0 and self.app.screen is self:
                self.table.rearrange()
            self.table.tick()
            self.show_status()
            self.preview.tick(self.now)
            if self._ticks % LAST_LINE_TICKS == 0:
                self._look_at_a_log()
        else:
            self.preview.close_log()

    def _look_at_a_log(self) -> None:
        """Keep the column of last lines up to date, while it is shown and the Hub may be asked."""
        if "last" not in self.table.column_ids or self.host.paused or self.host.trouble is not None:
            return
        if job := self._last_lines.next(self.table.jobs_on_screen):
            self.app.post_message(LastLineWanted(job))

    def show_last_line(self, job_id: str, text: str) -> None:
        """A log was looked at."""
        self.table.last_lines[job_id] = text
        self.table.tick()

    def on_screen_suspend(self) -> None:
        """Another screen takes its place: no stream for what nobody sees. Behind a dialog it goes on."""
        self.table.settle()
        if not self.looked_at:
            self.preview.close_log()

    def on_screen_resume(self) -> None:
        self.tick()
        self.show_preview()

    def _facts_changed(self) -> None:
        self.table.catalogue = self.host.catalogue
        self.table.new_ids = self.host.new_endings
        self.table.snapshot = self.host.snapshot
        self.preview.catalogue = self.host.catalogue
        self.show_status()
        self.show_preview()

    def show_status(self) -> None:
        host = self.host
        self.header_line.show(self.header_words(), layout=False)
        self.status_line.show(
            jobs_status(
                host.snapshot,
                shown=self.table.shown_count,
                marked=len(self.table.marked_jobs),
                filter_text=self.table.filter_text,
                sorted_by=self.table.sort_out_of_sight,
                trouble=host.trouble,
                fetched_at=host.fetched_at,
                now=self.now,
                writes=not host.settings.read_only,
                paused=host.pause_words,
                ascii_only=host.settings.ascii,
                mistake=self.mistake.explanation if self.mistake else "",
            )
        )
        remembered = host.snapshot.remembered_at
        self.table.frozen_at = remembered
        self.table.watch_jobs(host.watched)
        self.table.new_ids = host.new_endings
        self.table.fade(host.trouble is not None or remembered is not None)
        self._show_trouble()
        self.update_footer()

    def _show_trouble(self) -> None:
        """Without a single row there is room to say what is wrong, and what to do, in full."""
        trouble = self.host.trouble
        blank = trouble is not None and not self.host.snapshot.jobs
        self.set_class(blank, "-blank")
        if trouble is not None and blank:
            self.trouble_panel.update(trouble_panel(trouble.error, leaving="quits"))

    # The preview

    @on(LiveTable.RowHighlighted)
    def show_preview(self) -> None:
        if self.looked_at:
            self.preview.show(self.table.cursor_row, self.now)

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_preview)

    def action_toggle_preview(self) -> None:
        self.toggle_class("-no-preview")
        self.call_after_refresh(self.show_preview)

    def show_job(self, job_id: str) -> None:
        """Put the cursor on a job; a filter that hides it goes, and runs it is folded with are opened."""
        if (job := self.host.snapshot.jobs.get(job_id)) is None:
            return
        if not self.table.show_job(job):
            self.drop_filter()
            self.table.show_job(job)
        if self.table.cursor_runs:
            self.open_runs()
            self.table.show_job(job)

    # What is done to a job: the rest is in job_actions.py

    @property
    def target_job(self) -> Job | None:
        return self.table.cursor_job

    @property
    def target_jobs(self) -> tuple[Job, ...]:
        return self.table.marked_jobs or super().target_jobs

    @property
    def no_target(self) -> str:
        if self.table.row_gone:
            return ROW_GONE
        runs = self.table.cursor_runs
        return f"{len(runs)} runs are folded here: enter unfolds them, space marks them all" if runs else ""

    def taken_on(self) -> None:
        self.table.hold_row()
        self.table.clear_marks()

    def action_open_job(self) -> None:
        self._open("jobs.open")

    def action_open_log(self) -> None:
        marked = self.table.marked_jobs
        if len(marked) > 1:
            self.app.push_screen(logs_screen(marked, coloured=not self.host.settings.ascii))
        else:
            self._open("jobs.logs")

    @on(LiveTable.RowOpened)
    def _row_opened(self) -> None:
        self._open("jobs.open")

    def _open(self, action_id: str) -> None:
        if self.table.cursor_runs:
            self.open_runs()
            return
        job = self.table.cursor_job
        if job is not None and not self.refuse(action_id, job):
            self.app.push_screen(job_screen(job))
        elif job is None:
            self.refuse(action_id, None)

    def action_new_job(self) -> None:
        if not self.refuse("jobs.new", None):
            from .compose import ComposeScreen  # a form is most of what there is to import: not at start

            self.app.push_screen(ComposeScreen())

    def action_toggle_auto_refresh(self) -> None:
        self.app.post_message(PauseRequested(not self.host.paused))

    def action_refresh_jobs(self) -> None:
        self.post_message(RefreshRequested())
