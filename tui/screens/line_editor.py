"""The equivalent `hf` command as text: edit or paste it, Enter fills the form from it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from ..domain.text import safe
from ..keys import bindings
from ..spec.draft_reader import Note
from ..spec.parse import Parsed, parse


class LineText(TextArea, inherit_bindings=True):
    """Text of one command, wrapped; Enter is not a line break here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding for binding in bindings("line")),
    ]

    def action_fill(self) -> None:
        if isinstance(self.screen, LineEditor):
            self.screen.action_fill()

    def action_leave(self) -> None:
        self.screen.dismiss(None)


class LineEditor(ModalScreen[Parsed | None]):
    """Closes with what was read of the line; stays open while it is no `hf jobs` line."""

    AUTO_FOCUS = "LineText"

    def __init__(self, line: str) -> None:
        super().__init__()
        self._line = line

    def compose(self) -> ComposeResult:
        with Vertical(id="line-editor") as box:
            box.border_title = Content("hf command")
            box.border_subtitle = Content("enter fills the form, esc leaves")
            yield LineText(
                self._line,
                compact=True,
                highlight_cursor_line=False,
                placeholder="hf jobs run python:3.12 python -c 'print(1)'",
            )
            yield Static(id="line-fault", markup=False)

    def on_mount(self) -> None:
        self.query_one(LineText).select_all()

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.query_one("#line-fault", Static).update("")

    def action_fill(self) -> None:
        """Read the line; close when it is one, else say what is wrong with it."""
        parsed = parse(self.query_one(LineText).text)
        if parsed.draft is not None:
            self.dismiss(parsed)
            return
        words = "\n".join(note_words(note) for note in parsed.notes)
        self.query_one("#line-fault", Static).update(words or "no hf jobs line")


def note_words(note: Note) -> str:
    """A piece of a line with why it could not be used, as safe text."""
    return f"{safe(note.piece)}: {safe(note.why)}"
