"""What the keys of a table do: move the cursor, mark rows, go along the columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.message import Message
from textual.scroll_view import ScrollView

from .table_cursor import TableCursor
from .table_layout import HEADER_LINES


class TableMoves(ScrollView):
    """The part of a live table that answers keys; it repaints the lines it touched and no other."""

    cursor: TableCursor
    _told_key: str | None = None

    @dataclass
    class RowHighlighted(Message):
        """The cursor has come to rest on another row; None when there is none."""

        key: str | None

    class MarksChanged(Message):
        """Other rows are marked than before."""

    @property
    def page_rows(self) -> int:
        """How many rows fit on the screen."""
        return max(1, self.size.height - HEADER_LINES)

    # Given by the table

    @property
    def cursor_key(self) -> str | None:
        """Key of the row under the cursor."""
        raise NotImplementedError

    def _refresh_line(self, line: int) -> None:
        raise NotImplementedError

    def close_gap(self) -> None:
        """Order the rows again: the cursor has left one that was kept for it."""
        raise NotImplementedError

    def skip_columns(self, step: int) -> None:
        """Go on to columns that have no room."""
        raise NotImplementedError

    # Moving

    def _tell_cursor(self) -> None:
        if self.cursor_key != self._told_key:
            self._told_key = self.cursor_key
            self.post_message(self.RowHighlighted(self._told_key))

    def _move(self, number: int) -> None:
        if not self.cursor.keys:
            return
        before = self.cursor.number
        if self.cursor.move_to(number):
            self.close_gap()
            return
        self._tell_cursor()
        top = self.scroll_offset.y
        self._scroll_to_cursor()
        if self.scroll_offset.y == top:
            self._refresh_line(before - top)
            self._refresh_line(self.cursor.number - top)

    def _scroll_to_cursor(self) -> None:
        top, number, page = self.scroll_offset.y, self.cursor.number, self.page_rows
        if number < top:
            self._scroll_rows_to(number)
        elif number >= top + page:
            self._scroll_rows_to(number - page + 1)

    def _scroll_rows_to(self, top: int) -> None:
        limit = max(0, len(self.cursor.keys) - self.page_rows)
        self.scroll_target_y = self.scroll_y = max(0, min(top, limit))

    def action_cursor_down(self) -> None:
        self._move(self.cursor.number + 1)

    def action_cursor_up(self) -> None:
        self._move(self.cursor.number - 1)

    def action_page_down(self) -> None:
        self._move(self.cursor.number + self.page_rows)

    def action_page_up(self) -> None:
        self._move(self.cursor.number - self.page_rows)

    def action_half_down(self) -> None:
        self._move(self.cursor.number + self.page_rows // 2)

    def action_half_up(self) -> None:
        self._move(self.cursor.number - self.page_rows // 2)

    def action_top(self) -> None:
        self._move(0)

    def action_bottom(self) -> None:
        self._move(len(self.cursor.keys) - 1)

    def action_columns_left(self) -> None:
        self.skip_columns(-1)

    def action_columns_right(self) -> None:
        self.skip_columns(1)

    # Marks

    def action_mark(self) -> None:
        self.cursor.toggle_mark()
        self._marks_changed([self.cursor.number])
        self.action_cursor_down()

    def action_mark_range(self) -> None:
        self.cursor.mark_range()
        self._marks_changed()

    def action_mark_all(self) -> None:
        self.cursor.mark(self.cursor.keys)
        self._marks_changed()

    def clear_marks(self) -> bool:
        """Take every mark away; False when there was none."""
        had_marks = self.cursor.clear_marks()
        if had_marks:
            self._marks_changed()
        return had_marks

    def action_clear_marks(self) -> None:
        self.clear_marks()

    def _marks_changed(self, rows: Iterable[int] = ()) -> None:
        top = self.scroll_offset.y
        for line in [row - top for row in rows] or range(self.page_rows):
            self._refresh_line(line)
        self.post_message(self.MarksChanged())
