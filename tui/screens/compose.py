"""New job: a form, and beside it, live, the job as others write it, the price and what is still wrong."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.timer import Timer
from textual.widgets import Button, Static

from ..domain.errors import HubError
from ..domain.text import safe
from ..keys import Scope, bindings
from ..presentation.schedule_text import schedule_block
from ..presentation.spec_text import (
    command_block,
    findings_block,
    money_line,
    python_block,
    request_block,
)
from ..spec.build import build
from ..spec.checks import RefusedError
from ..spec.collect import Errors
from ..spec.draft import DEFAULT_FLAVOR, Draft, keep_secret_values
from ..spec.job_spec import JobSpec
from ..spec.line import hf_line
from ..spec.parse import Parsed, parse
from ..spec.preflight import preflight
from ..spec.price import usd_per_hour
from ..spec.timeout import timeout_seconds
from ..widgets.flavor_picker import FlavorPicker
from ..widgets.key_footer import KeyFooter
from ..widgets.list_field import ListField
from ..widgets.pairs_editor import PairsEditor
from ..widgets.payer_picker import PayerPicker
from ..widgets.quiet_static import QuietStatic
from ..widgets.spec_form import SpecForm
from ..widgets.spec_preview import SpecPreview
from .base import DashboardScreen
from .line_editor import LineEditor, note_words
from .shelf_screen import ShelfScreen, save_preset
from .submitting import Submitting

__all__ = ["ComposeScreen", "parse"]

KEEP_SECONDS = 2.0
"""How long after a change the draft is written to disk at the latest."""


class ComposeScreen(DashboardScreen):
    """Keeps the draft with the application, so that leaving loses nothing."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("compose",)
    BINDINGS = bindings("compose")
    AUTO_FOCUS = "#kind"

    form = query_one(SpecForm)
    preview = query_one(SpecPreview)
    price = query_one("#price", QuietStatic)
    findings = query_one("#findings", QuietStatic)
    note = query_one("#note", QuietStatic)

    def __init__(self, parsed: Parsed | None = None) -> None:
        super().__init__()
        self._parsed = parsed
        """A line to begin with."""
        self._built: JobSpec | Errors = ()
        self._asked = False
        """Whether a submit was tried: from then on every fault is marked, not only those of typed fields."""
        self.submitting = Submitting(self)
        self._left = False
        """Whether its job was sent: the draft is not kept any more."""
        self._keep_soon: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(" New job", "bold $text-accent"), id="header", markup=False)
        with Horizontal(id="composer"):
            yield SpecForm(self.host.draft or self.host.shelf.draft() or Draft())
            with VerticalScroll(id="beside", can_focus=False):
                yield SpecPreview()
                yield QuietStatic(id="price")
                yield QuietStatic(id="findings")
        with Vertical(id="bottom"):
            yield QuietStatic(id="note")
            yield Button("Submit (ctrl+j)", id="submit", variant="primary", compact=True)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.price.border_title = Content("Price")
        self.findings.border_title = Content("Before it is sent")
        self.watch(self.app, "catalogue", self.judge, init=False)
        self.watch(self.app, "identity", self.judge, init=False)
        self.judge()
        self.update_footer()
        if self._parsed is not None:
            self.take_line(self._parsed)

    # What follows from the fields

    @on(SpecForm.Changed)
    def judge(self) -> None:
        """Build the draft and show what follows from it."""
        draft = self.form.draft()
        self.host.draft = draft
        if self._keep_soon is None:
            self._keep_soon = self.set_timer(KEEP_SECONDS, self._kept_soon)
        built = self._built = build(draft, self.host.environment)
        spec = built if isinstance(built, JobSpec) else None
        errors = () if isinstance(built, JobSpec) else built
        self.form.show_errors(errors, shown_fields=None if self._asked else _typed_fields(draft))
        self.form.show_inherited({} if spec is None else spec.from_script)
        self.form.show_next_runs(schedule_block(draft.schedule, self.now))
        self._show_price(draft, spec)
        self.preview.show_forms(command_block(draft), python_block(built), request_block(built))
        findings = () if spec is None else preflight(spec, self.host.catalogue)
        self.findings.display = bool(findings)
        self.findings.show(findings_block(findings))

    def _show_price(self, draft: Draft, spec: JobSpec | None) -> None:
        catalogue = self.host.catalogue
        self.price.show(money_line(draft, self._built, catalogue, self.host.identity))
        flavor = spec.flavor if spec else draft.flavor.strip() or DEFAULT_FLAVOR
        exposes = bool(spec and (spec.expose or spec.expose_public))
        per_hour = usd_per_hour(flavor, catalogue, exposes=exposes)
        limit = (spec.timeout_seconds, spec.attempts) if spec else (_typed_seconds(draft), None)
        self.form.show_price(per_hour, *limit)

    @on(SpecForm.NoteChanged)
    def _show_note(self, event: SpecForm.NoteChanged) -> None:
        self.note.show(
            Content.styled(f" {safe(event.text)}", "$text-error" if event.wrong else "$text-muted")
        )

    # Lists to choose from

    @on(ListField.ListRequested)
    def _open_list(self, event: ListField.ListRequested) -> None:
        field = event.list_field

        def chosen(value: str | None) -> None:
            if value is not None:
                field.take(value)

        if field.field == "flavor":
            spec = self._built if isinstance(self._built, JobSpec) else None
            limit = (spec.timeout_seconds, spec.attempts) if spec else (None, None)
            flavor = field.value or (spec.flavor if spec else DEFAULT_FLAVOR)
            self.app.push_screen(FlavorPicker(self.host.catalogue, flavor, *limit), chosen)
        elif self.host.identity is None:
            self.say("who is logged in is not known yet; any name can be typed")
        else:
            self.app.push_screen(PayerPicker(self.host.identity, field.value), chosen)

    # The job as text

    def action_edit_line(self) -> None:
        draft = self.form.draft()
        self.app.push_screen(LineEditor("" if draft == Draft() else hf_line(draft)), self._line_read)

    def _line_read(self, parsed: Parsed | None) -> None:
        if parsed is not None:
            self.take_line(parsed)

    def take_line(self, parsed: Parsed) -> None:
        """Fill the form from a line, and say what of it has no place there."""
        if parsed.draft is not None:
            self.form.load(keep_secret_values(parsed.draft, self.form.draft()))
        if parsed.notes:
            self.say("\n".join(note_words(note) for note in parsed.notes))

    # Presets and the last submissions

    def action_save_preset(self) -> None:
        suggested = self.form.draft().name.strip() or getattr(self._built, "name", "")
        save_preset(self, self.host.shelf, self.form.draft(), safe(suggested))

    def action_open_preset(self) -> None:
        self.app.push_screen(ShelfScreen(self.host.shelf), self._preset_chosen)

    def _preset_chosen(self, draft: Draft | None) -> None:
        if draft is not None:
            self.form.load(keep_secret_values(draft, self.form.draft()))

    def action_next_form(self) -> None:
        self.preview.turn()

    def action_copy_text(self) -> None:
        text, what = self._shown_text()
        self.app.copy_to_clipboard(text)
        self.notify(f"copied the {what}, secrets as names", markup=False)

    def _shown_text(self) -> tuple[str, str]:
        built = self._built
        if self.preview.form == "python" and isinstance(built, JobSpec):
            return python_block(built).plain, "Python"
        if self.preview.form == "request" and isinstance(built, JobSpec):
            return request_block(built).plain, "request"
        return hf_line(self.form.draft()), "hf command"

    # Secrets, for as long as a key is held

    def action_reveal_secret(self) -> None:
        focused = self.focused
        editor = focused.parent if focused else None
        if focused is None or not isinstance(editor, PairsEditor) or not editor.hold_open(focused):
            self.say("the cursor is not in a secret")

    # Submit

    @on(Button.Pressed, "#submit")
    def action_submit(self) -> None:
        if self.refuse("compose.submit", None):
            return
        self._asked = True
        self.judge()
        self.submitting.begin(self._built)

    def show_progress(self, words: str, *, can_withdraw: bool) -> None:
        """Say how the submit is doing."""
        self.submitting.show_progress(words, can_withdraw=can_withdraw)

    def script_fetched(self, url: str, error: HubError | None) -> None:
        """A script on the web is here, or cannot be had."""
        self.judge()
        self.submitting.script_fetched(url, error)

    def submit_ended(self, *, created: bool, refusal: str = "") -> None:
        """Go once the job exists; else the form is as it was and can be sent again."""
        if not created:
            self.submitting.failed(refusal)
            return
        self._left = True
        while self in self.app.screen_stack:
            self.app.pop_screen()

    def tell(self, text: str) -> None:
        """Put a line below the form."""
        self.note.show(Content(f" {safe(text)}"))

    def action_leave_form(self) -> None:
        if not self.submitting.withdraw():
            self.app.pop_screen()

    # The draft is kept, also across a restart

    def _kept_soon(self) -> None:
        self._keep_soon = None
        self._keep_draft()

    def _keep_draft(self) -> None:
        if not self._left:
            self.host.shelf.keep_draft(self.host.draft)

    def on_unmount(self) -> None:
        self._keep_draft()


def _typed_seconds(draft: Draft) -> int | None:
    """The timeout as it is typed, None for the default and for what is no time."""
    try:
        return timeout_seconds(draft.timeout_amount, draft.timeout_unit) if draft.timeout_amount else None
    except RefusedError:
        return None


def _typed_fields(draft: Draft) -> list[str]:
    """Fields that hold something else than an empty form: only their faults are marked while typing."""
    empty = Draft()
    return [field for field in Draft.__dataclass_fields__ if getattr(draft, field) != getattr(empty, field)]
