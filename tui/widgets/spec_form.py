"""The form of a job: every field is raw text, the form gives a draft, the spec builder judges it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from ..spec.collect import FieldError
from ..spec.draft import Draft, Kind, Pair, SecretPair, TimeoutUnit
from ..spec.secret import Secret
from .choice import Choice
from .flavor_field import FlavorField
from .pairs_editor import PairsEditor

KINDS = (
    ("uv-script", "UV script"),
    ("uv-command", "UV command"),
    ("image", "Docker image"),
    ("space", "Space"),
)
SHELLS = (("none", "as it stands"), ("sh", "through sh -c"))
UNITS = (("s", "seconds"), ("m", "minutes"), ("h", "hours"), ("d", "days"))

_UV = ("uv-script", "uv-command")
_ALL = tuple(kind for kind, _ in KINDS)


class FormRow(Horizontal):
    """One field with its label; a fault turns the label red and puts a sign before it."""

    def __init__(
        self, label: str, hint: str, *controls: Widget, field: str, kinds: tuple[str, ...] = _ALL
    ) -> None:
        super().__init__(*controls)
        self.label, self.hint, self.field, self.kinds = label, hint, field, kinds
        self.fault = ""

    def compose(self) -> ComposeResult:
        yield Static(Content(f"  {self.label}"), classes="row-label", markup=False)

    def on_mount(self) -> None:
        self.move_child(self.query_one(".row-label"), before=0)

    def show_fault(self, message: str) -> None:
        """Mark the field as wrong, or as right again with an empty message. Nothing moves."""
        if message == self.fault:
            return
        self.fault = message
        self.set_class(bool(message), "-wrong")
        sign = "✗" if message else " "
        self.query_one(".row-label", Static).update(Content(f"{sign} {self.label}"))


class SpecForm(VerticalScroll, can_focus=False):
    """Fields in the order they are read. Fields that the chosen kind has no use for are not shown."""

    class Changed(Message):
        """Some field holds another text."""

    class NoteChanged(Message):
        """The cursor is in another field, or that field is right or wrong now."""

        def __init__(self, text: str, *, wrong: bool) -> None:
            super().__init__()
            self.text, self.wrong = text, wrong

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = (
        "script", "image", "space", "command", "python", "uv_image", "name", "namespace",
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._base = Draft()
        self._errors: tuple[FieldError, ...] = ()

    def compose(self) -> ComposeResult:
        yield FormRow("Kind", "← → choose what to run", Choice(KINDS, id="kind"), field="kind")
        yield self._text("script", "Script", "path or address of a .py file", ("uv-script",))
        yield self._text("image", "Image", "a Docker image: python:3.12", ("image",))
        yield self._text("space", "Space", "owner/name of the Space whose image runs", ("space",))
        yield self._text("command", "Command", "as in a shell; it is sent as a list, no shell runs it")
        yield FormRow(
            "Shell", "sh -c gives you pipes, && and $VARIABLES of the job", Choice(SHELLS, id="shell"),
            field="shell", kinds=("image", "space"),
        )  # fmt: skip
        yield self._text("dependencies", "With", "packages to add, separated by spaces", _UV)
        yield self._text("python", "Python", "version for uv: 3.12", _UV)
        yield self._text("uv_image", "Uv image", "an image with uv inside; empty takes uv's own", _UV)
        yield FormRow("Flavor", "enter or ↓ opens the list", FlavorField(id="flavor"), field="flavor")
        yield FormRow(
            "Timeout", "empty: the Hub's default of 30 minutes; nothing can extend a running job",
            Input(placeholder="default 30 m", id="timeout_amount", compact=True),
            Choice(UNITS, value=Draft().timeout_unit, id="timeout_unit"), field="timeout_amount",
        )  # fmt: skip
        yield FormRow(
            "Env", "variables of the job, visible to all who see it", PairsEditor(id="env"), field="env"
        )
        yield FormRow(
            "Secrets", "encrypted by the Hub; with no value it is taken from your environment",
            PairsEditor(id="secrets", masked=True), field="secrets",
        )  # fmt: skip
        yield FormRow("Labels", "for finding it again: team = ml", PairsEditor(id="labels"), field="labels")
        yield self._text("name", "Name", "empty: as hf would name it")
        yield self._text("namespace", "Namespace", "user or organisation that owns it and pays; empty: you")

    def on_mount(self) -> None:
        self._show_kind(self.query_one("#kind", Choice).value)

    # Draft in, draft out

    def draft(self) -> Draft:
        """What the fields hold now; what the form has no field for stays as it was loaded."""
        texts = {field: self._input(field).value for field in self.TEXT_FIELDS}
        return replace(
            self._base,
            **texts,  # type: ignore[arg-type]
            kind=cast(Kind, self.query_one("#kind", Choice).value),
            shell=self.query_one("#shell", Choice).value == "sh",
            dependencies=tuple(self._input("dependencies").value.split()),
            flavor=self.query_one(FlavorField).value,
            timeout_amount=self._input("timeout_amount").value,
            timeout_unit=cast(TimeoutUnit, self.query_one("#timeout_unit", Choice).value),
            env=tuple(Pair(name, value) for name, value in self._pairs("env").pairs),
            secrets=tuple(_secret(name, value) for name, value in self._pairs("secrets").pairs),
            labels=tuple(Pair(name, value or "") for name, value in self._pairs("labels").pairs),
        )  # fmt: skip

    async def load(self, draft: Draft) -> None:
        """Fill every field from a draft."""
        self._base = draft
        for field in self.TEXT_FIELDS:
            self._input(field).value = getattr(draft, field)
        self._input("dependencies").value = " ".join(draft.dependencies)
        self._input("timeout_amount").value = draft.timeout_amount
        self.query_one("#timeout_unit", Choice).value = draft.timeout_unit or "s"
        self.query_one("#kind", Choice).value = draft.kind
        self.query_one("#shell", Choice).value = "sh" if draft.shell else "none"
        self.query_one(FlavorField).value = draft.flavor
        await self._pairs("env").show((pair.name, pair.value) for pair in draft.env)
        await self._pairs("labels").show((pair.name, pair.value) for pair in draft.labels)
        await self._pairs("secrets").show(
            (pair.name, pair.value.reveal() if pair.value else None) for pair in draft.secrets
        )
        self.post_message(self.Changed())

    # Faults

    def show_errors(
        self, errors: tuple[FieldError, ...], *, shown_fields: Iterable[str] | None = None
    ) -> None:
        """Mark the fields that are wrong. `shown_fields` limits the marks to these, None marks all."""
        self._errors = errors
        limit = None if shown_fields is None else set(shown_fields)
        for row in self.query(FormRow):
            faults = [error.message for error in errors if _row_of(error) == row.field]
            row.show_fault(faults[0] if faults and (limit is None or row.field in limit) else "")
        self._tell_note()

    def focus_error(self, error: FieldError) -> None:
        """Put the cursor into the field an error speaks of."""
        row = next((row for row in self.query(FormRow) if row.field == _row_of(error)), None)
        if row is None:
            return
        editor = row.query(PairsEditor)
        if editor:
            editor.first().focus_row(error.index)
        else:
            next(iter(row.query("Input, Choice"))).focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._tell_note()

    def _tell_note(self) -> None:
        focused = self.screen.focused
        row = (
            next((node for node in focused.ancestors if isinstance(node, FormRow)), None) if focused else None
        )
        if row is not None:
            self.post_message(self.NoteChanged(row.fault or row.hint, wrong=bool(row.fault)))

    # Changes

    @on(Choice.Changed, "#kind")
    def _kind_changed(self, event: Choice.Changed) -> None:
        self._show_kind(event.value)

    @on(Input.Changed)
    @on(Choice.Changed)
    @on(PairsEditor.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Changed())

    def _show_kind(self, kind: str) -> None:
        for row in self.query(FormRow):
            row.display = kind in row.kinds
            if row.field == "command":
                word = "Arguments" if kind == "uv-script" else "Command"
                if row.label != word:
                    row.label = word
                    row.query_one(".row-label", Static).update(Content(f"  {word}"))

    def _text(self, field: str, label: str, hint: str, kinds: tuple[str, ...] = _ALL) -> FormRow:
        return FormRow(label, hint, Input(id=field, placeholder=hint, compact=True), field=field, kinds=kinds)

    def _input(self, field: str) -> Input:
        return self.query_one(f"#{field}", Input)

    def _pairs(self, field: str) -> PairsEditor:
        return self.query_one(f"#{field}", PairsEditor)


def _secret(name: str, value: str | None) -> SecretPair:
    return SecretPair(name, Secret(value) if value else None)


def _row_of(error: FieldError) -> str:
    return {"timeout_unit": "timeout_amount"}.get(error.field, error.field)
