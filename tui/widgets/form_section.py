"""A group of fields that opens when it is needed; closed, it costs one line and says what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from ..spec.collect import FieldError
from ..spec.draft import Draft
from .form_fields import Section
from .form_row import LABEL_COLUMNS, FormRow
from .light_input import looks_of
from .list_field import ListField
from .pairs_editor import PairsEditor
from .placed import Placed, is_under
from .rows_editor import RowsEditor
from .section_title import SectionTitle, held_words


class FormSection(Placed):
    """Makes its rows when first opened; after that they are only hidden."""

    DEFAULT_CSS = """
    FormSection > .-hidden, FormSection.-closed > * { display: none; }
    FormSection.-closed > SectionTitle { display: block; }
    """
    ALLOW_SELECT = False

    class RowsMade(Message):
        """Rows are there that know nothing yet of their faults, nor of what the script gives."""

    def __init__(self, plan: Section, draft: Draft) -> None:
        super().__init__(id=f"section-{plan.id}")
        self.plan = plan
        self.rows: tuple[FormRow, ...] = ()
        self.title = SectionTitle(plan.title) if plan.title else None
        self._draft = draft
        """What the fields hold as long as they have no rows."""
        self._wrong = False
        self._row_at: dict[int, FormRow] = {}
        """The row that begins on a line."""

    def compose(self) -> ComposeResult:
        if self.title is not None:
            yield self.title
        elif self.plan.first:
            yield from self._made_controls()

    def on_mount(self) -> None:
        self._show_title()

    @property
    def open(self) -> bool:
        """Whether its fields can be seen."""
        return bool(self.rows) and (self.title is None or self.title.open)

    def read(self, field_values: dict[str, object]) -> None:
        """Add what its fields hold."""
        if not self.rows:
            field_values.update((field, getattr(self._draft, field)) for field in self.plan.fields)
        for row in self.rows:
            field_values.update(row.read())

    def fill(self, draft: Draft) -> None:
        """Show what a draft holds."""
        self._draft = draft
        for row in self.rows:
            row.fill(draft)
        self.refresh()
        self._show_title()

    def turn(self, open: bool) -> None:
        """Show or hide the fields."""
        if open == self.open or (self.title is None and not open):
            return
        if not self.rows:
            self.mount_all(self._made_controls())
            self.post_message(self.RowsMade())
        self.set_class(not open, "-closed")
        self._show_title(open=open)

    @property
    def awaited(self) -> bool:
        """Whether it ought to be open: it always is, or holds what an empty form has not."""
        return not self.open and (self.title is None or bool(self._held()))

    def show_kind(self, kind: str) -> None:
        """Show the rows that this kind of job has a use for."""
        for row in self.rows:
            row.show_kind(kind)
        self.refresh()

    # Faults

    def show_errors(self, errors: Sequence[FieldError]) -> None:
        """Mark the rows that are wrong, and no others."""
        self._wrong = any(error.field in self.plan.fields for error in errors)
        self._show_title()
        for row in self.rows:
            faults = [error for error in errors if row.holds(error.field)]
            self.show_fault(row, faults[0].message if faults else "")
            for control in row.controls:
                if isinstance(control, (PairsEditor, RowsEditor)):
                    control.mark(error.index for error in faults)

    def show_fault(self, row: FormRow, message: str) -> None:
        """Mark a row as wrong, or as right again with an empty message. Nothing moves."""
        if message != row.fault:
            row.fault = message
            self._refresh_labels()

    # Its lines

    def places(self, width: int) -> Iterator[tuple[Widget, Region]]:
        y = 0
        if self.title is not None:
            yield self.title, Region(0, 1, width, 1)
            y = 2
        row_at: dict[int, FormRow] = {}
        for row in () if self.has_class("-closed") else self.rows:
            if row.shown:
                row_at[y] = row
                places = tuple(row.places(y, width))
                yield from places
                y = max(region.bottom for _, region in places)
        if row_at != self._row_at:
            self._row_at = row_at
            self.refresh()  # the section may be as high as before: nothing else would paint its labels anew

    def render_line(self, y: int) -> Strip:
        row, base = self._row_at.get(y), self.rich_style
        if row is None:
            return Strip.blank(self.size.width, base)
        part = "wrong" if row.fault else "here" if row.has_cursor else "label"
        looks = looks_of(self)
        style = base + looks.style_of(f"form-row--{part}") if looks else base
        strip = Strip([Segment(f"{'✗' if row.fault else ' '} {row.label}", style)])
        return strip.adjust_cell_length(self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        """The label leads to its field, and opens the list of one that has a list."""
        if is_under(self, event) and (row := self._row_at.get(event.y)) is not None:
            row.take_cursor()
            field = row.controls[0]
            if isinstance(field, ListField):
                field.call_later(field.action_ask)  # it is the sender: what we send would not pass us

    def on_descendant_focus(self) -> None:
        self._refresh_labels()

    def on_descendant_blur(self) -> None:
        self._refresh_labels()

    def _refresh_labels(self) -> None:
        self.refresh(Region(0, 0, LABEL_COLUMNS, self.size.height))

    @on(SectionTitle.Turned)
    def _turned(self, event: SectionTitle.Turned) -> None:
        self.turn(not self.open if event.open is None else event.open)

    def _made_controls(self) -> list[Widget]:
        self.rows = tuple(self.plan.rows())
        for row in self.rows:
            row.fill(self._draft)
        return [control for row in self.rows for control in row.controls]

    def _show_title(self, *, open: bool | None = None) -> None:
        if self.title is not None:
            is_open = self.open if open is None else open
            self.title.show(open=is_open, held=self._held(), wrong=self._wrong)

    def _held(self) -> str:
        values: dict[str, object] = {}
        self.read(values)
        return held_words(values)
