"""The page of a log while lines arrive: follows the end, or holds still, and paints no more than it must."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual.events import Resize
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from ..domain.log_block import MOST_COLUMNS
from ..domain.log_moves import Moved
from ..domain.logbook import Change
from ..domain.stream import LogLine, StreamState
from ..presentation.log_times import TimeStyle
from .log_canvas import LogCanvas

PAINTS_PER_SECOND = 15
ABOVE = -2
"""The part of the first line held that is the sentence above it."""
SCROLLBAR_STALE_SHARE = 0.01
"""The scrollbar is drawn anew when the log has grown by this much: it costs more than a line."""


class LogPage(LogCanvas):
    """Follows until someone scrolls up, then holds still to the last cell until the end is reached again."""

    following: reactive[bool] = reactive(True, repaint=False)
    """Whether the page moves with the end of the log."""
    new_lines: reactive[int] = reactive(0, repaint=False)
    """Lines that came since the page was held."""
    _age_timer: Timer | None = None
    _paint_timer: asyncio.TimerHandle | None = None
    _painted_at = 0.0
    _wrapped_at = 0

    def _start_over(self) -> None:
        super()._start_over()
        self._top = (0, 0)
        """The line at the top and which of its rows: what stays where it is while the page is held."""
        self._painted_top: tuple[int, int] | None = None
        self._changed_from: int | None = None
        """Number of the first line not painted as it is now."""
        self.new_lines = 0

    # What arrives

    def append(self, lines: Sequence[LogLine]) -> None:
        """Take in lines; they are painted at once, or with the next paint when there was one just now."""
        if lines:
            end_before = self.book.end
            self._take_in(self.book.append(lines), end_before)

    def _take_in(self, change: Change, end_before: int) -> None:
        """Show what the book has taken in since its end was there."""
        if change.moved is not None:
            self._renumber(change.moved)
        changed_from = self._reshape(change)
        if change.moved is not None:
            changed_from = change.first if changed_from is None else min(changed_from, change.first)
        self.rows.update(changed_from)
        first = change.first if changed_from is None else min(changed_from, change.first)
        self._changed_from = first if self._changed_from is None else min(first, self._changed_from)
        if not self.following:
            self.new_lines += self.book.end - end_before
        if self.wrap and self.text_columns != self._wrapped_at:
            self._rewrap()
        self._place()
        self._appended(change)
        self._paint_soon()

    def clear(self) -> None:
        """Let go of every line and follow again."""
        self._start_over()
        self.following = True
        self._rewrap()

    def show_state(self, state: StreamState) -> None:
        """How the stream is doing: said while there are no lines, and after the last one when it is over."""
        if state == self.state:
            return
        said_before, self.state = self.state.final or not len(self.book), state
        if said_before or state.final:
            self._place()
            self.repaint_all()
        self.post_message(self.Changed(self))

    def _reshape(self, change: Change) -> int | None:
        """What is shown follows what came; the first line before the new ones for which it is another."""
        return None

    def _renumber(self, moved: Moved) -> None:
        """Lines have other numbers: all that is known by a number goes with them."""
        self._top = (moved.of(self._top[0]), self._top[1])
        self._painted_top = None
        self.painter.forget()

    def _appended(self, change: Change) -> None:
        """For what is kept beside the lines."""

    # Where the page is

    @property
    def top_line(self) -> int:
        """Number of the line at the top."""
        return self._top[0]

    def follow(self) -> None:
        """Go to the end and stay there."""
        self.following = True
        self._place()
        self.repaint_all()

    def hold(self) -> None:
        """Stay on this page whatever arrives."""
        self.following = False

    def watch_following(self) -> None:
        """What counts as new is counted from the moment of holding."""
        self.new_lines = 0
        self.post_message(self.Changed(self))

    def show_line(self, number: int, character: int = 0) -> None:
        """Hold, and scroll so that a character of a line is seen; not at all if it is."""
        if not self.is_attached:
            return
        row = self.row_on_page(number, self.painter.part_of(number, character, self.page_columns))
        top, left = round(self.scroll_y), round(self.scroll_x)
        if not top <= row < top + self.page_rows:
            self._scroll_to(y=row - self.page_rows // 3)
        self.hold()
        column = cell_len(self.book.line(number)[: min(character, MOST_COLUMNS)])
        if not self.wrap and not left <= column < left + self.text_columns - 1:
            self._scroll_to(x=0 if column < self.text_columns - 1 else column - self.text_columns // 2)

    def _scroll_to(self, x: float | None = None, y: float | None = None, **options: Any) -> bool:
        """Every scroll of a user comes through here: keys, wheel, scrollbar. None is animated."""
        scrolled = super()._scroll_to(x, y, **{**options, "animate": False})
        if y is not None:
            self._remember_top()
            if scrolled:
                self._painted_top = self._top
            self.following = self.scroll_y >= self.max_scroll_y
            self._sync_scrollbar(always=True)
        return scrolled

    def _remember_top(self) -> None:
        row = round(self.scroll_y) - self._lead_rows
        if row < 0:
            self._top = (self.book.first, ABOVE)
        elif row < self.rows.total:
            self._top = self.rows.locate(row)
        else:
            self._top = (self.book.end, 0)

    def _place(self) -> None:
        """Put the page where it belongs after rows came, went or moved; paints nothing."""
        widest = 0 if self.wrap else self.painter.gutter.columns + self.book.widest + 1
        self.set_reactive(Widget.virtual_size, Size(max(self.page_columns, widest), self.total_rows))
        y = self.max_scroll_y
        if not self.following:
            line, part = self._top
            y = 0 if part == ABOVE or line < self.book.first else min(y, self.row_on_page(line, part))
        self.set_reactive(Widget.scroll_y, float(y))
        self.set_reactive(Widget.scroll_target_y, float(y))
        self._remember_top()

    # When it is painted

    def flush(self) -> None:
        """Paint now what was appended: only rows that can be seen and are not what they were."""
        if self._paint_timer is not None:
            self._paint_timer.cancel()
            self._paint_timer = None
        self._painted_at = time.monotonic()
        self._paint_changes()
        self._sync_scrollbar()
        self.post_message(self.Changed(self))

    def refresh_row(self, row: int) -> None:
        """Paint one row, counted from the first of all, if it is on the page."""
        on_page = row - round(self.scroll_y)
        if 0 <= on_page < self.page_rows:
            self.refresh(Region(0, on_page, self.page_columns, 1))

    def repaint_all(self) -> None:
        """Paint the whole page."""
        if self.is_running:
            self._painted_top = None
            self._paint_changes()
            self._sync_scrollbar(always=True)
            self.post_message(self.Changed(self))

    def _paint_soon(self) -> None:
        """Paint now, or when it is time again; not by Textual's timer, which drops a beat it is late for."""
        if not self.is_running:
            return
        wait_seconds = self._painted_at + 1 / PAINTS_PER_SECOND - time.monotonic()
        if wait_seconds <= 0:
            self.flush()
        elif self._paint_timer is None:
            loop = asyncio.get_running_loop()
            self._paint_timer = loop.call_later(wait_seconds, self.call_later, self.flush)

    def _paint_changes(self) -> None:
        changed, self._changed_from = self._changed_from, None
        painted_top, self._painted_top = self._painted_top, self._top
        self.painter.gutter.now = self._clock()
        if self._top != painted_top:
            self.refresh(Region(0, 0, self.page_columns, self.page_rows))
            return
        if changed is not None:
            first = max(0, self.row_on_page(changed) - round(self.scroll_y))
            self.refresh(Region(0, first, self.page_columns, max(0, self.page_rows - first)))
        if self._top[1] == ABOVE:
            self.refresh(Region(0, 0, self.page_columns, 1))

    def _sync_scrollbar(self, *, always: bool = False) -> None:
        bar, total = self.vertical_scrollbar, self.total_rows
        if always or abs(total - bar.window_virtual_size) > total * SCROLLBAR_STALE_SHARE:
            bar.window_virtual_size = total
            bar.window_size = self.page_rows
            bar.position = self.scroll_y

    # What changes the page as a whole

    def on_mount(self) -> None:
        """Lines may have come before there was a page."""
        self._restyle()

    def on_resize(self, event: Resize) -> None:
        """Rows are broken by the width, the end is found by the height."""
        self._rewrap()

    def watch_wrap(self) -> None:
        """Nothing is to the left of a wrapped page."""
        self.scroll_x = 0
        self._restyle()

    def watch_numbers(self) -> None:
        """Another gutter is another room for the lines."""
        self._restyle()

    def watch_times(self) -> None:
        """Ages are the one thing here that changes by itself."""
        if self._age_timer is not None:
            self._age_timer.stop()
            self._age_timer = None
        if self.times is TimeStyle.RELATIVE:
            self._age_timer = self.set_interval(1, self.tick_ages)
        self._restyle()

    def tick_ages(self) -> None:
        """Show the ages of the lines as of now."""
        self.painter.gutter.now = self._clock()
        self.refresh(Region(0, 0, self.painter.gutter.columns, self.page_rows))

    def _restyle(self) -> None:
        if self.is_attached:
            self._set_up(self.painter)
            self._rewrap()

    def _rewrap(self) -> None:
        """Break the lines anew for the room there is, and keep the line at the top."""
        if self.is_attached:
            self._wrapped_at = self.text_columns
            self.rows.wrap_at(self.text_columns if self.wrap else None)
            self.painter.forget()
            self._place()
            self.repaint_all()
