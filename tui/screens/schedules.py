"""Schedules: what runs again and again, when next, what came of it last, and what can be done to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from textual.content import Content

from ..domain.schedule import ScheduledJob
from ..domain.text import safe
from ..domain.units import clock_time, plural
from ..keys import Action, Scope, bindings
from ..messages.places import SchedulesWanted
from ..presentation.list_status import list_status
from ..presentation.schedule_columns import ScheduleCells, schedule_columns
from ..presentation.schedule_facts import schedule_facts
from ..presentation.schedule_fields import schedule_fields
from ..presentation.trouble_text import trouble_panel
from ..widgets.list_table import ListTable
from .schedule_actions import ScheduleActions

SLOW_SECONDS = 0.3
"""How long a reading may take before it is said."""
OVERDUE = timedelta(seconds=3)
"""How long after a run was due the list is read once more, to see it."""
AGAIN = timedelta(seconds=30)


class SchedulesScreen(ScheduleActions):
    """Reads the list when opened, on `r`, after each action, and when a run was due."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("schedules", "list", "move")
    BINDINGS = bindings("schedules", "list")
    TITLE_WORDS = "Schedules"
    FILTER_HINT = "words  status:suspended  last:failed  next:<1d  owner:acme  -negated  a OR b"
    WATCHED = ("schedules", "busy_schedules", "schedules_error", "schedules_read_at", "reading_schedules")

    def __init__(self) -> None:
        super().__init__()
        self._slow = False
        self._not_before = datetime.min.replace(tzinfo=UTC)
        """When the list may be read by itself next."""
        self._wanted = ""
        """The scheduled job to begin with."""

    def on_mount(self) -> None:
        super().on_mount()
        if self._wanted:
            self.show_schedule(self._wanted)

    def make_table(self) -> ListTable[ScheduledJob]:
        self._cells = ScheduleCells(self.host.settings.ascii, {}, {})
        return ListTable(
            schedule_columns(self._cells),
            self.host.clock,
            schedule_fields(self._cells, lambda: self.host.catalogue),
            sort=("next", False),
            ascii_only=self.host.settings.ascii,
        )

    def show_rows(self) -> None:
        host = self.host
        self._cells.jobs, self._cells.busy = host.snapshot.jobs, host.busy_schedules
        self._cells.jobs_known = host.snapshot.complete
        self.table.show_all(host.schedules.by_id)
        if host.reading_schedules:
            self._not_before = self.now + AGAIN
        if host.reading_schedules and not self._slow:
            self.set_timer(SLOW_SECONDS, self._say_slow)
        self._slow = self._slow and host.reading_schedules

    def _say_slow(self) -> None:
        self._slow = self.host.reading_schedules
        self.show_state()

    def tick(self) -> None:
        if self.ready:
            self._cells.jobs, self._cells.jobs_known = self.host.snapshot.jobs, self.host.snapshot.complete
            self._read_when_due()
        super().tick()

    def _read_when_due(self) -> None:
        """Once a run was due look what has become of it, after a failure try again: not often."""
        host, now = self.host, self.now
        if host.paused or host.settings.refresh is None or host.reading_schedules or now < self._not_before:
            return
        read_at = host.schedules_read_at or now
        due = (
            one.next_run_at for one in host.schedules.by_id.values() if not one.suspended and one.next_run_at
        )
        error = host.schedules_error
        if (error and error.passing) or any(read_at < moment + OVERDUE < now for moment in due):
            self._not_before = now + AGAIN
            self.post_message(SchedulesWanted())

    def facts_of(self, row: ScheduledJob, columns: int) -> Content:
        host = self.host
        last_job = host.snapshot.jobs.get(row.last_job_id)
        return schedule_facts(
            row, last_job, host.catalogue, self.now, ascii_only=host.settings.ascii, columns=columns
        )

    def status(self, mistake: str) -> Content:
        host, table = self.host, self.table
        total, shown = table.total, table.shown_count
        counted = plural(total, "scheduled job") if shown == total else f"{shown} of {total} scheduled jobs"
        held = sum(one.suspended for one in host.schedules.by_id.values())
        counted += f" · {held} suspended" if held else ""
        counted += "".join(f" · {safe(name)}: {why}" for name, why in host.schedules.refused)
        reading = "reading the scheduled jobs…" if self._slow else ""
        if total and host.schedules_read_at is not None:
            counted += f" · read {clock_time(host.schedules_read_at)}"
        table.fade(host.schedules_error is not None)
        return list_status(
            counted if host.schedules.complete or total else "",
            marked=len(table.marked_rows),
            filter_text=table.filter_text,
            sorted_by=table.sort_out_of_sight,
            shown=shown or not total,
            mistake=mistake,
            error=host.schedules_error,
            blank=not total,
            read_at=host.schedules_read_at,
            reading=reading,
            ascii_only=host.settings.ascii,
        )

    def blank_words(self) -> Content | None:
        host = self.host
        if host.schedules_error is not None:
            return trouble_panel(host.schedules_error, leaving="goes back")
        if not host.schedules.complete:
            return Content("reading the scheduled jobs…" if self._slow else "")
        new = "" if host.settings.read_only else " n composes one: the form has a field for the schedule."
        return Content(f"Nothing is scheduled here yet.{new}")

    def offered(self, listed: Iterable[Action]) -> Iterator[Action]:
        row = self.table.cursor_row
        for action in listed:
            if action.id == "schedules.suspend" and row is not None and row.suspended:
                yield replace(action, label="resume")
            elif action.scope != "schedules" or self.why_not(action.id, row) is None:
                yield action

    def show_schedule(self, schedule_id: str) -> None:
        """Put the cursor on a scheduled job; a filter that hides it goes."""
        if not self._built:
            self._wanted = schedule_id
            return
        self.show_rows()
        if schedule_id not in self.table.keys_in_order:
            self.drop_filter()
        self.table.move_to(schedule_id)
