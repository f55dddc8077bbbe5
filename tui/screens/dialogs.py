"""Dialogs. In those that destroy, only `y` is yes, and the first keys are not listened to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from ..domain.job import Job
from ..domain.money import cost_usd
from ..domain.text import safe, safe_block, short_id
from ..domain.units import duration, money
from ..keys import bindings
from ..presentation.job_columns import title
from ..presentation.job_text import toned
from ..widgets.keys_in_order import OrderedInput

if TYPE_CHECKING:
    from .host import Host

MOST_NAMES = 5
MOST_FAILURES = 4
DEAD_SECONDS = 0.3
"""How long the keyboard must have been still before a dialog that destroys takes a yes.

What was typed or pasted for the screen before must not answer it, however long it takes to work through.
"""


class QuestionDialog(ModalScreen[bool]):
    """A question with No in focus: Enter and escape are no, `y` is yes. Closes with the answer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")
    AUTO_FOCUS = "#no"
    yes_label = "yes"
    no_label = "No (esc)"
    dead_seconds = 0.0

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question
        self._last_key_at = 0.0
        self._still = False

    @property
    def host(self) -> Host:
        """The application."""
        return cast("Host", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as box:
            box.border_title = Content(safe(self._question))
            yield Static(self.body(), id="message", markup=False)
            with Horizontal(id="buttons"):
                yield Button(Content(self.no_label), id="no", compact=True)
                yield Button(Content(f"y = {self.yes_label}"), id="yes", compact=True)

    def on_mount(self) -> None:
        self._last_key_at = self.host.monotonic()

    def body(self) -> Content:
        """What the question is about."""
        raise NotImplementedError

    def on_key(self) -> None:
        """Every key starts the dead time anew; this comes before what the key is bound to."""
        now = self.host.monotonic()
        self._still = now - self._last_key_at >= self.dead_seconds
        self._last_key_at = now

    def on_mouse_down(self) -> None:
        """A click is no typing ahead."""
        self._still = True

    @property
    def _listening(self) -> bool:
        return self._still or not self.dead_seconds

    def action_yes(self) -> None:
        if self._listening:
            self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)

    @on(Button.Pressed, "#yes")
    def _yes_pressed(self) -> None:
        self.action_yes()

    @on(Button.Pressed, "#no")
    def _no_pressed(self) -> None:
        if self._listening:
            self.action_no()


class CancelDialog(QuestionDialog):
    """Cancels exactly the job it names; a job that ends meanwhile can no longer be cancelled."""

    yes_label = "yes, cancel it"
    dead_seconds = DEAD_SECONDS

    def __init__(self, job: Job) -> None:
        super().__init__("Cancel this job?")
        self.job = job

    def on_mount(self) -> None:
        super().on_mount()
        self.watch(self.app, "snapshot", self._job_changed, init=False)

    def body(self) -> Content:
        host, job = self.host, self.job
        now = host.clock()
        cost = money(cost_usd(job, host.catalogue, now), estimated=True)
        so_far = f"{safe(job.stage)} {duration(job.running_seconds(now))} · {cost} so far"
        return Content("\n").join(
            [
                Content.assemble((safe(title(job)), "bold"), toned(f"  ({short_id(job.id)})", "dim")),
                Content(f"{safe(job.flavor)} · {so_far}"),
                Content(""),
                Content("Stops billing. What the job has not pushed or"),
                Content("written to a mounted volume is lost."),
            ]
        )

    def _job_changed(self) -> None:
        job = self.host.snapshot.jobs.get(self.job.id)
        if job is None or job.live:
            return
        self.job = job
        self.dead_seconds = 0.0
        ending = job.ending.value if job.ending else job.stage
        self.query_one("#message", Static).update(
            Content.assemble(
                toned("It has ended meanwhile: ", "warn"), Content(ending), Content(".\nNothing to cancel.")
            )
        )
        self.query_one("#yes", Button).display = False
        self.query_one("#no", Button).label = Content("Close")

    def action_yes(self) -> None:
        if self.job.live:
            super().action_yes()


class CountDialog(ModalScreen[bool]):
    """Several jobs at once: yes is their number, typed after the keyboard has been still for a moment."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "no", "no", show=False)]
    AUTO_FOCUS = "Input"

    def __init__(self, question: str, jobs: Sequence[Job], what_it_does: str) -> None:
        super().__init__()
        self._question = question
        self._jobs = tuple(jobs)
        self._what_it_does = what_it_does
        self._last_key_at = 0.0
        self._listening = False

    def compose(self) -> ComposeResult:
        count = len(self._jobs)
        with Vertical(id="dialog") as box:
            box.border_title = Content(self._question)
            yield Static(Content(self._body()), id="message", markup=False)
            yield OrderedInput(placeholder=f"{count}, then enter; esc is no", compact=True)

    def _body(self) -> str:
        count = len(self._jobs)
        names = ", ".join(safe(title(job)) for job in self._jobs[:MOST_NAMES])
        more = f" and {count - MOST_NAMES} more" if count > MOST_NAMES else ""
        return f"{names}{more}\n\n{self._what_it_does}"

    def on_mount(self) -> None:
        self._last_key_at = cast("Host", self.app).monotonic()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """What was typed for the screen before is not the number: it is not taken."""
        now = cast("Host", self.app).monotonic()
        self._listening |= now - self._last_key_at >= DEAD_SECONDS
        self._last_key_at = now
        if not self._listening and event.value:
            event.input.value = ""

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        if event.value.strip() == str(len(self._jobs)):
            self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)


class CancelManyDialog(CountDialog):
    """Cancels exactly the jobs it was opened with."""

    def __init__(self, jobs: Sequence[Job], usd_per_hour: float) -> None:
        rate = money(usd_per_hour, estimated=True)
        super().__init__(
            f"Cancel {len(jobs)} jobs?",
            jobs,
            f"Stops {rate}/h. What they have not pushed or written to a\n"
            f"mounted volume is lost. Type {len(jobs)} to cancel them.",
        )


class RerunManyDialog(CountDialog):
    """Runs exactly the jobs it was opened with once more."""

    def __init__(self, jobs: Sequence[Job], usd_per_hour: float | None) -> None:
        payers = ", ".join(dict.fromkeys(safe(job.namespace) for job in jobs))
        super().__init__(
            f"Run {len(jobs)} jobs again?",
            jobs,
            f"{money(usd_per_hour)}/h while all of them run; {payers} pays.\nType {len(jobs)} to run them.",
        )


class RerunDialog(QuestionDialog):
    """Runs exactly the job it names once more; it costs money, so it says what at most."""

    yes_label = "yes, run it again"
    dead_seconds = DEAD_SECONDS

    def __init__(self, job: Job) -> None:
        super().__init__("Run this job again?")
        self._job = job

    def body(self) -> Content:
        job = self._job
        flavor = self.host.catalogue.get(job.flavor)
        per_hour = flavor.usd_per_hour if flavor else None
        limit = duration(job.timeout_seconds) if job.timeout_seconds else "the Hub's default time"
        return Content("\n").join(
            [
                Content.assemble((safe(title(job)), "bold"), toned(f"  ({short_id(job.id)})", "dim")),
                Content(f"{safe(job.flavor)} · {money(per_hour)}/h · stopped after {limit}"),
                Content(f"{safe(job.namespace)} pays"),
                toned("As it was, its secrets included. To change it first, edit & rerun.", "dim"),
            ]
        )


class MessageDialog(ModalScreen[None]):
    """Something the user must have read: refused actions with the server's words."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "close", "close", show=False)]
    AUTO_FOCUS = "#close"
    box_classes = "-failed"

    def __init__(self, title: str, text: str, reason: str = "") -> None:
        """`reason` is what the text shares with others of its kind: they are listed together."""
        super().__init__()
        self._text = text
        self._told = {reason or text: [title]}

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes=self.box_classes) as box:
            box.border_title = Content(self._heading())
            yield Static(Content(self._body()), id="message", markup=False)
            with Horizontal(id="buttons"):
                yield Button(Content("Close (esc)"), id="close", compact=True)

    def add(self, title: str, text: str, reason: str = "") -> None:
        """Say one thing more."""
        self._told.setdefault(reason or text, []).append(title)
        for box in self.query("#dialog"):
            box.border_title = Content(self._heading())
        for message in self.query("#message").results(Static):
            message.update(Content(self._body()))

    @property
    def _titles(self) -> list[str]:
        return [title for titles in self._told.values() for title in titles]

    def _heading(self) -> str:
        titles = self._titles
        return safe(titles[0]) if len(titles) == 1 else f"{len(titles)} times not as asked"

    def _body(self) -> str:
        if len(self._titles) == 1:
            return safe_block(self._text)
        told = list(self._told.items())
        parts = [safe_block(f"{_listed(titles)}\n{reason}") for reason, titles in told[:MOST_FAILURES]]
        unsaid = len(told) - MOST_FAILURES
        return "\n\n".join([*parts, *([f"and {unsaid} more of other kinds"] if unsaid > 0 else [])])

    @on(Button.Pressed)
    def action_close(self) -> None:
        self.dismiss()


class NoteDialog(MessageDialog):
    """Something to read that went well."""

    box_classes = ""


def _listed(titles: Sequence[str]) -> str:
    more = [f"and {len(titles) - MOST_NAMES} more:"] if len(titles) > MOST_NAMES else []
    return "\n".join([*titles[:MOST_NAMES], *more])
