"""Screens that are imported when they are first opened: the first paint pays for none of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..domain.job import Job

if TYPE_CHECKING:
    from textual.screen import Screen

    from ..domain.schedule import ScheduledJob
    from .message_dialog import MessageDialog
    from .ways_on import Way


def job_screen(job: Job) -> Screen[None]:
    """One job with its log, full screen."""
    from .job import JobScreen

    return JobScreen(job)


def details_screen(job: Job, *, raw: bool = False) -> Screen[None]:
    """Everything about one job, full screen."""
    from .details import DetailsScreen

    return DetailsScreen(job, raw=raw)


def schedule_details_screen(schedule: ScheduledJob, *, raw: bool = False) -> Screen[None]:
    """Everything about one scheduled job, full screen."""
    from .schedule_details import ScheduleDetailsScreen

    return ScheduleDetailsScreen(schedule, raw=raw)


def logs_screen(jobs: Sequence[Job], *, coloured: bool) -> Screen[None]:
    """The logs of several jobs on one page."""
    from .logs import LogsScreen

    return LogsScreen(jobs, coloured=coloured)


def message_dialog(title: str, text: str, *ways: Way) -> MessageDialog:
    """Something the user must have read, and the ways on that it offers."""
    from .message_dialog import MessageDialog

    return MessageDialog(title, text, ways=ways)
