"""One field of the form: its label, its controls, and the mark of a fault. Nothing moves when one appears."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from rich.segment import Segment
from textual.containers import Horizontal
from textual.strip import Strip
from textual.widget import Widget

from ..spec.draft import Draft
from .choice import Choice
from .light_input import looks_of

EVERY_KIND = ("uv-script", "uv-command", "image", "space")


@runtime_checkable
class Control(Protocol):
    """What holds one or more fields of a draft as they were typed."""

    def read(self) -> Mapping[str, object]:
        """Attributes of the draft."""
        ...

    def fill(self, draft: Draft) -> None:
        """Show what a draft holds."""
        ...


class FormRow(Horizontal):
    """Paints its label itself: a form has many, and a widget for each would make it slow to open."""

    DEFAULT_CSS = """
    FormRow {
        height: auto; min-height: 1;
        &.-other-kind, &.-blank { display: none; }
        & > .-first { margin-left: 15; }
    }
    """
    ALLOW_SELECT = False

    def __init__(
        self, field: str, label: str, hint: str, *controls: Widget, kinds: tuple[str, ...] = EVERY_KIND
    ) -> None:
        super().__init__(*controls)
        controls[0].add_class("-first")
        self.field, self.label, self.hint, self.kinds = field, label, hint, kinds
        self.controls = controls
        self.fault = ""

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

    def show_kind(self, kind: str) -> None:
        """Hide the row where this kind of job has no use for it."""
        self.set_class(kind not in self.kinds, "-other-kind")
        if self.field == "command":
            self.relabel("Arguments" if kind == "uv-script" else "Command")

    def relabel(self, label: str) -> None:
        """Give the row another label."""
        if label != self.label:
            self.label = label
            self.refresh()

    def show_fault(self, message: str) -> None:
        """Mark the field as wrong, or as right again with an empty message."""
        if message != self.fault:
            self.fault = message
            self.refresh()

    def take_cursor(self) -> None:
        """Put the cursor into the first control."""
        for control in self.controls:
            if control.focusable or isinstance(control, Choice):
                control.focus()
                return

    def on_descendant_focus(self) -> None:
        self.refresh()

    def on_descendant_blur(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        name = "wrong" if self.fault else "here" if self.has_focus_within else "label"
        looks = looks_of(self)
        style = looks.style_of(f"form-row--{name}") if looks else self.rich_style
        strip = Strip([Segment(f"{'✗' if self.fault else ' '} {self.label}", style)])
        return strip.adjust_cell_length(self.size.width, self.rich_style)
