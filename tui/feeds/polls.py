"""The three ways to ask for jobs, each as cheap as it can be (product.md, "Jobs table")."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from enum import Enum

from ..domain.errors import ErrorKind, HubError
from ..domain.job import LIVE_STAGES, Job
from ..hub.client import HubClient
from .job_book import JobBook

MOST_LOOK_UPS = 16
"""Jobs asked for one by one in one poll; when more have left the live list, the rest waits for the next."""

CLOSED_TO_US = frozenset({ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND})
"""Refusals of one namespace that say nothing about the others."""

_THE_SAME_EVERYWHERE = frozenset(
    {ErrorKind.NO_TOKEN, ErrorKind.UNAUTHORIZED, ErrorKind.UNREACHABLE, ErrorKind.TIMED_OUT}
)
"""After these no other namespace needs to be asked."""


class Scope(Enum):
    """How much a round asks for."""

    WHOLE = "the whole list"
    RECENT = "the newest page and the live jobs"
    LIVE = "the live jobs"


class Polls:
    """Reads namespaces into a book. `now` is the monotonic clock, `page_read` is told of each page."""

    def __init__(
        self,
        client: HubClient,
        book: JobBook,
        now: Callable[[], float],
        page_read: Callable[[], None],
    ) -> None:
        self.closed: set[str] = set()
        """Namespaces that refused us; left out until emptied."""
        self._client = client
        self._book = book
        self._now = now
        self._page_read = page_read
        self._everywhere: tuple[str, ...] = ()
        self._closed_guests: set[str] = set()

    async def round(
        self, namespaces: tuple[str, ...], scope: Scope, *, quiet: frozenset[str] = frozenset()
    ) -> list[HubError]:
        """Ask every namespace at once. Returns new refusals; raises what concerns all, after all are done.

        A `quiet` namespace is left out of a round for live jobs unless it is known to have any: what
        somebody starts there is found by the next round that asks for more.
        """
        self._everywhere = namespaces
        asked_at = self._now()
        open_ones = [
            name
            for name in namespaces
            if name not in self.closed
            and (scope is not Scope.LIVE or name not in quiet or self._book.live(name, asked_at))
        ]
        outcomes = await asyncio.gather(
            *(self._one(name, scope) for name in open_ones), return_exceptions=True
        )
        refused: dict[str, HubError] = {}
        for name, outcome in zip(open_ones, outcomes, strict=True):
            if isinstance(outcome, HubError) and outcome.kind in CLOSED_TO_US:
                refused[name] = outcome
            elif outcome is not None:
                raise outcome
        await self._guests(namespaces)
        self.closed.update(refused)
        self._book.refuse({name: error.short for name, error in refused.items()})
        if refused and self.closed.issuperset(namespaces):
            raise next(iter(refused.values()))
        if scope is Scope.WHOLE:
            self._book.complete()
        return list(refused.values())

    async def _guests(self, namespaces: tuple[str, ...]) -> None:
        """Look at the live jobs of namespaces that are not listed: the user opened or started them."""
        listed = {name.casefold() for name in namespaces}
        for job in self._book.snapshot.live:
            if job.namespace.casefold() not in listed | self._closed_guests:
                try:
                    await self._look_up(job.namespace, job)
                except HubError as error:
                    if error.kind not in CLOSED_TO_US:
                        raise
                    self._closed_guests.add(job.namespace.casefold())

    async def _one(self, namespace: str, scope: Scope) -> None:
        if scope is Scope.WHOLE:
            await self._whole(namespace)
            return
        if scope is Scope.RECENT:
            await self._recent(namespace)
        await self._live(namespace)

    async def _whole(self, namespace: str) -> None:
        asked_at = self._now()
        found: set[str] = set()
        async for page in self._client.list_jobs(namespace):
            found.update(job.id for job in page)
            self._book.take(page, asked_at)
            self._page_read()
        self._book.keep_only(namespace, found, asked_at)

    async def _recent(self, namespace: str) -> None:
        """Page after page until one holds only ended jobs already known: finds what others started."""
        asked_at = self._now()
        async for page in self._client.list_jobs(namespace):
            known = all(self._book.knows_as_ended(job) for job in page)
            self._book.take(page, asked_at)
            if known:
                return

    async def _live(self, namespace: str) -> None:
        """The jobs that may still change, and one look at each that is no longer among them."""
        asked_at = self._now()
        found: set[str] = set()
        async for page in self._client.list_jobs(namespace, stages=LIVE_STAGES):
            found.update(job.id for job in page)
            self._book.take(page, asked_at)
        gone = [job for job in self._book.live(namespace, asked_at) if job.id not in found]
        for job in gone[:MOST_LOOK_UPS]:
            await self._look_up(namespace, job)

    async def _look_up(self, namespace: str, job: Job) -> None:
        asked_at = self._now()
        try:
            self._book.take([await self._client.get_job(namespace, job.id)], asked_at)
        except HubError as error:
            if error.kind is not ErrorKind.NOT_FOUND:
                raise
            await self._look_elsewhere(job.id, namespace, asked_at)

    async def _look_elsewhere(self, job_id: str, namespace: str, asked_at: float) -> None:
        """What its namespace does not know may lie in another one: gone is said after all were asked."""
        found = None
        try:
            found = await find_job(self._client, job_id, [n for n in self._everywhere if n != namespace])
        except HubError as error:
            if error.kind not in CLOSED_TO_US:
                raise
        self._book.drop(job_id)
        if found is not None:
            self._book.take([found], asked_at)


async def find_job(client: HubClient, job_id: str, namespaces: Iterable[str]) -> Job | None:
    """Return the job from the first of these namespaces that knows it, None when all of them say 404.

    Raises HubError: what kept a namespace from answering, when no other one has the job.
    """
    hindrance: HubError | None = None
    for namespace in namespaces:
        try:
            return await client.get_job(namespace, job_id)
        except HubError as error:
            if error.kind is ErrorKind.NOT_FOUND:
                continue
            if hindrance is None or hindrance.kind in CLOSED_TO_US:
                hindrance = error
            if error.kind in _THE_SAME_EVERYWHERE:
                break
    if hindrance is not None:
        raise hindrance
    return None
