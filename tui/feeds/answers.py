"""Which job an answer of the Hub to an action of the user's is about."""

from __future__ import annotations

from textual.message import Message

from ..domain.job import Job
from ..messages import JobChanged, JobCreated, JobTold
from ..messages.places import ScheduleActed


def answered_job(message: Message) -> Job | None:
    """The job as the Hub has just answered it; None when the message is about something else."""
    if isinstance(message, JobChanged | JobCreated | JobTold | ScheduleActed):
        return message.job
    return None
