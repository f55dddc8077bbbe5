"""A page of facts, full screen: in groups, or as the JSON the Hub answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one

from ..domain.errors import HubError
from ..domain.text import safe
from ..domain.units import clock_time
from ..presentation.job_text import toned
from ..presentation.raw_json import raw_json
from ..widgets.key_footer import KeyFooter
from ..widgets.quiet_static import QuietStatic
from .base import DashboardScreen

TICK_SECONDS = 1.0


class DetailsPage(DashboardScreen):
    """Shows what is known at once, and the whole answer when the Hub has given it."""

    AUTO_FOCUS = "#details"
    WATCHED: ClassVar[tuple[str, ...]] = ("snapshot", "catalogue")
    """What of the application the facts rest on."""

    headline_line = query_one("#header", QuietStatic)
    body = query_one("#details-body", QuietStatic)
    status_line = query_one("#status", QuietStatic)
    scroll = query_one("#details", VerticalScroll)

    def __init__(self, subject_id: str, *, raw: bool = False) -> None:
        super().__init__()
        self.subject_id = subject_id
        """Id of what it is about."""
        self.raw = raw
        self.revealed = False
        """Whether the values of the environment are shown."""
        self.answer: Mapping[str, Any] = {}
        self._told = "reading it from the Hub…"
        self._raw_text = ""

    def compose(self) -> ComposeResult:
        yield QuietStatic(id="header")
        with VerticalScroll(id="details"):
            yield QuietStatic(id="details-body")
        yield QuietStatic(id="status")
        yield KeyFooter()

    def on_mount(self) -> None:
        for name in self.WATCHED:
            self.watch(self.app, name, self.tick, init=False)
        self.set_interval(TICK_SECONDS, self.tick)
        self.tick()
        self.action_read_again()

    def on_resize(self) -> None:
        self.call_after_refresh(self.tick)

    def tick(self) -> None:
        """Let times and costs move on."""
        if not self.looked_at:
            return
        self.headline_line.show(self.headline_words())
        self.body.show(Content(self._raw_text) if self.raw else self.facts(max(20, self.body.size.width)))
        mask = "values shown, v masks them" if self.revealed else "values masked, v shows them"
        self.status_line.show(toned(f" {self._told}" + (f" · {mask}" if self.has_values() else ""), "dim"))
        self.update_footer()

    # What it is about

    def headline_words(self) -> Content:
        """One line."""
        raise NotImplementedError

    def facts(self, columns: int) -> Content:
        """All of it, in groups."""
        raise NotImplementedError

    def has_values(self) -> bool:
        """Whether there are values that are masked."""
        raise NotImplementedError

    # What the Hub says

    def action_read_again(self) -> None:
        """Ask the Hub for everything it knows."""
        raise NotImplementedError

    def show_answer(self, answer: Mapping[str, Any]) -> None:
        """Show what the Hub answered."""
        self.answer = answer
        self._told = f"read from the Hub at {clock_time(self.now)}"
        self._write_raw()

    def show_failure(self, error: HubError) -> None:
        """Say why there is no answer; what is known already stays."""
        self._told = f"not read: {safe(error.title)} · r tries again"
        self.tick()

    def _write_raw(self) -> None:
        self._raw_text = raw_json(self.answer, revealed=self.revealed) if self.answer else ""
        self.tick()

    # How it is shown

    def action_toggle_values(self) -> None:
        """Show the values of the environment, or mask them again."""
        self.revealed = not self.revealed
        self._write_raw()

    def action_toggle_view(self) -> None:
        """The answer as JSON, or in groups."""
        self.raw = not self.raw
        self.scroll.scroll_home(animate=False)
        self.tick()

    def show_view(self, *, raw: bool) -> None:
        """Show the JSON, or the groups."""
        if self.raw != raw:
            self.action_toggle_view()

    def action_scroll_details(self, lines: int) -> None:
        """Up or down by lines."""
        self.scroll.scroll_relative(y=lines, animate=False)

    def action_top(self) -> None:
        """To the first line."""
        self.scroll.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """To the last line."""
        self.scroll.scroll_end(animate=False)

    def copied_selection(self) -> bool:
        """Copy what the mouse has selected, else the JSON when it is shown; False when neither is there."""
        if selected := self.get_selected_text():
            self.copy(selected.split("\n"), "the line", "lines")
        elif self.raw and self._raw_text:
            self.copy(self._raw_text.split("\n"), "the line", "lines of JSON")
        else:
            return False
        return True
