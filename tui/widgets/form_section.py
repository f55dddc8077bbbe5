"""A group of fields that opens when it is needed; closed, it costs one line and says what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from ..domain.text import safe
from ..spec.draft import Draft
from .form_fields import Section
from .form_row import FormRow
from .light_input import looks_of

_EMPTY = Draft()


class SectionTitle(Widget, can_focus=True):
    """The line of a section: opens and closes it."""

    DEFAULT_CSS = """
    SectionTitle {
        height: 1; margin-top: 1;
    }
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

    def action_turn(self, open: bool | None = None) -> None:
        """Open, close, or the other way round."""
        self.post_message(self.Turned(open))

    def on_click(self) -> None:
        self.action_turn()

    def render_line(self, y: int) -> Strip:
        looks = looks_of(self)
        part = "wrong" if self.wrong else "here" if self.has_focus else "label"
        name = looks.style_of(f"form-row--{part}") if looks else self.rich_style
        held = self.rich_style
        sign = "✗" if self.wrong else "▾" if self.open else "▸"
        text = "" if self.open else safe(self.held)
        strip = Strip([Segment(f"{sign} {self.title:<22}", name), Segment(text, held)])
        return strip.adjust_cell_length(self.size.width, self.rich_style)


class FormSection(Vertical):
    """Makes its rows when first opened; after that they are only hidden."""

    DEFAULT_CSS = """
    FormSection { height: auto; }
    FormSection.-closed > FormRow { display: none; }
    """

    def __init__(self, plan: Section, draft: Draft) -> None:
        super().__init__(id=f"section-{plan.id}")
        self.plan = plan
        self.rows: tuple[FormRow, ...] = ()
        self.title = SectionTitle(plan.title) if plan.title else None
        self._draft = draft
        """What the fields hold as long as they have no rows."""
        self._wrong = False

    def compose(self) -> ComposeResult:
        if self.title is not None:
            yield self.title
        elif self.plan.first:
            self.rows = self._made_rows()
            yield from self.rows

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
        self._show_title()

    def turn(self, open: bool) -> None:
        """Show or hide the fields."""
        if open == self.open or (self.title is None and not open):
            return
        if not self.rows:
            self.rows = self._made_rows()
            self.mount_all(self.rows)
        self.set_class(not open, "-closed")
        self._show_title(open=open)

    @property
    def awaited(self) -> bool:
        """Whether it ought to be open: it always is, or holds what an empty form has not."""
        return not self.open and (self.title is None or bool(self._held()))

    def show_wrong(self, wrong: bool) -> None:
        """Mark the line of the section while a field in it is wrong."""
        self._wrong = wrong
        self._show_title()

    @on(SectionTitle.Turned)
    def _turned(self, event: SectionTitle.Turned) -> None:
        event.stop()
        self.turn(not self.open if event.open is None else event.open)

    def _made_rows(self) -> tuple[FormRow, ...]:
        rows = tuple(self.plan.rows())
        for row in rows:
            row.fill(self._draft)
        return rows

    def _show_title(self, *, open: bool | None = None) -> None:
        if self.title is not None:
            is_open = self.open if open is None else open
            self.title.show(open=is_open, held=self._held(), wrong=self._wrong)

    def _held(self) -> str:
        values: dict[str, object] = {}
        self.read(values)
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
