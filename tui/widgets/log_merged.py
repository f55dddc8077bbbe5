"""The logs of several jobs on one page, each line with the name of its job before it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rich.cells import cell_len
from rich.style import Style

from ..domain.log_arrivals import Arrivals
from ..domain.log_excerpt import Excerpt
from ..domain.log_merge import MergedBook
from ..domain.stream import LogLine, StreamPhase, StreamState
from ..presentation.log_line import Piece, cells
from ..presentation.log_prefix import job_colours
from ..presentation.log_status import LogStatus, state_of_all, streams_words
from .log_gutter import LogGutter
from .log_look import LogLook
from .log_marking import Part
from .log_pane import LogPane

RELEASE_SECONDS = 0.1


@dataclass
class JobGutter(LogGutter):
    """Names the job of each line."""

    names: tuple[str, ...] = ()
    """All equally wide."""
    styles: tuple[Style, ...] = ()
    """One for each name, or none at all."""

    @property
    def columns(self) -> int:
        """Cells it takes."""
        return super().columns + self._name_columns

    @property
    def _name_columns(self) -> int:
        return cells(self.names[0]) + 1 if self.names else 0

    def beside(self, number: int, sign: Piece) -> list[Piece]:
        """What stands at the first row of a line."""
        source = self.book.source(number)
        style = self.look.text + self.styles[source % len(self.styles)] if self.styles else self.look.text
        sign, *others = super().beside(number, sign)
        return [sign, Piece(f"{self.names[source]} ", style, None), *others]


@dataclass(frozen=True)
class JobView:
    """What is told of the lines of one job and hands them on to the page, while the job is on it."""

    pane: MergedPane
    source: int

    def append(self, lines: list[LogLine]) -> None:
        """Lines of the job have come."""
        if self._joined:
            self.pane.take(self.source, lines)

    def clear(self) -> None:
        """What is held of the job is void: it comes again from its first line."""
        if self._joined:
            self.pane.leave(self.source)
            self.pane.join(self.source)

    def show_state(self, state: StreamState) -> None:
        """How the stream of the job is doing."""
        if self._joined:
            self.pane.show_source_state(self.source, state)

    @property
    def _joined(self) -> bool:
        return self.source in self.pane.states


class MergedPane(LogPane):
    """A log pane for several jobs, known by their places in `names`; those that have joined are shown."""

    book: MergedBook

    def __init__(
        self,
        names: tuple[str, ...],
        *,
        coloured: bool = True,
        monotonic: Callable[[], float] = time.monotonic,
        **options: Any,
    ) -> None:
        self.names = names
        self._coloured = coloured
        self._monotonic = monotonic
        self._arrivals = Arrivals()
        self.states: dict[int, StreamState] = {}
        """Of the jobs that have joined, by their places."""
        super().__init__(**options)

    def on_mount(self) -> None:
        """Lines that wait are looked at again and again."""
        super().on_mount()
        self.set_interval(RELEASE_SECONDS, self.release)

    # Jobs that come and go

    def join(self, source: int) -> None:
        """Show the lines of a job that are about to come."""
        self._arrivals.open(source, self._monotonic())
        self.show_source_state(source, StreamState(StreamPhase.CONNECTING))

    def leave(self, source: int) -> None:
        """Take the lines of a job off the page."""
        self._arrivals.close(source)
        self.states.pop(source, None)
        if self.book.count(source):
            self._renumber(self.book.forget(source))
            self._rewrap()
            self._search_on()
        self.show_state(state_of_all(self.states.values()))

    def show_source_state(self, source: int, state: StreamState) -> None:
        """How the stream of one of the jobs is doing."""
        self.states[source] = state
        if state.phase not in (StreamPhase.CONNECTING, StreamPhase.LIVE):
            self._arrivals.at_end(source)
        self.show_state(state_of_all(self.states.values()))
        self.post_message(self.Changed(self))

    # Lines

    def take(self, source: int, lines: Sequence[LogLine]) -> None:
        """Lines of a job have come; they are shown when those before them have come too."""
        self._arrivals.take(source, lines, self._monotonic())

    def release(self) -> None:
        """Take lines in that need not wait any longer, many of them with key presses answered between."""
        if lines := self._arrivals.ready(self._monotonic()):
            end_before = self.book.end
            self._take_in(self.book.insert(lines), end_before)
            # after what else waits to be done, a key press for one
            asyncio.get_running_loop().call_soon(self.call_later, self.release)

    def clear(self) -> None:
        """Let go of every line; those that have joined come again from their first line."""
        self._arrivals = Arrivals()
        for source in self.states:
            self.join(source)
        super().clear()

    # How they are told apart

    @property
    def empty_words(self) -> str:
        """What is said while there is no line."""
        return super().empty_words if self.states else "no job is on this page; J adds one back"

    @property
    def status(self) -> LogStatus:
        """All there is to say about it."""
        return replace(super().status, streams=streams_words(self.states.values()))

    def excerpt(self, part: Part) -> Excerpt:
        """Lines with the names of their jobs, to be written elsewhere."""
        first, sources = self.book.first, self.book.sources(self.book.first, self.book.end)
        names = self.names
        return replace(super().excerpt(part), prefix=lambda number: f"{names[sources[number - first]]} ")

    def copied_text(self, number: int) -> str:
        """A line with the name of its job, as it is copied."""
        return f"{self.names[self.book.source(number)]} {self.book.line(number)}"

    def _new_book(self) -> MergedBook:
        return MergedBook(limit_bytes=self._limit_bytes, measure=cell_len)

    def _new_gutter(self, look: LogLook) -> JobGutter:
        colours = job_colours(self.app.theme_variables) if self._coloured and self.is_attached else []
        styles = tuple(Style(color=colour.rich_color) for colour in colours)
        return JobGutter(self.book, look, now=self._clock(), names=self.names, styles=styles)
