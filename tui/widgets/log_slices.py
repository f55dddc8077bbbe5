"""Looking through a log in slices, so that keys are answered between them."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from ..domain.log_search import LogSearch
from ..domain.logbook import Change
from .log_folding import LogFolding

SLICE_BLOCKS = 32
"""Searched in one go, a few milliseconds; between the slices keys are answered."""
SLICE_SECONDS = 0.01
"""A slice is over then, however few blocks it had: some patterns take their time."""
_WORKER_GROUP = "log-search"


def advance(search: LogSearch) -> None:
    """Look for a thing in one slice more."""
    end = time.perf_counter() + SLICE_SECONDS
    search.advance(SLICE_BLOCKS, lambda: time.perf_counter() >= end)


class LogSlicing(LogFolding):
    """A page on which things are looked for in every line, those that come included."""

    def __init__(self, **options: Any) -> None:
        self._searching = False
        super().__init__(**options)

    def _searches(self) -> list[LogSearch]:
        """Everything that is looked for in every line."""
        return [] if self.shape.chosen is None else [self.shape.chosen]

    def _search_on(self) -> None:
        """Search a slice now, and what is left between key presses."""
        if self._searching:
            return
        for search in self._searches():
            if not search.complete:
                self._search_slice(search)
        if self.is_running and not all(search.complete for search in self._searches()):
            self._searching = True
            self.run_worker(self._search_rest(), group=_WORKER_GROUP, exit_on_error=False)

    async def _search_rest(self) -> None:
        try:
            while open_searches := [search for search in self._searches() if not search.complete]:
                await asyncio.sleep(0)
                self._search_slice(open_searches[0])
        finally:
            self._searching = False
            self.post_message(self.Changed(self))

    def _search_slice(self, search: LogSearch) -> None:
        """Look further for one thing."""
        searched_to = search.searched_to
        advance(search)
        if search is self.shape.chosen:
            self._show_anew(searched_to)

    def _appended(self, change: Change) -> None:
        self._search_on()
