"""When a scheduled job runs, as typed: the Hub's own notation, or words (jobs-api.md §7)."""

from __future__ import annotations

from datetime import UTC, datetime

from tui.domain.cron import NAMED_SCHEDULES, ScheduleError, read_running_cron

from .checks import RefusedError
from .schedule_reader import words_to_cron


def cron(text: str, now: datetime | None = None) -> str:
    """The schedule as the Hub takes it, its fields separated by single blanks.

    Raises:
        RefusedError: it is not a schedule, or never runs after `now`, which is this moment unless given.
    """
    try:
        return read_running_cron(_notation(text), now or datetime.now(UTC)).text
    except ScheduleError as error:
        raise RefusedError(str(error)) from None


def notation(text: str) -> str:
    """What is typed in the Hub's notation where it can be; else as it is, blanks folded."""
    try:
        return _notation(text)
    except RefusedError:
        return " ".join(text.split())


def _notation(text: str) -> str:
    folded = " ".join(text.split())
    if folded.casefold() in NAMED_SCHEDULES:
        return folded.casefold()
    return words_to_cron(folded) or folded
