"""What is done to jobs, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from ..domain.errors import HubError
    from ..domain.job import Job
    from ..domain.labels import LabelEdit, LabelMerge
    from ..domain.ports import PortsEdit


@dataclass
class JobChanged(Message):
    """The Hub answered an action with the job as it is now."""

    action: str
    job: Job
    done: bool = True
    """Whether the action has done it; else the job was found so."""


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


@dataclass
class CopyMade(Message):
    """A text was copied past something that may keep it from the clipboard."""

    said: str
    """What was copied; empty when it did not get anywhere by that."""
    where: str = ""
    """Where it is instead of the clipboard; empty when nothing was in the way."""
    remedy: str = ""
    """What would let it through."""


@dataclass
class ActionsEnded(Message):
    """An action on several jobs is over: how many of them it was done to."""

    action: str
    done: int
    total: int


@dataclass
class RerunRequested(Message):
    """Start these jobs once more as they are: the user has confirmed it."""

    jobs: tuple[Job, ...]


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
