"""Keeps what a hub knows over its end: writes each change to the state file, and restores from it."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
from collections.abc import Callable, Container
from contextlib import suppress
from functools import partial
from pathlib import Path

from .buckets import Bucket, Buckets
from .clock import Clock
from .folders import remove_folder
from .identity import Identity
from .jobs import Job
from .kept import Reader, bucket_bytes, job_bytes, schedule_bytes
from .logs import JobLog
from .schedules import Scheduler
from .state_file import BESIDE, STATE_FILE, StateError, StateFile
from .store import Store

HUB_ENDED = "The local hub ended while this job {}"
TRY_AGAIN_SECONDS = 5.0
TOKEN = re.compile(r"[\x21-\x7e]{1,200}")
LOG_NAME = re.compile(r"([0-9a-f]{24})\.sse")

logger = logging.getLogger(__name__)


class Keeper:
    """The state of one hub in its folder. Used on the server's loop once the hub is built."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Open the state, or begin one.

        Raises:
            StateError: It cannot be read.
        """
        self._folder = folder
        self._clock = clock
        self._last_alive = _last_written(folder / STATE_FILE)
        self._file = StateFile(folder / STATE_FILE)
        self._pending: dict[tuple[str, str], Callable[[], bytes | None]] = {}
        self._schedules: set[str] = set()
        self._waiting: asyncio.Handle | None = None
        self._failing = False

    def token(self, new_token: Callable[[], str]) -> str:
        """The token that clients of the hub were told, from the first start on."""
        kept = dict(self._file.read("token")).get("token")
        if kept is not None:
            token = kept.decode("ascii", "replace")
            if not TOKEN.fullmatch(token):
                raise StateError(f"{self._folder / STATE_FILE} cannot be read: the token in it is not valid")
            return token
        token = new_token()
        self._pending["token", "token"] = token.encode
        return token

    def restore(
        self,
        identity: Identity,
        store: Store,
        scheduler: Scheduler,
        buckets: Buckets,
        new_log: Callable[[str], JobLog],
    ) -> None:
        """Fill an empty hub, and keep what changes from now on.

        Raises:
            StateError: Something in the state cannot be read; nothing was changed then.
        """
        reader = Reader(identity)
        try:
            jobs = [reader.job(job_id, value, new_log) for job_id, value in self._file.read("job")]
            by_id = {job.id: job for job in jobs}
            schedules = [reader.schedule(*kept, by_id) for kept in self._file.read("schedule")]
            kept_buckets = [reader.bucket(*kept) for kept in self._file.read("bucket")]
        except StateError as error:
            raise StateError(f"{self._folder / STATE_FILE} cannot be read: {error}") from error
        for job in sorted(jobs, key=lambda job: job.created_at):
            job.log.restore(began=job.started_at is not None)
            store.add(job)
            self.watch(job)
            if job.live:
                self._end_abandoned(job)
            job.log.end()
        for schedule in schedules:
            scheduler.add(schedule)
        for bucket in kept_buckets:
            buckets.restore(bucket)
        named = {file.content_hash for bucket in kept_buckets for file in bucket.files.values()}
        buckets.contents.restore(named)
        self._remove_other_logs(by_id)
        self._schedules = {schedule.id for schedule in schedules}
        scheduler.on_change = lambda: self._note_schedules(scheduler)
        buckets.on_change = lambda bucket: self._note_bucket(bucket, buckets)
        self._write()

    def watch(self, job: Job) -> None:
        """Keep a job, and each change of it."""
        job.changed = lambda: self._note("job", job.id, lambda: job_bytes(job))
        job.changed()

    def abandon(self) -> None:
        """Let go of the file as it is."""
        self._file.close()

    def close(self) -> None:
        """Write what is left to be written, and let go of the file."""
        if self._waiting is not None:
            self._waiting.cancel()
        self._write()
        if self._pending:
            logger.error("The last changes were not kept in %s", self._folder)
        self._file.close()

    def _end_abandoned(self, job: Job) -> None:
        """End a job that was live when the hub before this one was gone."""
        words = HUB_ENDED.format("waited" if job.started_at is None else "ran")
        began_at = job.created_at if job.started_at is None else job.started_at
        ended_at = max(began_at, min(self._clock.now(), max(self._last_alive, job.log.last_written())))
        if job.started_at is not None:
            with suppress(OSError):
                job.log.append([f"local hub: {words[0].lower()}{words[1:]}"], ended_at)
        job.finish("ERROR", words, ended_at)

    def _remove_other_logs(self, kept: Container[str]) -> None:
        """Logs of jobs that the state does not know."""
        for path in (self._folder / "logs").iterdir():
            found = LOG_NAME.fullmatch(path.name)
            if found and found[1] not in kept:
                remove_folder(path)

    def _note_schedules(self, scheduler: Scheduler) -> None:
        present = {schedule.id: schedule for schedule in scheduler}
        for gone in self._schedules - present.keys():
            self._note("schedule", gone, lambda: None)
        for schedule in present.values():
            self._note("schedule", schedule.id, partial(schedule_bytes, schedule))
        self._schedules = set(present)

    def _note_bucket(self, bucket: Bucket, buckets: Buckets) -> None:
        def value() -> bytes | None:
            present = buckets.get(bucket.owner.name, bucket.name)
            return None if present is None else bucket_bytes(present)

        self._note("bucket", bucket.full_name, value)

    def _note(self, kind: str, kept_id: str, value: Callable[[], bytes | None]) -> None:
        """Write it when this turn of the loop is over, however often it changes until then."""
        self._pending[kind, kept_id] = value
        if self._waiting is None:
            with suppress(RuntimeError):  # while the hub is built there is no loop; `restore` writes
                self._waiting = asyncio.get_running_loop().call_soon(self._write)

    def _write(self) -> None:
        self._waiting = None
        pending = dict(self._pending)
        try:
            self._file.write((kind, kept_id, value()) for (kind, kept_id), value in pending.items())
        except sqlite3.Error as error:
            if not self._failing:
                logger.warning("Changes cannot be kept in %s: %s. Trying again.", self._folder, error)
            self._failing = True
            with suppress(RuntimeError):
                self._waiting = asyncio.get_running_loop().call_later(TRY_AGAIN_SECONDS, self._write)
        else:
            self._failing = False
            self._pending.clear()


def _last_written(path: Path) -> float:
    """When something was last kept, so about when the hub was last alive; 0 for never."""
    moments = [0.0]
    for suffix in BESIDE:
        with suppress(OSError):
            moments.append(path.with_name(path.name + suffix).lstat().st_mtime)
    return max(moments)
