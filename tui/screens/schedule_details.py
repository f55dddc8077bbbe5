"""Everything about one scheduled job, full screen: in groups, or as the JSON the Hub answered."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from ..domain.schedule import ScheduledJob
from ..domain.schedule_rules import why_not_schedule
from ..domain.text import safe
from ..keys import Scope, bindings
from ..messages.places import LastJobRequested, ScheduleDetailsWanted
from ..presentation.schedule_details import ScheduleDetails, schedule_headline
from .details_page import DetailsPage

_SHARED = {"schedules.details", "schedules.raw", "schedules.copy_id"}
"""Keys of the list that do the same here."""


class ScheduleDetailsScreen(DetailsPage):
    """Shows what the list holds at once, and the whole answer when the Hub has given it."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("details",)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("details"),
        *(one for one in bindings("schedules") if isinstance(one, Binding) and one.id in _SHARED),
    ]
    WATCHED = ("schedules", "snapshot", "catalogue")

    def __init__(self, schedule: ScheduledJob, *, raw: bool = False) -> None:
        super().__init__(schedule.id, raw=raw)
        self._first = schedule

    @property
    def schedule(self) -> ScheduledJob:
        """The scheduled job as it is known now."""
        return self.host.schedules.by_id.get(self.subject_id, self._first)

    def headline_words(self) -> Content:
        return schedule_headline(self.schedule, self.now, ascii_only=self.host.settings.ascii)

    def facts(self, columns: int) -> Content:
        host, schedule = self.host, self.schedule
        last_job = host.snapshot.jobs.get(schedule.last_job_id)
        details = ScheduleDetails(
            schedule, self.answer, last_job, host.catalogue, self.revealed, host.settings.ascii
        )
        return details.content(self.now, columns)

    def has_values(self) -> bool:
        return bool(self.schedule.what.environment)

    def action_read_again(self) -> None:
        self.app.post_message(ScheduleDetailsWanted(self.schedule))

    def action_open_details(self) -> None:
        self.show_view(raw=False)

    def action_open_raw(self) -> None:
        self.show_view(raw=True)

    def action_open_log(self) -> None:
        """Read the log of its last job."""
        schedule = self.schedule
        reason = why_not_schedule("schedules.last_job", schedule, writes=False, read_only=False)
        if reason is not None:
            self.say(reason)
        else:
            self.app.post_message(LastJobRequested(schedule))

    def action_copy_id(self) -> None:
        """Copy what the mouse has selected, else the JSON when it is shown, else the id."""
        if not self.copied_selection():
            schedule_id = safe(self.subject_id)
            self.host.copy(schedule_id, f"copied {schedule_id}")
