"""The palette: every action that works here, and every job by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from .domain.text import safe, short_id
from .keys import Action, actions
from .presentation.glyphs import state_of
from .presentation.job_columns import title
from .screens.base import DashboardScreen
from .screens.job import JobScreen

if TYPE_CHECKING:
    from .screens.host import Host

MOST_JOBS = 200
"""Jobs offered at most, newest first: a palette is for finding, not for reading."""


class JobsCommands(Provider):
    """Offers the actions of the screen below and the jobs on it."""

    @property
    def _host(self) -> Host:
        return cast("Host", self.app)

    async def discover(self) -> Hits:
        for action in self._actions():
            label = Content(f"{action.tooltip}  ({action.key})")
            yield DiscoveryHit(label, partial(self._run, action), text=action.tooltip)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for action in self._actions():
            text = f"{action.tooltip}  ({action.key})"
            if (score := matcher.match(text)) > 0:
                yield Hit(score, Content(text), partial(self._run, action), text=action.tooltip)
        newest = sorted(self._host.snapshot.jobs.values(), key=lambda job: job.id, reverse=True)
        for job in newest[:MOST_JOBS]:
            text = f"{safe(title(job))}  {short_id(job.id)}  {safe(state_of(job).word)}"
            if (score := matcher.match(text)) > 0:
                yield Hit(score, Content(text), partial(self.app.push_screen, JobScreen(job)), text=text)

    def _actions(self) -> Iterator[Action]:
        screen = self.screen
        scopes = screen.SCOPES if isinstance(screen, DashboardScreen) else ()
        for scope in (*scopes, "app"):
            for action in actions(scope):
                if action.scope != "move" and not (action.writes and self._host.settings.read_only):
                    yield action

    async def _run(self, action: Action) -> None:
        target = self.screen.focused if action.scope == "log" else None
        await self.app.run_action(
            action.action, target or (self.app if action.scope == "app" else self.screen)
        )
