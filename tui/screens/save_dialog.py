"""Where to save a log, how much of it, and whether with times."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from ..domain.text import safe
from ..keys import bindings
from ..widgets.choice import Choice
from ..widgets.dialog import Dialog
from ..widgets.keys_in_order import OrderedInput
from ..widgets.log_marking import Part


class Saving(NamedTuple):
    """What was chosen."""

    path: str
    part: Part
    times: bool


class SaveDialog(Dialog[Saving | None]):
    """Enter in any field saves; what is marked, or narrowed down, is chosen already."""

    AUTO_FOCUS = "#save-path"
    BINDINGS: ClassVar[list[BindingType]] = bindings("save")

    def __init__(self, path: str, parts: tuple[Part, ...], fault: str = "") -> None:
        super().__init__()
        self._fault = fault
        self._path = path
        self._parts = parts

    def compose(self) -> ComposeResult:
        with Vertical(id="save-log") as box:
            box.border_title = Content("Save the log")
            box.border_subtitle = Content("enter saves · tab next field · esc leaves")
            if self._fault:
                yield Static(Content(safe(self._fault)), id="save-fault", markup=False)
            yield OrderedInput(self._path, id="save-path", compact=True, select_on_focus=False)
            yield Choice([(part.name, part.value) for part in self._parts], id="save-part")
            yield Choice([("plain", "without times"), ("times", "with times")], id="save-times")

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Close with what was chosen."""
        path = self.query_one("#save-path", Input).value.strip()
        if path:
            part = Part[self.query_one("#save-part", Choice).value]
            self.dismiss(Saving(path, part, self.query_one("#save-times", Choice).value == "times"))

    def action_leave(self) -> None:
        """Close; nothing is saved."""
        self.dismiss(None)
