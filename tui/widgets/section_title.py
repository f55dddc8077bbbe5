"""The line of a section: opens and closes it, and says what it holds while it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from ..domain.text import safe
from ..spec.draft import Draft
from .light_input import looks_of

_EMPTY = Draft()


class SectionTitle(Widget, can_focus=True):
    """The line of a section: opens and closes it."""

    DEFAULT_CSS = """
    SectionTitle { height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "turn", "open or close", show=False),
        Binding("right,l", "turn(True)", "open", show=False),
        Binding("left,h", "turn(False)", "close", show=False),
    ]
    ALLOW_SELECT = False

    @dataclass
    class Turned(Message):
        """The section is wanted open or closed."""

        open: bool | None

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.open = self.wrong = False
        self.held = ""

    def show(self, *, open: bool, held: str, wrong: bool) -> None:
        """Paint what has changed."""
        if (open, held, wrong) != (self.open, self.held, self.wrong):
            self.open, self.held, self.wrong = open, held, wrong
            self.refresh()

    @property
    def hint(self) -> str:
        """What its keys do now."""
        turns = f"enter or space {'closes' if self.open else 'opens'} it"
        return f"something in it has to be put right: {turns}" if self.wrong and not self.open else turns

    def action_turn(self, open: bool | None = None) -> None:
        """Open, close, or the other way round."""
        self.post_message(self.Turned(open))

    def on_click(self) -> None:
        self.action_turn()

    def render_line(self, y: int) -> Strip:
        looks = looks_of(self)
        part = "wrong" if self.wrong else "here" if self.has_focus else "label"
        held = self.rich_style
        name = held + looks.style_of(f"form-row--{part}") if looks else held
        sign = "✗" if self.wrong else "▾" if self.open else "▸"
        text = "" if self.open else safe(self.held)
        strip = Strip([Segment(f"{sign} {self.title:<22}", name), Segment(text, held)])
        return strip.adjust_cell_length(self.size.width, self.rich_style)


def held_words(values: Mapping[str, object]) -> str:
    """Fields in a few words, empty when they are all as an empty form has them."""
    return ", ".join(words for words in map(_words, values.items()) if words)


_COUNTED: Mapping[str, str] = {"volumes": "volume", "expose": "port", "expose_public": "public port"}
_NAMED: Mapping[str, str] = {"attempts": "attempts", "ssh": "SSH", "network_group": "group"}


def _words(item: tuple[str, object]) -> str:
    """One field in a word or two, empty when it is as an empty form has it."""
    field, value = item
    if value == getattr(_EMPTY, field) or field in ("suspend", "concurrency", "network_aliases"):
        return ""
    if isinstance(value, tuple):
        word = _COUNTED.get(field, field)
        return f"{len(value)} {word}{'' if len(value) == 1 else 's'}"
    if value is True:
        return _NAMED.get(field, field)
    return f"{_NAMED[field]} {value}" if field in _NAMED else str(value)
