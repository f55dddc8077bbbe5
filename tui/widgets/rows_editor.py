"""Several long texts, one a line: volumes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input

from ..spec.draft import Draft
from .light_input import LightInput
from .placed import Placed


class RowsEditor(Placed):
    """Rows of text with an empty one at the end; emptying a row takes it out."""

    DEFAULT_CSS = """
    RowsEditor > .-wrong { color: $text-error; }
    """

    @dataclass
    class Changed(Message):
        """A row was typed in."""

        editor: RowsEditor

    def __init__(self, field: str, placeholder: str, suggester: Suggester | None = None) -> None:
        super().__init__(id=field)
        self.field = field
        self._placeholder, self._suggester = placeholder, suggester
        self.rows = [self._row("")]

    def compose(self) -> ComposeResult:
        yield from self.rows

    def places(self, width: int) -> Iterator[tuple[Widget, Region]]:
        return ((row, Region(0, y, width, 1)) for y, row in enumerate(self.rows))

    def read(self) -> Mapping[str, object]:
        return {self.field: tuple(row.value for row in self.rows if row.value.strip())}

    def fill(self, draft: Draft) -> None:
        wanted = [*getattr(draft, self.field), ""]
        for row, text in zip(self.rows, wanted, strict=False):
            row.value = text
        for row in self.rows[len(wanted) :]:
            row.remove()
        self.rows = self.rows[: len(wanted)]
        self._add(wanted[len(self.rows) :])

    def show_inherited(self, text: str) -> None:
        """Say what holds besides what is typed here."""
        self.rows[-1].placeholder = f"from the script: {text}" if text else self._placeholder

    def mark(self, wrong_rows: Iterable[int | None]) -> None:
        """Mark the rows, counted among those that hold something, that are wrong."""
        wrong = set(wrong_rows)
        for number, row in enumerate(row for row in self.rows if row.value.strip()):
            row.set_class(number in wrong, "-wrong")

    def focus_row(self, index: int | None) -> None:
        """Put the cursor into a row: the given one of those that are filled, else the first."""
        filled = [row for row in self.rows if row.value.strip()] or self.rows
        filled[min(index or 0, len(filled) - 1)].focus()

    def _row(self, text: str) -> Input:
        return LightInput(text, placeholder=self._placeholder, suggester=self._suggester)

    def _add(self, texts: Iterable[str]) -> None:
        rows = [self._row(text) for text in texts]
        self.rows += rows
        if self.is_attached and rows:
            self.mount_all(rows)

    def on_descendant_blur(self) -> None:
        """Rows that were emptied go once the cursor is elsewhere; one to type in stays at the end."""
        focused = self.screen.focused
        emptied = [row for row in self.rows[:-1] if not row.value and row is not focused]
        if focused is None or not emptied:
            return
        for row in emptied:
            self.rows.remove(row)
            row.remove()
        if self.rows[-1].value:
            self._add([""])
        self.refresh(layout=True)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if all(row.value for row in self.rows):
            self._add([""])
        self.post_message(self.Changed(self))
