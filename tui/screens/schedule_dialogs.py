"""Dialogs about one scheduled job. What they are about is fixed when they open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from ..domain.schedule import ScheduledJob
from ..domain.text import safe, short_id
from ..presentation.job_text import toned
from ..presentation.job_titles import title
from ..presentation.moments import in_full
from ..presentation.owner_text import owners_words
from ..presentation.schedule_facts import run_price
from ..presentation.schedule_text import schedule_block, schedule_words
from ..spec.checks import RefusedError
from ..spec.schedule import cron
from ..widgets.dialog import Dialog
from ..widgets.keys_in_order import OrderedInput
from ..widgets.quiet_static import QuietStatic
from .count_dialogs import MOST_NAMES, CountDialog
from .dialogs import DEAD_SECONDS, QuestionDialog

if TYPE_CHECKING:
    from .host import Host


def _named(schedule: ScheduledJob, host: Host) -> Content:
    """Its name and id, and whose it is unless it is the user's."""
    owner = owners_words([schedule.namespace], host.identity)
    return Content.assemble(
        (safe(title(schedule.what)), "bold"),
        toned(f"  ({short_id(schedule.id)})", "dim"),
        toned(f"  {owner}" if owner else "", "warn"),
    )


class SuspendDialog(QuestionDialog):
    """Suspends or resumes exactly the scheduled jobs it was opened with: some of them are not the user's."""

    dead_seconds = DEAD_SECONDS

    def __init__(self, schedules: Sequence[ScheduledJob], *, suspend: bool) -> None:
        verb, count = "suspend" if suspend else "resume", len(schedules)
        self.yes_label = f"yes, {verb} {'it' if count == 1 else f'all {count}'}"
        what = "this scheduled job" if count == 1 else f"{count} scheduled jobs"
        super().__init__(f"{verb.capitalize()} {what}?")
        self._schedules, self._suspend = tuple(schedules), suspend

    def body(self) -> Content:
        several = len(self._schedules) > 1
        return Content("\n").join(
            [
                *(self._several() if several else self._single(self._schedules[0])),
                Content(""),
                Content(self._effect),
                toned("Running jobs are not affected.", "dim"),
            ]
        )

    @property
    def _effect(self) -> str:
        them = "they are" if len(self._schedules) > 1 else "it is"
        return (
            f"No further jobs start until {them} resumed."
            if self._suspend
            else "Jobs start again as scheduled."
        )

    def _single(self, one: ScheduledJob) -> list[Content]:
        return [_named(one, self.host), Content(schedule_words(one.schedule))]

    def _several(self) -> list[Content]:
        names = ", ".join(safe(title(one.what)) for one in self._schedules[:MOST_NAMES])
        more = len(self._schedules) - MOST_NAMES
        owners = owners_words([one.namespace for one in self._schedules], self.host.identity)
        return [Content(names + (f" and {more} more" if more > 0 else "")), toned(owners, "warn")]


class TriggerDialog(QuestionDialog):
    """Starts one job of exactly this scheduled job; it costs money, so it says what at most."""

    yes_label = "yes, start one job"
    dead_seconds = DEAD_SECONDS

    def __init__(self, schedule: ScheduledJob) -> None:
        super().__init__("Run it once now?")
        self._schedule = schedule

    def body(self) -> Content:
        one = self._schedule
        runs = "It stays suspended." if one.suspended else f"Its next run stays: {in_full(one.next_run_at)}."
        return Content("\n").join(
            [
                _named(one, self.host),
                Content(run_price(one, self.host.catalogue)),
                Content(f"{safe(one.namespace)} pays"),
                toned(runs, "dim"),
            ]
        )


class DeleteScheduleDialog(QuestionDialog):
    """Deletes exactly the scheduled job it names."""

    yes_label = "yes, delete it"
    dead_seconds = DEAD_SECONDS

    def __init__(self, schedule: ScheduledJob) -> None:
        super().__init__("Delete this scheduled job?")
        self._schedule = schedule

    def body(self) -> Content:
        one = self._schedule
        return Content("\n").join(
            [
                _named(one, self.host),
                Content(f"{schedule_words(one.schedule)} · {safe(one.namespace)}"),
                Content(""),
                Content("No further jobs start, and it cannot be brought back."),
                Content("The jobs it started stay, a running one goes on."),
                toned("To stop it for a while only, suspend it (s).", "dim"),
            ]
        )


class DeleteManyDialog(CountDialog):
    """Deletes exactly the scheduled jobs it was opened with."""

    def __init__(self, schedules: Sequence[ScheduledJob], owners: str = "") -> None:
        count = len(schedules)
        super().__init__(
            f"Delete {count} scheduled jobs?",
            [one.what for one in schedules],
            "No further jobs start, and they cannot be brought back.\n"
            f"The jobs they started stay. Type {count} to delete them.",
            owners,
        )


class RescheduleDialog(Dialog[str | None]):
    """Closes with times the Hub takes; what it would not take is said, and stays as typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "leave", show=False)]
    AUTO_FOCUS = "#when"

    def __init__(self, schedule: ScheduledJob, typed: str) -> None:
        super().__init__()
        self._schedule, self._first = schedule, typed

    def compose(self) -> ComposeResult:
        with Vertical(id="reschedule") as box:
            box.border_title = Content("When does it run?")
            box.border_subtitle = Content("enter sends · esc leaves")
            yield Static(_named(self._schedule, cast("Host", self.app)), markup=False)
            yield Static(
                "In UTC: 0 9 * * 1-5, @daily or Mon–Fri 09:00",
                classes="field-title",
                markup=False,
            )
            yield OrderedInput(
                self._first, id="when", placeholder="0 9 * * 1-5", compact=True, select_on_focus=False
            )
            yield QuietStatic(id="when-runs")

    def on_mount(self) -> None:
        self._show_runs(self._first)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show_runs(event.value)

    def _show_runs(self, text: str) -> None:
        """The next three runs, or what is wrong with the text."""
        now = cast("Host", self.app).clock()
        try:
            cron(text, now)
        except RefusedError as error:
            words = Content.styled(safe(str(error)), "$text-error") if text.strip() else Content("")
        else:
            words = schedule_block(text, now)
        self.query_one("#when-runs", QuietStatic).show(words)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        try:
            self.dismiss(cron(event.value, cast("Host", self.app).clock()))
        except RefusedError:
            self._show_runs(event.value)
