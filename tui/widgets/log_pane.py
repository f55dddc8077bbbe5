"""The log of a job: what a user can do with its page."""

from __future__ import annotations

from textual.events import Click
from textual.geometry import Offset
from textual.selection import Selection

from ..domain.log_block import MOST_COLUMNS
from ..keys import bindings
from ..presentation.log_status import LogStatus, badge
from .log_finding import LogFinding
from .log_painter import LogPainter

COLUMNS_A_STEP = 8


class LogPane(LogFinding, can_focus=True, inherit_bindings=False):
    """Follow and hold, paging, wrap, times, search, copying."""

    BINDINGS = bindings("log")

    DEFAULT_CSS = """
    LogPane {
        height: 1fr;
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & > .log-pane--timestamp { text-style: dim; }
        & > .log-pane--number { text-style: dim; }
        & > .log-pane--notice { text-style: dim italic; }
        & > .log-pane--marker { text-style: bold; color: $text-accent; }
        & > .log-pane--hit { text-style: underline; color: $text-warning; }
        & > .log-pane--hit-current { text-style: bold reverse; color: $text-warning; }
    }
    """

    @property
    def badge(self) -> str:
        """`↓ 84 new`, empty when nothing came since the page was held."""
        return badge(self.new_lines)

    @property
    def status(self) -> LogStatus:
        """All there is to say about it, for `presentation.log_status.status_line`."""
        return LogStatus(
            state=self.state,
            following=self.following,
            new_lines=self.new_lines,
            wrap=self.wrap,
            times=self.times,
            lines=len(self.book),
            dropped=self.book.first,
            hits=f"{self.hit_status} “{self.searched_text}”" if self.searched_text else "",
        )

    # Moving

    def action_follow(self) -> None:
        """Go to the end and follow what arrives."""
        self.follow()

    def action_top(self) -> None:
        """Go to the first line held."""
        self.scroll_to(y=0)

    def action_line_down(self) -> None:
        """One row down."""
        self._scroll_rows(1)

    def action_line_up(self) -> None:
        """One row up; holds the page."""
        self._scroll_rows(-1)

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

    def _scroll_rows(self, rows: int) -> None:
        self.scroll_to(y=round(self.scroll_y) + rows)

    # What is shown

    def action_toggle_wrap(self) -> None:
        """Wrap long lines, or not."""
        self.wrap = not self.wrap

    def action_cycle_timestamps(self) -> None:
        """No times, local, UTC, ages."""
        self.times = self.times.next

    def action_toggle_numbers(self) -> None:
        """Line numbers, or none."""
        self.numbers = not self.numbers

    def action_next_hit(self) -> None:
        """Go to the next hit."""
        self.next_hit()

    def action_previous_hit(self) -> None:
        """Go to the hit before."""
        self.previous_hit()

    # Copying

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text: plain, and whole where a line was too long to show."""
        start, end = selection
        first = self.book.first if start is None else max(start.y, self.book.first)
        last = self.book.end - 1 if end is None else min(end.y, self.book.end - 1)
        lines = list(self.book.lines(first, last + 1))
        if not lines:
            return None
        if end is not None and end.y == last and end.x < MOST_COLUMNS:
            lines[-1] = lines[-1][: max(0, end.x)]
        if start is not None and start.y == first:
            lines[0] = lines[0][max(0, start.x) :]
        return "\n".join(lines), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint what is selected now."""
        self.painter.selection = selection
        self.painter.forget()
        self.repaint_all()

    def on_click(self, event: Click) -> None:
        """A double click selects a line; all of a log would be too much to copy by mistake."""
        self._clicked = event.style.meta.get("offset")

    def text_select_all(self) -> None:
        """Select the line that was clicked."""
        if self._clicked is not None:
            line = self._clicked[1]
            self.screen.selections = {self: Selection(Offset(0, line), Offset(MOST_COLUMNS, line))}

    _clicked: tuple[int, int] | None = None

    def _set_up(self, painter: LogPainter) -> None:
        super()._set_up(painter)
        painter.selection = self.text_selection if self.is_attached else None
