"""How the jobs table is arranged: filter, order, columns, folds; kept for the next session."""

from __future__ import annotations

from dataclasses import replace

from textual import on
from textual.getters import query_one
from textual.widgets import Input

from ..domain.job_reference import JobReference, JobReferenceError, job_reference
from ..domain.query import QueryError, before_unfinished, compile_query, quoted, saving
from ..domain.text import safe
from ..messages import JobWanted, TableArranged
from ..presentation.folding import Fold
from ..presentation.table_setup import TableSetup
from ..widgets.filter_bar import FilterBar
from ..widgets.jobs_table import JobsTable
from ..widgets.live_table import LiveTable
from .base import DashboardScreen


class ArrangedJobs(DashboardScreen):
    """A screen with a jobs table and a bar for its filter."""

    table = query_one(JobsTable)
    filter_bar = query_one(FilterBar)
    mistake: QueryError | None = None
    """What is wrong with the filter being typed; the last good one is in force."""

    def __init__(self) -> None:
        super().__init__()
        self._opened: list[tuple[str, str]] = []
        """Names whose runs were unfolded by opening them, each with the filter at that time: the way back."""

    def show_status(self) -> None:
        """Say how things stand, after a change of what is shown."""
        raise NotImplementedError

    def show_preview(self) -> None:
        """Show the job under the cursor, which may be another one now."""
        raise NotImplementedError

    # The filter

    def action_filter(self) -> None:
        self.filter_bar.open(self.table.filter_text)

    @on(Input.Changed, "FilterBar")
    def _filter_typed(self, event: Input.Changed) -> None:
        self._use_filter(event.value)

    def _use_filter(self, text: str) -> None:
        """Show what this filter keeps; a mistake is explained, the last good one stays."""
        self.mistake = None
        if not saving(text):
            try:
                self.table.use_filter(text, self.host.table_setup.filters)
            except QueryError as error:
                self.mistake = error
                if (rest := before_unfinished(text, error)) is not None:
                    self.table.use_filter(rest, self.host.table_setup.filters)
        self.filter_bar.underline((self.mistake.start, self.mistake.end) if self.mistake else None)
        self.show_status()
        self.show_preview()

    def _job_named(self, text: str) -> JobReference | None:
        """The job whose id or address the whole filter is. Raises QueryError for one of another Hub."""
        try:
            return job_reference(text, self.host.settings.endpoint)
        except JobReferenceError as error:
            raise QueryError(0, len(text), str(error)) from None

    def as_query(self, text: str) -> str:
        """The filter with the address of a job turned into what finds that job."""
        named = self._job_named(text)
        if named is None:
            return text
        owner = f" owner:{quoted(named.namespace)}" if named.namespace else ""
        return f"id:{quoted(named.job_id)}{owner}"

    @on(FilterBar.Closed)
    def _filter_closed(self, event: FilterBar.Closed) -> None:
        self.table.focus()
        if self.mistake is None and not self.table.shown_count and (wanted := self._job_named(event.value)):
            self.app.post_message(JobWanted(wanted))
        if named := saving(event.value):
            self._save_filter(*named)
        self.mistake = None
        self.show_status()

    def _save_filter(self, name: str, text: str) -> None:
        """Keep a filter by name, or forget it when nothing is given, and use it."""
        known = self.host.table_setup
        kept = {key: value for key, value in known.filters.items() if key != name}
        if text:
            try:
                compile_query(text, self.table.fields, saved=kept, rows=self.table.all_rows, now=self.now)
            except QueryError as error:
                self.say(f"@{name} is not saved: {error.explanation}")
                return
            kept[name] = text
        self.app.post_message(TableArranged(replace(known, filters=kept)))
        self.notify(f"saved @{safe(name)}" if text else f"forgot @{safe(name)}", markup=False)
        self.table.use_filter(text, kept)

    def escape(self) -> bool:
        """One step back inside the screen: marks go, then runs are folded again, then the filter goes.

        A filter typed after the runs were opened goes before them. False when there was none of it.
        """
        if self.table.clear_marks():
            return True
        if self._opened and self.table.filter_text in ("", self._opened[-1][1]) and self.step_back():
            return True
        if not self.table.filter_text:
            return False
        self.drop_filter()
        return True

    def drop_filter(self) -> None:
        """Show every job."""
        self.filter_bar.value = ""
        self._use_filter("")

    # Runs opened in place

    def open_runs(self) -> None:
        """Show the folded runs under the cursor one by one, until a step back."""
        if (job := self.table.cursor_row) is not None:
            self._opened.append((job.name, self.table.filter_text))
            self.table.turn_fold()
            self.show_status()

    @property
    def can_step_back(self) -> bool:
        return any(not self.table.fold.holds(name) for name, _ in self._opened)

    def step_back(self) -> bool:
        while self._opened:
            if self.table.regroup(self._opened.pop()[0]):
                self.show_status()
                return True
        return False

    # Order, columns, marks

    def keep_setup(self) -> None:
        table, known = self.table, self.host.table_setup
        setup = TableSetup(table.sort, table.choice, table.fold, known.filters)
        if setup != known:
            self.app.post_message(TableArranged(setup))
        self.show_status()

    def action_choose_columns(self) -> None:
        from .columns import ColumnsDialog

        self.app.push_screen(ColumnsDialog(self.table))

    def action_fold(self) -> None:
        job = self.table.cursor_row
        if job is not None and not job.name:
            self.say("this job has no name by which it could be folded")
        self.table.turn_fold()
        self.show_status()

    def action_fold_all(self) -> None:
        self.table.fold = Fold(all_but=not self.table.fold.all_but)
        self.show_status()

    @on(LiveTable.MarksChanged)
    def _marks_changed(self) -> None:
        self.show_status()

    @on(LiveTable.HeaderClicked)
    def _sort_clicked(self, event: LiveTable.HeaderClicked) -> None:
        self.table.sort_by(event.column_id)

    def action_sort_next(self) -> None:
        self.table.sort_by_neighbour(1)

    def action_sort_previous(self) -> None:
        self.table.sort_by_neighbour(-1)

    def action_sort_reverse(self) -> None:
        self.table.sort_by(self.table.sort[0])
