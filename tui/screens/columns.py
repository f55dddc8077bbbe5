"""The dialog in which the columns of a table are chosen and put in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ..keys import bindings
from ..presentation.cells import Column
from ..presentation.column_choice import ColumnChoice
from ..presentation.job_text import toned
from ..widgets.dialog import Dialog
from ..widgets.jobs_table import JobsTable

HINT = "space shows or hides · J K move · 0 as at first · enter done"


class ColumnsDialog(Dialog[None]):
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
            yield Static(id="gave-way", markup=False)

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
            shown = column.id in self._table.column_ids
            no_room = "" if shown or not self._table.choice.shows(column) else "  no room"
            lines.append(
                Content.assemble(
                    toned(f"{'>' if here else ' '} {sign} {column.title}", "accent" if here else "plain"),
                    toned(no_room, "dim"),
                )
            )
        self.query_one("#list", Static).update(Content("\n").join(lines))
        self.query_one("#columns").scroll_to(y=self._cursor - 3, animate=False)

    def _change(self, choice: ColumnChoice) -> None:
        before = self._table.column_ids
        self._table.choice = choice
        self._tell(before)
        self._show()

    def _tell(self, before: tuple[str, ...]) -> None:
        """Say which columns are in the place of which: not all of them fit."""
        now, titles = self._table.column_ids, {one.id: one.title for one in self._columns}
        gone = [titles[one] for one in before if one not in now and self._still_chosen(one)]
        come = [titles[one] for one in now if one not in before]
        words = f"{', '.join(come) or 'the rest'} shown; no room left for {', '.join(gone)}" if gone else ""
        if come and not gone:
            words = f"{', '.join(come)} shown"
        self.query_one("#gave-way", Static).update(toned(words, "warn" if gone else "dim"))

    def _still_chosen(self, column_id: str) -> bool:
        return any(one.id == column_id and self._table.choice.shows(one) for one in self._columns)

    def action_down(self) -> None:
        self._cursor = min(self._cursor + 1, len(self._columns) - 1)
        self._show()

    def action_up(self) -> None:
        self._cursor = max(0, self._cursor - 1)
        self._show()

    def action_show_or_hide(self) -> None:
        column, choice = self._columns[self._cursor], self._table.choice
        if not choice.shows(column):
            self._change(choice.with_turned(column.id).with_wanted(column.id))
        elif column.id not in self._table.column_ids:
            self._change(choice.with_wanted(column.id))  # it was on all along, and had no room
        else:
            self._change(choice.with_turned(column.id))

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
