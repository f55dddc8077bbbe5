"""Names and values: environment, secrets, labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

FROM_ENVIRONMENT = "from your environment"


class PairRow(Horizontal):
    """One name and its value; a bare one has no value of its own and is taken from the environment."""

    def __init__(self, name: str, value: str | None, *, masked: bool) -> None:
        self.bare = masked or value is None
        self.name_input = Input(name, placeholder="NAME", compact=True, classes="pair-name")
        self.value_input = Input(
            value or "",
            placeholder=FROM_ENVIRONMENT if self.bare else "value",
            compact=True,
            password=masked,
            classes="pair-value",
        )
        super().__init__()

    def compose(self) -> ComposeResult:
        yield self.name_input
        yield Static("=", classes="pair-sign", markup=False)
        yield self.value_input

    @property
    def blank(self) -> bool:
        """Whether nothing is typed in it."""
        return not self.name_input.value and not self.value_input.value

    @property
    def pair(self) -> tuple[str, str | None]:
        """Name and value; None as value when it is to be taken from the environment."""
        value = self.value_input.value
        return self.name_input.value.strip(), None if self.bare and not value else value


class PairsEditor(Vertical):
    """Rows of name and value with an empty one at the end; emptying a row takes it out."""

    DEFAULT_CSS = """
    PairsEditor {
        height: auto; width: 1fr;
        PairRow { height: 1; }
        .pair-name { width: 2fr; }
        .pair-sign { width: 3; content-align: center middle; color: $text-muted; }
        .pair-value { width: 3fr; }
        .-wrong { color: $text-error; }
    }
    """

    @dataclass
    class Changed(Message):
        """A name or a value was typed."""

        editor: PairsEditor

    def __init__(self, *, masked: bool = False, id: str) -> None:
        super().__init__(id=id)
        self._masked = masked

    def compose(self) -> ComposeResult:
        yield self._row("", "")

    @property
    def rows(self) -> list[PairRow]:
        """Every row, the empty one at the end included."""
        return list(self.query(PairRow))

    @property
    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """What is typed, without empty rows."""
        return tuple(row.pair for row in self.rows if not row.blank)

    async def show(self, pairs: Iterable[tuple[str, str | None]]) -> None:
        """Replace all rows by these."""
        await self.query(PairRow).remove()
        await self.mount_all([*(self._row(name, value) for name, value in pairs), self._row("", "")])

    def focus_row(self, index: int | None) -> None:
        """Put the cursor into a row: the given one of those that are filled, else the first."""
        filled = [row for row in self.rows if not row.blank] or self.rows
        filled[min(index or 0, len(filled) - 1)].name_input.focus()

    def _row(self, name: str, value: str | None) -> PairRow:
        return PairRow(name, value, masked=self._masked)

    @on(Input.Changed)
    async def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if all(not row.blank for row in self.rows):
            await self.mount(self._row("", ""))
        self.post_message(self.Changed(self))
