"""A schedule in words, and its next runs in local time and UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from textual.content import Content

from ..domain.cron import Runs, ScheduleError, read_cron
from ..domain.text import safe
from ..spec.checks import RefusedError
from ..spec.schedule import cron
from ..spec.schedule_words import words_of
from .job_text import toned

_MOST_WORDS_CHARS = 200
"""Text of the Hub that is not a schedule as we know it is cut here: the raw JSON has all of it."""


def schedule_block(text: str, now: datetime) -> Content:
    """What is typed as a schedule, in words, with the three runs that come next."""
    try:
        schedule = cron(text, now)
    except RefusedError:
        return Content("")
    runs = read_cron(schedule).next_runs(now, 3)
    lines = [toned(schedule_words(schedule), "plain"), *map(_run, runs.moments)]
    if schedule != " ".join(text.split()):
        lines.insert(1, toned(f"sent as {safe(schedule)}", "dim"))
    return Content("\n").join(lines if runs.known else [*lines, toned("next runs unknown", "dim")])


def _run(moment: datetime) -> Content:
    local = moment.astimezone()
    zone = local.tzname() or "local"
    if local.utcoffset() == moment.astimezone(UTC).utcoffset():
        return toned(f"{moment:%a %Y-%m-%d %H:%M} UTC, here too", "dim")
    return toned(f"{local:%a %Y-%m-%d %H:%M} {safe(zone)}  ·  {moment:%a %H:%M} UTC", "dim")


def schedule_words(schedule: str) -> str:
    """A schedule of the Hub in words; its own text where it is not one we can read."""
    try:
        return words_of(read_cron(schedule))
    except ScheduleError:
        folded = safe(" ".join(schedule.split()))
        return folded if len(folded) <= _MOST_WORDS_CHARS else f"{folded[: _MOST_WORDS_CHARS - 1]}…"


def known_runs(schedule: str, now: datetime, count: int) -> Runs:
    """The next runs of a schedule of the Hub; unknown where it is not one we can read."""
    try:
        return read_cron(schedule).next_runs(now, count)
    except ScheduleError:
        return Runs((), known=False)
