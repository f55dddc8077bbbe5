"""New job: a form, and beside it, live, the job as others write it, the price and what is still wrong."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.css.query import QueryType
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Button, Static

from ..domain.errors import HubError
from ..domain.text import safe
from ..keys import Action, Scope, action_by_id, bindings
from ..presentation.schedule_text import schedule_block
from ..presentation.spec_text import first_fixable
from ..spec.build import build
from ..spec.collect import Errors, FieldError
from ..spec.draft import Draft, keep_secret_values, typed_fields
from ..spec.finding import Finding
from ..spec.job_spec import JobSpec
from ..spec.line import hf_line
from ..spec.parse import Parsed, keep_spelling, parse
from ..spec.preflight import preflight
from ..spec.price import price_and_limit
from ..spec.token_findings import token_findings
from ..widgets.beside import Beside
from ..widgets.key_footer import KeyFooter
from ..widgets.list_field import ListField
from ..widgets.pairs_editor import PairsEditor
from ..widgets.quiet_static import QuietStatic
from ..widgets.spec_form import SpecForm
from .base import DashboardScreen
from .draft_keeper import DraftKeeper
from .field_lists import open_list
from .line_editor import Edited, LineEditor, note_words
from .shelf_screen import ShelfScreen, save_preset
from .submitting import Submitting
from .value_rows import ValueRows
from .web_script import WebScript

__all__ = ["ComposeScreen", "parse"]


class ComposeScreen(DashboardScreen):
    """Keeps the draft with the application, so that leaving loses nothing."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("compose",)
    BINDINGS = bindings("compose")
    AUTO_FOCUS = "#kind"

    form = query_one(SpecForm)
    beside = query_one(Beside)
    note = query_one("#note", QuietStatic)

    def __init__(
        self,
        parsed: Parsed | None = None,
        *,
        field: str = "",
        instead_of: Draft | None = None,
        refused_payer: str = "",
    ) -> None:
        super().__init__()
        self._instead_of = instead_of
        """The draft that gave way to the one to begin with."""
        self._parsed = parsed
        """A line to begin with."""
        self._field = field
        """The field to begin in."""
        self._refused_payer = refused_payer
        """The namespace that another is to be chosen for, to begin with."""
        self._built: JobSpec | Errors = ()
        self._findings: tuple[Finding, ...] = ()
        self._asked = False
        """Whether a submit was tried: from then on every fault is marked, not only those of typed fields."""
        self.submitting = Submitting(self)
        self.web_script = WebScript(self)
        self.keeper = DraftKeeper(self)
        self.values = ValueRows(self)

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(" New job", "bold $text-accent"), id="header", markup=False)
        with Horizontal(id="composer"):
            yield SpecForm(self.host.draft or self.host.shelf.draft() or Draft())
            yield Beside(id="beside")
        with Vertical(id="bottom"):
            yield QuietStatic(id="note")
            yield Button("Submit (ctrl+j)", id="submit", variant="primary", compact=True)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.watch(self.app, "catalogue", self.judge, init=False)
        self.watch(self.app, "identity", self.judge, init=False)
        self.judge()
        self.update_footer()
        self.submitting.show_progress()
        if fault := self.host.shelf.draft_fault:
            self.host.shelf.draft_fault = ""
            self.say(safe(fault))
        if self._parsed is not None:
            self.take_line(self._parsed)
        if self._instead_of is not None:
            self._set_aside(self._instead_of)
        if self._field:
            self.call_after_refresh(self.form.focus_error, FieldError(self._field, ""))
        if self._refused_payer:
            self.call_after_refresh(self.choose_payer, self._refused_payer)

    def on_unmount(self) -> None:
        self.keeper.keep()
        self.host.forget_scripts()

    def focus_next(self, selector: str | type[QueryType] = "*") -> Widget | None:
        self.form.complete()  # typed ahead of the first paint: no field may be passed over
        return super().focus_next(selector)

    def focus_previous(self, selector: str | type[QueryType] = "*") -> Widget | None:
        self.form.complete()
        return super().focus_previous(selector)

    # What follows from the fields

    @on(SpecForm.Changed)
    def judge(self) -> None:
        """Build the draft and show what follows from it."""
        draft, catalogue = self.form.draft(), self.host.catalogue
        self.host.draft = draft
        self.keeper.keep_soon()
        self.web_script.follow(draft)
        built = self._built = build(draft, self.host.environment)
        spec = built if isinstance(built, JobSpec) else None
        errors = () if isinstance(built, JobSpec) else built
        self.form.show_errors(errors, shown_fields=None if self._asked else typed_fields(draft))
        self.form.show_inherited({} if spec is None else spec.from_script)
        self.values.show_origins(draft)
        self.form.show_next_runs(schedule_block(draft.schedule, self.now))
        self.form.show_price(*price_and_limit(draft, spec, catalogue))
        self.beside.show(draft, built, catalogue, self.host.identity)
        known = () if spec is None else preflight(spec, catalogue, self.host.environment)
        namespace = (spec and spec.namespace) or draft.namespace.strip() or self.host.settings.namespace
        self._findings = (*token_findings(self.host.identity, namespace), *known, *self.web_script.findings())
        self.beside.show_findings(self._findings)

    @on(SpecForm.NoteChanged)
    def _show_note(self, event: SpecForm.NoteChanged) -> None:
        if self.host.sending is not None and not event.wrong:
            return  # the line says how that goes
        self.note.show(Content.styled(safe(event.text), "$text-error" if event.wrong else "$text-muted"))

    @on(ListField.ListRequested)
    def _open_list(self, event: ListField.ListRequested) -> None:
        if self.is_active:  # once, however often it was clicked
            open_list(self, event.list_field, self._built)

    def choose_payer(self, refused: str) -> None:
        """Ask which namespace is billed instead of one that was refused."""
        self.form.focus_error(FieldError("namespace", ""))
        row = self.form.row("namespace")
        if row is not None and isinstance(field := row.controls[0], ListField):
            open_list(self, field, self._built, refused=refused)

    # The job as text

    def action_edit_line(self) -> None:
        draft = self.form.draft()
        line = "" if draft == Draft() else hf_line(draft)
        self.app.push_screen(LineEditor(line), partial(self.when_whole, self._line_left))

    def _line_left(self, edited: Edited | None) -> None:
        if edited is None or edited.parsed.draft is None:
            return
        if edited.fill:
            self.host.aside.put(self.form.draft())
            self.take_line(edited.parsed, edited=True)
        else:
            self._set_aside(keep_secret_values(edited.parsed.draft, self.form.draft()), "the line you left")

    def take_line(self, parsed: Parsed, *, edited: bool = False) -> None:
        """Fill the form from a line, and say what of it has no place there.

        What an `edited` line was made of is set aside without a word: that is how a form is changed as text.
        """
        if parsed.draft is not None:
            draft = keep_secret_values(parsed.draft, self.form.draft())
            if edited:
                self.form.load(keep_spelling(draft, self.form.draft()))
            else:
                self._fill(draft)
        if parsed.notes:
            self.say("\n".join(note_words(note) for note in parsed.notes))

    # Presets and the last submissions

    def action_save_preset(self) -> None:
        suggested = self.form.draft().name.strip() or getattr(self._built, "name", "")
        save_preset(self, self.host.shelf, self.form.draft(), safe(suggested))

    def action_open_preset(self) -> None:
        self.app.push_screen(ShelfScreen(self.host.shelf), partial(self.when_whole, self._preset_chosen))

    def _preset_chosen(self, draft: Draft | None) -> None:
        if draft is not None:
            self._fill(keep_secret_values(draft, self.form.draft()))

    # One draft gives way to another

    def _fill(self, draft: Draft) -> None:
        before = self.form.draft()
        self._asked = False
        self.form.load(draft)
        self._set_aside(before)

    def _set_aside(self, before: Draft, what: str = "what stood in the form") -> None:
        """Keep a draft that is not in the form, and say so."""
        if before not in (Draft(), self.form.draft()):
            self.host.aside.put(before)
            key = action_by_id("compose.turn").key
            self.notify(f"{what} is set aside: {key} brings it back", markup=False)

    def action_empty_form(self) -> None:
        if self.form.draft() == Draft():
            self.say("the form is empty already")
        else:
            self._fill(Draft())

    def action_bring_back(self) -> None:
        draft = self.host.aside.turn(self.form.draft())
        if draft is None:
            self.say("no other draft was set aside")
        else:
            self.form.load(draft)

    def action_fix_finding(self) -> None:
        """Put right what the first finding that can be put right is about; the key for undo takes it back."""
        finding = first_fixable(self._findings)
        if finding is None or finding.fix is None:
            self.say("No finding offers a fix")
            return
        self.host.aside.put(self.form.draft())
        self.form.load(finding.fix.draft)
        key = action_by_id("compose.turn").key
        self.say(f"{finding.fix.label}: done, {key} takes it back")

    def action_next_form(self) -> None:
        self.beside.preview.turn()

    def action_copy_text(self) -> None:
        text, what = self.beside.preview.copyable(self.form.draft(), self._built)
        self.host.copy(text, f"copied the {what}, secrets as names")

    # Values from this machine

    def action_take_value(self) -> None:
        self.values.take()

    def on_descendant_focus(self) -> None:
        self.values.follow_cursor()

    def offered(self, listed: Iterable[Action]) -> Iterable[Action]:
        """The key that takes a value from here comes first where it does something, and is nowhere else."""
        others = [action for action in listed if action.id != "compose.take"]
        return [action_by_id("compose.take"), *others] if self.values.offered else others

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

    def script_fetched(self, url: str, error: HubError | None) -> None:
        """A script on the web is here, or cannot be had."""
        self.web_script.fetched(url, error)
        self.judge()
        self.submitting.script_fetched(url, error)

    def leave(self) -> None:
        """Go: the job exists."""
        self.keeper.let_go()
        while self in self.app.screen_stack:
            self.app.pop_screen()

    def tell(self, text: str) -> None:
        """Put a line below the form."""
        self.note.show(Content(safe(text)))

    def action_leave_form(self) -> None:
        if not self.submitting.withdraw():
            self.app.pop_screen()
