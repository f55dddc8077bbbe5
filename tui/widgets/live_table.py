"""A table that keeps its cursor on the row it is about, and repaints only the cells that changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Generic

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ..keys import bindings
from ..presentation.cells import TONES, Cell, Column, Row
from .table_layout import GAP, Placed, place

HEADER_LINES = 1


class LiveTable(ScrollView, Generic[Row], can_focus=True):
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
        "live-table--sorted",
        *(f"live-table--{tone}" for tone in TONES),
    }
    BINDINGS = bindings("move")
    ALLOW_SELECT = False

    @dataclass
    class RowHighlighted(Message):
        """The cursor has come to rest on another row; None when there is none."""

        table: LiveTable[object]
        key: str | None

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
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.auto_links = False  # else every move of the mouse repaints the whole table
        self.columns = tuple(columns)
        self.clock = clock
        self.sort_mark: tuple[str, bool] | None = None
        """Column id and whether descending, as the header shows it."""
        self._rows: dict[str, Row] = {}
        self._keys: list[str] = []
        self._index: dict[str, int] = {}
        self._cursor_key: str | None = None
        self._placed: list[Placed[Row]] = []
        self._painted: dict[int, tuple[str, list[Cell]]] = {}
        self._styles_by_tone: dict[str, Style] = {}

    # What it holds

    @property
    def cursor_key(self) -> str | None:
        """Key of the row under the cursor."""
        return self._cursor_key

    @property
    def cursor_index(self) -> int:
        """Position of the cursor among the rows, 0 when there are none."""
        return self._index.get(self._cursor_key or "", 0)

    @property
    def keys_in_order(self) -> tuple[str, ...]:
        """Keys of all rows as shown."""
        return tuple(self._keys)

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._keys)

    def show_rows(self, rows: dict[str, Row]) -> None:
        """Show these rows, in this order. The cursor stays on its row and that row on its line.

        When the row under the cursor has gone, the cursor takes the nearest that followed it.
        """
        old_keys, old_index = self._keys, self.cursor_index
        line_of_cursor = old_index - self.scroll_offset.y
        at_top = self.scroll_offset.y == 0 and old_index == 0
        self._rows, self._keys = rows, list(rows)
        if self._keys != old_keys:
            self._index = {key: number for number, key in enumerate(self._keys)}
            self.virtual_size = Size(self._width, len(self._keys) + HEADER_LINES)
            self._keep_cursor(old_keys, old_index, first_rows=not old_keys)
            if not at_top or self.cursor_index > self._page_rows() - 1:
                self._scroll_rows_to(self.cursor_index - line_of_cursor)
            self._scroll_to_cursor()
        self.tick()

    def move_to(self, key: str) -> None:
        """Put the cursor on the row of that key, if there is one."""
        if key in self._index:
            self._move(self._index[key])

    def tick(self) -> None:
        """Repaint the visible cells whose text or tone is not what was last painted."""
        now = self.clock()
        top = self.scroll_offset.y
        for line in range(self._page_rows()):
            self._repaint_line(line, top + line, now)

    # Painting

    def render_line(self, y: int) -> Strip:
        if y < HEADER_LINES:
            return self._header_strip()
        line = y - HEADER_LINES
        number = self.scroll_offset.y + line
        if number >= len(self._keys):
            self._painted.pop(line, None)
            return Strip.blank(self._width, self.rich_style)
        key = self._keys[number]
        cells = self._cells(key, self.clock())
        self._painted[line] = (key, cells)
        return self._row_strip(cells, cursor=key == self._cursor_key)

    def _cells(self, key: str, now: datetime) -> list[Cell]:
        row = self._rows[key]
        return [placed.column.cell(row, now) for placed in self._placed]

    def _row_strip(self, cells: Sequence[Cell], *, cursor: bool) -> Strip:
        over = self._style("cursor") if cursor else Style.null()
        base = self.rich_style + over
        segments = [Segment("▌", base + self._style("bar")) if cursor else Segment(" ", base)]
        for placed, cell in zip(self._placed, cells, strict=True):
            tone = self.rich_style if cell.tone == "plain" else self._style(cell.tone)
            text = _fit(cell.text, placed.width, right=placed.column.right)
            segments.append(Segment(text, tone + over))
            segments.append(Segment(GAP, base))
        return Strip(segments).adjust_cell_length(self._width, base)

    def _header_strip(self) -> Strip:
        header = self._style("header")
        segments = [Segment(" ", header)]
        for placed in self._placed:
            column, style, title = placed.column, header, placed.column.title
            if self.sort_mark is not None and column.id == self.sort_mark[0]:
                style = self._style("sorted")
                title = f"{title}{'↓' if self.sort_mark[1] else '↑'}"
            segments.append(Segment(_fit(title, placed.width, right=column.right), style))
            segments.append(Segment(GAP, header))
        return Strip(segments).adjust_cell_length(self._width, header)

    def _repaint_line(self, line: int, number: int, now: datetime) -> None:
        painted = self._painted.get(line)
        if number >= len(self._keys):
            if painted is not None:
                self._refresh_line(line)
            return
        key = self._keys[number]
        if painted is None or painted[0] != key:
            self._refresh_line(line)
            return
        cells = self._cells(key, now)
        for placed, old, new in zip(self._placed, painted[1], cells, strict=False):
            if old != new:
                self.refresh(Region(placed.x, line + HEADER_LINES, placed.width, 1))

    def _refresh_line(self, line: int) -> None:
        self.refresh(Region(0, line + HEADER_LINES, self._width, 1))

    def _style(self, name: str) -> Style:
        if name not in self._styles_by_tone:
            partial = name in {"cursor", "bar"}
            style = self.get_component_rich_style(f"live-table--{name}", partial=partial)
            self._styles_by_tone[name] = style
        return self._styles_by_tone[name]

    def notify_style_update(self) -> None:
        self._styles_by_tone.clear()
        super().notify_style_update()

    def watch_has_focus(self, value: bool) -> None:
        self._styles_by_tone.clear()
        super().watch_has_focus(value)

    def on_resize(self, event: events.Resize) -> None:
        self.arrange_columns()
        self._scroll_to_cursor()

    def watch_show_vertical_scrollbar(self) -> None:
        self.call_after_refresh(self.arrange_columns)

    @property
    def _width(self) -> int:
        """Terminal columns beside the scrollbar."""
        return self.scrollable_content_region.width

    def arrange_columns(self) -> None:
        """Fit the columns into the width there is."""
        self._placed = place(self.columns, self._width)
        self.virtual_size = Size(self._width, len(self._keys) + HEADER_LINES)
        self._painted.clear()
        self.refresh()

    def mark_sorted(self, column_id: str, *, descending: bool) -> None:
        """Show in the header by which column the rows are ordered."""
        if self.sort_mark != (column_id, descending):
            self.sort_mark = (column_id, descending)
            self.refresh(Region(0, 0, self._width, HEADER_LINES))

    # The cursor

    def _keep_cursor(self, old_keys: list[str], old_index: int, *, first_rows: bool) -> None:
        if self._cursor_key in self._index:
            return
        following = (key for key in old_keys[old_index:] if key in self._index)
        fallback = self._keys[min(old_index, len(self._keys) - 1)] if self._keys else None
        key = self._keys[0] if first_rows and self._keys else next(following, fallback)
        self._set_cursor(key)

    def _set_cursor(self, key: str | None) -> None:
        if key != self._cursor_key:
            self._cursor_key = key
            self.post_message(self.RowHighlighted(self, key))  # type: ignore[arg-type]

    def _move(self, number: int) -> None:
        if not self._keys:
            return
        number = max(0, min(number, len(self._keys) - 1))
        before = self.cursor_index
        self._set_cursor(self._keys[number])
        top = self.scroll_offset.y
        self._scroll_to_cursor()
        if self.scroll_offset.y == top:
            self._refresh_line(before - top)
            self._refresh_line(number - top)

    def _page_rows(self) -> int:
        return max(1, self.size.height - HEADER_LINES)

    def _scroll_to_cursor(self) -> None:
        top, number, page = self.scroll_offset.y, self.cursor_index, self._page_rows()
        if number < top:
            self._scroll_rows_to(number)
        elif number >= top + page:
            self._scroll_rows_to(number - page + 1)

    def _scroll_rows_to(self, top: int) -> None:
        limit = max(0, len(self._keys) - self._page_rows())
        self.scroll_target_y = self.scroll_y = max(0, min(top, limit))

    def action_cursor_down(self) -> None:
        self._move(self.cursor_index + 1)

    def action_cursor_up(self) -> None:
        self._move(self.cursor_index - 1)

    def action_page_down(self) -> None:
        self._move(self.cursor_index + self._page_rows())

    def action_page_up(self) -> None:
        self._move(self.cursor_index - self._page_rows())

    def action_half_down(self) -> None:
        self._move(self.cursor_index + self._page_rows() // 2)

    def action_half_up(self) -> None:
        self._move(self.cursor_index - self._page_rows() // 2)

    def action_top(self) -> None:
        self._move(0)

    def action_bottom(self) -> None:
        self._move(len(self._keys) - 1)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < HEADER_LINES:
            hit = next((place for place in self._placed if place.x <= offset.x < place.x + place.width), None)
            if hit is not None:
                self.post_message(self.HeaderClicked(hit.column.id))
            return
        number = self.scroll_offset.y + offset.y - HEADER_LINES
        if number >= len(self._keys):
            return
        if self._keys[number] == self._cursor_key and event.chain > 1:
            self.post_message(self.RowOpened(self._keys[number]))
        self._move(number)


def _fit(text: str, width: int, *, right: bool) -> str:
    """Exactly `width` terminal columns: cut with an ellipsis, or padded on one side."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width) if width > 1 else "…"
    return " " * (width - length) + text if right else text + " " * (width - length)
