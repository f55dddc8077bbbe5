"""The live jobs table: a snapshot, a filter and an order, shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from textual.reactive import reactive

from ..domain.hardware import Catalogue, bundled_catalogue
from ..domain.job import Job
from ..domain.query import Query, QueryError, compile_query
from ..domain.query_fields import Fields
from ..domain.snapshot import Snapshot
from ..presentation.cells import Column
from ..presentation.column_choice import ColumnChoice
from ..presentation.folding import Fold, FoldedRows, fold_key, folded_rows
from ..presentation.job_columns import job_columns
from ..presentation.job_fields import job_fields
from ..presentation.table_setup import NATURAL_SORT
from .sorted_table import SortedTable

_MOVED_BY_TIME = {"wait", "run", "left", "cost"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class JobsTable(SortedTable[Job]):
    """Every job of the snapshot that the filter keeps, live ones first unless sorted otherwise."""

    snapshot: reactive[Snapshot] = reactive(Snapshot(), repaint=False, init=False)
    catalogue: reactive[Catalogue] = reactive(bundled_catalogue, repaint=False, init=False)
    choice: reactive[ColumnChoice] = reactive(ColumnChoice(), repaint=False, init=False)
    fold: reactive[Fold] = reactive(Fold(), repaint=False, init=False)

    def __init__(
        self, clock: Callable[[], datetime], *, ascii_only: bool = False, id: str | None = None
    ) -> None:
        super().__init__((), lambda: self.frozen_at or clock(), ascii_only=ascii_only, id=id)
        self.set_reactive(JobsTable.sort, NATURAL_SORT)
        self.ascii_only = ascii_only
        self.frozen_at: datetime | None = None
        """Remembered rows are shown as they were at that moment: nobody knows how they went on."""
        self.all_columns: tuple[Column[Job], ...] = ()
        self.filter_text = ""
        """The filter in force: the last one that could be understood."""
        self.new_ids: frozenset[str] = frozenset()
        """Jobs that ended since the user looked last: what `is:new` keeps."""
        self.as_query: Callable[[str], str] = str
        """What of a filter text is compiled: its screen knows the addresses of jobs."""
        self._query: Query[Job] | None = None
        self._saved: Mapping[str, str] = {}
        self._by_age: dict[str, None] = {}
        self._keys_of = ""
        self._sort_keys: dict[str, tuple[Job, Any]] = {}
        self._folded = FoldedRows()
        self._shown_count = 0
        self._watched: set[str] = set()
        self._runs: dict[str, tuple[Job, ...]] = {}
        self.last_lines: dict[str, str] = {}
        """The last line of the logs that were looked at, by job id."""
        self._make_columns()

    @property
    def cursor_job(self) -> Job | None:
        """The job under the cursor; None when the table is empty, or folded runs are under it."""
        return None if self.cursor_runs else self.cursor_row

    @property
    def cursor_row(self) -> Job | None:
        """The job under the cursor, or the one that stands for the folded runs there."""
        return self._rows.get(self.cursor_key or "")

    def row_of(self, key: str) -> Job | None:
        return self.snapshot.jobs.get(key)

    @property
    def cursor_runs(self) -> tuple[Job, ...]:
        """The folded runs under the cursor, none when it is on a single job."""
        return self._folded.runs.get(self.cursor_key or "", ())

    @property
    def jobs_on_screen(self) -> tuple[Job, ...]:
        """The jobs whose rows are in view, folded ones left out."""
        top = self.scroll_offset.y
        keys = self.cursor.keys[top : top + self.page_rows]
        return tuple(self._rows[key] for key in keys if key not in self._folded.runs)

    @property
    def sortable_columns(self) -> Sequence[Column[Job]]:
        return self.all_columns

    @property
    def shown_count(self) -> int:
        """How many jobs the filter keeps, folded or not."""
        return self._shown_count

    @property
    def marked_jobs(self) -> tuple[Job, ...]:
        """The marked jobs in the order shown, folded ones included."""
        marked = [key for key in self.cursor.keys if key in self.cursor.marked]
        return tuple(job for key in marked for job in self._folded.runs.get(key) or (self._rows[key],))

    def on_mount(self) -> None:
        self.arrange_rows()

    def watch_snapshot(self, before: Snapshot, now: Snapshot) -> None:
        key = self.cursor_key or ""
        old, new = before.jobs.get(key), now.jobs.get(key)
        if self.cursor.placed and old and new and old.live and not new.live:
            self.hold_row()  # what the user looks at does not end somewhere else in the table
        self.arrange_rows(settling=not before.complete)

    def watch_fold(self) -> None:
        job = self.cursor_row
        self.arrange_rows()
        if job is not None and self.cursor.guest:
            self.show_job(job)

    def show_job(self, job: Job) -> bool:
        """Put the cursor on a job, or on the row of its folded runs; False when it is not shown."""
        for key in (job.id, fold_key(job.name)):
            if key in self._given:
                self.move_to(key)
                return True
        return False

    def watch_choice(self) -> None:
        self.columns = self.choice.shown(self.all_columns)
        self.arrange_columns()

    def watch_catalogue(self) -> None:
        self._make_columns()
        self.arrange_columns()
        with suppress(QueryError):
            self._query = self._compiled(self.filter_text, self._saved)

    def _make_columns(self) -> None:
        self.all_columns = job_columns(
            self.catalogue,
            ascii_only=self.ascii_only,
            runs=self._runs,
            watched=self._watched,
            last_lines=self.last_lines,
        )
        self.columns = self.choice.shown(self.all_columns)
        self.fields = self._make_fields()

    def _make_fields(self) -> Fields[Job]:
        each_job = job_columns(
            self.catalogue, ascii_only=self.ascii_only, watched=self._watched, last_lines=self.last_lines
        )
        return job_fields(each_job, self.catalogue, new_ids=lambda: self.new_ids, watched=self._watched)

    @property
    def whole(self) -> Mapping[str, Job]:
        """Every job by id, whatever the filter keeps."""
        return self.snapshot.jobs

    def all_rows(self) -> Collection[Job]:
        """Every job, whatever the filter keeps."""
        return self.whole.values()

    def use_filter(self, text: str, saved: Mapping[str, str]) -> None:
        """Keep what this filter keeps; a QueryError leaves the filter as it was."""
        self._query = self._compiled(text, saved)
        self.filter_text, self._saved = text, saved
        self.arrange_rows(chosen=True)

    def _compiled(self, text: str, saved: Mapping[str, str]) -> Query[Job] | None:
        if not text.strip():
            return None
        return compile_query(
            self.as_query(text), self.fields, saved=saved, rows=self.all_rows, now=self.clock()
        )

    def watch_jobs(self, ids: Collection[str]) -> None:
        """Show which jobs are watched."""
        self._watched.clear()
        self._watched.update(ids)

    def rearrange(self) -> None:
        """Filter and sort again where the mere passing of time may have changed the outcome."""
        if self.sort[0] in _MOVED_BY_TIME or any(sign in self.filter_text for sign in "<>:@"):
            self.arrange_rows()

    def turn_fold(self) -> None:
        """Fold the runs that share the name under the cursor, or unfold them; the cursor stays with them."""
        job = self.cursor_row
        if job is None or not job.name:
            return
        self.fold = self.fold.turned(job.name)
        self.move_to(fold_key(job.name) if self.fold.holds(job.name) else job.id)

    def regroup(self, name: str) -> bool:
        """Fold the runs of a name again, the cursor on their row; False when there is nothing to fold."""
        if self.fold.holds(name):
            return False
        self.fold = self.fold.turned(name)
        self.move_to(fold_key(name))
        return self.cursor_key == fold_key(name)

    def _newest_first(self) -> list[Job]:
        """All jobs by age. A job never gets another one, so the order is made anew only for other jobs."""
        jobs = self.snapshot.jobs
        if jobs.keys() != self._by_age.keys():
            newest = sorted(jobs.values(), key=lambda job: (job.created_at or _EPOCH, job.id), reverse=True)
            self._by_age = dict.fromkeys(job.id for job in newest)
        return [jobs[job_id] for job_id in self._by_age]

    def _sort(self, jobs: list[Job], column: Column[Job], now: datetime, *, descending: bool) -> None:
        """Order by a column; what time does not move is worked out once for each job."""
        if column.id in _MOVED_BY_TIME:
            jobs.sort(key=lambda job: column.sort_key(job, now), reverse=descending)
            return
        if self._keys_of != column.id or len(self._sort_keys) > 2 * len(self.snapshot.jobs):
            self._keys_of, self._sort_keys = column.id, {}
        known = self._sort_keys
        for job in jobs:
            entry = known.get(job.id)
            if entry is None or entry[0] is not job:
                known[job.id] = (job, column.sort_key(job, now))
        jobs.sort(key=lambda job: known[job.id][1], reverse=descending)

    def arrange_rows(self, *, settling: bool = False, chosen: bool = False) -> None:
        column_id, turned = self.sort
        columns = self.all_columns
        column = next((column for column in columns if column.id == column_id), columns[0])
        now = self.clock()
        jobs = self._newest_first()
        if self._query is not None:
            keeps = self._query(now)
            jobs = [job for job in jobs if keeps(job)]
        descending = column.descending != turned
        self._sort(jobs, column, now, descending=descending)
        self._shown_count = len(jobs)
        self.mark_sorted(column.id, descending=descending)
        self._folded = folded_rows(jobs, self.fold)
        self._runs.clear()
        self._runs.update(self._folded.runs)
        self.show_rows(self._folded.rows, settling=settling, chosen=chosen)
