"""The application: builds nothing itself, routes facts to screens and wishes to the hub."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.driver import Driver
from textual.reactive import reactive
from textual.screen import ModalScreen

from . import __version__
from .calling import CallingApp
from .desk import DeskApp
from .domain.hardware import Catalogue, bundled_catalogue
from .domain.identity import Identity
from .domain.job import Job
from .domain.snapshot import Snapshot, newly_ended
from .domain.text import safe
from .ending import EndFromOutside
from .job_control import NO_SHELL, has_shell, stop
from .keys import action_by_id, bindings
from .late_keys import LateKeys
from .log_routing import LogRoutingApp
from .messages import (
    CatalogueKnown,
    FetchFailed,
    IdentityKnown,
    JobSought,
    JobWanted,
    LastLineRead,
    NamespaceRefused,
    PauseRequested,
    RefreshRequested,
    SnapshotFetched,
    TableArranged,
)
from .places import PlacesApp
from .presentation.status_text import Trouble
from .presentation.table_setup import TableSetup
from .screens.base import DashboardScreen
from .screens.jobs import JobsScreen
from .screens.too_small import TooSmallScreen, too_small
from .seeking import JobSeeker
from .settings import Settings
from .themes import DEFAULT_THEME, THEMES
from .widgets.filter_bar import FilterBar
from .widgets.keys_in_order import meant_for_field
from .widgets.line_filters import AsciiFilter, ControlFilter
from .widgets.whole import WholeScreen

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.await_complete import AwaitComplete
    from textual.command import Provider
    from textual.dom import DOMNode
    from textual.filter import LineFilter

    from .backend import Backend
    from .environment import MachineEnvironment


BLURRED_SECONDS = 30.0
"""The least time between two looks at the live jobs while another window has the focus."""


def utc_now() -> datetime:
    """The present in UTC."""
    return datetime.now(UTC)


def _palette() -> type[Provider]:
    """The palette's provider, imported when the palette is first opened."""
    from .commands import JobsCommands

    return JobsCommands


class JobsApp(CallingApp, PlacesApp, LogRoutingApp, DeskApp, inherit_bindings=False):
    """Holds the whole truth as reactives; screens watch them."""

    CSS_PATH = "app.tcss"
    TITLE = "hf-jobs-tui"
    COMMANDS: ClassVar[Any] = {_palette}
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual types it
        (0, "-narrow"),
        (100, "-medium"),
        (120, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 - as Textual types it

    catalogue: reactive[Catalogue] = reactive(bundled_catalogue, repaint=False, init=False)
    identity: reactive[Identity | None] = reactive[Identity | None](None, repaint=False, init=False)
    trouble: reactive[Trouble | None] = reactive[Trouble | None](None, repaint=False, init=False)
    fetched_at: reactive[datetime | None] = reactive[datetime | None](None, repaint=False, init=False)
    paused: reactive[bool] = reactive(False, repaint=False, init=False)
    requests_last_minute: reactive[int] = reactive(0, repaint=False, init=False)
    skew: reactive[timedelta] = reactive(timedelta, repaint=False, init=False)
    """How far the Hub's clock is ahead of this machine's."""

    def __init__(
        self,
        settings: Settings,
        backend: Backend,
        environment: MachineEnvironment,
        *,
        endpoint_label: str = "",
        table_setup: TableSetup | None = None,
        remembered: Snapshot | None = None,
        only_ascii: str = "",
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`only_ascii` says why nothing but ASCII is shown; empty when the terminal takes everything."""
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = settings.theme if settings.theme in self.available_themes else DEFAULT_THEME
        self._notice = "" if settings.ascii else only_ascii
        self.settings = replace(settings, ascii=settings.ascii or bool(only_ascii))
        self.backend = backend
        self.environment = environment
        self.endpoint_label = endpoint_label
        self.table_setup = table_setup or TableSetup()
        if remembered is not None and remembered.jobs:
            self.begin_with(remembered)
            self.set_reactive(JobsApp.fetched_at, remembered.remembered_at)
        self._machine_clock = clock
        self.monotonic = monotonic
        self._own_filters: list[LineFilter] = [ControlFilter()]
        if self.settings.ascii:
            self._own_filters.append(AsciiFilter(only_ascii=bool(only_ascii)))
        self._end_from_outside = EndFromOutside(lambda code: self.exit(None, code))
        self._late_keys = LateKeys()
        self._key = ""
        """The key being worked on."""
        self._generation = 0
        self._seeker = JobSeeker(self)

    def clock(self) -> datetime:
        """The present as the Hub's clock has it: every time it tells is told by that one."""
        return self._machine_clock() + self.skew

    @property
    def footer_edge(self) -> str:
        """The words at the right end of the footer."""
        refresh = self.settings.refresh
        sign = "every" if self.settings.ascii else "↻"
        pace = self.pause_words if self.paused else f"{sign} {refresh:g}s" if refresh else f"{sign} off"
        return f"{pace}  {self.requests_last_minute}/min  v{__version__}"

    def get_driver_class(self) -> type[Driver]:
        from textual.drivers.linux_driver import LinuxDriver

        from .terminal_driver import TerminalDriver

        chosen = super().get_driver_class()
        return TerminalDriver if chosen is LinuxDriver else chosen

    @property
    def pause_words(self) -> str:
        """That nothing is refreshed and what resumes it; empty unless it is so."""
        return f"paused ({action_by_id('jobs.auto_refresh').key} resumes)" if self.paused else ""

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *self._own_filters]

    def get_default_screen(self) -> JobsScreen:
        return JobsScreen()

    async def on_mount(self) -> None:
        if not self.is_headless:
            self._end_from_outside.listen()
        if not self.snapshot.jobs:
            self.backend.start(self.post_message)

    def on_ready(self) -> None:
        """Rows of the last session are on the screen: now the network may have the processor."""
        self.backend.start(self.post_message)
        self._seeker.begin(self.settings.job)
        if self._notice:
            self.notify(self._notice, markup=False)

    # Facts

    @on(SnapshotFetched)
    def _snapshot_fetched(self, message: SnapshotFetched) -> None:
        if message.generation < self._generation:
            return
        self._generation = message.generation
        before = self.snapshot
        ended = () if before.remembered_at else newly_ended(before, message.snapshot)
        self.trouble = None
        self.skew = timedelta(seconds=message.skew_seconds)
        self.requests_last_minute = message.requests_last_minute
        self.fetched_at = message.fetched_at
        self.hold(message.snapshot)
        self.tell_news(ended)
        self.tell_what_changed(before)
        self._seeker.rows_changed()

    @on(JobWanted)
    def _job_wanted(self, message: JobWanted) -> None:
        self._seeker.open(message.reference)

    @on(JobSought)
    def _job_sought(self, message: JobSought) -> None:
        self._seeker.sought(message)

    @on(LastLineRead)
    def _last_line_read(self, message: LastLineRead) -> None:
        if isinstance(table := self.screen_stack[0], JobsScreen):
            table.when_whole(table.show_last_line, message.job_id, message.text)

    @on(FetchFailed)
    def _fetch_failed(self, message: FetchFailed) -> None:
        wait = message.retry_in_seconds
        retry_at = None if wait is None else self.clock() + timedelta(seconds=wait)
        self.trouble = Trouble(message.error, retry_at)

    @on(NamespaceRefused)
    def _namespace_refused(self, message: NamespaceRefused) -> None:
        words = f"{message.error.title}. {message.error.advice}"
        self.notify(safe(words), severity="warning", markup=False)

    @on(IdentityKnown)
    def _identity_known(self, message: IdentityKnown) -> None:
        self.identity = message.identity

    @on(CatalogueKnown)
    def _catalogue_known(self, message: CatalogueKnown) -> None:
        self.catalogue = message.catalogue

    @property
    def cursor_in_table(self) -> str | None:
        jobs = self.screen_stack[0]
        return jobs.table.cursor_key if isinstance(jobs, JobsScreen) else None

    def show_in_table(self, job: Job) -> None:
        if isinstance(jobs := self.screen_stack[0], JobsScreen):
            jobs.show_job(job.id)

    # Wishes

    @on(RefreshRequested)
    def _refresh_requested(self) -> None:
        self.backend.jobs.refresh()

    def on_resize(self, event: events.Resize) -> None:
        shown = any(isinstance(screen, TooSmallScreen) for screen in self.screen_stack)
        if too_small(*event.size) and not shown:
            self.push_screen(TooSmallScreen())

    # Less is asked while nobody looks

    def on_app_blur(self) -> None:
        if (refresh := self.settings.refresh) is not None:
            self.backend.jobs.pace(max(refresh, BLURRED_SECONDS))

    def on_app_focus(self) -> None:
        self.backend.jobs.pace(self.settings.refresh)

    @on(TableArranged)
    def _table_arranged(self, message: TableArranged) -> None:
        self.table_setup = message.setup
        self.backend.keep_table_setup(message.setup)

    @on(PauseRequested)
    def _pause_requested(self, message: PauseRequested) -> None:
        self.paused = message.paused
        (self.backend.jobs.pause if self.paused else self.backend.jobs.resume)()
        self.notify(f"Auto-refresh {self.pause_words or 'on again'}", markup=False)

    # Keys that work everywhere

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key):
            await super().on_event(event)
        elif self.screen_stack and not self._late_keys.too_late(event):
            self._key = event.key
            try:
                await super().on_event(event)
            finally:
                self._key = ""

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key or a command says once the screen is built: keys may come faster than that."""
        if self.screen_stack and isinstance(screen := self.screen, WholeScreen) and not await screen.built():
            return False
        return await super().run_action(action, default_namespace, namespaces)

    def pop_screen(self) -> AwaitComplete:
        self._late_keys.screen_closes(self.screen)
        return super().pop_screen()

    def on_key(self, event: events.Key) -> None:
        """Characters typed ahead of a field go into it, not to the other keys of its screen.

        Never into a dialog: what was typed before it was seen must not answer it.
        """
        if isinstance(self.screen, ModalScreen) or self.focused is None:
            return
        if meant_for_field(self.focused, event):
            event.prevent_default()
            self.focused.post_message(events.Key(event.key, event.character))

    def action_command_palette(self) -> None:
        from .screens.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let ctrl+z be what the form or the text with the cursor takes it for."""
        if action == "suspend_process" and self._key:
            chain = (self.focused or self.screen).ancestors_with_self
            return not any(self._key in node._bindings.key_to_bindings for node in chain if node is not self)
        return super().check_action(action, parameters)

    def action_suspend_process(self) -> None:
        if self._driver is None or not self._driver.can_suspend or not has_shell():
            self.notify(NO_SHELL, severity="warning", markup=False)
            return
        with self.batch_update(), self.suspend():
            stop()
        self.backend.jobs.refresh()

    @on(Driver.SignalResume)
    def _resumed(self) -> None:
        """Paint everything again after a stop from outside: the shell has written over it."""
        self.refresh(layout=True)

    def action_help(self) -> None:
        from .screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            scopes = self.screen.SCOPES if isinstance(self.screen, DashboardScreen) else ()
            fields = getattr(getattr(self.screen, "table", None), "fields", None)
            typing = isinstance(self.focused, FilterBar) and fields is not None
            help_screen = HelpScreen(
                scopes, read_only=self.settings.read_only, fields=fields, typing_filter=typing
            )
            self.push_screen(help_screen)

    async def action_back(self) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif not (isinstance(self.screen, DashboardScreen) and self.screen.step_back()):
            self.action_leave()

    def action_escape(self) -> None:
        screen = self.screen
        inside = isinstance(screen, DashboardScreen) and screen.escape()
        if not inside and len(self.screen_stack) > 1:
            self.pop_screen()

    def action_show_jobs(self) -> None:
        self.go_home()

    def action_leave(self) -> None:
        self.backend.leave()
        self.exit(0)
