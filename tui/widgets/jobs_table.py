"""The live jobs table: a snapshot, a filter and an order, shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from textual.reactive import reactive

from ..domain.hardware import Catalogue, bundled_catalogue
from ..domain.job import Job
from ..domain.query import compile_query
from ..domain.snapshot import Snapshot
from ..presentation.job_columns import job_columns
from .live_table import LiveTable

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class JobsTable(LiveTable[Job]):
    """Every job of the snapshot that the filter keeps, live ones first unless sorted otherwise."""

    snapshot: reactive[Snapshot] = reactive(Snapshot(), repaint=False, init=False)
    filter_text: reactive[str] = reactive("", repaint=False, init=False)
    catalogue: reactive[Catalogue] = reactive(bundled_catalogue, repaint=False, init=False)
    sort: reactive[tuple[str, bool]] = reactive(("state", False), repaint=False, init=False)
    """Column id and whether the other way round than natural."""

    def __init__(
        self, clock: Callable[[], datetime], *, ascii_only: bool = False, id: str | None = None
    ) -> None:
        columns = job_columns(bundled_catalogue(), ascii_only=ascii_only)
        super().__init__(columns, lambda: self.frozen_at or clock(), id=id)
        self.frozen_at: datetime | None = None
        """Remembered rows are shown as they were at that moment: nobody knows how they went on."""
        self.ascii_only = ascii_only

    @property
    def cursor_job(self) -> Job | None:
        """The job under the cursor, None when the table is empty."""
        return self._rows.get(self.cursor_key or "")

    def on_mount(self) -> None:
        self._arrange_rows()

    def watch_snapshot(self) -> None:
        self._arrange_rows()

    def watch_filter_text(self) -> None:
        self._arrange_rows()

    def watch_sort(self) -> None:
        self._arrange_rows()

    def watch_catalogue(self, catalogue: Catalogue) -> None:
        self.columns = job_columns(catalogue, ascii_only=self.ascii_only)
        self.arrange_columns()

    def sort_by(self, column_id: str) -> None:
        """Order by this column; once more turns the order round."""
        self.sort = (column_id, self.sort[0] == column_id and not self.sort[1])

    def sort_by_neighbour(self, step: int) -> None:
        """Order by the shown column to the right (1) or left (-1) of the present one."""
        shown = [placed.column.id for placed in self._placed] or [column.id for column in self.columns]
        here = shown.index(self.sort[0]) if self.sort[0] in shown else 0
        self.sort = (shown[(here + step) % len(shown)], False)

    def _arrange_rows(self) -> None:
        column_id, turned = self.sort
        column = next((column for column in self.columns if column.id == column_id), self.columns[0])
        keep, now = compile_query(self.filter_text), self.clock()
        jobs = [job for job in self.snapshot.jobs.values() if keep(job)]
        jobs.sort(key=lambda job: (job.created_at or _EPOCH, job.id), reverse=True)
        descending = column.descending != turned
        jobs.sort(key=lambda job: column.sort_key(job, now), reverse=descending)
        self.mark_sorted(column.id, descending=descending)
        self.show_rows({job.id: job for job in jobs})
