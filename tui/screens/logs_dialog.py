"""The dialog that lists the jobs of a page of merged logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ..domain.stream import StreamPhase
from ..domain.units import plural
from ..keys import bindings
from ..presentation.job_text import toned
from ..presentation.log_status import stream_words
from ..widgets.dialog import Dialog

if TYPE_CHECKING:
    from .logs import LogsScreen

HINT = "space takes one out or adds it back · enter done"
TICK_SECONDS = 1.0


class JoinedDialog(Dialog[None]):
    """Every change shows at once on the page behind it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("joined")
    AUTO_FOCUS = "#joined"

    def __init__(self, page: LogsScreen) -> None:
        super().__init__()
        self._page = page
        self._cursor = 0

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="joined") as box:
            box.border_title = Content("Jobs on this page")
            box.border_subtitle = Content(HINT)
            yield Static(id="list", markup=False)

    def on_mount(self) -> None:
        self.watch(self.app, "snapshot", self._show, init=False)
        self.set_interval(TICK_SECONDS, self._show)
        self._show()

    def _show(self) -> None:
        lines = [self._line(source, name) for source, name in enumerate(self._page.names)]
        self.query_one("#list", Static).update(Content("\n").join(lines))
        self.query_one("#joined").scroll_to(y=self._cursor - 3, animate=False)

    def _line(self, source: int, name: str) -> Content:
        state, here = self._page.state_of(source), source == self._cursor
        words, count = "not on the page", ""
        if state is not None:
            words = stream_words(state)
            count = f"  {plural(self._page.log_pane.book.count(source), 'line')}"
        sign = "[x]" if state is not None else "[ ]"
        bad = state is not None and state.phase is StreamPhase.REFUSED
        text = f"{'>' if here else ' '} {sign} {name}{count}  {words}"
        return toned(text, "accent" if here else "bad" if bad else "plain")

    def action_down(self) -> None:
        self._move_to(self._cursor + 1)

    def action_up(self) -> None:
        self._move_to(self._cursor - 1)

    def _move_to(self, source: int) -> None:
        self._cursor = max(0, min(source, len(self._page.names) - 1))
        self._show()

    def action_turn(self) -> None:
        self._page.turn(self._cursor)
        self._show()

    def action_close(self) -> None:
        self.dismiss()
