"""New job: a form, and beside it, live, the equivalent command, the price and what is still wrong."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Button, Static

from ..domain.text import safe
from ..keys import Scope, bindings
from ..messages import SubmitRequested
from ..presentation.spec_text import command_block, findings_block, money_line
from ..spec.build import build
from ..spec.collect import Errors, FieldError
from ..spec.draft import Draft, keep_secret_values
from ..spec.job_spec import JobSpec
from ..spec.line import hf_line
from ..spec.parse import Parsed
from ..spec.preflight import preflight
from ..widgets.flavor_field import FlavorField
from ..widgets.flavor_picker import FlavorPicker
from ..widgets.key_footer import KeyFooter
from ..widgets.spec_form import SpecForm
from .base import DashboardScreen
from .line_editor import LineEditor, note_words
from .submit_dialog import SubmitDialog


class ComposeScreen(DashboardScreen):
    """Keeps the draft with the application, so that leaving loses nothing."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("compose",)
    BINDINGS = bindings("compose")
    AUTO_FOCUS = "#kind"

    form = query_one(SpecForm)
    command = query_one("#command-line", Static)
    price = query_one("#price", Static)
    findings = query_one("#findings", Static)
    note = query_one("#note", Static)

    def __init__(self) -> None:
        super().__init__()
        self._asked = False
        """Whether a submit was tried: from then on every fault is marked, not only those of typed fields."""
        self._submitting = False

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(" New job", "bold $text-accent"), id="header", markup=False)
        with Horizontal(id="composer"):
            yield SpecForm()
            with VerticalScroll(id="beside", can_focus=False):
                yield Static(id="command-line", markup=False)
                yield Static(id="price", markup=False)
                yield Static(id="findings", markup=False)
        with Vertical(id="bottom"):
            yield Static(id="note", markup=False)
            yield Button("Submit (ctrl+j)", id="submit", variant="primary", compact=True)
        yield KeyFooter()

    async def on_mount(self) -> None:
        self.command.border_title = Content("hf command")
        self.command.border_subtitle = Content("F2 edits it as text")
        self.price.border_title = Content("Price")
        self.findings.border_title = Content("Before it is sent")
        if self.host.draft is not None:
            await self.form.load(self.host.draft)
        self.watch(self.app, "catalogue", self.judge, init=False)
        self.watch(self.app, "identity", self.judge, init=False)
        self.judge()
        self.update_footer()

    @on(SpecForm.Changed)
    def judge(self) -> None:
        """Build the draft and show what follows from it."""
        draft = self.form.draft()
        self.host.draft = draft
        built = build(draft, self.host.environment)
        errors = () if isinstance(built, JobSpec) else built
        self.form.show_errors(errors, shown_fields=None if self._asked else _typed_fields(draft))
        self.command.update(command_block(draft))
        self.price.update(money_line(draft, built, self.host.catalogue, self.host.identity))
        findings = preflight(built, self.host.catalogue) if isinstance(built, JobSpec) else ()
        self.findings.display = bool(findings)
        self.findings.update(findings_block(findings))

    @on(SpecForm.NoteChanged)
    def _show_note(self, event: SpecForm.NoteChanged) -> None:
        self.note.update(
            Content.styled(f" {safe(event.text)}", "$text-error" if event.wrong else "$text-muted")
        )

    # Hardware and the command as text

    @on(FlavorField.ListRequested)
    def _choose_flavor(self) -> None:
        field = self.query_one(FlavorField)

        def chosen(name: str | None) -> None:
            if name is not None:
                field.value = name
                field.cursor_position = len(name)

        self.app.push_screen(FlavorPicker(self.host.catalogue, field.value or "cpu-basic"), chosen)

    def action_edit_line(self) -> None:
        draft = self.form.draft()
        self.app.push_screen(LineEditor("" if draft == Draft() else hf_line(draft)), self._line_read)

    async def _line_read(self, parsed: Parsed | None) -> None:
        if parsed is None or parsed.draft is None:
            return
        await self.form.load(keep_secret_values(parsed.draft, self.form.draft()))
        if parsed.notes:
            self.say("\n".join(note_words(note) for note in parsed.notes))

    def action_copy_line(self) -> None:
        self.app.copy_to_clipboard(hf_line(self.form.draft()))
        self.notify("copied the hf command, secrets as names", markup=False)

    # Submit

    @on(Button.Pressed, "#submit")
    def action_submit(self) -> None:
        if self.refuse("compose.submit", None):
            return
        if self._submitting:
            self.say("this job is being submitted")
            return
        self._asked = True
        built = build(self.form.draft(), self.host.environment)
        self.judge()
        if not isinstance(built, JobSpec):
            self._show_first(built)
            return
        blocking = [found for found in preflight(built, self.host.catalogue) if found.grade == "error"]
        if blocking:
            self._show_first(tuple(FieldError(found.field, found.message) for found in blocking))
            return
        self._confirm(built)

    def _show_first(self, errors: Errors) -> None:
        self.form.focus_error(errors[0])
        self.say(safe(errors[0].message))

    def _confirm(self, spec: JobSpec) -> None:
        identity = self.host.identity
        namespace = spec.namespace or self.host.settings.namespace or (identity.name if identity else "")

        def answered(yes: bool | None) -> None:
            if yes:
                self._submitting = True
                self.query_one("#submit", Button).disabled = True
                self._tell("submitting…")
                self.post_message(SubmitRequested(spec, namespace))

        self.app.push_screen(SubmitDialog(spec, namespace), answered)

    def submit_ended(self, *, created: bool) -> None:
        """Go once the job exists; else the form is as it was and can be sent again."""
        if created:
            self.app.pop_screen()
            return
        self._submitting = False
        self.query_one("#submit", Button).disabled = False
        self._tell("not submitted: the form is as you left it")

    def _tell(self, text: str) -> None:
        self.note.update(Content(f" {text}"))

    def action_leave_form(self) -> None:
        self.app.pop_screen()


def _typed_fields(draft: Draft) -> list[str]:
    """Fields that hold something else than an empty form: only their faults are marked while typing."""
    empty = Draft()
    return [field for field in Draft.__dataclass_fields__ if getattr(draft, field) != getattr(empty, field)]
