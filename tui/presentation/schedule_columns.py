"""The columns of the scheduled jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ..domain.job import Job
from ..domain.query_values import MOMENT
from ..domain.schedule import ScheduledJob
from ..domain.text import safe, short_id
from ..domain.units import UNKNOWN
from .cells import Cell, Column
from .glyphs import state_of
from .job_titles import labels_line, title, what
from .moments import near, until
from .schedule_text import schedule_words

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class ScheduleCells:
    """One method a column. What it looks up changes between two looks."""

    ascii_only: bool
    jobs: Mapping[str, Job]
    """The jobs of the table, by id: what the last run came to."""
    busy: Mapping[str, str]
    """By id, what is being done to a scheduled job right now."""
    jobs_known: bool = True
    """Whether these are all jobs, so that one which is not among them is not in the list."""

    def state(self, row: ScheduledJob, now: datetime) -> Cell:
        if words := self.busy.get(row.id):
            return Cell(words, "accent")
        if row.suspended:
            return Cell("- suspended" if self.ascii_only else "■ suspended", "warn")
        return Cell("R active" if self.ascii_only else "● active", "good")

    def name(self, row: ScheduledJob, now: datetime) -> Cell:
        return Cell(safe(title(row.what)), "dim" if row.suspended else "plain")

    def when(self, row: ScheduledJob, now: datetime) -> Cell:
        return Cell(brief_schedule(row.schedule), "dim" if row.suspended else "plain")

    def next_run(self, row: ScheduledJob, now: datetime) -> Cell:
        if row.suspended or row.next_run_at is None:
            return Cell(UNKNOWN, "dim")
        return Cell(f"{near(row.next_run_at, now)} {until(row.next_run_at, now)}")

    def next_key(self, row: ScheduledJob, now: datetime) -> datetime:
        return _NEVER if row.suspended else row.next_run_at or _NEVER

    def last_job(self, row: ScheduledJob, now: datetime) -> Cell:
        job = self.jobs.get(row.last_job_id)
        if job is None:
            return Cell("not in list" if row.last_job_id and self.jobs_known else UNKNOWN, "dim")
        state = state_of(job, ascii_only=self.ascii_only)
        return Cell(f"{state.glyph} {safe(state.word)}", state.tone)

    def last_key(self, row: ScheduledJob, now: datetime) -> str:
        job = self.jobs.get(row.last_job_id)
        return "" if job is None else job.stage

    def last_run(self, row: ScheduledJob, now: datetime) -> Cell:
        return Cell(near(row.last_run_at, now), "dim")

    def flavor(self, row: ScheduledJob, now: datetime) -> Cell:
        return Cell(safe(row.what.flavor) or UNKNOWN, "dim")


def brief_schedule(schedule: str) -> str:
    """A schedule in the fewest words, under a heading that says UTC."""
    words = schedule_words(schedule).removeprefix("at ").replace(" UTC", "")
    return words.partition(" (minute")[0]


def schedule_columns(cells: ScheduleCells) -> tuple[Column[ScheduledJob], ...]:
    """The columns, widest table first."""
    return (
        Column("state", "STATE", cells.state, lambda row, now: row.suspended, width=11),
        Column("name", "NAME", cells.name, lambda row, now: title(row.what).casefold(), width=15, grow=16),
        Column("when", "WHEN (UTC)", cells.when, lambda row, now: row.schedule, width=17, grow=22, drop=1),
        Column(
            "next", "NEXT RUN (HERE)", cells.next_run, cells.next_key, width=16,
            unit=MOMENT, number=lambda row, now: None if row.suspended else row.next_run_at,
        ),
        Column("last", "LAST JOB", cells.last_job, cells.last_key, width=11, drop=2),
        Column(
            "ran", "LAST RUN", cells.last_run, lambda row, now: row.last_run_at or _EPOCH, width=12, drop=3,
            unit=MOMENT, number=lambda row, now: row.last_run_at,
        ),
        Column("flavor", "FLAVOR", cells.flavor, lambda row, now: row.what.flavor, width=12, grow=4, drop=4),
        Column(
            "what",
            "IMAGE / SCRIPT",
            lambda row, now: Cell(safe(what(row.what)), "dim"),
            lambda row, now: what(row.what).casefold(),
            width=14,
            grow=24,
            drop=6,
        ),
        Column(
            "labels",
            "LABELS",
            lambda row, now: Cell(safe(labels_line(row.what)), "dim"),
            lambda row, now: labels_line(row.what),
            width=12,
            grow=24,
            drop=7,
        ),
        Column(
            "owner",
            "OWNER",
            lambda row, now: Cell(safe(row.namespace), "dim"),
            lambda row, now: row.namespace.casefold(),
            width=10,
            grow=6,
            drop=5,
        ),
        Column(
            "id",
            "ID",
            lambda row, now: Cell(short_id(row.id), "dim"),
            lambda row, now: row.id,
            width=9,
            drop=8,
        ),
    )  # fmt: skip
