"""A table that keeps its cursor on the row it is about, and repaints only the cells that changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Generic

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ..keys import bindings
from ..presentation.cells import TONES, Cell, Column, Row
from .table_cursor import TableCursor
from .table_layout import HEADER_LINES, Placed, most_skipped, place
from .table_moves import TableMoves
from .table_painter import TablePainter


class LiveTable(TableMoves, ScrollView, Generic[Row], can_focus=True):
    """Rows known by key, shown in the order given; the cursor stays on its key through any change.

    Cells are made for visible rows only, at the moment they are painted, so ten thousand rows cost no
    more than a screen of them. `tick` repaints what the clock has changed.
    """

    DEFAULT_CSS = """
    LiveTable {
        background: $background;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & > .live-table--cursor { background: $boost; text-style: bold; }
        &:focus > .live-table--cursor { background: $primary-muted; }
        &:ansi > .live-table--cursor { text-style: bold reverse; }
        & > .live-table--bar { color: $accent; }
        & > .live-table--mark { color: $text-accent; text-style: bold; }
        & > .live-table--header { text-style: bold dim; }
        & > .live-table--sorted { text-style: bold; color: $text-accent; }
        & > .live-table--dim { text-style: dim; }
        & > .live-table--accent { color: $text-accent; }
        & > .live-table--good { color: $text-success; }
        & > .live-table--warn { color: $text-warning; }
        & > .live-table--bad { color: $text-error; text-style: bold; }
        & > .live-table--strike { text-style: dim strike; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "live-table--bar",
        "live-table--cursor",
        "live-table--header",
        "live-table--mark",
        "live-table--sorted",
        *(f"live-table--{tone}" for tone in TONES),
    }
    BINDINGS = bindings("move")
    ALLOW_SELECT = False

    @dataclass
    class RowOpened(Message):
        """The row under the cursor was clicked."""

        key: str

    @dataclass
    class HeaderClicked(Message):
        """The title of a column was clicked."""

        column_id: str

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        clock: Callable[[], datetime],
        *,
        ascii_only: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.auto_links = False  # else every move of the mouse repaints the whole table
        self.columns = tuple(columns)
        self.clock = clock
        self.sort_mark: tuple[str, bool] | None = None
        """Column id and whether descending, as the header shows it."""
        self.cursor = TableCursor()
        self._rows: Mapping[str, Row] = {}
        self._given: Mapping[str, Row] = {}
        """The rows as they were given: without the one that is shown only because the cursor is on it."""
        self._row_gone = False
        """Whether what the row under the cursor was about exists no more."""
        self._placed: list[Placed[Row]] = []
        self._placed_width = 0
        self._skipped_columns = 0
        self._painted: dict[int, tuple[str, list[Cell]]] = {}
        self.faded = False
        """Whether the rows are old: all of them are dim then."""
        self._painter: TablePainter[Row] = TablePainter(self._style_named, ascii_only=ascii_only)

    # What it holds

    @property
    def cursor_key(self) -> str | None:
        """Key of the row under the cursor; None when there is none, or it has gone."""
        return None if self._row_gone else self.cursor.key

    @property
    def row_gone(self) -> bool:
        """Whether the cursor is still where a row was that exists no more: no key does anything to it."""
        return self._row_gone

    @property
    def cursor_index(self) -> int:
        """Position of the cursor among the rows, 0 when there are none."""
        return self.cursor.number

    @property
    def keys_in_order(self) -> tuple[str, ...]:
        """Keys of all rows as shown."""
        return tuple(self.cursor.keys)

    @property
    def row_count(self) -> int:
        """How many rows there are on its lines."""
        return len(self.cursor.keys)

    def row_of(self, key: str) -> Row | None:
        """What a row is about, also when it is not shown; None when it exists no more."""
        return None

    def show_rows(self, rows: Mapping[str, Row], *, settling: bool = False, chosen: bool = False) -> None:
        """Show these rows, in this order. The cursor stays on its row and that row on its line.

        A row that is not among them stays as long as the cursor is on it. While the first rows are
        `settling`, a cursor that nobody has placed stays at the top. With `chosen` they are those of another
        filter: a cursor whose row is not among them goes to the first one.
        """
        same = not chosen and list(rows) == list(self._given)
        self._given = rows
        if not same:
            self._order(settling=settling, chosen=chosen)
        self._take_rows()
        self.tick()

    def _order(self, *, settling: bool = False, chosen: bool = False) -> None:
        cursor = self.cursor
        old_number, old_keys = cursor.number, cursor.keys
        line_of_cursor = old_number - self.scroll_offset.y
        at_top = self.scroll_offset.y == 0 and old_number == 0
        marks_before = len(cursor.marked)
        if chosen:
            cursor.choose(list(self._given))
        else:
            cursor.order(list(self._given), first=settling)
        if cursor.guest and not self._given and self.row_of(cursor.key or "") is None:
            cursor.empty()
        if cursor.keys != old_keys:
            self.virtual_size = Size(self._width, len(cursor.keys) + HEADER_LINES)
            if not at_top or cursor.number > self.page_rows - 1:
                self._scroll_rows_to(cursor.number - line_of_cursor)
            self._scroll_to_cursor()
        if len(cursor.marked) != marks_before:
            self.post_message(self.MarksChanged())

    def _take_rows(self) -> None:
        """Take what the rows are about; of a row that has gone, what it was about."""
        key, was_gone = self.cursor.key, self._row_gone
        if self.cursor.guest and key is not None:
            row = self.row_of(key)
            self._row_gone = row is None
            self._rows = {**self._given, key: self._rows[key] if row is None else row}
        else:
            self._row_gone, self._rows = False, self._given
        if self._row_gone != was_gone:
            self._refresh_line(self.cursor.number - self.scroll_offset.y)
        self._tell_cursor()

    def close_gap(self) -> None:
        self._order()
        self._take_rows()
        self.tick()

    def hold_row(self) -> None:
        """Let the row under the cursor keep its place until the cursor is moved: something is done to it."""
        self.cursor.hold()

    def settle(self) -> None:
        """The row under the cursor is the one the user means, also where a filter has brought it."""
        self.cursor.settle()

    def release_row(self) -> None:
        """Let it go where its order puts it: the user has asked for another order."""
        if self.cursor.free():
            self._order()
            self._take_rows()

    def move_to(self, key: str) -> None:
        """Put the cursor on the row of that key, if there is one."""
        if key in self.cursor.index:
            self.cursor.placed = True
            self._move(self.cursor.index[key])

    def tick(self) -> None:
        """Repaint the visible cells whose text or tone is not what was last painted."""
        now = self.clock()
        top = self.scroll_offset.y
        for line in range(self.page_rows):
            self._repaint_line(line, top + line, now)

    # Painting

    def render_line(self, y: int) -> Strip:
        if self._placed_width != self._width:  # the first paint comes before the news of the size
            self._place_columns()
        if y < HEADER_LINES:
            return self._painter.header(self._placed, self._width, self.sort_mark)
        line = y - HEADER_LINES
        number = self.scroll_offset.y + line
        if number >= self.row_count:
            self._painted.pop(line, None)
            return self._painter.blank(self._width)
        key = self.cursor.keys[number]
        cells = self._cells(key, self.clock())
        self._painted[line] = (key, cells)
        return self._painter.row(
            self._placed,
            cells,
            self._width,
            cursor=key == self.cursor.key,
            marked=key in self.cursor.marked,
            gone=self._row_gone and key == self.cursor.key,
        )

    def _cells(self, key: str, now: datetime) -> list[Cell]:
        row = self._rows[key]
        return [placed.column.cell(row, now) for placed in self._placed]

    def _repaint_line(self, line: int, number: int, now: datetime) -> None:
        painted = self._painted.get(line)
        if number >= self.row_count:
            if painted is not None:
                self._refresh_line(line)
            return
        key = self.cursor.keys[number]
        if painted is None or painted[0] != key:
            self._refresh_line(line)
            return
        cells = self._cells(key, now)
        for placed, old, new in zip(self._placed, painted[1], cells, strict=False):
            if old != new:
                self.refresh(Region(placed.x, line + HEADER_LINES, placed.width, 1))

    def _refresh_line(self, line: int) -> None:
        self.refresh(Region(0, line + HEADER_LINES, self._width, 1))

    def _style_named(self, name: str) -> Style:
        if name == "plain":
            return self.rich_style + Style(dim=self.faded or None)
        faded = Style(dim=True) if self.faded and name not in {"header", "sorted"} else Style.null()
        partial = name in {"cursor", "bar", "mark"}
        return self.get_component_rich_style(f"live-table--{name}", partial=partial) + faded

    def fade(self, faded: bool) -> None:
        """Show all rows dim, or as they are."""
        if faded != self.faded:
            self.faded = faded
            self._painter.forget_styles()
            self.refresh()

    def notify_style_update(self) -> None:
        self._painter.forget_styles()
        super().notify_style_update()

    def watch_has_focus(self, value: bool) -> None:
        self._painter.forget_styles()
        super().watch_has_focus(value)

    # Columns

    def on_resize(self, event: events.Resize) -> None:
        self.arrange_columns()
        self._scroll_to_cursor()

    def watch_show_vertical_scrollbar(self) -> None:
        self.call_after_refresh(self.arrange_columns)

    @property
    def _width(self) -> int:
        """Terminal columns for the cells: one is left free beside a scrollbar."""
        return self.scrollable_content_region.width - self.show_vertical_scrollbar

    @property
    def column_ids(self) -> tuple[str, ...]:
        """The columns on screen, from the left."""
        return tuple(placed.column.id for placed in self._placed)

    def arrange_columns(self) -> None:
        """Fit the columns into the width there is."""
        self._place_columns()
        self.virtual_size = Size(self._width, self.row_count + HEADER_LINES)
        self._painted.clear()
        self.refresh()

    def _place_columns(self) -> None:
        self._placed_width = self._width
        self._skipped_columns = min(self._skipped_columns, most_skipped(self.columns, self._width))
        self._placed = place(self.columns, self._width, skip=self._skipped_columns)

    def skip_columns(self, step: int) -> None:
        """Go on to columns that have no room; those that always stay, stay."""
        wanted = max(0, self._skipped_columns + step)
        if min(wanted, most_skipped(self.columns, self._width)) != self._skipped_columns:
            self._skipped_columns = wanted
            self.arrange_columns()

    def mark_sorted(self, column_id: str, *, descending: bool) -> None:
        """Show in the header by which column the rows are ordered."""
        if self.sort_mark != (column_id, descending):
            self.sort_mark = (column_id, descending)
            self.refresh(Region(0, 0, self._width, HEADER_LINES))

    # What the user does

    def on_key(self) -> None:
        """From now on the row under the cursor is the one that the user has seen there."""
        self.cursor.placed = True

    def on_click(self, event: events.Click) -> None:
        self.cursor.placed = True
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < HEADER_LINES:
            hit = next((place for place in self._placed if place.x <= offset.x < place.x + place.width), None)
            if hit is not None:
                self.post_message(self.HeaderClicked(hit.column.id))
            return
        number = self.scroll_offset.y + offset.y - HEADER_LINES
        if number >= self.row_count:
            return
        if self.cursor.keys[number] == self.cursor.key and event.chain > 1:
            self.post_message(self.RowOpened(self.cursor.keys[number]))
        self._move(number)
