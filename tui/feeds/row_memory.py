"""The rows of the last session on disk, so that a start shows something before the Hub has answered.

One file a namespace, by endpoint and user. Values of the environment are left out, and what looks like a
token or a password in a command; files lie in the state folder, readable by their owner only.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from ..domain.convert import sound_time
from ..domain.job import Job, sound
from ..domain.snapshot import Snapshot
from ..domain.text import without_secrets
from ..hub.thread import run_blocking
from ..state_files import read_or_none, write_whole

MOST_JOBS = 2_000
"""Rows kept of a namespace, newest first: enough to look at until the fresh ones are there."""
MOST_ENDPOINTS = 8
"""A local hub on another port is another endpoint: only the last ones are remembered."""
_VERSION = 1


class _Rows(msgspec.Struct):
    version: int
    namespace: str
    as_of: datetime
    jobs: list[Job]


class RowMemory:
    """What is remembered of one endpoint."""

    def __init__(self, folder: Path, endpoint: str) -> None:
        self._endpoints = folder / "rows"
        self._folder = self._endpoints / _file_name(endpoint)
        self._loaded: Snapshot | None = None
        self._user = ""
        self._saved: Snapshot | None = None

    @property
    def holds_rows(self) -> bool:
        """Whether there is something to load; a look at the disk that costs nothing."""
        return (self._folder / "user").exists()

    @property
    def user(self) -> str:
        """Whose rows were loaded, empty when none were."""
        return self._user

    async def load(self) -> Snapshot:
        """The rows of the last session, read once; an empty snapshot when there are none."""
        if self._loaded is None:
            self._loaded = await run_blocking(self._read)
        return self._loaded

    async def save(self, user: str, namespaces: Iterable[str], snapshot: Snapshot, now: datetime) -> None:
        """Remember these rows, unless they are what was saved last."""
        if snapshot is not self._saved:
            self._saved = snapshot
            await run_blocking(lambda: self._write(user, tuple(namespaces), snapshot, now))

    def _read(self) -> Snapshot:
        user = (read_or_none(self._folder / "user") or b"").decode(errors="replace")
        found = [rows for path in (self._folder / _file_name(user)).glob("*.json") if (rows := _rows(path))]
        if not user or not found:
            return Snapshot()
        self._user = user
        jobs = {job.id: job for rows in found for job in rows.jobs}
        return Snapshot(jobs, remembered_at=min(rows.as_of for rows in found))

    def _write(self, user: str, namespaces: tuple[str, ...], snapshot: Snapshot, now: datetime) -> None:
        newest = sorted(snapshot.jobs.values(), key=lambda job: job.id, reverse=True)
        for namespace in namespaces:
            jobs = [job for job in newest if job.namespace.casefold() == namespace.casefold()][:MOST_JOBS]
            rows = _Rows(_VERSION, namespace, now, [_without_secrets(job) for job in jobs])
            path = self._folder / _file_name(user) / f"{_file_name(namespace)}.json"
            write_whole(path, msgspec.json.encode(rows))
        write_whole(self._folder / "user", user.encode())
        self._forget_old_endpoints()

    def _forget_old_endpoints(self) -> None:
        by_age = sorted(self._endpoints.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in by_age[MOST_ENDPOINTS:]:
            shutil.rmtree(path, ignore_errors=True)


def _rows(path: Path) -> _Rows | None:
    try:
        rows = msgspec.json.decode(read_or_none(path) or b"", type=_Rows)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    as_of = sound_time(rows.as_of)
    if rows.version != _VERSION or as_of is None:
        return None
    return _Rows(rows.version, rows.namespace, as_of, [sound(job) for job in rows.jobs])


def _without_secrets(job: Job) -> Job:
    return replace(
        job,
        environment=dict.fromkeys(job.environment, ""),
        command=tuple(without_secrets(part) for part in job.command),
        message=without_secrets(job.message),
    )


def _file_name(text: str) -> str:
    """A name any file system takes, another one for every text."""
    mark = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:8]
    return f"{re.sub(r'[^A-Za-z0-9_-]+', '-', text)[:60]}-{mark}"
