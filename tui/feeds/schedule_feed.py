"""The scheduled jobs of the namespaces in view: read when asked for, never by a clock of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from textual.message import Message

from ..domain.errors import HubError
from ..domain.schedule import Schedules
from ..hub.client import HubClient
from ..hub.clock import Clock
from ..messages.places import SchedulesRead
from .polls import CLOSED_TO_US


class ScheduleFeed:
    """Holds what was read last. Belongs to the hub thread."""

    def __init__(
        self,
        client: HubClient,
        post: Callable[[Message], object],
        *,
        namespaces: tuple[str, ...] | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.schedules = Schedules()
        self._client = client
        self._post = post
        self._chosen = namespaces
        self._clock = clock or Clock()
        self._reading = False
        self._again = False
        self._asked = 0
        self._taken: dict[str, int] = {}
        """By namespace, the number of the request whose answer is held."""

    async def read(self) -> None:
        """Read every namespace; asked for once more meanwhile, it is read once more after that."""
        self._again = self._reading
        if self._reading:
            return
        self._reading = True
        try:
            await self._read(None)
            while self._again:
                self._again = False
                await self._read(None)
        finally:
            self._reading = False

    async def read_namespace(self, namespace: str) -> None:
        """Read this one: something was just changed there."""
        await self._read((namespace,))

    async def _read(self, wanted: tuple[str, ...] | None) -> None:
        self._asked += 1
        number, error = self._asked, None
        refused: dict[str, str] = {} if wanted is None else dict(self.schedules.refused)
        try:
            namespaces = wanted or self._chosen or await self._everywhere()
            lists = await asyncio.gather(
                *(self._client.list_schedules(namespace) for namespace in namespaces), return_exceptions=True
            )
            for namespace, found in zip(namespaces, lists, strict=True):
                if isinstance(found, HubError):
                    error = found
                    if found.kind in CLOSED_TO_US and len(namespaces) > 1:
                        refused[namespace], error = found.short, None
                elif isinstance(found, BaseException):
                    raise found
                elif self._taken.get(namespace, 0) < number:  # else a later answer has overtaken it
                    self._taken[namespace] = number
                    self.schedules = self.schedules.with_namespace(namespace, found)
        except HubError as failure:
            error = failure
        complete = self.schedules.complete or (error is None and wanted is None)
        self.schedules = replace(self.schedules, complete=complete, refused=tuple(refused.items()))
        self._post(SchedulesRead(self.schedules, self._clock.now(), error))

    async def _everywhere(self) -> tuple[str, ...]:
        identity = await self._client.whoami()
        return (identity.name, *(payer.name for payer in identity.organisations))
