"""Where the page of a log is: at its end and moving with it, or held still to the last cell."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from ..domain.log_block import MOST_COLUMNS
from .log_repaint import ABOVE, LogRepainting


class LogPlacing(LogRepainting):
    """Follows until someone scrolls up, then holds still until the end is reached again."""

    following: reactive[bool] = reactive(True, repaint=False)
    """Whether the page moves with the end of the log."""
    new_lines: reactive[int] = reactive(0, repaint=False)
    """Lines that came since the page was held."""

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
