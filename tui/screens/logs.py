"""The logs of several jobs on one page, merged by time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.getters import query_one
from textual.style import Style

from ..domain.job import Job
from ..domain.stream import StreamState
from ..keys import Scope, bindings
from ..messages import LogClosed, LogOpened
from ..presentation.glyphs import state_of
from ..presentation.log_prefix import job_colours, short_names
from ..widgets.log_merged import JobView, MergedPane
from ..widgets.log_pane import LogPane
from ..widgets.quiet_static import QuietStatic
from .log_screen import LogScreen

MOST_JOBS = 16
"""Each has a stream of its own."""


class LogsScreen(LogScreen):
    """Opens the log of every job when shown, and lets go of them when left."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ("log", "logs")
    BINDINGS = bindings("logs")

    header = query_one("#header", QuietStatic)
    log_pane: MergedPane

    def __init__(self, jobs: Sequence[Job], *, coloured: bool = True) -> None:
        super().__init__()
        live_first = sorted(jobs, key=lambda job: not job.live)[:MOST_JOBS]
        self._first = tuple(job for job in jobs if job in live_first)
        self._left_out = len(jobs) - len(self._first)
        self._coloured = coloured
        self.names = short_names(self._first)
        self.log_pane = MergedPane(self.names, coloured=coloured)
        self._views = [JobView(self.log_pane, source) for source in range(len(self._first))]

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs of the page as they are known now, in the order of their names."""
        known = self.host.snapshot.jobs
        return tuple(known.get(job.id, job) for job in self._first)

    @property
    def file_name(self) -> str:
        """How many jobs there are."""
        return f"{len(self.log_pane.states)}-jobs.log"

    def compose(self) -> ComposeResult:
        yield QuietStatic(id="header")
        yield from self.log_widgets()

    def on_mount(self) -> None:
        for source in range(len(self._first)):
            self.join(source)
        self.watch(self.app, "snapshot", self.tick, init=False)
        self.watch(self.app, "theme", self.tick, init=False)
        self.tick()
        self.update_footer()
        if self._left_out:
            count = self._left_out + len(self._first)
            self.say(f"{len(self._first)} of the {count} marked jobs are on this page: it takes no more")

    def on_unmount(self) -> None:
        for source in list(self.log_pane.states):
            self._close(source)

    def tick(self) -> None:
        """Say which jobs are on the page, each in the colour of its lines."""
        ascii_only = self.host.settings.ascii
        colours = job_colours(self.app.theme_variables) if self._coloured else []
        parts = [Content.styled(f" {len(self.log_pane.states)} of {len(self._first)} jobs ", "bold")]
        for source, job in enumerate(self.jobs):
            style = Style(foreground=colours[source % len(colours)]) if colours else Style()
            if source not in self.log_pane.states:
                style = Style(dim=True, strike=True)
            glyph = state_of(job, ascii_only=ascii_only).glyph
            parts.append(Content.styled(f"  {glyph} {self.names[source].strip()}", style))
        self.header.show(Content.assemble(*parts))

    def join(self, source: int, *, fresh: bool = False) -> None:
        """Show the log of one of the jobs from now on."""
        self.log_pane.join(source)
        self.app.post_message(LogOpened(self.jobs[source], self._views[source], fresh=fresh))

    def leave(self, source: int) -> None:
        """Take one of the jobs off the page."""
        self._close(source)
        self.log_pane.leave(source)

    def turn(self, source: int) -> None:
        """Take a job off the page, or add it back; the last one stays."""
        if list(self.log_pane.states) == [source]:
            self.say("the last job stays: q leaves the page")
            return
        (self.leave if source in self.log_pane.states else self.join)(source)
        self.tick()

    def state_of(self, source: int) -> StreamState | None:
        """How the stream of a job is doing; None when it is not on the page."""
        return self.log_pane.states.get(source)

    def _close(self, source: int) -> None:
        self.app.post_message(LogClosed(self._first[source].id, self._views[source]))

    @on(LogPane.WholeRequested)
    def action_whole_log(self) -> None:
        """Read every log from the Hub, from its first line."""
        self.log_pane.clear()
        for source in list(self.log_pane.states):
            self.join(source, fresh=True)

    def action_copy(self) -> None:
        """Copy lines, else the one pointed at; with none chosen say how."""
        if not self.copy_lines():
            self.say("nothing to copy: v marks lines, e goes to an error, the mouse selects")

    def action_choose_jobs(self) -> None:
        """Take jobs off the page, or add them back."""
        from .logs_dialog import JoinedDialog

        self.app.push_screen(JoinedDialog(self))
