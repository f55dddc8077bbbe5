"""Names and values: environment, secrets, labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from ..spec.draft import Draft, Pair, SecretPair
from ..spec.secret import Secret
from .light_input import looks_of
from .pair_row import FROM_ENVIRONMENT, PairRow
from .placed import Placed, is_under

HELD_SECONDS = 0.8
"""How long a secret stays readable after a key press."""
_LEAST_VALUE_COLUMNS = 11
"""Room for `$HF_TOKEN` and the cursor."""
EYE = "◉"
"""Held with the mouse it shows the secret beside it."""


class PairsEditor(Placed):
    """Rows of name and value with an empty one at the end; emptying a row takes it out."""

    DEFAULT_CSS = "PairsEditor > .-wrong { color: $text-error; }"

    @dataclass
    class Changed(Message):
        """A name or a value was typed."""

        editor: PairsEditor

    def __init__(self, field: str, *, masked: bool = False) -> None:
        super().__init__(id=field, classes="-masked" if masked else None)
        self.field = field
        self._masked = masked
        self.rows = [PairRow(masked=masked)]
        """Every row, the empty one at the end included."""
        self._mask_again: Timer | None = None

    def compose(self) -> ComposeResult:
        for row in self.rows:
            yield from row.inputs

    def places(self, width: int) -> Iterator[tuple[Widget, Region]]:
        left = self._name_columns(width)
        for y, row in enumerate(self.rows):
            yield row.name_input, Region(0, y, left, 1)
            columns = max(0, width - left - 5 - self._source_columns(row, width))
            yield row.value_input, Region(left + 3, y, columns, 1)

    def render_line(self, y: int) -> Strip:
        width, looks = self.size.width, looks_of(self)
        base = self.rich_style
        style = base + looks.style_of("form-row--label") if looks else base
        row = self.rows[y] if y < len(self.rows) else None
        left = self._name_columns(width)
        hidden = row is not None and row.masked and row.value_input.value and not row.value_input.in_clear
        source = f" {row.source}" if row and self._source_columns(row, width) else ""
        blank = " " * max(0, width - left - 5 - len(source))
        text = f"{' ' * left} = {blank}{source}{EYE if hidden else ' '} " if row else ""
        return Strip([Segment(text, style)]).adjust_cell_length(width, base)

    def _source_columns(self, row: PairRow, width: int) -> int:
        """What it takes to say where a value comes from; nothing where the value itself would suffer."""
        columns = len(row.source) + 1 if row.source else 0
        return columns if width - self._name_columns(width) - 5 - columns >= _LEAST_VALUE_COLUMNS else 0

    @staticmethod
    def _name_columns(width: int) -> int:
        return width * 2 // 5

    @property
    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """What is typed, without empty rows."""
        return tuple(row.pair for row in self.rows if not row.blank)

    def read(self) -> Mapping[str, object]:
        if self._masked:
            secrets = (SecretPair(name, Secret(value) if value else None) for name, value in self.pairs)
            return {self.field: tuple(secrets)}
        empty = "" if self.field == "labels" else None
        return {
            self.field: tuple(Pair(name, empty if value is None else value) for name, value in self.pairs)
        }

    def fill(self, draft: Draft) -> None:
        if self._masked:
            self.show((pair.name, pair.value.reveal() if pair.value else None) for pair in draft.secrets)
        else:
            self.show((pair.name, pair.value) for pair in getattr(draft, self.field))

    def show(self, pairs: Iterable[tuple[str, str | None]]) -> None:
        """Hold these pairs, in rows that are there already as far as they go."""
        wanted = [*pairs, ("", "")]
        for row, pair in zip(self.rows, wanted, strict=False):
            row.show(*pair)
        for row in self.rows[len(wanted) :]:
            for control in row.inputs:
                control.remove()
        self.rows = self.rows[: len(wanted)]
        self._add(wanted[len(self.rows) :])

    def show_inherited(self, text: str) -> None:
        """Say what holds besides what is typed here."""
        last = self.rows[-1]
        last.name_input.placeholder = "from the script" if text else "NAME"
        plain = FROM_ENVIRONMENT if last.bare else "value"
        last.value_input.placeholder = text or plain

    def show_origins(self, origins: Sequence[tuple[str, str]]) -> None:
        """Say where the values of the filled rows come from: in a word, and as a sentence."""
        filled = [row for row in self.rows if not row.blank]
        news = [row.show_origin(*words) for row, words in zip(filled, origins, strict=False)]
        if any(news):
            filled[0].value_input.refresh(layout=True)  # of a child: its parent counts the places again
            self.refresh()

    @property
    def cursor_row(self) -> int | None:
        """The row with the cursor, counted among those that hold something."""
        focused = self.screen.focused if self.is_attached else None
        filled = (row for row in self.rows if not row.blank)
        return next((number for number, row in enumerate(filled) if focused in row.inputs), None)

    @property
    def cursor_words(self) -> str:
        """Where the value of the row with the cursor comes from, as a sentence; empty for what is typed."""
        number = self.cursor_row
        row = None if number is None else [row for row in self.rows if not row.blank][number]
        return f"{row.pair[0]}: {row.words}" if row is not None and row.words else ""

    def mark(self, wrong_rows: Iterable[int | None]) -> None:
        """Mark the rows, counted among those that hold something, that are wrong."""
        wrong = set(wrong_rows)
        for number, row in enumerate(row for row in self.rows if not row.blank):
            row.name_input.set_class(number in wrong, "-wrong")

    def focus_row(self, index: int | None) -> None:
        """Put the cursor into a row: the given one of those that are filled, else the first."""
        filled = [row for row in self.rows if not row.blank] or self.rows
        filled[min(index or 0, len(filled) - 1)].name_input.focus()

    def _add(self, pairs: Iterable[tuple[str, str | None]]) -> None:
        rows = [PairRow(name, value, masked=self._masked) for name, value in pairs]
        self.rows += rows
        if self.is_attached and rows:
            self.mount_all(control for row in rows for control in row.inputs)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if all(not row.blank for row in self.rows):
            self._add([("", "")])
        if self._masked:
            self.refresh()  # the eye beside it
        self.post_message(self.Changed(self))

    # Secrets, for as long as they are held

    def hold_open(self, control: Widget) -> bool:
        """Show the secret of this field's row for a moment; a key that is held comes again before it is over.

        False when there is none.
        """
        row = next((row for row in self.rows if control in row.inputs), None)
        if row is None or not row.masked:
            return False
        self._mask()
        row.reveal(True)
        self._mask_again = self.set_timer(HELD_SECONDS, self._mask)
        return True

    def _mask(self) -> None:
        if self._mask_again is not None:
            self._mask_again.stop()
        for row in self.rows:
            row.reveal(False)

    def on_descendant_blur(self) -> None:
        self._mask()
        self._drop_emptied(self.screen.focused)

    def _drop_emptied(self, focused: Widget | None) -> None:
        """Rows that were emptied go once the cursor is elsewhere; one to type in stays at the end."""
        emptied = [row for row in self.rows[:-1] if row.blank and focused not in row.inputs]
        if focused is None or not emptied:
            return
        for row in emptied:
            self.rows.remove(row)
            for control in row.inputs:
                control.remove()
        if not self.rows[-1].blank:
            self._add([("", "")])
        self.refresh(layout=True)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if self._masked and event.x >= self.size.width - 2 and is_under(self, event):
            self.capture_mouse()
            self.rows[event.y].reveal(True)

    def on_mouse_up(self) -> None:
        self.release_mouse()
        self._mask()
