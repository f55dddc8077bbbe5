"""What the user must have read, or may want to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from ..domain.text import safe, safe_block
from ..keys import action_by_id, bindings
from ..widgets.dialog import Dialog
from .ways_on import Way

MOST_NAMES = 5
MOST_FAILURES = 4


class MessageDialog(Dialog[None]):
    """Something the user must have read: refused actions with the server's words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "close", "close", show=False),
        *bindings("refusal"),
    ]
    AUTO_FOCUS = "#close"
    box_classes = "-failed"

    def __init__(self, title: str, text: str, reason: str = "", ways: Sequence[Way] = ()) -> None:
        """`reason` is what the text shares with others of its kind: they are listed together."""
        super().__init__()
        self._ways = {way.verb: way for way in ways}
        self._text = text
        self._told = {reason or text: [title]}

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes=self.box_classes) as box:
            box.border_title = Content(self._heading())
            yield Static(Content(self._body()), id="message", markup=False)
            with Horizontal(id="buttons"):
                yield Button(Content("Close (esc)"), id="close", compact=True)
                for way in self._ways.values():
                    key = action_by_id(f"refusal.{way.verb}").key
                    yield Button(Content(f"{key} = {way.label}"), name=way.verb, compact=True)

    def add(self, title: str, text: str, reason: str = "") -> None:
        """Say one thing more."""
        self._told.setdefault(reason or text, []).append(title)
        for box in self.query("#dialog"):
            box.border_title = Content(self._heading())
        for message in self.query("#message").results(Static):
            message.update(Content(self._body()))

    @property
    def _titles(self) -> list[str]:
        return [title for titles in self._told.values() for title in titles]

    def _heading(self) -> str:
        titles = self._titles
        return safe(titles[0]) if len(titles) == 1 else f"{len(titles)} times not as asked"

    def _body(self) -> str:
        if len(self._titles) == 1:
            return safe_block(self._text)
        told = list(self._told.items())
        parts = [safe_block(f"{_listed(titles)}\n{reason}") for reason, titles in told[:MOST_FAILURES]]
        unsaid = len(told) - MOST_FAILURES
        return "\n\n".join([*parts, *([f"and {unsaid} more of other kinds"] if unsaid > 0 else [])])

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.name:
            self.action_go_on(event.button.name)
        else:
            self.action_close()

    def action_close(self) -> None:
        self.dismiss()

    def action_go_on(self, verb: str) -> None:
        """Close it, and take one of the ways it offers."""
        if (way := self._ways.get(verb)) is not None and self.is_active:
            self.dismiss()
            self.app.post_message(way.wish)


class NoteDialog(MessageDialog):
    """Something to read that went well."""

    box_classes = ""


def _listed(titles: Sequence[str]) -> str:
    more = [f"and {len(titles) - MOST_NAMES} more:"] if len(titles) > MOST_NAMES else []
    return "\n".join([*titles[:MOST_NAMES], *more])
