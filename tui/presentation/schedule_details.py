"""Everything the Hub tells of one scheduled job, in groups: when it runs, and what each run is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from textual.content import Content

from ..domain.convert import as_mapping
from ..domain.hardware import Catalogue
from ..domain.job import Job
from ..domain.schedule import ScheduledJob
from ..domain.text import safe, short_id
from ..domain.units import UNKNOWN
from .glyphs import state_of
from .job_details import JobDetails, Row, brief, grouped
from .job_text import toned
from .job_titles import title
from .moments import in_full
from .schedule_facts import next_words, run_price
from .schedule_text import schedule_words

_OF_A_RUN = {"State", "Time"}
"""Groups about a job that has been started: a scheduled job is none yet."""
_KNOWN = frozenset(
    {
        "type",
        "id",
        "createdAt",
        "schedule",
        "suspend",
        "suspendReason",
        "concurrency",
        "status",
        "owner",
        "initiator",
        "jobSpec",
    }
)
_KNOWN_STATUS = frozenset({"lastJob", "nextJobRunAt"})
_OVERLAP = {None: "", True: "runs may overlap", False: "skip if still running"}


def schedule_headline(schedule: ScheduledJob, now: datetime, *, ascii_only: bool) -> Content:
    """One scheduled job in one line: name, state, when, next run."""
    state = (
        ("- suspended" if ascii_only else "■ suspended")
        if schedule.suspended
        else ("R active" if ascii_only else "● active")
    )
    return Content.assemble(
        Content.styled(f" {safe(title(schedule.what))} ", "bold"),
        toned(f" {state} ", "warn" if schedule.suspended else "good"),
        toned(schedule_words(schedule.schedule), "plain"),
        toned(f"  {short_id(schedule.id)}", "dim"),
    )


@dataclass(frozen=True)
class ScheduleDetails:
    """A scheduled job, and the Hub's own answer once it is there."""

    schedule: ScheduledJob
    answer: Mapping[str, Any]
    last_job: Job | None
    catalogue: Catalogue
    revealed: bool = False
    """Whether the values of the environment are shown."""
    ascii_only: bool = False

    def groups(self, now: datetime) -> Iterator[tuple[str, list[Row]]]:
        """Title and rows of each group; a row without text says nothing and is left out."""
        yield "Schedule", self._when(now)
        spec = as_mapping(self.answer.get("jobSpec"))
        runs = JobDetails(self.schedule.what, spec, self.catalogue, "", self.revealed, self.ascii_only)
        for group, rows in runs.groups(now):
            if group == "Told besides":
                yield group, [*self._besides(), *rows]
            elif group not in _OF_A_RUN:
                yield group, [row for row in rows if row[0] != "so far"]

    def content(self, now: datetime, columns: int) -> Content:
        """All groups, one below the other, within `columns`."""
        return grouped(self.groups(now), columns)

    def _when(self, now: datetime) -> list[Row]:
        one = self.schedule
        words, text = schedule_words(one.schedule), safe(" ".join(one.schedule.split()))
        return [
            ("when", words, "plain"),
            ("sent as", text if text != words else "", "plain"),
            ("next", *next_words(one, now)),
            ("last run", in_full(one.last_run_at) if one.last_run_at else "", "plain"),
            ("last job", self._last_job(), "plain"),
            ("price", run_price(one, self.catalogue), "plain"),
            ("overlap", _OVERLAP[one.concurrent], "plain"),
            ("created", in_full(one.created_at) if one.created_at else UNKNOWN, "plain"),
            ("id", safe(one.id), "plain"),
        ]

    def _last_job(self) -> str:
        job = self.last_job
        if job is None:
            return safe(self.schedule.last_job_id) or "it has not run yet"
        state = state_of(job, ascii_only=self.ascii_only)
        return f"{safe(job.id)}  {state.glyph} {safe(state.word)}"

    def _besides(self) -> list[Row]:
        """What the Hub tells and this version knows nothing of."""
        status = as_mapping(self.answer.get("status"))
        news = [(key, value) for key, value in self.answer.items() if key not in _KNOWN]
        news += [(f"status.{key}", value) for key, value in status.items() if key not in _KNOWN_STATUS]
        return [(safe(key), brief(value), "plain") for key, value in news]
