"""What a log page looks like at this moment: the lines held, the rows they are on, the strips of the rows."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ..domain.log_rows import LogRows
from ..domain.log_shape import LogShape
from ..domain.log_store import LIMIT_BYTES
from ..domain.logbook import LogBook
from ..domain.stream import StreamPhase, StreamState
from ..presentation.log_line import shows_ink
from ..presentation.log_status import earlier_sentence, empty_sentence, end_sentence, nothing_chosen
from ..presentation.log_times import TimeStyle
from .log_gutter import LogGutter
from .log_look import LogLook
from .log_painter import LogPainter


class LogCanvas(ScrollView):
    """Renders any row of the log; knows nothing of following or of what arrives."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "log-pane--timestamp",
        "log-pane--number",
        "log-pane--marker",
        "log-pane--notice",
        "log-pane--error",
        "log-pane--warning",
        "log-pane--point",
        "log-pane--hit",
        "log-pane--hit-current",
    }
    wrap: reactive[bool] = reactive(False, repaint=False)
    """Whether long lines are broken; otherwise the page scrolls to the right."""
    times: reactive[TimeStyle] = reactive(TimeStyle.OFF, repaint=False)
    numbers: reactive[bool] = reactive(False, repaint=False)

    @dataclass
    class Changed(Message, namespace="log_pane"):
        """Something the status line says is different: lines, follow, wrap, times, hits, state."""

        pane: LogCanvas

        def can_replace(self, message: Message) -> bool:
            """Only the newest matters."""
            return isinstance(message, LogCanvas.Changed) and message.pane is self.pane

        @property
        def control(self) -> LogCanvas:
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
        self._start_over()

    def _start_over(self) -> None:
        """Hold nothing."""
        self.book = self._new_book()
        self.rows = LogRows(self.book)
        self._painter: LogPainter | None = None

    def _new_book(self) -> LogBook:
        return LogBook(limit_bytes=self._limit_bytes, measure=cell_len)

    def _new_gutter(self, look: LogLook) -> LogGutter:
        return LogGutter(self.book, look, now=self._clock())

    # How large it is

    @property
    def page_rows(self) -> int:
        """Rows that can be seen at once."""
        return max(1, self.scrollable_content_region.height)

    @property
    def page_columns(self) -> int:
        """Columns of one row, gutter and text."""
        return max(1, self.scrollable_content_region.width)

    @property
    def text_columns(self) -> int:
        """Columns left for the text."""
        return max(2, self.page_columns - self.painter.gutter.columns)

    @property
    def total_rows(self) -> int:
        """Every row there is: the lines, and a sentence before and after them when there is one to say."""
        if not len(self.book):
            return 1
        return self._lead_rows + max(1, self.rows.total) + (1 if self.state.final else 0)

    def row_on_page(self, number: int, part: int = 0) -> int:
        """The row of a line, counted from the first row of all."""
        return self._lead_rows + self.rows.row_of(number) + part

    @property
    def _lead_rows(self) -> int:
        return 1 if self.shape.first else 0

    @property
    def shape(self) -> LogShape:
        """What of the log is shown."""
        return self.rows.shape

    @property
    def allow_horizontal_scroll(self) -> bool:
        """There is no scrollbar for it, which would take a row and come and go with long lines."""
        return not self.wrap

    # How it is painted

    @property
    def painter(self) -> LogPainter:
        """What paints the rows, with the page as it is set now."""
        if self._painter is None:
            look = self._page_look()
            self._painter = LogPainter(self.book, self.rows, look, self._new_gutter(look))
            self._set_up(self._painter)
        return self._painter

    def _set_up(self, painter: LogPainter) -> None:
        painter.wrap, painter.gutter.times, painter.gutter.numbers = self.wrap, self.times, self.numbers
        painter.coloured = not self.is_attached or shows_ink(self.app.theme_variables)

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
            error=part("log-pane--error"),
            warning=part("log-pane--warning"),
            point=part("log-pane--point"),
            hit=part("log-pane--hit"),
            hit_current=part("log-pane--hit-current"),
            selection=self._selection_style(),
        )

    def _selection_style(self) -> Style:
        """The theme's ground for what is selected, the text on it as it is; reversed where it has none."""
        ground = self.screen.get_component_rich_style("screen--selection").bgcolor
        if ground is None or ground.is_default or ground == self.rich_style.bgcolor:
            return Style(reverse=True)
        return Style(bgcolor=ground)

    def notify_style_update(self) -> None:
        """The theme changed: every style is another."""
        super().notify_style_update()
        self._painter = None

    def render_line(self, y: int) -> Strip:
        """One row of the page as it is scrolled."""
        row = round(self.scroll_y) + y - self._lead_rows
        if not len(self.book):
            return self._sentence(self.empty_words if y == 0 else "", 0)
        if row < 0:
            hidden = self.shape.start - self.book.first
            return self._sentence(earlier_sentence(max(0, hidden), self.book.first), self.shape.first)
        if row < self.rows.total:
            return self.painter.row(row, 0 if self.wrap else round(self.scroll_x), self.page_columns)
        if row == 0:
            chosen = self.shape.chosen
            complete = chosen is None or chosen.complete
            return self._sentence(nothing_chosen(filtered=chosen is not None, complete=complete), 0)
        ended = row == max(1, self.rows.total) and self.state.final
        return self._sentence(end_sentence(self.state) if ended else "", self.book.end)

    @property
    def empty_words(self) -> str:
        """What is said while there is no line."""
        return empty_sentence(self.state)

    def _sentence(self, text: str, number: int) -> Strip:
        return self.painter.sentence(text, number, self.page_columns)
