"""The keys that move the page of a log, or the end of the marks on it."""

from __future__ import annotations

from .log_selecting import LogSelecting

COLUMNS_A_STEP = 8


class LogMoving(LogSelecting):
    """Lines, half pages, pages, the first line and the end."""

    def action_follow(self) -> None:
        """Go to the end and follow what arrives; while marking, mark to the end."""
        if self.marking:
            self.move_point(self.rows.total)
            return
        self.note = ""
        self.point_at(None)
        self.follow()

    def action_top(self) -> None:
        """Go to the first line held."""
        if self.marking:
            self.move_point(-self.rows.total)
        else:
            self.scroll_to(y=0)

    def action_line_down(self) -> None:
        """One row down; at the end of the log, to the next line of the page."""
        self._step(1, at_limit=self.scroll_y >= self.max_scroll_y)

    def action_line_up(self) -> None:
        """One row up; holds the page. At the first line of the log, to the line before on the page."""
        self._step(-1, at_limit=self.scroll_y <= 0)

    def action_page_down(self) -> None:
        """One page down, one row of it kept."""
        self._scroll_rows(max(1, self.page_rows - 1))

    def action_page_up(self) -> None:
        """One page up, one row of it kept."""
        self._scroll_rows(-max(1, self.page_rows - 1))

    def action_half_down(self) -> None:
        """Half a page down."""
        self._scroll_rows(max(1, self.page_rows // 2))

    def action_half_up(self) -> None:
        """Half a page up."""
        self._scroll_rows(-max(1, self.page_rows // 2))

    def action_column_left(self) -> None:
        """Some columns to the left."""
        self.scroll_to(x=self.scroll_x - COLUMNS_A_STEP)

    def action_column_right(self) -> None:
        """Some columns to the right."""
        self.scroll_to(x=self.scroll_x + COLUMNS_A_STEP)

    def _step(self, rows: int, *, at_limit: bool) -> None:
        """Scroll, or point at another line of a page that ends here: so every line can be unfolded."""
        if at_limit and not self.marking and (lines := self.lines_on_page()):
            if self.point in lines:
                self.move_point(rows)
            else:
                self.point_at(lines[0] if rows > 0 else lines[-1])
        self._scroll_rows(rows)

    def _scroll_rows(self, rows: int) -> None:
        if self.marking:
            self.move_point(rows)
        else:
            self.scroll_to(y=round(self.scroll_y) + rows)
            if rows < 0:
                self.hold()  # also a page with no row above: what comes next must not move it
