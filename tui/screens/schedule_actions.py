"""What is done on the schedules screen: to the row under the cursor, or to all marked ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.message import Message

from ..domain.labels import LabelEdit
from ..domain.schedule import ScheduledJob
from ..domain.schedule_rules import why_not_schedule
from ..domain.text import safe
from ..keys import action_by_id
from ..messages.places import (
    DeleteScheduleRequested,
    LastJobRequested,
    NewScheduleRequested,
    RescheduleRequested,
    ScheduleLabelsRequested,
    SchedulesWanted,
    SuspendRequested,
    TriggerRequested,
)
from ..presentation.owner_text import owners_words
from ..widgets.live_table import LiveTable
from .labels_dialog import LabelsDialog
from .opening import schedule_details_screen
from .schedule_dialogs import (
    DeleteManyDialog,
    DeleteScheduleDialog,
    RescheduleDialog,
    SuspendDialog,
    TriggerDialog,
)
from .table_screen import TableScreen


class ScheduleActions(TableScreen[ScheduledJob]):
    """Asks first where it costs money or destroys; what cannot be done answers why."""

    def __init__(self) -> None:
        super().__init__()
        self._typed_times: dict[str, tuple[str, str]] = {}
        """By id, the schedule it had and the one typed: that is there again if the Hub did not take it."""

    def why_not(self, action_id: str, schedule: ScheduledJob | None) -> str | None:
        """Why this cannot be done to it now; None when it can."""
        return why_not_schedule(
            action_id,
            schedule,
            writes=action_by_id(action_id).writes,
            read_only=self.host.settings.read_only,
            busy=self.host.busy_schedules.get(schedule.id, "") if schedule else "",
        )

    def _row_for(self, action_id: str) -> ScheduledJob | None:
        """The row under the cursor if this can be done to it; else the reason is said."""
        row = self.table.cursor_row
        if (reason := self.why_not(action_id, row)) is not None:
            self._refuse_row(row, reason)
            return None
        return row

    def _refuse_row(self, row: ScheduledJob | None, reason: str) -> None:
        if row is None:
            self.say_no_row(reason)
        else:
            self.say(reason)

    def _rows_for(self, action_id: str) -> tuple[ScheduledJob, ...]:
        """The marked rows, else the one under the cursor; none, and why is said, when it cannot be done."""
        row = self.table.cursor_row
        rows = self.table.marked_rows or (() if row is None else (row,))
        reasons = [self.why_not(action_id, one) for one in rows or (row,)]
        if reason := next(filter(None, reasons), ""):
            self._refuse_row((rows or (row,))[0], reason)
            return ()
        return rows

    # What is done

    @on(LiveTable.RowOpened)
    def action_open_last_job(self) -> None:
        if (row := self._row_for("schedules.last_job")) is not None:
            self.post_message(LastJobRequested(row))

    def action_suspend_or_resume(self) -> None:
        """One or all marked: they are suspended unless all of them are, then they are resumed.

        At once when they are the user's own; what an organisation owns is asked about.
        """
        rows = self._rows_for("schedules.suspend")
        if not rows:
            return
        suspend = not all(one.suspended for one in rows)
        meant = [one for one in rows if one.suspended != suspend]
        answered = self._when_yes([SuspendRequested(one, suspend) for one in meant])
        if self._owners(meant):
            self.app.push_screen(SuspendDialog(meant, suspend=suspend), answered)
        else:
            answered(True)

    def _owners(self, rows: Sequence[ScheduledJob]) -> str:
        return owners_words([one.namespace for one in rows], self.host.identity)

    def action_trigger(self) -> None:
        if (row := self._row_for("schedules.trigger")) is not None:
            self.app.push_screen(TriggerDialog(row), self._when_yes([TriggerRequested(row)]))

    def action_delete(self) -> None:
        """One or all marked: the very ones that the dialog was opened with."""
        rows = self._rows_for("schedules.delete")
        wishes = [DeleteScheduleRequested(row) for row in rows]
        if len(rows) > 1:
            self.app.push_screen(DeleteManyDialog(rows, self._owners(rows)), self._when_yes(wishes))
        elif rows:
            self.app.push_screen(DeleteScheduleDialog(rows[0]), self._when_yes(wishes))

    def _when_yes(self, wishes: Sequence[Message]) -> Callable[[bool | None], None]:
        def answered(yes: bool | None) -> None:
            for wish in wishes if yes else ():
                self.post_message(wish)
            if yes:
                self._taken_on()

        return answered

    def _taken_on(self) -> None:
        """Something was agreed to."""
        self.table.hold_row()
        self.table.clear_marks()

    def action_reschedule(self) -> None:
        row = self._row_for("schedules.reschedule")
        if row is None:
            return

        def answered(when: str | None) -> None:
            if when is not None and when != row.schedule:
                self._typed_times[row.id] = (row.schedule, when)
                self.post_message(RescheduleRequested(row, when))
                self.table.hold_row()

        had, typed = self._typed_times.pop(row.id, ("", ""))
        self.app.push_screen(RescheduleDialog(row, typed if had == row.schedule else row.schedule), answered)

    def action_edit_labels(self) -> None:
        """One or all marked: of several what they share."""
        rows = self._rows_for("schedules.labels")

        def answered(edit: LabelEdit | None) -> None:
            for row in rows if edit else ():
                self.post_message(ScheduleLabelsRequested(row, edit or LabelEdit()))
            if edit:
                self._taken_on()

        if rows:
            self.app.push_screen(LabelsDialog([row.what for row in rows]), answered)

    def action_new_schedule(self) -> None:
        if (reason := self.why_not("schedules.new", None)) is not None:
            self.say(reason)
        else:
            self.post_message(NewScheduleRequested())

    def action_open_details(self) -> None:
        """Everything the Hub tells of it."""
        if (row := self._row_for("schedules.details")) is not None:
            self.app.push_screen(schedule_details_screen(row))

    def action_open_raw(self) -> None:
        """The same as the JSON it answered."""
        if (row := self._row_for("schedules.raw")) is not None:
            self.app.push_screen(schedule_details_screen(row, raw=True))

    def action_copy_id(self) -> None:
        if (row := self._row_for("schedules.copy_id")) is not None:
            self.host.copy(safe(row.id), f"copied {safe(row.id)}")

    def action_refresh_list(self) -> None:
        self.post_message(SchedulesWanted())
