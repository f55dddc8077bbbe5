"""Dialogs about one scheduled job. What they are about is fixed when they open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from ..domain.schedule import ScheduledJob
from ..domain.text import safe, short_id
from ..presentation.job_text import toned
from ..presentation.job_titles import title
from ..presentation.moments import in_full
from ..presentation.schedule_facts import run_price
from ..presentation.schedule_text import schedule_block, schedule_words
from ..spec.checks import RefusedError
from ..spec.schedule import cron
from ..widgets.quiet_static import QuietStatic
from .count_dialogs import CountDialog
from .dialogs import DEAD_SECONDS, QuestionDialog
from .whole import WholeScreen

if TYPE_CHECKING:
    from .host import Host


def _named(schedule: ScheduledJob) -> Content:
    return Content.assemble(
        (safe(title(schedule.what)), "bold"), toned(f"  ({short_id(schedule.id)})", "dim")
    )


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
                _named(one),
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
                _named(one),
                Content(f"{schedule_words(one.schedule)} · {safe(one.namespace)}"),
                Content(""),
                Content("No further jobs start, and it cannot be brought back."),
                Content("The jobs it started stay, a running one goes on."),
                toned("To stop it for a while only, suspend it (s).", "dim"),
            ]
        )


class DeleteManyDialog(CountDialog):
    """Deletes exactly the scheduled jobs it was opened with."""

    def __init__(self, schedules: Sequence[ScheduledJob]) -> None:
        count = len(schedules)
        super().__init__(
            f"Delete {count} scheduled jobs?",
            [one.what for one in schedules],
            "No further jobs start, and they cannot be brought back.\n"
            f"The jobs they started stay. Type {count} to delete them.",
        )


class RescheduleDialog(WholeScreen, ModalScreen[str | None]):
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
            yield Static(_named(self._schedule), markup=False)
            yield Static(
                "@daily, or minute hour day month weekday in UTC", classes="field-title", markup=False
            )
            yield Input(
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
            cron(text.strip())
        except RefusedError as error:
            words = Content.styled(safe(str(error)), "$text-error") if text.strip() else Content("")
        else:
            words = schedule_block(text, now)
        self.query_one("#when-runs", QuietStatic).show(words)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        try:
            self.dismiss(cron(event.value.strip()))
        except RefusedError:
            self._show_runs(event.value)
