"""The dashboard under test, driven and asked in sentences: `t.press("l")`, `t.sees("42 answer")`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from textual.events import Paste
from textual.keys import _character_to_key
from textual.message import Message
from textual.notifications import Notify
from textual.pilot import Pilot

from tests.local_hub import LocalHub
from tests.settling import settle
from tui.app import JobsApp, utc_now
from tui.backend import Backend
from tui.environment import MachineEnvironment
from tui.feeds.log_memory import LogMemory
from tui.feeds.row_memory import RowMemory
from tui.feeds.setup_file import read_setup
from tui.hub.client import HubClient
from tui.hub.credentials import Token
from tui.hub.thread import HubThread, end_others
from tui.screens.dialogs import QuestionDialog
from tui.settings import Settings
from tui.widgets.jobs_table import JobsTable

PATIENCE_SECONDS = 15.0
LOOK_SECONDS = 0.05
WIDE, USUAL, SMALL = (200, 60), (120, 40), (80, 24)


class FakeTime:
    """A clock that moves only when told, for ages and for the dead time of dialogs."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)
        self.seconds = 0.0

    def clock(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds


class Dashboard:
    """A running dashboard. Waits for what it is asked for, up to a limit, and never sleeps."""

    pilot: Pilot[int]

    def __init__(self, app: JobsApp, time: FakeTime | None) -> None:
        self.app = app
        self.time = time
        self._happened = asyncio.Event()
        self._said: list[str] = []

    def heard(self, message: Message) -> None:
        """The application handles a message."""
        if isinstance(message, Notify):
            self._said.append(str(message.notification.message))
        self._happened.set()

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.pilot.press(key)
            if key == "y":
                await self._answered()

    async def _answered(self) -> None:
        """A yes waits for whether a text follows it; a person takes longer to the next key."""
        screen = self.app.screen
        if isinstance(screen, QuestionDialog) and screen._yes is not None:
            await self.until(lambda: screen._yes is None, "the yes is taken")

    async def type(self, text: str) -> None:
        """Type a text, character by character."""
        for character in text:
            await self.pilot.press(_character_to_key(character))

    async def paste(self, text: str) -> None:
        """Paste as a terminal does."""
        self.app.post_message(Paste(text))
        await self.pilot.pause()

    @property
    def screen_text(self) -> str:
        """What stands on the screen, as plain lines."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def words(self) -> str:
        """The words on the screen, without the lines around them and the breaks between."""
        return " ".join(self.screen_text.replace("│", " ").replace("▎", " ").split())

    @property
    def table(self) -> JobsTable:
        """The jobs table."""
        return self.app.screen_stack[0].query_one(JobsTable)

    def row(self, name: str) -> str:
        """The line of the screen that holds this name, empty when there is none."""
        return next((line for line in self.screen_text.splitlines() if name in line), "")

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds, and then until nothing half painted is on the screen.

        Looks again whenever the application has handled a message, and now and then for what the hub knows.
        """
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not holds():
                    self._happened.clear()
                    with suppress(TimeoutError):
                        async with asyncio.timeout(LOOK_SECONDS):
                            await self._happened.wait()
                await settle()
        except TimeoutError:
            raise AssertionError(f"never: {what}\n{self.screen_text}") from None

    async def sees(self, text: str) -> None:
        """Wait until the text stands on the screen."""
        await self.until(lambda: text in self.screen_text, f"“{text}” on the screen")

    async def says(self, words: str) -> None:
        """Wait until the words stand on the screen, over several lines perhaps, or were said in a toast."""
        await self.until(
            lambda: words in self.words or any(words in said for said in self.toasts()), f"“{words}”"
        )

    async def no_longer_sees(self, text: str) -> None:
        """Wait until the text has gone from the screen."""
        await self.until(lambda: text not in self.screen_text, f"“{text}” gone from the screen")

    async def row_says(self, name: str, words: str) -> None:
        """Wait until the row of a job holds these words."""
        await self.until(lambda: words in self.row(name), f"“{words}” in the row of “{name}”")

    async def listed(self) -> None:
        """Wait until the whole list has been read."""
        await self.until(lambda: self.app.snapshot.complete, "the whole list")

    def toasts(self) -> list[str]:
        """What has been said in toasts so far, also in those that are gone."""
        return list(self._said)


async def _wind_down(client: HubClient) -> None:
    """End what the hub thread is at before its connections are closed, or it would open new ones."""
    await end_others()
    await client.close()


@asynccontextmanager
async def dashboard(
    hub: LocalHub | None = None,
    *,
    size: tuple[int, int] = USUAL,
    refresh: float | None = 1.0,
    time: FakeTime | None = None,
    endpoint: str = "",
    token: str | None = None,
    namespace: str = "",
    read_only: bool = False,
    label: str = "local hub",
    memory: RowMemory | None = None,
    job: str = "",
    setup_file: Path | None = None,
    log_memory: LogMemory | None = None,
    **more: Any,
) -> AsyncIterator[Dashboard]:
    """A dashboard on a local hub, or on whatever listens at `endpoint`; further arguments are settings."""
    settings = Settings(
        endpoint=hub.endpoint if hub else endpoint,
        namespace=namespace,
        refresh=refresh,
        read_only=read_only,
        job=job,
        **more,
    )
    if token is None and hub is not None:
        token = hub.token
    thread = HubThread()
    thread.start()
    client = HubClient(settings.endpoint, lambda: Token(token, "the test") if token else None)
    backend = Backend(
        thread,
        client,
        namespace=namespace,
        refresh_seconds=refresh,
        memory=memory,
        setup_file=setup_file,
        log_memory=log_memory,
    )
    clock = time.clock if time else utc_now
    app = JobsApp(
        settings,
        backend,
        MachineEnvironment(clock, lambda: token),
        endpoint_label=label,
        table_setup=read_setup(setup_file) if setup_file else None,
        clock=clock,
        monotonic=time.monotonic if time else monotonic,
    )
    driven = Dashboard(app, time)
    try:
        async with app.run_test(size=size, notifications=True, message_hook=driven.heard) as driven.pilot:
            await settle()
            yield driven
    finally:
        thread.submit(_wind_down(client)).result(PATIENCE_SECONDS)
        backend.leave()
