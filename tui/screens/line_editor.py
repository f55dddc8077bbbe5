"""The equivalent `hf` command as text: edit or paste it, Enter fills the form from it."""

from __future__ import annotations

from typing import NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from ..domain.text import safe
from ..spec.draft_reader import Note
from ..spec.parse import MOST_CHARS, OPEN_QUOTE, Parsed, parse, too_long
from ..widgets.dialog import Dialog
from ..widgets.keys_in_order import OrderedText


class LineText(OrderedText):
    """Text of one command, wrapped; Enter is not a line break here (keys.py, scope "line")."""

    class Left(Message):
        """The text is done with: to be read, or left as it was."""

        def __init__(self, *, fill: bool) -> None:
            super().__init__()
            self.fill = fill

    class Refused(Message):
        """A paste was not taken: it would be longer than what is read."""

        def __init__(self, chars: int) -> None:
            super().__init__()
            self.chars = chars

    @on(events.Paste)
    def _bound_paste(self, event: events.Paste) -> None:
        chars = len(event.text) + len(self.text)
        if chars > MOST_CHARS:
            event.stop()
            event.prevent_default()
            self.post_message(self.Refused(chars))

    async def take_key(self, event: events.Key) -> None:
        """Take Enter and escape in the order they were typed: a priority binding would overtake the text."""
        if event.key in {"enter", "escape"}:
            event.stop()
            event.prevent_default()
            self.post_message(self.Left(fill=event.key == "enter"))
        elif event.key == "ctrl+j":
            event.stop()
            event.prevent_default()
            self.insert_text(self.LINE_BREAK)
        else:
            await super().take_key(event)

    def action_delete_to_start_of_line(self) -> None:
        """It is one line, however it is wrapped: ctrl+u takes all of it."""
        self.text = ""


class Edited(NamedTuple):
    """A line as it was left."""

    parsed: Parsed
    fill: bool
    """Whether the form is to be filled from it; else it is only not to be lost."""


class LineEditor(Dialog[Edited | None]):
    """Closes with what was read of the line, None when it is as it was.

    Enter has no effect but words while it is no `hf jobs` line.
    """

    AUTO_FOCUS = ""

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
        text = self.query_one(LineText)
        text.select_all()
        self.set_focus(text)  # now, not after the first paint: keys typed ahead would be lost

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.query_one("#line-fault", Static).update("")

    @on(LineText.Refused)
    def _paste_refused(self, event: LineText.Refused) -> None:
        self.query_one("#line-fault", Static).update(f"Not pasted: {too_long(event.chars)}.")

    @on(LineText.Left)
    def _text_left(self, event: LineText.Left) -> None:
        if event.fill:
            self._read()
            return
        text = self.query_one(LineText).text
        self.dismiss(None if text == self._line else Edited(parse(text), fill=False))

    def _read(self) -> None:
        """Close with the line when it is one, else say what is wrong with it."""
        parsed = parse(self.query_one(LineText).text)
        if parsed.draft is not None and not any(note.why.startswith(OPEN_QUOTE) for note in parsed.notes):
            self.dismiss(Edited(parsed, fill=True))
            return
        words = "\n".join(note_words(note) for note in parsed.notes)
        self.query_one("#line-fault", Static).update(words or "no hf jobs line")


def note_words(note: Note) -> str:
    """A piece of a line with why it could not be used, as safe text."""
    return f"{safe(note.piece)}: {safe(note.why)}"
