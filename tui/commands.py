"""The palette: every action here and on the other screens, every job and every schedule by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from .domain.job import Job
from .domain.job_reference import JobReferenceError, job_reference
from .domain.text import safe, short_id
from .keys import Action, Scope, actions
from .messages import JobWanted
from .presentation.glyphs import state_of
from .presentation.job_columns import title
from .presentation.schedule_text import schedule_words
from .screens.base import DashboardScreen
from .screens.opening import job_screen

if TYPE_CHECKING:
    from .places import PlacesApp
    from .screens.host import Host

MOST_JOBS = 200
"""Jobs a few scattered letters find, newest first; of the others it takes a part of the name or the id."""
_FIRST = 1_000.0
"""The score of what was named outright."""
MOST_OLDER = 50
"""Older jobs offered at most: a palette is for finding, not for reading."""

PLACES: dict[Scope, str] = {
    "jobs": "",
    "schedules": "schedules",
    "hardware": "hardware",
    "activity": "activity",
}
"""Screens by the scope of their keys, and the name by which one goes there."""


class _Command(NamedTuple):
    """One line of the palette."""

    text: str
    run: Callable[[], Any]


class JobsCommands(Provider):
    """Finds by any letters in order, as Textual's matcher does."""

    @property
    def _host(self) -> Host:
        return cast("Host", self.app)

    @property
    def _places(self) -> PlacesApp:
        return cast("PlacesApp", self.app)

    async def startup(self) -> None:
        """Schedules are found by name before their screen was ever opened."""
        if self._host.schedules_read_at is None and not self._host.reading_schedules:
            self._places.read_schedules()

    async def discover(self) -> Hits:
        for command in self._here():
            yield DiscoveryHit(Content(command.text), command.run, text=command.text)

    async def search(self, query: str) -> Hits:
        for command in self._named(query):
            yield Hit(_FIRST, Content(command.text), command.run, text=command.text)
        matcher = self.matcher(query)
        for command in (*self._here(), *self._elsewhere(), *self._schedules(), *self._jobs(query)):
            if (score := matcher.match(command.text)) > 0:
                yield Hit(score, Content(command.text), command.run, text=command.text)

    # Actions

    @property
    def _scopes(self) -> tuple[Scope, ...]:
        return self.screen.SCOPES if isinstance(self.screen, DashboardScreen) else ()

    def _here(self) -> Iterator[_Command]:
        """What works on the screen below."""
        for scope in (*self._scopes, "app"):
            for action in self._allowed(scope):
                if action.scope != "move":
                    yield _Command(words_of(action, action.key), partial(self._run, action))

    def _elsewhere(self) -> Iterator[_Command]:
        """What works on the other screens."""
        for scope, place in PLACES.items():
            if scope not in self._scopes:
                for action in self._allowed(scope):
                    text = words_of(action, f"{scope}: {action.key}")
                    yield _Command(text, partial(self._run_there, place, action))

    def _allowed(self, scope: Scope) -> Iterator[Action]:
        read_only = self._host.settings.read_only
        return (action for action in actions(scope) if not (action.writes and read_only))

    async def _run(self, action: Action) -> None:
        target = self.screen.focused if action.scope == "log" else None
        await self.app.run_action(
            action.action, target or (self.app if action.scope == "app" else self.screen)
        )

    async def _run_there(self, place: str, action: Action) -> None:
        self._go(place)
        self.app.call_after_refresh(self._act_there, action)

    async def _act_there(self, action: Action) -> None:
        """Do it; what would change something nobody has looked at yet waits for its key."""
        screen = self.app.screen
        if action.writes and not action.id.endswith(".new") and isinstance(screen, DashboardScreen):
            screen.say(f"put the cursor on the right row, then press {action.key}")
        else:
            await self.app.run_action(action.action, screen)

    def _go(self, place: str) -> None:
        self._places.action_show_place(place) if place else self._places.go_home()

    # By name

    def _named(self, query: str) -> Iterator[_Command]:
        """The job whose id or address was typed or pasted, in the table or not."""
        try:
            named = job_reference(query, self._host.settings.endpoint)
        except JobReferenceError as error:
            words = str(error)
            yield _Command(words, partial(self.app.notify, words, severity="warning", markup=False))
            return
        if named is not None:
            where = f" of {safe(named.namespace)}" if named.namespace else ""
            wanted = JobWanted(named)
            yield _Command(f"open job {safe(named.job_id)}{where}", partial(self.app.post_message, wanted))

    def _schedules(self) -> Iterator[_Command]:
        for one in self._host.schedules.by_id.values():
            text = f"{safe(title(one.what))}  schedule, {schedule_words(one.schedule)}  {short_id(one.id)}"
            yield _Command(text, partial(self._places.show_schedule, one.id))

    def _jobs(self, query: str) -> Iterator[_Command]:
        newest = sorted(self._host.snapshot.jobs.values(), key=lambda job: job.id, reverse=True)
        wanted, older = query.casefold().strip(), 0
        for number, job in enumerate(newest):
            if number >= MOST_JOBS:
                if wanted not in title(job).casefold() and not job.id.startswith(wanted):
                    continue
                older += 1
                if older > MOST_OLDER:
                    return
            text = f"{safe(title(job))}  {_id_words(job, wanted)}  {safe(state_of(job).word)}"
            yield _Command(text, partial(self.app.push_screen, job_screen(job)))


def words_of(action: Action, where: str) -> str:
    """What a palette is searched for: what the action is called in the footer, then what it does."""
    named = action.tooltip.casefold().startswith(action.label.casefold())
    return f"{action.tooltip}  ({where})" if named else f"{action.label}: {action.tooltip}  ({where})"


def _id_words(job: Job, wanted: str) -> str:
    """Its id in brief, in full when that is what is looked for."""
    return safe(job.id) if len(wanted) > 6 and job.id.startswith(wanted) else short_id(job.id)
