"""Which ports of a running job are reached from outside, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from ..domain.job import Job
from ..domain.ports import Ports, PortsEdit
from ..domain.text import safe, short_id
from ..keys import bindings
from ..messages import ExposeRequested
from ..presentation.job_text import toned
from ..presentation.job_titles import title
from ..spec.checks import RefusedError
from ..spec.port_fields import read_ports
from ..widgets.dialog import Dialog
from ..widgets.keys_in_order import OrderedInput
from .dialogs import DEAD_SECONDS, QuestionDialog

if TYPE_CHECKING:
    from textual.app import App


class PortsDialog(Dialog[Ports | None]):
    """Closes with the ports to be open; stays open while they cannot be sent."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("form")
    AUTO_FOCUS = "#ports-exposed"

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def compose(self) -> ComposeResult:
        job = self._job
        with Vertical(id="ports") as box:
            box.border_title = Content(f"Ports of {safe(title(job))}")
            box.border_subtitle = Content("enter or ctrl+s saves · tab next field · esc leaves")
            yield Static(self._reached(), id="ports-now", markup=False)
            yield Label("Exposed: with a token that may read the namespace", markup=False)
            yield OrderedInput(
                " ".join(str(port) for port in job.ports if port not in job.public_ports),
                placeholder="8000 8080, or nothing",
                id="ports-exposed",
                compact=True,
                select_on_focus=False,
            )
            yield Label("Public: by anyone who knows the address", markup=False)
            yield OrderedInput(
                " ".join(map(str, job.public_ports)),
                placeholder="none",
                id="ports-public",
                compact=True,
                select_on_focus=False,
            )
            yield Static(
                toned("Two empty fields close them all. A job with ports costs $0.01/h more.", "dim"),
                markup=False,
            )
            yield Static(id="ports-fault", markup=False)

    def _reached(self) -> Content:
        lines = [toned(safe(url), "accent") for url in self._job.expose_urls]
        return Content("\n").join(lines or [toned("No port is open now.", "dim")])

    @on(Input.Changed)
    def _typed(self) -> None:
        self._read()

    def _read(self) -> Ports | None:
        """The ports as typed; None, and why, while they cannot be sent."""
        fault, ports = "", None
        exposed, public = (self.query_one(f"#ports-{name}", Input).value for name in ("exposed", "public"))
        try:
            ports = read_ports(exposed, public)
        except RefusedError as refusal:
            fault = str(refusal)
        self.query_one("#ports-fault", Static).update(Content(safe(fault)))
        return ports

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Close with the ports, if they can be sent."""
        ports = self._read()
        if ports is not None:
            self.dismiss(ports)

    def action_leave(self) -> None:
        """Close; nothing is changed."""
        self.dismiss(None)


class PublicPortsDialog(QuestionDialog):
    """Asks once more before anyone can reach a port."""

    yes_label = "yes, open to anyone"
    dead_seconds = DEAD_SECONDS

    def __init__(self, job: Job, ports: tuple[int, ...]) -> None:
        super().__init__("Open to anyone?")
        self._job, self._ports = job, ports

    def body(self) -> Content:
        job = self._job
        ports = ", ".join(map(str, self._ports))
        return Content("\n").join(
            [
                Content.assemble((safe(title(job)), "bold"), toned(f"  ({short_id(job.id)})", "dim")),
                Content(
                    f"{'Port' if len(self._ports) == 1 else 'Ports'} {ports}: anyone who knows the address"
                ),
                Content("can use what listens there, without a token."),
            ]
        )


def ask_ports(app: App[int], job: Job) -> None:
    """Ask for the ports of a job and post what is to be done."""

    def answered(wanted: Ports | None) -> None:
        edit = PortsEdit(Ports.of(job), wanted) if wanted is not None else None
        if not edit:
            return
        if not edit.newly_public:
            app.post_message(ExposeRequested(job, edit))
            return

        def confirmed(yes: bool | None) -> None:
            if yes:
                app.post_message(ExposeRequested(job, edit))

        app.push_screen(PublicPortsDialog(job, edit.newly_public), confirmed)

    app.push_screen(PortsDialog(job), answered)
