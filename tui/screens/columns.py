"""The dialog in which the columns of a table are chosen and put in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from ..keys import bindings
from ..presentation.cells import Column
from ..presentation.column_choice import ColumnChoice
from ..presentation.job_text import toned
from ..widgets.jobs_table import JobsTable
from .whole import WholeScreen

HINT = "space shows or hides · J K move · 0 as at first · enter done"


class ColumnsDialog(WholeScreen, ModalScreen[None]):
    """Every change shows at once in the table behind it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("columns")
    AUTO_FOCUS = "#columns"

    def __init__(self, table: JobsTable) -> None:
        super().__init__()
        self._table = table
        self._cursor = 0

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="columns") as box:
            box.border_title = Content("Columns")
            box.border_subtitle = Content(HINT)
            yield Static(id="list", markup=False)

    def on_mount(self) -> None:
        self._show()

    @property
    def _columns(self) -> Sequence[Column[Any]]:
        return self._table.choice.ordered(self._table.all_columns)

    def _show(self) -> None:
        lines = []
        for number, column in enumerate(self._columns):
            sign = "[x]" if self._table.choice.shows(column) else "[ ]"
            here = number == self._cursor
            lines.append(
                toned(f"{'>' if here else ' '} {sign} {column.title}", "accent" if here else "plain")
            )
        self.query_one("#list", Static).update(Content("\n").join(lines))
        self.query_one("#columns").scroll_to(y=self._cursor - 3, animate=False)

    def _change(self, choice: ColumnChoice) -> None:
        self._table.choice = choice
        self._show()

    def action_down(self) -> None:
        self._cursor = min(self._cursor + 1, len(self._columns) - 1)
        self._show()

    def action_up(self) -> None:
        self._cursor = max(0, self._cursor - 1)
        self._show()

    def action_show_or_hide(self) -> None:
        self._change(self._table.choice.with_turned(self._columns[self._cursor].id))

    def action_earlier(self) -> None:
        self._move(-1)

    def action_later(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        column_id = self._columns[self._cursor].id
        self._cursor = max(0, min(self._cursor + step, len(self._columns) - 1))
        self._change(self._table.choice.with_moved(self._table.all_columns, column_id, step))

    def action_reset(self) -> None:
        self._change(ColumnChoice())

    def action_close(self) -> None:
        self.dismiss()
