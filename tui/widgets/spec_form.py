"""The form of a job: every field is raw text, the form gives a draft, the spec builder judges it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from ..spec.collect import FieldError
from ..spec.draft import Draft
from .choice import Choice
from .fields import TextField
from .form_fields import SECTIONS
from .form_looks import FormLooks
from .form_row import FormRow
from .form_section import FormSection
from .pairs_editor import PairsEditor
from .quiet_static import QuietStatic
from .rows_editor import RowsEditor
from .section_title import SectionTitle
from .spend_field import SpendField

_NOT_SENT = "enter sends nothing: tab or ↓ goes on, ctrl+j submits"


class SpecForm(FormLooks, can_focus=False):
    """Sections in the order they are read. Fields that the chosen kind has no use for are not shown."""

    class Changed(Message):
        """Some field holds another text. Many at once, as when a draft is loaded, are told once."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, SpecForm.Changed)

    class NoteChanged(Message):
        """The cursor is in another field or on a heading, or what it is in is right or wrong now."""

        def __init__(self, text: str, *, wrong: bool) -> None:
            super().__init__()
            self.text, self.wrong = text, wrong

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._base = draft
        self.sections = tuple(FormSection(plan, draft) for plan in SECTIONS)

    def compose(self) -> ComposeResult:
        yield from self.sections

    def on_mount(self) -> None:
        self.call_after_refresh(self.complete)

    def complete(self) -> None:
        """Open the sections that are not there yet, after the first paint: what is looked at comes first."""
        for section in self.sections:
            if section.awaited:
                section.turn(True)

    @property
    def rows(self) -> Iterator[FormRow]:
        """Every row there is so far."""
        return (row for section in self.sections for row in section.rows)

    def row(self, field: str) -> FormRow | None:
        """The row of a field, None while its section was never opened."""
        return next((row for row in self.rows if row.field == field or row.holds(field)), None)

    # Draft in, draft out

    def draft(self) -> Draft:
        """What the fields hold now."""
        values: dict[str, object] = {}
        for section in self.sections:
            section.read(values)
        return replace(self._base, **values)  # type: ignore[arg-type]

    def load(self, draft: Draft) -> None:
        """Fill every field from a draft."""
        self._base = draft
        for section in self.sections:
            section.fill(draft)
        self.complete()
        self.post_message(self.Changed())

    # What is known of the fields

    def show_errors(
        self, errors: tuple[FieldError, ...], *, shown_fields: Iterable[str] | None = None
    ) -> None:
        """Mark the fields that are wrong. `shown_fields` limits the marks to these, None marks all."""
        limit = None if shown_fields is None else set(shown_fields)
        shown = [error for error in errors if limit is None or error.field in limit]
        for section in self.sections:
            section.show_errors(shown)
        self._tell_note()

    def show_refusal(self, error: FieldError) -> None:
        """Mark a field the server refused, until the form is judged again, and go there."""
        self.focus_error(error)
        section, row = self.section_of(error.field), self.row(error.field)
        if row is not None:
            section.show_fault(row, error.message)

    def show_origins(self, origins: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Say where the values of rows come from that are not typed in them, by field."""
        for row in self.rows:
            for control in row.controls:
                if isinstance(control, PairsEditor) and row.field in origins:
                    control.show_origins(origins[row.field])
        self._tell_note()

    def show_inherited(self, from_script: Mapping[str, str]) -> None:
        """Say in empty fields what the script gives."""
        for row in self.rows:
            for control in row.controls:
                if isinstance(control, (TextField, PairsEditor, RowsEditor)):
                    control.show_inherited(from_script.get(row.field, ""))

    def show_price(self, per_hour: float | None, timeout_seconds: int | None, attempts: int | None) -> None:
        """Keep "at most $" in step with the timeout."""
        self.query_one(SpendField).follow(per_hour, timeout_seconds, attempts)

    def show_next_runs(self, words: Content) -> None:
        """Say under the schedule when it runs."""
        if (row := self.row("next_runs")) is not None:
            for control in row.controls:
                if isinstance(control, QuietStatic):
                    control.show(words)
            row.show(bool(words.plain))

    # The cursor

    def section_of(self, field: str) -> FormSection:
        """The section a field stands in."""
        return next((one for one in self.sections if field in one.plan.fields), self.sections[0])

    def focus_error(self, error: FieldError) -> None:
        """Put the cursor into the field an error speaks of, opening its section."""
        self.section_of(error.field).turn(True)
        row = self.row(error.field)
        if row is None:
            return
        control = row.controls[0]
        if isinstance(control, (PairsEditor, RowsEditor)):
            self.call_after_refresh(control.focus_row, error.index)
        else:
            self.call_after_refresh(row.take_cursor)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._tell_note()

    @on(SectionTitle.Turned)
    def _section_turned(self, event: SectionTitle.Turned) -> None:
        event.stop()
        self._tell_note()

    def _tell_note(self) -> None:
        title = next((one.title for one in self.sections if one.title and one.title.has_focus), None)
        if title is not None:
            self.post_message(self.NoteChanged(title.hint, wrong=title.wrong and not title.open))
            return
        row = next((row for row in self.rows if row.has_cursor), None)
        if row is not None:
            self.post_message(self.NoteChanged(row.fault or row.note or row.hint, wrong=bool(row.fault)))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.NoteChanged(_NOT_SENT, wrong=False))

    # Changes

    @on(Choice.Changed, "#kind")
    def _kind_changed(self, event: Choice.Changed) -> None:
        self.sections[0].show_kind(event.value)

    @on(SpendField.LimitChosen)
    def _limit_chosen(self, event: SpendField.LimitChosen) -> None:
        event.stop()
        if event.minutes:
            self.query_one("#timeout_unit", Choice).value = "m"
            self.query_one("#timeout_amount", Input).value = str(event.minutes)
        self.post_message(self.Changed())

    @on(Input.Changed, "#flavor, #timeout_amount, #attempts")
    @on(Choice.Changed, "#timeout_unit")
    def _limit_changed(self) -> None:
        self.query_one(SpendField).let_go()

    @on(FormSection.RowsMade)
    @on(Input.Changed)
    @on(Choice.Changed)
    @on(PairsEditor.Changed)
    @on(RowsEditor.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Changed())
