"""Names and values: environment, secrets, labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widgets import Input

from ..spec.draft import Draft, Pair, SecretPair
from ..spec.secret import Secret
from .light_input import LightInput, looks_of

HELD_SECONDS = 0.8
"""How long a secret stays readable after a key press."""
FROM_ENVIRONMENT = "from your environment"
EYE = "◉"
"""Held with the mouse it shows the secret beside it."""


class PairRow(Horizontal):
    """One name and its value; a bare one has no value of its own and is taken from the environment."""

    def __init__(self, name: str = "", value: str | None = "", *, masked: bool) -> None:
        self.bare = masked or value is None
        self.masked = masked
        self._mask_again: Timer | None = None
        self.name_input = LightInput(name, placeholder="NAME", compact=True, classes="pair-name")
        self.value_input = LightInput(
            value or "",
            placeholder=FROM_ENVIRONMENT if self.bare else "value",
            compact=True,
            password=masked,
            classes="pair-value",
        )
        super().__init__(self.name_input, self.value_input)

    @property
    def blank(self) -> bool:
        """Whether nothing is typed in it."""
        return not self.name_input.value and not self.value_input.value

    @property
    def pair(self) -> tuple[str, str | None]:
        """Name and value; None as value when it is to be taken from the environment."""
        value = self.value_input.value
        return self.name_input.value.strip(), None if self.bare and not value else value

    def show(self, name: str, value: str | None) -> None:
        """Hold another pair."""
        self.bare = self.masked or value is None
        self.name_input.value = name
        self.value_input.value = value or ""
        self.value_input.placeholder = FROM_ENVIRONMENT if self.bare else "value"

    def reveal(self, shown: bool) -> None:
        """Show a secret, or mask it again."""
        if self.masked:
            self.value_input.password = not shown

    def hold_open(self) -> None:
        """Show the secret for a moment; a key that is held comes again before it is over."""
        self.reveal(True)
        if self._mask_again is not None:
            self._mask_again.stop()
        self._mask_again = self.set_timer(HELD_SECONDS, lambda: self.reveal(False))

    def on_descendant_blur(self) -> None:
        self.reveal(False)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if self.masked and event.x >= self.size.width - 2:
            self.capture_mouse()
            self.reveal(True)

    def on_mouse_up(self) -> None:
        self.release_mouse()
        self.reveal(False)

    def render_line(self, y: int) -> Strip:
        looks = looks_of(self)
        style = looks.style_of("form-row--label") if looks else self.rich_style
        left = self.name_input.outer_size.width
        eye = EYE if self.masked and self.value_input.value else " "
        gap = " " * max(0, self.size.width - left - 5)
        return Strip([Segment(f"{' ' * left} = {gap}{eye} ", style)]).adjust_cell_length(self.size.width)


class PairsEditor(Vertical):
    """Rows of name and value with an empty one at the end; emptying a row takes it out."""

    DEFAULT_CSS = """
    PairsEditor {
        height: auto; width: 1fr;
        PairRow { height: 1; }
        .pair-name { width: 40%; }
        .pair-value { width: 1fr; margin: 0 2 0 3; }
        .-wrong .pair-name { color: $text-error; }
    }
    """

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

    def compose(self) -> ComposeResult:
        yield from self.rows

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
            row.remove()
        self.rows = self.rows[: len(wanted)]
        self._add(wanted[len(self.rows) :])

    def show_inherited(self, text: str) -> None:
        """Say what holds besides what is typed here."""
        last = self.rows[-1]
        last.name_input.placeholder = "from the script" if text else "NAME"
        plain = FROM_ENVIRONMENT if last.bare else "value"
        last.value_input.placeholder = text or plain

    def mark(self, wrong_rows: Iterable[int | None]) -> None:
        """Mark the rows, counted among those that hold something, that are wrong."""
        wrong = set(wrong_rows)
        for number, row in enumerate(row for row in self.rows if not row.blank):
            row.set_class(number in wrong, "-wrong")

    def focus_row(self, index: int | None) -> None:
        """Put the cursor into a row: the given one of those that are filled, else the first."""
        filled = [row for row in self.rows if not row.blank] or self.rows
        filled[min(index or 0, len(filled) - 1)].name_input.focus()

    def _add(self, pairs: Iterable[tuple[str, str | None]]) -> None:
        rows = [PairRow(name, value, masked=self._masked) for name, value in pairs]
        self.rows += rows
        if self.is_attached and rows:
            self.mount_all(rows)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if all(not row.blank for row in self.rows):
            self._add([("", "")])
        self.post_message(self.Changed(self))
