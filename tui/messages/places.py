"""Messages about schedules, hardware and activity: facts in the past tense, wishes as requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from ..domain.activity import SentRequest
    from ..domain.errors import HubError
    from ..domain.job import Job
    from ..domain.labels import LabelEdit, LabelMerge
    from ..domain.schedule import ScheduledJob, Schedules


# Facts, posted by the feed from the hub thread.


@dataclass
class ScheduleTold(Message):
    """Everything the Hub knows of a scheduled job, also what has no place in `ScheduledJob`."""

    schedule: ScheduledJob
    answer: Mapping[str, Any]


@dataclass
class SchedulesRead(Message):
    """The scheduled jobs as they are now. With an `error`, what it kept from being read is as before."""

    schedules: Schedules
    read_at: datetime
    error: HubError | None = None


@dataclass
class ScheduleActed(Message):
    """An action on a scheduled job has ended well: what to say of it."""

    schedule: ScheduledJob
    words: str = ""
    job: Job | None = None
    """The job it started."""
    merge: LabelMerge | None = None
    """How its labels came to be what they are."""
    suspended: bool | None = None
    """What it was made, if that is what was done: the same key undoes it."""


@dataclass
class ScheduleActionFailed(Message):
    """An action on a scheduled job did not succeed, or nobody knows."""

    action: str
    schedule: ScheduledJob
    error: HubError


@dataclass
class HardwareNotRead(Message):
    """The hardware on offer was asked for, and did not come."""

    error: HubError


@dataclass
class RequestSent(Message):
    """A request that writes has got its answer, or was given up."""

    request: SentRequest


# Wishes, posted by screens and carried out by the app.


class SchedulesWanted(Message):
    """Read the scheduled jobs now."""


@dataclass
class LastJobRequested(Message):
    """Open the job this scheduled job started last."""

    schedule: ScheduledJob


@dataclass
class SuspendRequested(Message):
    """Suspend this scheduled job, or let it go on."""

    schedule: ScheduledJob
    suspended: bool


@dataclass
class TriggerRequested(Message):
    """Start one job of it now: the user has confirmed it."""

    schedule: ScheduledJob


@dataclass
class RescheduleRequested(Message):
    """Let it run at other times."""

    schedule: ScheduledJob
    when: str
    """A cron line the spec builder has accepted."""


@dataclass
class ScheduleLabelsRequested(Message):
    """Change its labels, its name among them."""

    schedule: ScheduledJob
    edit: LabelEdit


@dataclass
class DeleteScheduleRequested(Message):
    """Delete it: the user has confirmed it."""

    schedule: ScheduledJob


@dataclass
class ScheduleDetailsWanted(Message):
    """Ask the Hub for everything it knows of this scheduled job."""

    schedule: ScheduledJob


class NewScheduleRequested(Message):
    """Compose a new scheduled job."""


@dataclass
class FlavorTakenUp(Message):
    """Compose a new job on this hardware."""

    flavor: str


class HardwareWanted(Message):
    """Read the list of hardware on offer now."""
