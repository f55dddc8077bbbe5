"""Several jobs at once: the dialogs whose yes is the number of jobs, typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from ..domain.job import Job
from ..domain.text import safe
from ..domain.units import money
from ..presentation.job_titles import title
from ..widgets.dialog import Dialog
from ..widgets.keys_in_order import OrderedInput
from .dialogs import DEAD_SECONDS

if TYPE_CHECKING:
    from .host import Host

MOST_NAMES = 5


class CountDialog(Dialog[bool]):
    """Several jobs at once: yes is their number, typed after the keyboard has been still for a moment."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "no", "no", show=False)]
    AUTO_FOCUS = "Input"

    def __init__(self, question: str, jobs: Sequence[Job], what_it_does: str, owners: str = "") -> None:
        super().__init__()
        self._owners = owners
        """Whose they are, unless all are the user's."""
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
        owners = f"\n{self._owners}" if self._owners else ""
        return f"{names}{more}{owners}\n\n{self._what_it_does}"

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
        count = len(self._jobs)
        if event.value.strip() == str(count):
            self.dismiss(True)
        elif event.value.strip():
            words = f"{event.value.strip()} is not their number: type {count}, or esc for no"
            self.query_one(Vertical).border_subtitle = Content(safe(words))

    def action_no(self) -> None:
        self.dismiss(False)


class CancelManyDialog(CountDialog):
    """Cancels exactly the jobs it was opened with."""

    def __init__(self, jobs: Sequence[Job], usd_per_hour: float, owners: str = "") -> None:
        rate = money(usd_per_hour, estimated=True)
        super().__init__(
            f"Cancel {len(jobs)} jobs?",
            jobs,
            f"Stops {rate}/h. What they have not pushed or written to a\n"
            f"mounted volume is lost. Type {len(jobs)} to cancel them.",
            owners,
        )


class RerunManyDialog(CountDialog):
    """Runs exactly the jobs it was opened with once more."""

    def __init__(self, jobs: Sequence[Job], usd_per_hour: float | None) -> None:
        payers = list(dict.fromkeys(safe(job.namespace) for job in jobs))
        who = f"{', '.join(payers)} {'pays' if len(payers) == 1 else 'pay'}"
        super().__init__(
            f"Run {len(jobs)} jobs again?",
            jobs,
            f"{money(usd_per_hour)}/h while all of them run; {who}.\nType {len(jobs)} to run them.",
        )
