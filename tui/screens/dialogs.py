"""Dialogs. In those that destroy, only `y` is yes, and the first keys are not listened to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.message_pump import MessagePump
from textual.timer import Timer
from textual.widgets import Button, Static

from ..domain.job import Job
from ..domain.money import cost_usd
from ..domain.text import safe, short_id
from ..domain.units import duration, money
from ..keys import bindings
from ..presentation.job_columns import title
from ..presentation.job_text import toned
from ..presentation.owner_text import owners_words
from ..widgets.burst import GAP_SECONDS, LINE_BREAKS, WAIT_SECONDS
from ..widgets.dialog import Dialog

if TYPE_CHECKING:
    from .host import Host

DEAD_SECONDS = 0.3
"""How long the keyboard must have been still before a dialog that destroys takes a yes.

What was typed or pasted for the screen before must not answer it, however long it takes to work through.
"""


class QuestionDialog(Dialog[bool]):
    """A question with No in focus: Enter and escape are no, `y` is yes. Closes with the answer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")
    AUTO_FOCUS = "#no"
    yes_label = "yes"
    no_label = "No (esc)"
    dead_seconds = 0.0

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question
        self._last_key_at, self._last_key = 0.0, ""
        self._still = False
        self._painted_at = math.inf
        """When it was last painted after having been covered, on the clock of key events."""
        self._seen = False
        """Whether the last key or click came after that."""
        self._yes_at = self._text_at = -math.inf
        """When the last `y` was typed, and the last character that is no answer but part of some text."""
        self._yes: Timer | None = None
        """A yes that waits for whether more of a text follows it."""

    @property
    def host(self) -> Host:
        """The application."""
        return cast("Host", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as box:
            box.border_title = Content(safe(self._question))
            with VerticalScroll(id="text", can_focus=False):
                yield Static(self.body(), id="message", markup=False)
            with Horizontal(id="buttons"):
                yield Button(Content(self.no_label), id="no", compact=True)
                yield Button(Content(f"y = {self.yes_label}"), id="yes", compact=True)

    def on_mount(self) -> None:
        self._last_key_at = self.host.monotonic()

    def on_screen_suspend(self) -> None:
        self._painted_at = math.inf

    def _compositor_refresh(self) -> None:
        """Paint, and remember when the first frame went to the terminal: before that nobody has seen it."""
        driver = self.app._driver
        before = getattr(driver, "written_at", None)
        super()._compositor_refresh()
        if self._painted_at == math.inf and self.is_whole:
            written_at = getattr(driver, "written_at", Message().time)
            self._painted_at = math.inf if written_at == before else written_at

    def body(self) -> Content:
        """What the question is about."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """Every key restarts the dead time; this comes before what the key is bound to.

        The same key again, before the first one took effect, takes nothing away from that one.
        """
        at = self.host.monotonic()
        again = self._still and event.key == self._last_key
        self._still = again or at - self._last_key_at >= self.dead_seconds
        self._last_key_at, self._last_key = at, event.key
        self._seen = event.time >= self._painted_at
        if event.key == "y":
            self._yes_at = event.time
        elif event.is_printable or event.key in LINE_BREAKS:
            self._text_at = event.time

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click is no typing ahead."""
        self._still = True
        self._seen = event.time >= self._painted_at

    @property
    def _listening(self) -> bool:
        return self._still or not self.dead_seconds

    def action_scroll_text(self, lines: int) -> None:
        """Show more of a text that is longer than the screen."""
        self.query_one("#text").scroll_relative(y=lines, animate=False)

    def action_yes(self) -> None:
        """Say yes, unless it is a letter of a text; what came before the question was seen is no answer.

        A paste that the terminal does not mark comes as keys: `y` waits for whether more of them follow.
        """
        if self._answered and self._yes is None:
            self._yes = self.set_timer(WAIT_SECONDS, self._take_yes)

    @property
    def _answered(self) -> bool:
        return self._seen and self._listening and self._yes_at - self._text_at >= GAP_SECONDS

    def _take_yes(self) -> None:
        self._yes = None
        if self._keys_wait:
            self._yes = self.set_timer(WAIT_SECONDS, self._take_yes)
        elif self._answered:
            self.dismiss(True)  # not awaited: a screen cannot wait for its own end

    @property
    def _keys_wait(self) -> bool:
        """Whether a busy application has keys in hand that may be the rest of a text."""
        focused = self.focused
        pumps: tuple[MessagePump | None, ...] = (self.app, self, focused, focused.parent if focused else None)
        return any(pump is not None and not pump._message_queue.empty() for pump in pumps)

    def action_no(self) -> None:
        self.dismiss(False)

    @on(Button.Pressed, "#yes")
    def _yes_pressed(self) -> None:
        if self._seen and self._listening:
            self.dismiss(True)

    @on(Button.Pressed, "#no")
    def _no_pressed(self) -> None:
        if self._listening:
            self.action_no()


WHAT_IS_LOST = {
    True: ("Stops billing. What the job has not pushed or", "written to a mounted volume is lost."),
    False: ("It has not started: nothing was billed,", "and nothing is lost but its place."),
}
"""By whether the job has started."""


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
                self._named(job),
                Content(f"{safe(job.flavor)} · {so_far}"),
                Content(""),
                *(Content(line) for line in WHAT_IS_LOST[job.started_at is not None]),
            ]
        )

    def _named(self, job: Job) -> Content:
        owner = owners_words([job.namespace], self.host.identity)
        return Content.assemble(
            (safe(title(job)), "bold"),
            toned(f"  ({short_id(job.id)})", "dim"),
            toned(f"  {owner}" if owner else "", "warn"),
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
