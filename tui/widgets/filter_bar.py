"""The one-line text field that takes the place of a status line while a filter or a search is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Protocol

from rich.highlighter import Highlighter
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from ..domain.query_fields import Fields
from ..domain.query_hints import Begun, Hint, ValueCounts, begun, field_hints
from .filter_hints import MOST_LINES, FilterHints
from .keys_in_order import OrderedInput

ROWS_AT_ONCE = 1_000
"""Counted in one piece; the keys typed meanwhile come first."""
_PAUSE_SECONDS = 0.01


class Filtered(Protocol):
    """A table whose filter is typed."""

    fields: Fields[Any]
    clock: Callable[[], datetime]

    @property
    def whole(self) -> Mapping[str, Any]:
        """Every row, whatever the filter keeps; another object whenever one has changed."""


class FilterBar(OrderedInput):
    """Hidden until opened; enter keeps what was typed, escape clears it and leaves."""

    DEFAULT_CSS = """
    FilterBar { display: none; }
    FilterBar > .filter-bar--mistake { color: $text-error; text-style: underline; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "clear", show=False),
        Binding("down", "next", "next", show=False),
        Binding("up", "step(-1)", "previous", show=False),
        Binding("pagedown", f"step({MOST_LINES})", "on", show=False),
        Binding("pageup", f"step({-MOST_LINES})", "back", show=False),
        Binding("tab", "take", "take", show=False),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter-bar--mistake"}

    class Closed(Message):
        """The field has gone; its text is what is kept."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    def __init__(
        self,
        placeholder: str = "words  status:running  cost:>1  run:<2h  -label:team=ml  a OR b  @saved  @name=…",
        *,
        hints: FilterHints | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False, id=id)
        self._hints = hints
        if hints is not None:
            hints.on_taken = self._take
        self._table: Filtered | None = None
        self._saved: Callable[[], Mapping[str, str]] = dict
        self._word = Begun(0, 0, "")
        self._counts: tuple[str, Mapping[str, Any], ValueCounts[Any]] | None = None
        self._mistake: tuple[int, int] | None = None
        self.highlighter = _Underline(self)

    def help_with(self, table: Filtered, saved: Callable[[], Mapping[str, str]] = dict) -> None:
        """Offer the fields of this table and their values, and the filters saved by name."""
        self._table, self._saved = table, saved

    def open(self, value: str) -> None:
        """Show the field with this text and take the focus."""
        self.display = True
        self.value = value
        self.select_all()  # typing takes the place of the old text, an arrow goes on with it
        self.screen.set_focus(self)  # at once: the very next key is already meant for it
        if not value:
            self._offer()

    @property
    def is_open(self) -> bool:
        """Whether it has the place of the status line now."""
        return bool(self.display)

    def underline(self, mistake: tuple[int, int] | None) -> None:
        """Underline what cannot be understood, from one character to before another; None nothing."""
        if mistake != self._mistake:
            self._mistake = mistake
            self.refresh()

    def action_keep(self) -> None:
        """Leave with the text as it is."""
        self.display = False
        self._hide()
        self.post_message(self.Closed(self.value))

    def action_drop(self) -> None:
        """Leave without a text."""
        self.value = ""
        self.action_keep()

    async def action_submit(self) -> None:
        if self._hints is not None and (chosen := self._hints.chosen):
            self._take(chosen)
        else:
            self.action_keep()

    # What can be written next

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what goes on from here."""
        if self.is_open:
            self._offer()

    def on_blur(self) -> None:
        """Offer nothing while something else has the keys."""
        self._hide()

    def action_next(self) -> None:
        """Go down in the list; without one leave with the text as it is."""
        if self._hints is not None and self._hints.shown:
            self._hints.step(1)
        else:
            self.action_keep()

    def action_step(self, step: int) -> None:
        """Move in the list."""
        if self._hints is not None:
            self._hints.step(step)

    def action_take(self) -> None:
        """Take the first hint or the one chosen; there is nowhere else to go from a filter."""
        if self._hints is not None and (hint := self._hints.offered):
            self._take(hint)

    def _take(self, hint: Hint) -> None:
        text, word = self.value, self._word
        insert = hint.insert
        if not insert.endswith((":", " ")) and not text[word.end :]:
            insert += " "
        self.value = text[: word.start] + insert + text[word.end :]
        self.cursor_position = word.start + len(insert)
        self.screen.set_focus(self)

    def _hide(self) -> None:
        if self._hints is not None and self._hints.shown:
            self._hints.offer("", ())

    def _offer(self) -> None:
        table = self._table
        if self._hints is None or table is None:
            return
        word = self._word = begun(self.value, self.cursor_position)
        if not word.field:
            whole = self.value.strip()
            found = field_hints(table.fields, word, self._saved()) if word.text or not whole else []
            self._hints.offer("Fields", found)
            return
        field = table.fields.get(word.field)
        if field is None:
            self._hide()
            return
        known = self._counts
        if known is None or known[0] != field.name or known[1] is not table.whole:
            counts = ValueCounts(field, table.whole.values(), table.clock())
            self._counts = (field.name, table.whole, counts)
            counts.advance(ROWS_AT_ONCE)
            self._count_on(counts)
        self._offer_values()

    def _offer_values(self) -> None:
        if self._hints is None or self._counts is None or not self.is_open:
            return
        wanted = self._word.text
        found = self._counts[2].hints(wanted)
        done = len(found) == 1 and found[0].insert.strip('"').casefold() == wanted.casefold()
        self._hints.offer(self._counts[0], [] if done else found)

    def _count_on(self, counts: ValueCounts[Any]) -> None:
        """Count the rest in slices, then show the numbers."""
        if counts.complete or self._counts is None or self._counts[2] is not counts:
            return

        def go_on() -> None:
            counts.advance(ROWS_AT_ONCE)
            self._count_on(counts)
            if counts.complete and self._word.field:
                self._offer_values()

        self.set_timer(_PAUSE_SECONDS, go_on)


class _Underline(Highlighter):
    """Underlines the mistake of a filter bar."""

    def __init__(self, bar: FilterBar) -> None:
        self._bar = bar

    def highlight(self, text: Text) -> None:
        mistake = self._bar._mistake
        if mistake is not None:
            style = self._bar.get_component_rich_style("filter-bar--mistake", partial=True)
            text.stylize(style, *mistake)
