"""The part of the application that calls the user: which jobs ended, now and since the last session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import App
from textual.reactive import reactive

from .attention import BELL, OSC9, ended_since, ends_words, osc9, since_words
from .domain.text import safe
from .messages import WatchRequested
from .presentation.glyphs import state_of
from .presentation.job_titles import title

if TYPE_CHECKING:
    from .backend import Backend
    from .domain.hardware import Catalogue
    from .domain.job import Job
    from .domain.snapshot import Snapshot
    from .settings import Settings

MOST_TOLD_ENDS = 3
"""When more jobs than this end at once, it is said in one sentence."""


class CallingApp(App[int], inherit_bindings=False):
    """Says once what has ended, and rings for the jobs that are watched."""

    backend: Backend
    settings: Settings
    snapshot: reactive[Snapshot]
    catalogue: reactive[Catalogue]
    watched: reactive[frozenset[str]] = reactive(frozenset[str](), repaint=False, init=False)
    """Ids of the jobs whose end calls the user."""
    new_endings: reactive[frozenset[str]] = reactive(frozenset[str](), repaint=False, init=False)
    """Ids of the jobs that ended since the user looked last."""
    _last_session: Snapshot | None = None

    def tell_what_changed(self, before: Snapshot) -> None:
        """Once the rows of the last session have been replaced: which jobs ended meanwhile."""
        if before.remembered_at is not None and self._last_session is None:
            self._last_session = before
        if self._last_session is None or not self.snapshot.complete:
            return
        last, self._last_session = self._last_session, None
        if ended := ended_since(last, self.snapshot):
            self.new_endings = frozenset(job.id for job in ended)
            self.notify(since_words(last, ended, self.catalogue), timeout=15, markup=False)

    def tell_ends(self, ended: Sequence[Job]) -> None:
        """Say which jobs have ended, and ring for those that are watched; many at once in one sentence."""
        if len(ended) > MOST_TOLD_ENDS:
            self.notify(ends_words(ended), markup=False)
        else:
            for job in ended:
                bad = state_of(job).tone == "bad"
                self.notify(self._end_of(job), severity="error" if bad else "information", markup=False)
        if watched := [job for job in ended if job.id in self.watched]:
            self._call_user(watched)

    def _end_of(self, job: Job) -> str:
        state = state_of(job, ascii_only=self.settings.ascii)
        return f"{state.glyph} {safe(title(job))}: {safe(state.word)}"

    def _call_user(self, jobs: Sequence[Job]) -> None:
        """Jobs that were watched have ended."""
        self.watched -= {job.id for job in jobs}
        if BELL in self.settings.notify:
            self.bell()
        if OSC9 in self.settings.notify and self._driver is not None:
            self._driver.write(osc9(self._end_of(jobs[0]) if len(jobs) == 1 else ends_words(jobs)))
        if self.settings.end_command:
            for job in jobs:
                self.backend.run_end_command(self.settings.end_command, job, safe(state_of(job).word))

    @on(WatchRequested)
    def _watch_requested(self, message: WatchRequested) -> None:
        jobs, ids = message.jobs, {job.id for job in message.jobs}
        one = len(jobs) == 1
        about = safe(title(jobs[0])) if one else f"{len(jobs)} jobs"
        if ids <= self.watched:
            self.watched -= ids
            self.notify(f"{about}: no longer watched", markup=False)
        else:
            self.watched |= ids
            self.notify(f"{about}: you are called when {'it ends' if one else 'each ends'}", markup=False)
