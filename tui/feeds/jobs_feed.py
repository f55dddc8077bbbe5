"""The jobs of one or more namespaces, kept up to date with as few requests as that takes.

First the whole list, page by page; then the live stages every few seconds; once a minute the newest page,
for what was started elsewhere. A poll that fails is a state, not an end: the rows stay and the next try
comes later and later. How it is measured: product.md, "Jobs table" and "Budgets".
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.message import Message

from ..domain.errors import ErrorKind, HubError
from ..domain.identity import Identity
from ..domain.job import Job
from ..domain.job_reference import JobReference
from ..domain.snapshot import Snapshot
from ..hub.client import HubClient
from ..hub.clock import Clock
from ..messages import FetchFailed, IdentityKnown, JobSought, NamespaceRefused, SnapshotFetched
from .backoff import Backoff, shaken
from .commands import Commands
from .job_book import JobBook
from .polls import CLOSED_TO_US, Polls, Scope, find_job

REFRESH_SECONDS = 5.0
RECENT_SECONDS = 60.0
PAGES_SECONDS = 0.1
"""Between two times that pages are shown as they come."""

if TYPE_CHECKING:
    from .row_memory import RowMemory

Post = Callable[[Message], object]

_LOGIN_NEEDED = {ErrorKind.NO_TOKEN, ErrorKind.UNAUTHORIZED}


class JobsFeed:
    """Polls on the hub thread (`run`), steered from any thread (every other method but `merge`)."""

    def __init__(
        self,
        client: HubClient,
        post: Post,
        *,
        namespaces: tuple[str, ...] | None = None,
        refresh_seconds: float | None = REFRESH_SECONDS,
        clock: Clock | None = None,
        jitter: Callable[[], float] = shaken,
        memory: RowMemory | None = None,
    ) -> None:
        self.generation = 0
        """Number of the choice of namespaces; messages carry the one they belong to."""
        self._client = client
        self._post = post
        self._clock = clock or Clock()
        self._refresh_seconds = refresh_seconds
        self._backoff = Backoff(refresh_seconds or REFRESH_SECONDS, jitter)
        self._commands = Commands()
        self._wake = asyncio.Event()
        self._paused = False
        self._cycle: asyncio.Task[float | None] | None = None
        self._told_identity: Identity | None = None
        self._memory = memory
        self._seeking: set[asyncio.Task[None]] = set()
        self._polled_at = self._told_at = float("-inf")
        self._begin(namespaces, 0)

    # From any thread.

    def refresh(self) -> None:
        """Read the whole list now, whatever was decided about waiting."""
        self._commands.send(self._refresh)

    def pause(self) -> None:
        """Ask for nothing until `resume()` or `refresh()`."""
        self._commands.send(lambda: self._set_paused(True))

    def resume(self) -> None:
        """Go on polling, at once if a wait is not still due to a failure."""
        self._commands.send(lambda: self._set_paused(False))

    def look_for(self, reference: JobReference) -> None:
        """Find a job, in the namespace named or in any of the user's, and show it; a message answers."""
        self._commands.send(lambda: self._seek(reference))

    def pace(self, refresh_seconds: float | None) -> None:
        """Poll at another interval from now on; None polls only on `refresh()`."""
        self._commands.send(lambda: self._set_pace(refresh_seconds))

    def use_namespaces(self, namespaces: tuple[str, ...] | None) -> int:
        """Show these namespaces from now on; returns the generation their messages will carry."""
        self.generation += 1
        generation = self.generation
        self._commands.send(lambda: self._switch(namespaces, generation))
        return generation

    # On the hub thread.

    async def run(self) -> None:
        """Poll until cancelled."""
        self._commands.attach()
        await self._recall()
        while True:
            self._wake.clear()
            pause_seconds = await self._until_switched(self._one_cycle())
            await self._clock.wait(self._wake, pause_seconds)

    def _begin(self, namespaces: tuple[str, ...] | None, generation: int) -> None:
        self._chosen = self._namespaces = namespaces
        self._current = generation
        self._empty_book()
        self._want_whole = True
        self._stopped = False
        self._not_before = float("-inf")
        self._recent_at = float("-inf")
        self._backoff.reset()

    async def _recall(self) -> None:
        """Show the rows of the last session until the fresh ones are there."""
        if self._memory is None or self._current:
            return
        rows = await self._memory.load()
        if self._chosen is not None:
            rows = rows.among(self._chosen)
        if rows.jobs and rows.remembered_at is not None:
            self._empty_book(rows)
            self._post(SnapshotFetched(rows, rows.remembered_at, self._current))

    def _empty_book(self, remembered: Snapshot | None = None) -> None:
        self._book = JobBook(remembered)
        self._told: Snapshot | None = self._book.snapshot
        self._read_at: datetime | None = None
        self._polls = Polls(self._client, self._book, self._clock.monotonic, self._page_read)

    async def _until_switched(self, cycle: Coroutine[Any, Any, float | None]) -> float | None:
        """Run a cycle that a switch of namespaces may break off, the hanging request in it included."""
        self._cycle = asyncio.create_task(cycle)
        try:
            return await self._cycle
        except asyncio.CancelledError:
            own_task = asyncio.current_task()
            if own_task is not None and own_task.cancelling():
                raise
            return 0.0

    async def _one_cycle(self) -> float | None:
        """Poll if it is time to; the seconds until the next cycle, None for "when woken"."""
        if self._stopped or (self._paused and not self._want_whole):
            return None
        wait_seconds = self._not_before - self._clock.monotonic()
        if not self._want_whole and self._refresh_seconds is not None:
            due_at = self._polled_at + (self._pause_seconds() or 0.0)
            wait_seconds = max(wait_seconds, due_at - self._clock.monotonic())
        if wait_seconds > 0:
            return wait_seconds
        try:
            refusals = await self._poll()
        except HubError as error:
            return self._failed(error)
        self._backoff.reset()
        self._polled_at, self._read_at = self._clock.monotonic(), self._clock.now()
        self._tell()
        for refusal in refusals:
            self._post(NamespaceRefused(refusal, self._current))
        return self._pause_seconds()

    async def _poll(self) -> list[HubError]:
        started_at = self._clock.monotonic()
        scope = self._scope(started_at)
        if self._chosen is None and scope is Scope.WHOLE:
            await self._introduce()
        self._want_whole = False
        try:
            refusals, _ = await asyncio.gather(
                self._polls.round(self._namespaces or (), scope, quiet=self._quiet),
                self._introduce_beside(scope),
            )
        except HubError:
            self._want_whole |= scope is Scope.WHOLE
            raise
        if scope is not Scope.LIVE:
            self._recent_at = started_at
            await self._remember()
        return refusals

    @property
    def _quiet(self) -> frozenset[str]:
        """Organisations nobody chose are looked into closely only while something runs there."""
        return frozenset((self._namespaces or ())[1:]) if self._chosen is None else frozenset()

    async def _remember(self) -> None:
        identity = self._client.identity
        if self._memory is None or identity is None:
            return
        open_ones = [name for name in self._namespaces or () if name not in self._polls.closed]
        with contextlib.suppress(OSError):  # a full disk is no reason to stop looking at jobs
            await self._memory.save(identity.name, open_ones, self._book.snapshot, self._clock.now())

    def _scope(self, now: float) -> Scope:
        if self._want_whole:
            return Scope.WHOLE
        return Scope.RECENT if now - self._recent_at >= RECENT_SECONDS else Scope.LIVE

    async def _introduce(self) -> None:
        """Find out whose jobs are wanted; after a login that may be somebody else than before."""
        identity = await self._client.whoami()
        self._say_who(identity)
        namespaces = (identity.name, *(payer.name for payer in identity.organisations))
        if self._namespaces != namespaces:
            remembered = self._namespaces is None and self._memory and self._memory.user == identity.name
            self._namespaces = namespaces
            if remembered:
                self._empty_book(self._book.snapshot)
            else:
                self._empty_book()
                self._told = None  # rows of somebody else go even when what follows fails

    async def _introduce_beside(self, scope: Scope) -> None:
        """Where the namespaces are given, rows do not wait for the name, nor for trouble with it."""
        if self._chosen is not None and scope is Scope.WHOLE:
            with contextlib.suppress(HubError):
                self._say_who(await self._client.whoami())

    def _say_who(self, identity: Identity) -> None:
        if identity != self._told_identity:
            self._told_identity = identity
            self._post(IdentityKnown(identity))

    def _failed(self, error: HubError) -> float | None:
        retry_seconds = None
        if error.kind in _LOGIN_NEEDED | CLOSED_TO_US:
            self._stopped = self._want_whole = True
        elif self._refresh_seconds is not None:
            retry_seconds = self._backoff.next_seconds(error.retry_after_seconds)
            self._not_before = self._clock.monotonic() + retry_seconds
        if self._book.snapshot is not self._told:
            self._tell()  # what the other namespaces answered
        self._post(FetchFailed(error, self._current, retry_seconds))
        return retry_seconds

    def _pause_seconds(self) -> float | None:
        if self._refresh_seconds is None:
            return None
        return max(self._refresh_seconds, self._client.gap_seconds * len(self._namespaces or ()))

    def _page_read(self) -> None:
        """Show what has come so far; of pages that come fast, only as many as an eye can follow."""
        due = self._clock.monotonic() - self._told_at >= PAGES_SECONDS
        if due and self._book.snapshot is not self._told:
            self._tell()

    def _tell(self) -> None:
        """Post what is known, as of the last time all that was asked for came."""
        snapshot, as_of = self._book.snapshot, self._read_at or self._clock.now()
        self._told, self._told_at = snapshot, self._clock.monotonic()
        client = self._client
        self._post(
            SnapshotFetched(snapshot, as_of, self._current, client.requests_last_minute, client.skew_seconds)
        )

    # Commands, on the hub thread.

    def _refresh(self) -> None:
        self._want_whole, self._stopped = True, False
        self._not_before = float("-inf")
        self._polls.closed.clear()
        self._book.let_in()
        self._wake.set()

    def _set_paused(self, paused: bool) -> None:
        self._paused = paused
        self._polled_at = float("-inf")
        self._wake.set()

    def _set_pace(self, refresh_seconds: float | None) -> None:
        self._refresh_seconds = refresh_seconds
        self._wake.set()

    def merge(self, job: Job) -> None:
        """Put in a job as the Hub has just answered it to an action.

        At once, on the hub thread: no list that was asked for before the answer is told after it.
        """
        self._book.act(job, self._clock.monotonic())
        self._tell()

    def _seek(self, reference: JobReference) -> None:
        task = asyncio.create_task(self._sought(reference))
        self._seeking.add(task)
        task.add_done_callback(self._seeking.discard)

    async def _sought(self, reference: JobReference) -> None:
        try:
            job = await find_job(self._client, reference.job_id, await self._where(reference))
        except HubError as error:
            self._post(JobSought(reference, None, error))
            return
        if job is not None:
            self.merge(job)
        self._post(JobSought(reference, job))

    async def _where(self, reference: JobReference) -> tuple[str, ...]:
        """The namespaces in which a job is looked for."""
        if reference.namespace:
            return (reference.namespace,)
        identity = await self._client.whoami()
        names = (*(self._chosen or ()), identity.name, *(payer.name for payer in identity.organisations))
        return tuple(dict.fromkeys(names))

    def _switch(self, namespaces: tuple[str, ...] | None, generation: int) -> None:
        self._begin(namespaces, generation)
        self._wake.set()
        if self._cycle is not None:
            self._cycle.cancel()
