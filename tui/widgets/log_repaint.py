"""When and what of a log page is painted: no more often than it helps, and only rows that changed."""

from __future__ import annotations

import asyncio
import time

from textual.geometry import Region

from .log_canvas import LogCanvas

PAINTS_PER_SECOND = 15
ABOVE = -2
"""The part of the first line held that is the sentence above it."""
SCROLLBAR_STALE_SHARE = 0.01
"""The scrollbar is drawn anew when the log has grown by this much: it costs more than a line."""


class LogRepainting(LogCanvas):
    """Paints what has changed since it painted last."""

    _paint_timer: asyncio.TimerHandle | None = None
    _painted_at = 0.0

    def _start_over(self) -> None:
        super()._start_over()
        self._top = (0, 0)
        """The line at the top and which of its rows: what stays where it is while the page is held."""
        self._painted_top: tuple[int, int] | None = None
        self._changed_from: int | None = None
        """Number of the first line not painted as it is now."""

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
