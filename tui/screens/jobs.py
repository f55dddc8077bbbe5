"""The screen people keep open: the jobs table, a preview of the job under the cursor, one line of status."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widgets import Input, Static

from ..domain.job import Job
from ..domain.money import burn_usd_per_hour
from ..domain.query import QueryError, compile_query, saving
from ..domain.text import safe
from ..keys import Scope, bindings
from ..messages import (
    CancelRequested,
    JobTakenUp,
    PauseRequested,
    RefreshRequested,
    TableArranged,
    WatchRequested,
)
from ..presentation.folding import Fold
from ..presentation.job_text import HeaderFacts, header
from ..presentation.status_text import jobs_status
from ..presentation.table_setup import TableSetup
from ..presentation.trouble_text import trouble_panel
from ..widgets.filter_bar import FilterBar
from ..widgets.job_preview import JobPreview
from ..widgets.jobs_table import JobsTable
from ..widgets.key_footer import KeyFooter
from ..widgets.line import Line
from ..widgets.live_table import LiveTable
from .base import DashboardScreen
from .dialogs import CancelManyDialog
from .job import JobScreen
from .logs import LogsScreen

TICK_SECONDS = 1.0
SLOW_TICK_SECONDS = 5.0
REARRANGE_TICKS = 5


class JobsScreen(DashboardScreen):
    """Table, preview, status. Ages and costs move with the screen's own clock: no request."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("jobs", "move")
    BINDINGS = bindings("jobs")
    AUTO_FOCUS = "JobsTable"

    header_line = query_one("#header", Line)
    status_line = query_one("#status", Line)
    trouble_panel = query_one("#trouble", Static)
    table = query_one(JobsTable)
    preview = query_one(JobPreview)
    filter_bar = query_one(FilterBar)

    def __init__(self) -> None:
        super().__init__()
        self._mistake: QueryError | None = None
        self._ticks = 0

    def compose(self) -> ComposeResult:
        ascii_only = self.host.settings.ascii
        yield Line(id="header", markup=False)
        with Horizontal(id="body"):
            yield Static(id="trouble", markup=False)
            yield JobsTable(self.host.clock, ascii_only=ascii_only)
            yield JobPreview(ascii_only=ascii_only)
        yield Line(id="status", markup=False)
        yield FilterBar()
        yield KeyFooter()

    def on_mount(self) -> None:
        setup = self.host.table_setup
        self.table.sort, self.table.choice, self.table.fold = setup.sort, setup.columns, setup.fold
        for name in ("sort", "choice", "fold"):
            self.watch(self.table, name, self._keep_setup, init=False)
        for name in ("snapshot", "catalogue"):
            self.watch(self.app, name, self._facts_changed, init=False)
        for name in ("trouble", "identity", "fetched_at", "paused", "requests_last_minute", "watched"):
            self.watch(self.app, name, self._show_status, init=False)
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
            self._show_status()
            self.preview.tick(self.now)

    def on_screen_suspend(self) -> None:
        self.preview.close_log()

    def on_screen_resume(self) -> None:
        self.tick()
        self._show_preview()

    def _facts_changed(self) -> None:
        self.table.catalogue = self.host.catalogue
        self.table.new_ids = self.host.new_endings
        self.table.snapshot = self.host.snapshot
        self.preview.catalogue = self.host.catalogue
        self._show_status()
        self._show_preview()

    def _show_status(self) -> None:
        host = self.host
        facts = HeaderFacts(
            host.identity,
            host.settings.namespace,
            host.endpoint_label,
            host.settings.read_only,
            host.snapshot.refused,
            host.skew,
            len(host.new_endings),
        )
        live = host.snapshot.live
        words = header(live, host.catalogue, facts, ascii_only=host.settings.ascii)
        self.header_line.show(words, layout=False)
        self.status_line.show(
            jobs_status(
                host.snapshot,
                shown=self.table.shown_count,
                marked=len(self.table.marked_jobs),
                filter_text=self.table.filter_text,
                trouble=host.trouble,
                fetched_at=host.fetched_at,
                now=self.now,
                writes=not host.settings.read_only,
                ascii_only=host.settings.ascii,
                mistake=self._mistake.explanation if self._mistake else "",
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
            self.trouble_panel.update(trouble_panel(trouble.error))

    # The preview

    @on(LiveTable.RowHighlighted)
    def _show_preview(self) -> None:
        if self.looked_at:
            self.preview.show(self.table.cursor_row, self.now)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_preview)

    def action_toggle_preview(self) -> None:
        self.toggle_class("-no-preview")
        self.call_after_refresh(self._show_preview)

    def show_job(self, job_id: str) -> None:
        """Put the cursor on a job; a filter that hides it goes."""
        if job_id not in self.table.keys_in_order:
            self.escape()
        self.table.move_to(job_id)

    # The filter

    def action_filter(self) -> None:
        self.filter_bar.open(self.table.filter_text)

    @on(Input.Changed, "FilterBar")
    def _filter_typed(self, event: Input.Changed) -> None:
        self._use_filter(event.value)

    def _use_filter(self, text: str) -> None:
        """Show what this filter keeps; a mistake is explained, the last good one stays."""
        self._mistake = None
        if not saving(text):
            try:
                self.table.use_filter(text, self.host.table_setup.filters)
            except QueryError as error:
                self._mistake = error
        self.filter_bar.underline((self._mistake.start, self._mistake.end) if self._mistake else None)
        self._show_status()
        self._show_preview()

    @on(FilterBar.Closed)
    def _filter_closed(self, event: FilterBar.Closed) -> None:
        self.table.focus()
        if named := saving(event.value):
            self._save_filter(*named)
        self._mistake = None
        self._show_status()

    def _save_filter(self, name: str, text: str) -> None:
        """Keep a filter by name, or forget it when nothing is given, and use it."""
        known = self.host.table_setup
        kept = {key: value for key, value in known.filters.items() if key != name}
        if text:
            try:
                compile_query(text, kept)
            except QueryError as error:
                self.say(f"@{name} is not saved: {error.explanation}")
                return
            kept[name] = text
        self.app.post_message(TableArranged(replace(known, filters=kept)))
        self.notify(f"saved @{safe(name)}" if text else f"forgot @{safe(name)}", markup=False)
        self.table.use_filter(text, kept)

    def escape(self) -> bool:
        """One step back inside the screen: marks go, then the filter. False when there was neither."""
        if self.table.clear_marks():
            return True
        if not self.table.filter_text:
            return False
        self.filter_bar.value = ""
        self._use_filter("")
        return True

    # Order, columns, marks

    def _keep_setup(self) -> None:
        table, known = self.table, self.host.table_setup
        setup = TableSetup(table.sort, table.choice, table.fold, known.filters)
        if setup != known:
            self.app.post_message(TableArranged(setup))

    def action_choose_columns(self) -> None:
        from .columns import ColumnsDialog

        self.app.push_screen(ColumnsDialog(self.table))

    def action_fold(self) -> None:
        job = self.table.cursor_row
        if job is not None and not job.name:
            self.say("this job has no name by which it could be folded")
        self.table.turn_fold()
        self._show_status()

    def action_fold_all(self) -> None:
        self.table.fold = Fold(all_but=not self.table.fold.all_but)
        self._show_status()

    @on(LiveTable.MarksChanged)
    def _marks_changed(self) -> None:
        self._show_status()

    @on(LiveTable.HeaderClicked)
    def _sort_clicked(self, event: LiveTable.HeaderClicked) -> None:
        self.table.sort_by(event.column_id)

    def action_sort_next(self) -> None:
        self.table.sort_by_neighbour(1)

    def action_sort_previous(self) -> None:
        self.table.sort_by_neighbour(-1)

    def action_sort_reverse(self) -> None:
        self.table.sort_by(self.table.sort[0])

    # What is done to a job

    def action_open_job(self) -> None:
        self._open("jobs.open")

    def action_open_log(self) -> None:
        marked = self.table.marked_jobs
        if len(marked) > 1:
            self.app.push_screen(LogsScreen(marked, coloured=not self.host.settings.ascii))
        else:
            self._open("jobs.logs")

    @on(LiveTable.RowOpened)
    def _row_opened(self) -> None:
        self._open("jobs.open")

    def _open(self, action_id: str) -> None:
        if self.table.cursor_runs:
            self.action_fold()
            return
        job = self.table.cursor_job
        if job is not None and not self.refuse(action_id, job):
            self.app.push_screen(JobScreen(job))
        elif job is None:
            self.refuse(action_id, None)

    def action_cancel_job(self) -> None:
        if self.table.cursor.marked:
            self._ask_cancel_marked()
            return
        if runs := self.table.cursor_runs:
            self.say(f"{len(runs)} runs are folded here: enter unfolds them, space marks them all")
            return
        job: Job | None = self.table.cursor_job
        if not self.refuse("jobs.cancel", job) and job is not None:
            self.ask_cancel(job)

    def _ask_cancel_marked(self) -> None:
        """Name the marked jobs that live, and cancel those very ones once their number is typed."""
        live = [job for job in self.table.marked_jobs if job.live]
        if len(live) == 1:
            if not self.refuse("jobs.cancel", live[0]):
                self.ask_cancel(live[0])
            return
        if not live:
            self.say("none of the marked jobs lives: there is nothing to cancel")
            return
        if self.refuse("jobs.cancel", live[0]):
            return

        def answered(yes: bool | None) -> None:
            for job in live if yes else ():
                self.app.post_message(CancelRequested(job))
            if yes:
                self.table.clear_marks()

        burning = burn_usd_per_hour(live, self.host.catalogue)
        self.app.push_screen(CancelManyDialog(live, burning), answered)

    def action_copy_id(self) -> None:
        job = self.table.cursor_job
        if not self.refuse("jobs.copy_id", job) and job is not None:
            self.copy_id(job)

    def action_edit_job(self) -> None:
        job = self.table.cursor_job
        if not self.refuse("jobs.edit", job) and job is not None:
            self.app.post_message(JobTakenUp(job))

    def action_rerun_job(self) -> None:
        job = self.table.cursor_job
        if not self.refuse("jobs.rerun", job) and job is not None:
            self.ask_rerun(job)

    def action_new_job(self) -> None:
        if not self.refuse("jobs.new", None):
            from .compose import ComposeScreen  # a form is most of what there is to import: not at start

            self.app.push_screen(ComposeScreen())

    def action_watch_job(self) -> None:
        job = self.table.cursor_job
        if not self.refuse("jobs.watch", job) and job is not None:
            self.app.post_message(WatchRequested(job))

    def action_toggle_auto_refresh(self) -> None:
        self.app.post_message(PauseRequested(not self.host.paused))

    def action_refresh_jobs(self) -> None:
        self.post_message(RefreshRequested())
