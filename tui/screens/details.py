"""Everything about one job, full screen: in groups, or as the JSON the Hub answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one

from ..domain.errors import HubError
from ..domain.job import Job
from ..domain.job_page import page_url
from ..domain.text import safe
from ..domain.units import clock_time
from ..keys import Scope, bindings
from ..messages import DetailsWanted
from ..presentation.job_details import JobDetails
from ..presentation.job_text import headline, toned
from ..presentation.raw_json import raw_json
from ..widgets.key_footer import KeyFooter
from ..widgets.line import Line
from .job_actions import JobActions
from .opening import job_screen

TICK_SECONDS = 1.0


class DetailsScreen(JobActions):
    """Shows what the list holds at once, and the whole answer when the Hub has given it."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("details", "job")
    BINDINGS = bindings("details", "job")
    AUTO_FOCUS = "#details"

    headline_line = query_one("#header", Line)
    body = query_one("#details-body", Line)
    status_line = query_one("#status", Line)
    scroll = query_one("#details", VerticalScroll)

    def __init__(self, job: Job, *, raw: bool = False) -> None:
        super().__init__()
        self.job_id = job.id
        self._first = job
        self._raw = raw
        self._revealed = False
        self._answer: Mapping[str, Any] = {}
        self._told = "reading it from the Hub…"
        self._raw_text = ""

    @property
    def target_job(self) -> Job:
        return self.host.snapshot.jobs.get(self.job_id, self._first)

    def compose(self) -> ComposeResult:
        yield Line(id="header", markup=False)
        with VerticalScroll(id="details"):
            yield Line(id="details-body", markup=False)
        yield Line(id="status", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        for name in ("snapshot", "catalogue"):
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
        job, host = self.target_job, self.host
        self.headline_line.show(headline(job, host.catalogue, self.now, ascii_only=host.settings.ascii))
        self.body.show(self._content(job))
        mask = "values shown, v masks them" if self._revealed else "values masked, v shows them"
        self.status_line.show(toned(f" {self._told}" + (f" · {mask}" if job.environment else ""), "dim"))
        self.update_footer()

    def _content(self, job: Job) -> Content:
        if self._raw:
            return Content(self._raw_text)
        details = JobDetails(
            job,
            self._answer,
            self.host.catalogue,
            page_url(self.host.settings.endpoint, job),
            self._revealed,
            self.host.settings.ascii,
        )
        return details.content(self.now, max(20, self.body.size.width))

    # What the Hub says

    def action_read_again(self) -> None:
        """Ask the Hub for everything it knows of the job."""
        self.app.post_message(DetailsWanted(self.target_job))

    def show_answer(self, answer: Mapping[str, Any]) -> None:
        """Show what the Hub answered."""
        self._answer = answer
        self._told = f"read from the Hub at {clock_time(self.now)}"
        self._write_raw()

    def show_failure(self, error: HubError) -> None:
        """Say why there is no answer; what is known already stays."""
        self._told = f"not read: {safe(error.title)} · r tries again"
        self.tick()

    def _write_raw(self) -> None:
        self._raw_text = raw_json(self._answer, revealed=self._revealed) if self._answer else ""
        self.tick()

    # How it is shown

    def action_toggle_values(self) -> None:
        """Show the values of the environment, or mask them again."""
        self._revealed = not self._revealed
        self._write_raw()

    def action_toggle_view(self) -> None:
        """The answer as JSON, or in groups."""
        self._raw = not self._raw
        self.scroll.scroll_home(animate=False)
        self.tick()

    def action_details_job(self) -> None:
        if self._raw:
            self.action_toggle_view()

    def action_raw_job(self) -> None:
        if not self._raw:
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

    def action_open_log(self) -> None:
        """Read the log of the job, instead of its details."""
        self.app.switch_screen(job_screen(self.target_job))

    def action_copy_id(self) -> None:
        """Copy what the mouse has selected, else the JSON when it is shown, else the id."""
        if selected := self.get_selected_text():
            self.copy(selected.split("\n"), "the line", "lines")
        elif self._raw and self._raw_text:
            self.copy(self._raw_text.split("\n"), "the line", "lines of JSON")
        else:
            super().action_copy_id()
