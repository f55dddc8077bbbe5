"""The log of a job: what a user can do with its page."""

from __future__ import annotations

from textual.events import Click
from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection

from ..domain.log_block import MOST_COLUMNS
from ..domain.log_levels import ERROR, WARNING
from ..domain.log_moves import Moved
from ..domain.log_windows import WHOLE, WINDOWS
from ..keys import bindings
from ..presentation.log_status import LogStatus, badge
from .log_marking import LogMarking
from .log_painter import LogPainter

COLUMNS_A_STEP = 8


class LogPane(LogMarking, can_focus=True, inherit_bindings=False):
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
        & > .log-pane--error { color: $text-error; }
        & > .log-pane--warning { color: $text-warning; }
        & > .log-pane--point { color: $text-accent; text-style: bold; }
        & > .log-pane--marker { text-style: bold; color: $text-accent; }
        & > .log-pane--hit { text-style: underline; color: $text-warning; }
        & > .log-pane--hit-current { text-style: bold reverse; color: $text-warning; }
    }
    """

    class WholeRequested(Message):
        """The log is to be read anew from its first line."""

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
            window=self.window.label,
            filtered=self._filter_words,
            marked=self.marked_count if self.marking else 0,
            note=self.note,
        )

    @property
    def _filter_words(self) -> str:
        if self.filter_fault:
            return self.filter_fault
        wanted = self.filter_text.removeprefix("!")
        return f"{'without' if self.shape.inverted else 'only'} “{wanted}”" if wanted else ""

    # Moving

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
        if self.marking:
            self.move_point(rows)
        else:
            self.scroll_to(y=round(self.scroll_y) + rows)

    # What is shown

    def action_toggle_wrap(self) -> None:
        """Wrap long lines, or not."""
        self.wrap = not self.wrap

    def action_cycle_timestamps(self) -> None:
        """No times, local, UTC, ages."""
        self.times = self.times.next

    def action_window(self, digit: int) -> None:
        """Show the whole log, its last lines or its last minutes."""
        self.show_window(WINDOWS[digit])

    def action_whole(self) -> None:
        """Show the whole log; when it is shown already, read it anew."""
        if self.window is WHOLE:
            self.post_message(self.WholeRequested())
        else:
            self.show_window(WHOLE)

    def action_unfold(self) -> None:
        """Show more of the line pointed at, or of the nearest one on the page that has more."""
        number, lines = self.point, self.lines_on_page()
        if number not in lines:
            order = lines[::-1] if self.following else lines
            number = next((line for line in order if self.has_more(line)), None)
        if number is None or not self.toggle_line(number):
            self.note = "nothing more to this line"
            self.post_message(self.Changed(self))

    def action_toggle_folds(self) -> None:
        """Fold every traceback to its last line, or show them whole."""
        self.toggle_folds()

    def action_toggle_numbers(self) -> None:
        """Line numbers, or none."""
        self.numbers = not self.numbers

    def action_next_hit(self) -> None:
        """Go to the next hit."""
        self.next_hit()

    def action_previous_hit(self) -> None:
        """Go to the hit before."""
        self.previous_hit()

    def action_next_error(self) -> None:
        """Go to the next error."""
        self.go_to_level(ERROR, forward=True)

    def action_previous_error(self) -> None:
        """Go to the error before."""
        self.go_to_level(ERROR, forward=False)

    def action_next_warning(self) -> None:
        """Go to the next warning."""
        self.go_to_level(WARNING, forward=True)

    def action_previous_warning(self) -> None:
        """Go to the warning before."""
        self.go_to_level(WARNING, forward=False)

    # Copying

    def action_mark(self) -> None:
        """Mark lines from here on, or let go of the marks."""
        self.toggle_marking()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text: plain, and whole where a line was too long to show."""
        start, end = selection
        first = self.book.first if start is None else max(start.y, self.book.first)
        last = self.book.end - 1 if end is None else min(end.y, self.book.end - 1)
        shown = [number for number in range(first, last + 1) if self.rows.shows(number)]
        lines = [self.book.line(number) for number in shown]
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
        """A click points at a line, a double click selects it; all of a log would be too much by mistake."""
        self._clicked = event.style.meta.get("offset")
        if self._clicked is not None and self.can_focus:
            self.move_point_to(self._clicked[1])

    def text_select_all(self) -> None:
        """Select the line that was clicked."""
        if self._clicked is not None:
            line = self._clicked[1]
            self.screen.selections = {self: Selection(Offset(0, line), Offset(MOST_COLUMNS, line))}

    _clicked: tuple[int, int] | None = None

    def _renumber(self, moved: Moved) -> None:
        super()._renumber(moved)
        if selection := self.painter.selection:
            ends = [end and Offset(end.x, moved.of(end.y)) for end in selection]
            self.screen.selections = {**self.screen.selections, self: Selection(*ends)}

    def _set_up(self, painter: LogPainter) -> None:
        super()._set_up(painter)
        painter.selection = self.text_selection if self.is_attached else None
