"""The part of the application behind the other screens: schedules, hardware, activity, and the way there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.reactive import reactive

from .acting import ActingApp
from .domain.activity import MOST_REMEMBERED, Outcome, SentRequest
from .domain.errors import HubError
from .domain.job_reference import JobReference
from .domain.rules import READ_ONLY
from .domain.schedule import ScheduledJob, Schedules
from .domain.text import safe
from .keys import action_by_id
from .messages import CatalogueKnown
from .messages.places import (
    DeleteScheduleRequested,
    FlavorTakenUp,
    HardwareNotRead,
    HardwareWanted,
    LastJobRequested,
    NewScheduleRequested,
    RequestSent,
    RescheduleRequested,
    ScheduleActed,
    ScheduleActionFailed,
    ScheduleDetailsWanted,
    ScheduleLabelsRequested,
    SchedulesRead,
    SchedulesWanted,
    ScheduleTold,
    SuspendRequested,
    TriggerRequested,
)
from .presentation.job_titles import title
from .presentation.label_text import change_words, conflict_words
from .screens.opening import job_screen
from .settings import Settings

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from textual.screen import Screen

WARNING_SECONDS = 15.0
"""How long a warning of the Hub stays; it is in the activity after that."""


class PlacesApp(ActingApp, inherit_bindings=False):
    """Screens beside the jobs are made when first gone to, and kept: cursor, order and filter stay."""

    settings: Settings

    catalogue_read_at: reactive[datetime | None] = reactive[datetime | None](None, repaint=False, init=False)
    """When the hardware on offer was read last."""
    schedules: reactive[Schedules] = reactive(Schedules(), repaint=False, init=False)
    schedules_read_at: reactive[datetime | None] = reactive[datetime | None](None, repaint=False, init=False)
    """When the rows were true last."""
    schedules_error: reactive[HubError | None] = reactive[HubError | None](None, repaint=False, init=False)
    reading_schedules: reactive[bool] = reactive(False, repaint=False, init=False)
    busy_schedules: reactive[Mapping[str, str]] = reactive[Mapping[str, str]]({}, repaint=False, init=False)
    """By id, what is being done to a scheduled job until the Hub has answered."""
    activity: reactive[tuple[SentRequest, ...]] = reactive((), repaint=False, init=False)
    """What was sent and writes, the newest first."""

    def clock(self) -> datetime:
        """The present, as the application has it."""
        raise NotImplementedError

    # The way there

    def action_show_composer(self) -> None:
        if self.settings.read_only:
            self.notify(READ_ONLY, severity="warning", markup=False)
        elif self.screen is not self.composer:
            self.go_home()
            self._compose()

    def _compose(self, field: str = "") -> None:
        from .screens.compose import ComposeScreen

        self.push_screen(ComposeScreen(field=field))

    def action_show_place(self, name: str) -> None:
        """Go to one of the screens beside the jobs."""
        if not self.is_screen_installed(name):
            self.install_screen(_made(name), name)
        place = self.get_screen(name)
        if self.screen is place:
            return
        self.go_home()
        self.push_screen(name)
        if name == "schedules":
            self.read_schedules()

    def show_schedule(self, schedule_id: str) -> None:
        """Go to the scheduled jobs, the cursor on this one."""
        from .screens.schedules import SchedulesScreen

        self.action_show_place("schedules")
        place = self.get_screen("schedules")
        if isinstance(place, SchedulesScreen):
            place.show_schedule(schedule_id)

    # Facts

    @on(SchedulesRead)
    def _schedules_read(self, message: SchedulesRead) -> None:
        self.schedules = message.schedules
        self.schedules_error = message.error
        if message.error is None:
            self.schedules_read_at = message.read_at
        self.reading_schedules = False

    def schedule_made(self, schedule: ScheduledJob, *, go_there: bool) -> None:
        self.schedules = self.schedules.with_one(schedule)
        self.read_schedules()
        if go_there:
            self.show_schedule(schedule.id)

    @on(ScheduleTold)
    def _schedule_told(self, message: ScheduleTold) -> None:
        if message.schedule.id in self.schedules.by_id:
            self.schedules = self.schedules.with_one(message.schedule)
        for screen in self.details_of(message.schedule.id):
            screen.when_whole(screen.show_answer, message.answer)

    @on(ScheduleActed)
    def _schedule_acted(self, message: ScheduleActed) -> None:
        self._free(message.schedule)
        if message.job is not None:
            self.learn([message.job])
            self.watched |= {message.job.id}
        about, merge = safe(title(message.schedule.what)), message.merge
        words = message.words if merge is None else f"labels: {change_words(merge)}"
        if message.suspended is not None:
            undoes = "resumes" if message.suspended else "suspends"
            words = f"{words} ({action_by_id('schedules.suspend').key} {undoes} it)"
        self.notify(f"{about}: {words}", markup=False)
        if merge is not None and (others := conflict_words(merge)):
            self.tell(f"labels of {about}", others)

    @on(ScheduleActionFailed)
    def _schedule_action_failed(self, message: ScheduleActionFailed) -> None:
        self._free(message.schedule)
        error = message.error
        about = f"{message.action} {safe(title(message.schedule.what))}: {error.short}"
        ways = self.ways_on(error, message.schedule.namespace, schedule=message.schedule)
        self.tell(about, error.sentences(), ways=ways)
        if error.outcome_unclear:
            self.backend.jobs.refresh()

    @on(CatalogueKnown)
    def _catalogue_read(self) -> None:
        self.catalogue_read_at = self.clock()

    @on(HardwareNotRead)
    def _hardware_not_read(self, message: HardwareNotRead) -> None:
        words = f"{message.error.title}. {message.error.advice}"
        self.notify(safe(words), severity="warning", markup=False)

    @on(RequestSent)
    def _request_sent(self, message: RequestSent) -> None:
        request = message.request
        if not request.name:
            request = replace(request, name=self._name_of(request.subject_id))
        self.activity = (request, *self.activity)[:MOST_REMEMBERED]
        if request.outcome is Outcome.WARNED:
            self.notify(
                safe(request.words),
                title="Warning from the Hub",
                severity="warning",
                timeout=WARNING_SECONDS,
                markup=False,
            )

    def _name_of(self, subject_id: str) -> str:
        """What a job or scheduled job is called, as far as it is known."""
        schedule = self.schedules.by_id.get(subject_id)
        job = self.snapshot.jobs.get(subject_id) or (schedule.what if schedule else None)
        return "" if job is None else title(job)

    # Wishes

    def read_schedules(self) -> None:
        """Read the scheduled jobs now."""
        self.reading_schedules = True
        self.backend.read_schedules()

    @on(SchedulesWanted)
    def _schedules_wanted(self) -> None:
        self.read_schedules()

    @on(HardwareWanted)
    def _hardware_wanted(self) -> None:
        self.backend.read_hardware()

    @on(ScheduleDetailsWanted)
    def _details_of_schedule_wanted(self, message: ScheduleDetailsWanted) -> None:
        self.backend.tell_schedule(message.schedule)

    @on(LastJobRequested)
    def _last_job_requested(self, message: LastJobRequested) -> None:
        job_id = message.schedule.last_job_id
        if (job := self.snapshot.jobs.get(job_id)) is not None:
            self.push_screen(job_screen(job))
        else:
            self.backend.jobs.look_for(JobReference(job_id, message.schedule.namespace))

    @on(SuspendRequested)
    def _suspend_requested(self, message: SuspendRequested) -> None:
        actions, suspended = self.backend.schedules, message.suspended
        words = "suspending…" if suspended else "resuming…"
        self._begin(message.schedule, words, actions.suspend(message.schedule, suspended=suspended))

    @on(TriggerRequested)
    def _trigger_requested(self, message: TriggerRequested) -> None:
        self._begin(message.schedule, "starting…", self.backend.schedules.trigger(message.schedule))

    @on(RescheduleRequested)
    def _reschedule_requested(self, message: RescheduleRequested) -> None:
        action = self.backend.schedules.reschedule(message.schedule, message.when)
        self._begin(message.schedule, "changing…", action)

    @on(ScheduleLabelsRequested)
    def _labels_requested(self, message: ScheduleLabelsRequested) -> None:
        action = self.backend.schedules.label(message.schedule, message.edit)
        self._begin(message.schedule, "changing…", action)

    @on(DeleteScheduleRequested)
    def _delete_requested(self, message: DeleteScheduleRequested) -> None:
        self._begin(message.schedule, "deleting…", self.backend.schedules.delete(message.schedule))

    def _begin(self, schedule: ScheduledJob, words: str, action: Coroutine[Any, Any, None]) -> None:
        """Say at once what is being done, and do it."""
        self.busy_schedules = {**self.busy_schedules, schedule.id: words}
        self.backend.do(action)

    def _free(self, schedule: ScheduledJob) -> None:
        self.busy_schedules = {key: words for key, words in self.busy_schedules.items() if key != schedule.id}

    @on(NewScheduleRequested)
    def _new_schedule_requested(self) -> None:
        self._compose("schedule")

    @on(FlavorTakenUp)
    def _flavor_taken_up(self, message: FlavorTakenUp) -> None:
        from .spec.draft import Draft

        self.draft = replace(self.draft or self.shelf.draft() or Draft(), flavor=message.flavor)
        self._compose()


def _made(name: str) -> Screen[None]:
    """The screen of that name, imported when first gone to."""
    if name == "schedules":
        from .screens.schedules import SchedulesScreen

        return SchedulesScreen()
    if name == "hardware":
        from .screens.hardware import HardwareScreen

        return HardwareScreen()
    from .screens.activity import ActivityScreen

    return ActivityScreen()
