"""The jobs as a list: what was read of them, who reads, how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from ..domain.errors import HubError
    from ..domain.hardware import Catalogue
    from ..domain.identity import Identity
    from ..domain.job import Job
    from ..domain.job_reference import JobReference
    from ..domain.snapshot import Snapshot
    from ..presentation.table_setup import TableSetup


@dataclass
class SnapshotFetched(Message):
    """The jobs as they are now. A slow screen sees only the newest."""

    snapshot: Snapshot
    fetched_at: datetime
    generation: int
    requests_last_minute: int = 0
    skew_seconds: float = 0.0
    """How far the Hub's clock is ahead of this machine's; 0 when they agree."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, SnapshotFetched)


@dataclass
class FetchFailed(Message):
    """A poll did not succeed; the rows stay. No `retry_in_seconds`: nothing is tried by itself."""

    error: HubError
    generation: int
    retry_in_seconds: float | None


@dataclass
class NamespaceRefused(Message):
    """One namespace does not let us in; the others are shown all the same."""

    error: HubError
    generation: int


@dataclass
class JobSought(Message):
    """A job was looked for, in the namespace that was named or in all of the user's."""

    reference: JobReference
    job: Job | None
    """None when it was not found."""
    hindrance: HubError | None = None
    """What kept a namespace from answering, when there is one: then nothing is known about the job."""


@dataclass
class JobWanted(Message):
    """The user named a job to open."""

    reference: JobReference


@dataclass
class IdentityKnown(Message):
    """Who is logged in."""

    identity: Identity


@dataclass
class CatalogueKnown(Message):
    """The hardware on offer, as the Hub lists it."""

    catalogue: Catalogue


class RefreshRequested(Message):
    """Read the whole list now."""


@dataclass
class PauseRequested(Message):
    """Ask the Hub for nothing by itself, or go on."""

    paused: bool


@dataclass
class TableArranged(Message):
    """The user has arranged the jobs table: to be kept for the next session."""

    setup: TableSetup


@dataclass
class WatchRequested(Message):
    """Call the user when these jobs end; when all of them are watched already, no longer."""

    jobs: tuple[Job, ...]
