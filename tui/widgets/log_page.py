"""The page of a log: what is held, which rows of it are seen, when they are painted."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.events import Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from ..domain.log_block import MOST_COLUMNS
from ..domain.log_rows import LogRows
from ..domain.logbook import LIMIT_BYTES, Change, LogBook
from ..domain.stream import LogLine, StreamPhase, StreamState
from ..presentation.log_status import dropped_sentence, empty_sentence, end_sentence
from ..presentation.log_times import TimeStyle
from .log_painter import LogLook, LogPainter

PAINTS_PER_SECOND = 15
SCROLLBAR_STALE_SHARE = 0.01
"""The scrollbar is drawn anew when the log has grown by this much: it costs more than a line."""


class LogPage(ScrollView):
    """Lines on rows. Follows the end until someone scrolls up, then holds still to the last cell."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"log-pane--{name.replace('_', '-')}" for name in LogLook._fields if name not in ("text", "selection")
    }
    following: reactive[bool] = reactive(True, repaint=False)
    """Whether the page moves with the end of the log."""
    new_lines: reactive[int] = reactive(0, repaint=False)
    """Lines that came since the page was held."""
    wrap: reactive[bool] = reactive(False, repaint=False)
    times: reactive[TimeStyle] = reactive(TimeStyle.OFF, repaint=False)
    numbers: reactive[bool] = reactive(False, repaint=False)

    @dataclass
    class Changed(Message):
        """Something the status line says is different: lines, follow, wrap, times, hits, state."""

        pane: LogPage

        def can_replace(self, message: Message) -> bool:
            """Only the newest matters."""
            return isinstance(message, LogPage.Changed)

        @property
        def control(self) -> LogPage:
            """The pane it is about."""
            return self.pane

    def __init__(
        self,
        *,
        limit_bytes: int = LIMIT_BYTES,
        clock: Callable[[], float] = time.time,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.auto_links = False
        self.state = StreamState(StreamPhase.CONNECTING)
        self._limit_bytes = limit_bytes
        self._clock = clock
        self._top = (0, 0)
        """The line at the top and which of its rows: what stays where it is while the page is held."""
        self._changed_from: int | None = None
        """Number of the first line not painted as it is now."""
        self._painted_top: tuple[int, int] | None = None
        self._painted_at = 0.0
        self._paint_timer: Timer | None = None
        self._age_timer: Timer | None = None
        self._wrapped_at = 0
        self._start_over()

    # What is held

    def append(self, lines: Sequence[LogLine]) -> None:
        """Take in lines; they are painted at once, or with the next paint when there were many just now."""
        if not lines:
            return
        change = self.book.append(lines)
        self.rows.update()
        self._changed_from = (
            change.first if self._changed_from is None else min(change.first, self._changed_from)
        )
        if not self.following:
            self.new_lines += self.book.end - change.first
        if self.wrap and self.size.width - self.painter.gutter_columns != self._wrapped_at:
            self._rewrap()
        self._appended(change)
        self._place()
        self._paint_soon()

    def clear(self) -> None:
        """Let go of every line and follow again."""
        self._start_over()
        self.following = True
        self.repaint_all()

    def show_state(self, state: StreamState) -> None:
        """How the stream is doing: said while there are no lines, and after the last one when it is over."""
        if state == self.state:
            return
        final_before, self.state = self.state.final, state
        if not len(self.book) or state.final or final_before:
            self._place()
            self.repaint_all()
        self.post_message(self.Changed(self))

    def _start_over(self) -> None:
        self.book = LogBook(limit_bytes=self._limit_bytes, measure=cell_len)
        self.rows = LogRows(self.book)
        self._top = (0, 0)
        self.new_lines = 0
        self._painter: LogPainter | None = None

    def _appended(self, change: Change) -> None:
        """For what is kept beside the lines."""

    # Where the page is

    @property
    def top_line(self) -> int:
        """Number of the line at the top."""
        return self._top[0]

    @property
    def page_rows(self) -> int:
        """Rows that can be seen at once."""
        return max(1, self.size.height)

    @property
    def allow_horizontal_scroll(self) -> bool:
        """There is no scrollbar for it, which would take a row and come and go with long lines."""
        return not self.wrap

    def follow(self) -> None:
        """Go to the end and stay there."""
        self.following = True
        self._place()
        self.repaint_all()

    def hold(self) -> None:
        """Stay on this page whatever arrives."""
        self.following = False

    def show_line(self, number: int, character: int = 0) -> None:
        """Scroll so that a character of a line is seen, with some context above it; not at all if it is."""
        row = self.row_on_page(number, self.painter.part_of(number, character, self.size.width))
        top = round(self.scroll_y)
        if not top <= row < top + self.page_rows:
            following = self.following
            self._scroll_to(y=row - self.page_rows // 3)
            self.following = following
        if not self.wrap:
            room = self.size.width - self.painter.gutter_columns
            left = round(self.scroll_x)
            column = cell_len(self.book.line(number)[: min(character, MOST_COLUMNS)])
            if not left <= column < left + room - 1:
                self._scroll_to(x=max(0, column - room // 2) if column >= room - 1 else 0)

    def watch_following(self) -> None:
        """What counts as new is counted from the moment of holding."""
        self.new_lines = 0
        self.post_message(self.Changed(self))

    def row_on_page(self, number: int, part: int = 0) -> int:
        """The row of a line, counted from the first row of the whole page."""
        return self._lead_rows + self.rows.row_of(number) + part

    @property
    def _lead_rows(self) -> int:
        return 1 if self.book.first else 0

    @property
    def _total_rows(self) -> int:
        if not len(self.book):
            return 1
        return self._lead_rows + self.rows.total + (1 if self.state.final else 0)

    def _scroll_to(self, x: float | None = None, y: float | None = None, **options: Any) -> bool:
        """Every scroll of a user comes through here: keys, wheel, scrollbar. None is animated."""
        scrolled = super()._scroll_to(x, y, **{**options, "animate": False})
        if y is not None:
            self.following = self.scroll_y >= self.max_scroll_y
            self._remember_top()
            self._sync_scrollbar(always=True)
        return scrolled

    def _remember_top(self) -> None:
        row = round(self.scroll_y) - self._lead_rows
        if row < 0:
            self._top = (self.book.first, -1)
        elif row < self.rows.total:
            self._top = self.rows.locate(row)
        else:
            self._top = (self.book.end, 0)

    def _place(self) -> None:
        """Put the page where it belongs after rows came, went or moved; paints nothing."""
        widest = 0 if self.wrap else self.painter.gutter_columns + self.book.widest + 1
        self.set_reactive(Widget.virtual_size, Size(max(self.size.width, widest), self._total_rows))
        y = self.max_scroll_y
        if not self.following:
            line, part = self._top
            y = 0 if line < self.book.first else min(y, self.row_on_page(line, part))
        self.set_reactive(Widget.scroll_y, float(y))
        self.set_reactive(Widget.scroll_target_y, float(y))
        self._remember_top()

    def _rewrap(self) -> None:
        """Break the lines anew after the room for them changed, and keep the line at the top."""
        room = self.size.width - self.painter.gutter_columns
        self._wrapped_at = room
        self.rows.wrap_at(room if self.wrap else None)
        self.painter.forget()
        self._place()
        self.repaint_all()

    # When it is painted

    def flush(self) -> None:
        """Paint now what was appended: only rows that can be seen and are not what they were."""
        if self._paint_timer is not None:
            self._paint_timer.stop()
            self._paint_timer = None
            self._painted_at = time.monotonic()
        changed, self._changed_from = self._changed_from, None
        self.painter.now = self._clock()
        if self._top != self._painted_top:
            self.refresh(self.size.region)
        elif changed is not None:
            first = max(0, self.row_on_page(changed) - round(self.scroll_y))
            if first < self.page_rows:
                self.refresh(Region(0, first, self.size.width, self.page_rows - first))
        if self._top[1] < 0:
            self.refresh(Region(0, 0, self.size.width, 1))
        self._painted_top = self._top
        self._sync_scrollbar()
        self.post_message(self.Changed(self))

    def repaint_all(self) -> None:
        """Paint the whole page."""
        self._painted_top = None
        if self.is_running:
            self.flush()
            self._sync_scrollbar(always=True)

    def _paint_soon(self) -> None:
        if self._paint_timer is not None or not self.is_running:
            return
        wait_seconds = self._painted_at + 1 / PAINTS_PER_SECOND - time.monotonic()
        if wait_seconds <= 0:
            self._painted_at = time.monotonic()
            self.flush()
        else:
            self._paint_timer = self.set_timer(wait_seconds, self.flush)

    def _sync_scrollbar(self, *, always: bool = False) -> None:
        bar, total = self.vertical_scrollbar, self._total_rows
        if always or abs(total - bar.window_virtual_size) > total * SCROLLBAR_STALE_SHARE:
            bar.window_virtual_size = total
            bar.window_size = self.page_rows
            bar.position = self.scroll_y

    @property
    def painter(self) -> LogPainter:
        """What paints the rows, with the page as it is set now."""
        if self._painter is None:
            self._painter = LogPainter(self.book, self.rows, self._page_look(), now=self._clock())
            self._set_up(self._painter)
        return self._painter

    def _set_up(self, painter: LogPainter) -> None:
        painter.wrap, painter.times, painter.numbers = self.wrap, self.times, self.numbers

    def _page_look(self) -> LogLook:
        if not self.is_attached:
            return LogLook(*[Style()] * len(LogLook._fields))
        part = partial(self.get_component_rich_style, partial=True)
        return LogLook(
            text=self.rich_style,
            timestamp=part("log-pane--timestamp"),
            number=part("log-pane--number"),
            marker=part("log-pane--marker"),
            notice=part("log-pane--notice"),
            hit=part("log-pane--hit"),
            hit_current=part("log-pane--hit-current"),
            selection=self.screen.get_component_rich_style("screen--selection"),
        )

    def render_line(self, y: int) -> Strip:
        """One row of the page as it is scrolled."""
        width = self.size.width
        row = round(self.scroll_y) + y - self._lead_rows
        if not len(self.book):
            return self._sentence(empty_sentence(self.state) if y == 0 else "", 0)
        if row < 0:
            return self._sentence(dropped_sentence(self.book.first), self.book.first)
        if row < self.rows.total:
            return self.painter.row(row, 0 if self.wrap else round(self.scroll_x), width)
        ended = row == self.rows.total and self.state.final
        return self._sentence(end_sentence(self.state) if ended else "", self.book.end)

    def _sentence(self, text: str, number: int) -> Strip:
        return self.painter.sentence(text, number, self.size.width)

    # What changes the page as a whole

    def on_mount(self) -> None:
        """Lines may have come before there was a page."""
        self._restyle()

    def on_resize(self, event: Resize) -> None:
        """Rows are broken by the width, the end is found by the height."""
        self._rewrap()

    def notify_style_update(self) -> None:
        """The theme changed: every style is another."""
        super().notify_style_update()
        self._painter = None

    def watch_wrap(self) -> None:
        """Without a left edge to scroll to while lines are wrapped."""
        self.scroll_x = 0
        self._restyle()

    def watch_times(self) -> None:
        """Ages are the one thing here that changes by itself."""
        if self._age_timer is not None:
            self._age_timer.stop()
            self._age_timer = None
        if self.times is TimeStyle.RELATIVE:
            self._age_timer = self.set_interval(1, self._tick_ages)
        self._restyle()

    def watch_numbers(self) -> None:
        """Another gutter is another room for the lines."""
        self._restyle()

    def _restyle(self) -> None:
        if self.is_attached:
            self._set_up(self.painter)
            self._rewrap()

    def _tick_ages(self) -> None:
        self.painter.now = self._clock()
        self.refresh(Region(0, 0, self.painter.gutter_columns, self.page_rows))
