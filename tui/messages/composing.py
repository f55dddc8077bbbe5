"""A job that is composed and submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from ..domain.errors import HubError
    from ..domain.job import Job
    from ..domain.schedule import ScheduledJob
    from ..spec.job_spec import JobSpec


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
class SubmitRequested(Message):
    """Start this job: the user has confirmed it."""

    spec: JobSpec
    payer: str
    """Namespace it runs under."""


class SubmitWithdrawRequested(Message):
    """Stop what is being submitted, if it is not sent yet."""


@dataclass
class ScriptWanted(Message):
    """Fetch this script from the web."""

    url: str


@dataclass
class JobTakenUp(Message):
    """Compose a new job that begins as this one."""

    job: Job
    ssh: bool = False
    """Switch SSH on in it."""


@dataclass
class PayerWanted(Message):
    """Choose another namespace for what is composed; this one was refused."""

    refused: str
