"""The log of a job: what a user can do with its page."""

from __future__ import annotations

from textual.message import Message

from ..domain.log_levels import ERROR, WARNING
from ..domain.log_windows import WHOLE, WINDOWS
from ..keys import bindings
from ..presentation.log_status import LogStatus, badge
from .log_moving import LogMoving


class LogPane(LogMoving, can_focus=True, inherit_bindings=False):
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
