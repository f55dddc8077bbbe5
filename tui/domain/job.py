"""A job as the Hub tells it, and the vocabulary of its stages (jobs-api.md §2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum

from .convert import as_seconds, sound_time

LIVE_STAGES = ("RUNNING", "SCHEDULING")
TERMINAL_STAGES = frozenset({"COMPLETED", "CANCELED", "ERROR", "DELETED"})
"""Everything else counts as live, also a stage we have never heard of (jobs-api.md §2.3)."""

DEFAULT_UV_IMAGE = "ghcr.io/astral-sh/uv:python3.12-bookworm"
"""The image `hf jobs uv run` takes when none is given."""


class Ending(Enum):
    """Why a job ended, read from its stage, message and cancel reason (jobs-api.md §2.2)."""

    COMPLETED = "completed"
    FAILED = "error"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    NO_CREDITS = "no credits"
    CANCELED = "canceled"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Account:
    """A user or an organisation."""

    name: str
    kind: str = "user"
    """"user", "org", or for an initiator also "scheduled-job", "duplicated-job", "webhook"."""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Volume:
    """A bucket or repository mounted into the job."""

    kind: str
    source: str
    mount_path: str
    path: str = ""
    revision: str = ""
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One job. Equal when nothing really changed: nothing that moves by itself with the clock is kept.

    The Hub computes `durations` at each request, so they are kept for ended jobs only; a live job's
    running time follows from `started_at`.
    """

    id: str
    stage: str
    namespace: str
    """Name of the user or organisation it runs under and that pays for it."""
    created_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    image: str = ""
    space_id: str = ""
    command: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Values come back in clear: sensitive on screen."""
    secret_names: tuple[str, ...] = ()
    flavor: str = ""
    timeout_seconds: float | None = None
    attempts: int | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    volumes: tuple[Volume, ...] = ()
    ports: tuple[int, ...] = ()
    public_ports: tuple[int, ...] = ()
    message: str = ""
    cancel_reason: str = ""
    failure_count: int = 0
    network_group: str = ""
    network_aliases: tuple[str, ...] = ()
    resource_group_id: str = ""
    expose_urls: tuple[str, ...] = ()
    ssh_url: str = ""
    owner_kind: str = "user"
    created_by: str = ""
    initiator: Account | None = None
    ended_scheduling_seconds: float | None = None
    ended_running_seconds: float | None = None
    cancelling: bool = False
    """Asked to end, from here, and not ended yet: no word of the Hub's (domain/pending.py)."""

    @property
    def name(self) -> str:
        """The label `name`, empty when it has none."""
        return self.labels.get("name", "")

    @property
    def live(self) -> bool:
        """Whether it may still change and, once running, costs money."""
        return self.stage not in TERMINAL_STAGES

    @property
    def ending(self) -> Ending | None:
        """Why it ended; None while it lives."""
        if self.live:
            return None
        if self.cancel_reason == "NO_CREDITS":
            return Ending.NO_CREDITS
        if self.stage == "ERROR":
            return _error_ending(self.message)
        return {"COMPLETED": Ending.COMPLETED, "DELETED": Ending.DELETED}.get(self.stage, Ending.CANCELED)

    @property
    def exit_code(self) -> int | None:
        """The exit code named in the status message, None when it names none."""
        found = re.search(r"exit code: (\d{1,9})", self.message)
        return int(found.group(1)) if found else None

    def scheduling_seconds(self, now: datetime) -> float | None:
        """Seconds it waited, or has waited so far, for hardware; None when unknown."""
        if self.ended_scheduling_seconds is not None:
            return self.ended_scheduling_seconds
        until = self.started_at or (now if self.live else self.finished_at)
        return _between(self.created_at, until)

    def running_seconds(self, now: datetime) -> float | None:
        """Seconds it ran, or has run so far: what is billed (jobs-api.md §9); None when it never started."""
        if self.ended_running_seconds is not None:
            return self.ended_running_seconds
        return _between(self.started_at, now if self.live else self.finished_at)

    def left_seconds(self, now: datetime) -> float | None:
        """Seconds until the timeout ends it, counted from its start; None unless it runs under one."""
        running = self.running_seconds(now)
        if not self.live or running is None or not self.timeout_seconds:
            return None
        return max(0.0, self.timeout_seconds - running)


def created_from_id(job_id: str) -> datetime | None:
    """The creation time in the first eight hex digits of an id (jobs-api.md §1)."""
    if not re.fullmatch(r"[0-9a-f]{24}", job_id):
        return None
    return datetime.fromtimestamp(int(job_id[:8], 16), UTC)


def sound(job: Job) -> Job:
    """The job with what nothing can mean left out, for one that was not read by `domain/convert.py`."""
    return replace(
        job,
        created_at=sound_time(job.created_at),
        started_at=sound_time(job.started_at),
        finished_at=sound_time(job.finished_at),
        timeout_seconds=as_seconds(job.timeout_seconds),
        ended_scheduling_seconds=as_seconds(job.ended_scheduling_seconds),
        ended_running_seconds=as_seconds(job.ended_running_seconds),
    )


def _error_ending(message: str) -> Ending:
    if "timeout" in message.lower():
        return Ending.TIMED_OUT
    if "OOMKilled" in message:
        return Ending.OUT_OF_MEMORY
    return Ending.FAILED


def _between(start: datetime | None, end: datetime | None) -> float | None:
    if start is None or end is None:
        return None
    return max(0.0, (end - start).total_seconds())
