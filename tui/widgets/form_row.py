"""One field of the form: its label, its controls, and the mark of a fault. Its section paints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, runtime_checkable

from textual.geometry import Region
from textual.widget import Widget

from ..spec.draft import Draft
from .choice import Choice
from .pairs_editor import PairsEditor
from .placed import height_of

EVERY_KIND = ("uv-script", "uv-command", "image", "space")
LABEL_COLUMNS = 15
_GAP = 1
_HIDDEN = "-hidden"


@runtime_checkable
class Control(Protocol):
    """What holds one or more fields of a draft as they were typed."""

    def read(self) -> Mapping[str, object]:
        """Attributes of the draft."""
        ...

    def fill(self, draft: Draft) -> None:
        """Show what a draft holds."""
        ...


class FormRow:
    """No widget: a form has many, and one around each field would make it slow to open."""

    def __init__(
        self,
        field: str,
        label: str,
        hint: str,
        *controls: Widget,
        kinds: tuple[str, ...] = EVERY_KIND,
        columns: int | None = None,
    ) -> None:
        """`columns` is the width of the first control, None for all there is."""
        self.field, self.label, self.hint, self.kinds = field, label, hint, kinds
        self.controls = controls
        self.fault = ""
        self._columns = columns

    def holds(self, field: str) -> bool:
        """Whether that attribute of the draft is typed here."""
        return any(control.id == field for control in self.controls)

    @property
    def note(self) -> str:
        """What its control has to say of the place where the cursor is."""
        words = (control.cursor_words for control in self.controls if isinstance(control, PairsEditor))
        return next((text for text in words if text), "")

    def read(self) -> dict[str, object]:
        """Attributes of the draft that this row holds."""
        values: dict[str, object] = {}
        for control in self.controls:
            if isinstance(control, Control):
                values.update(control.read())
        return values

    def fill(self, draft: Draft) -> None:
        """Show what a draft holds, and the row only where the kind has a use for it."""
        for control in self.controls:
            if isinstance(control, Control):
                control.fill(draft)
        self.show_kind(draft.kind)

    # What can be seen of it

    @property
    def shown(self) -> bool:
        """Whether it takes any line at all."""
        return not self.controls[0].has_class(_HIDDEN)

    def show(self, shown: bool) -> None:
        """Show or hide it."""
        for control in self.controls:
            control.set_class(not shown, _HIDDEN)

    def show_kind(self, kind: str) -> None:
        """Hide the row where this kind of job has no use for it."""
        if self.kinds is not EVERY_KIND:
            self.show(kind in self.kinds)
        if self.field == "command":
            self.label = "Arguments" if kind == "uv-script" else "Command"

    def places(self, y: int, width: int) -> Iterator[tuple[Widget, Region]]:
        """Where its controls stand, beginning on this line of a section of that width."""
        x = LABEL_COLUMNS
        for control in self.controls:
            columns = max(0, width - x)
            if self._columns is not None and control is self.controls[0]:
                columns = min(self._columns, columns)
            yield control, Region(x, y, columns, height_of(control, columns))
            x += columns + _GAP

    # The cursor

    @property
    def has_cursor(self) -> bool:
        """Whether the cursor is in it."""
        return any(control.has_focus_within for control in self.controls)

    def take_cursor(self) -> None:
        """Put the cursor into the first control."""
        for control in self.controls:
            if control.focusable or isinstance(control, Choice):
                control.focus()
                return
