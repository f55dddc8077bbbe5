"""The page of a log while lines arrive, and while it is set up otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from textual.events import Resize
from textual.geometry import Region
from textual.timer import Timer

from ..domain.log_moves import Moved
from ..domain.logbook import Change
from ..domain.stream import LogLine, StreamState
from ..presentation.log_times import TimeStyle
from .log_placing import LogPlacing


class LogPage(LogPlacing):
    """Takes lines in, and paints no more than it must."""

    _age_timer: Timer | None = None
    _wrapped_at = 0

    def _start_over(self) -> None:
        super()._start_over()
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
