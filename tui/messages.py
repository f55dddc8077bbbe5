"""Every message that crosses a module border: facts in the past tense, wishes as requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from textual.message import Message

if TYPE_CHECKING:
    from .domain.errors import HubError
    from .domain.hardware import Catalogue
    from .domain.identity import Identity
    from .domain.job import Job
    from .domain.labels import LabelEdit, LabelMerge
    from .domain.log_excerpt import Excerpt
    from .domain.ports import PortsEdit
    from .domain.schedule import ScheduledJob
    from .domain.snapshot import Snapshot
    from .domain.stream import LogLine, StreamState
    from .presentation.table_setup import TableSetup
    from .spec.job_spec import JobSpec

# Facts, posted by feeds from the hub thread.


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
    """A job was looked for in every namespace of the user's; None when none of them knows it."""

    job_id: str
    job: Job | None


@dataclass
class IdentityKnown(Message):
    """Who is logged in."""

    identity: Identity


@dataclass
class CatalogueKnown(Message):
    """The hardware on offer, as the Hub lists it."""

    catalogue: Catalogue


@dataclass
class LogLinesArrived(Message):
    """The next lines of a job's log, in order."""

    job_id: str
    lines: list[LogLine]


@dataclass
class LogRestarted(Message):
    """Everything held of this log is void: what follows comes from its first line again."""

    job_id: str


@dataclass
class LogStateChanged(Message):
    """How the stream of a job's log is doing."""

    job_id: str
    state: StreamState


@dataclass
class LastLineWanted(Message):
    """Read the last line of this job's log."""

    job: Job


@dataclass
class LastLineRead(Message):
    """The last line of a job's log as it stands now."""

    job_id: str
    text: str


@dataclass
class LogSaved(Message):
    """Lines of a log are in a file."""

    path: str
    line_count: int


@dataclass
class LogNotSaved(Message):
    """They are not, and why."""

    path: str
    reason: str


@dataclass
class JobCreated(Message):
    """The Hub took a submit. `differences` says, in words, where its answer is not what was asked."""

    job: Job
    differences: tuple[str, ...] = ()
    again: bool = False
    """Whether it is another job once more, and not what was composed."""
    one_of_many: bool = False


@dataclass
class ScheduleCreated(Message):
    """The Hub took a submit that has a schedule."""

    schedule: ScheduledJob
    name: str
    differences: tuple[str, ...] = ()
    """What the Hub took differently than it was asked to, one sentence each."""


@dataclass
class SubmitProgressed(Message):
    """What is being done for a submit, and whether it can still be withdrawn."""

    words: str
    can_withdraw: bool


@dataclass
class SubmitWithdrawn(Message):
    """A submit was stopped before anything was sent."""


@dataclass
class ScriptFetched(Message):
    """A script on the web, or why it could not be had."""

    url: str
    content: bytes | None
    error: HubError | None = None


@dataclass
class JobChanged(Message):
    """The Hub answered an action with the job as it is now."""

    action: str
    job: Job


@dataclass
class ActionFailed(Message):
    """An action of the user's did not succeed. `job` is None for a submit."""

    action: str
    error: HubError
    job: Job | None = None


@dataclass
class LabelsWritten(Message):
    """The labels of a job are as `merge` says, but for what the Hub made of them."""

    job: Job
    merge: LabelMerge
    one_of_many: bool = False


@dataclass
class PortsChanged(Message):
    """The ports of a job are what it says now; `beside` what was asked for others changed some too."""

    job: Job
    beside: bool


@dataclass
class JobTold(Message):
    """Everything the Hub knows of a job, also what has no place in `Job`."""

    job: Job
    answer: Mapping[str, Any]


@dataclass
class JobNotTold(Message):
    """Why it could not be asked."""

    job_id: str
    error: HubError


@dataclass
class BrowserFailed(Message):
    """This page could not be opened where the user would see it."""

    url: str


class ClipboardKept(Message):
    """What is copied stays inside tmux, as it is set."""


@dataclass
class ActionsEnded(Message):
    """An action on several jobs is over: how many of them it was done to."""

    action: str
    done: int
    total: int


# Wishes, posted by screens and carried out by the app.


@dataclass
class SubmitRequested(Message):
    """Start this job: the user has confirmed it."""

    spec: JobSpec
    payer: str
    """Namespace it runs under."""


class SubmitWithdrawRequested(Message):
    """Stop what is being submitted, if it is not sent yet."""


@dataclass
class RerunRequested(Message):
    """Start these jobs once more as they are: the user has confirmed it."""

    jobs: tuple[Job, ...]


@dataclass
class JobTakenUp(Message):
    """Compose a new job that begins as this one."""

    job: Job


@dataclass
class ScriptWanted(Message):
    """Fetch this script from the web."""

    url: str


@dataclass
class CancelRequested(Message):
    """Cancel these jobs: the user has confirmed it."""

    jobs: tuple[Job, ...]


@dataclass
class RelabelRequested(Message):
    """Make this edit to the labels of these jobs."""

    jobs: tuple[Job, ...]
    edit: LabelEdit


@dataclass
class ExposeRequested(Message):
    """Make this change to the ports of this job: the user has confirmed it."""

    job: Job
    edit: PortsEdit


@dataclass
class DetailsWanted(Message):
    """Ask the Hub for everything it knows of this job."""

    job: Job


@dataclass
class BrowseRequested(Message):
    """Open this page in a browser."""

    url: str


class LogView(Protocol):
    """What shows a log: it is told of lines and of the state of the stream."""

    def append(self, lines: list[LogLine]) -> None: ...
    def clear(self) -> None: ...
    def show_state(self, state: StreamState) -> None: ...


@dataclass
class LogOpened(Message):
    """This view shows the job's log from now on, from its first line or from its last `tail` lines.

    Like its counterpart it is posted to the application itself: on the way up from a widget it could be
    overtaken by the one of the next screen.
    """

    job: Job
    view: LogView
    tail: int | None = None
    fresh: bool = False
    """Read it from the Hub even when this machine has kept it."""


@dataclass
class LogClosed(Message):
    """This view does not show the job's log any more."""

    job_id: str
    view: LogView


@dataclass
class WatchRequested(Message):
    """Call the user when these jobs end; when all of them are watched already, no longer."""

    jobs: tuple[Job, ...]


@dataclass
class SaveRequested(Message):
    """Write these lines of a log to a new file."""

    path: str
    excerpt: Excerpt
    times: bool


@dataclass
class LogCompleted(Message):
    """The log of an ended job was read to its end: worth keeping."""

    job: Job
    lines: Iterator[LogLine]


class RefreshRequested(Message):
    """Read the whole list now."""


@dataclass
class TableArranged(Message):
    """The user has arranged the jobs table: to be kept for the next session."""

    setup: TableSetup


@dataclass
class PauseRequested(Message):
    """Ask the Hub for nothing by itself, or go on."""

    paused: bool
