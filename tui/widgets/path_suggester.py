"""Completion of paths as they are typed; the right arrow takes what is offered."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress

from textual.suggester import Suggester

_MOST_ENTRIES = 5_000
"""Entries looked at in one folder: completion must not read a huge one to its end."""


class PathSuggester(Suggester):
    """Offers the first entry that begins with what is typed; read on a thread, a disk may be slow."""

    def __init__(self, *, folders_only: bool = False, suffix: str = "") -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._folders_only = folders_only
        self._suffix = suffix

    async def get_suggestion(self, value: str) -> str | None:
        if not value or "://" in value or ":/" in value:
            return None
        return await asyncio.to_thread(self._complete, value)

    def _complete(self, typed: str) -> str | None:
        folder, start = os.path.split(typed)
        found: list[tuple[int, str]] = []
        with suppress(OSError, ValueError), os.scandir(os.path.expanduser(folder) or ".") as entries:
            for _, entry in zip(range(_MOST_ENTRIES), entries, strict=False):
                if entry.name.startswith(start) and (start or not entry.name.startswith(".")):
                    self._weigh(entry, found)
        if not found:
            return None
        return os.path.join(folder, min(found)[1])

    def _weigh(self, entry: os.DirEntry[str], found: list[tuple[int, str]]) -> None:
        """Files of the wanted kind first, then folders, then the rest."""
        is_folder = entry.is_dir()
        if is_folder:
            found.append((1, f"{entry.name}/"))
        elif not self._folders_only:
            found.append((0 if self._suffix and entry.name.endswith(self._suffix) else 2, entry.name))
