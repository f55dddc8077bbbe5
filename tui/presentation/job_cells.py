"""What the cells of the jobs table say, in which tone, and by what they sort."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeAlias

from ..domain.hardware import Catalogue
from ..domain.job import Job
from ..domain.money import cost_usd
from ..domain.text import safe, short_id
from ..domain.units import UNKNOWN, age, duration, money
from .cells import Cell, Tone
from .folding import counted_states
from .glyphs import state_of
from .job_titles import labels_line, started_by, title, what

WARN_LEFT_SECONDS = 300
WARN_SPENT_SHARE = 0.8
BAR_CELLS = 3
_STAGE_ORDER = {"RUNNING": 0, "SCHEDULING": 1}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Runs: TypeAlias = Mapping[str, tuple[Job, ...]]


@dataclass(frozen=True)
class JobCells:
    """One method a column, and one for its order. A job that stands for folded runs speaks for all."""

    catalogue: Catalogue
    ascii_only: bool
    runs: Runs
    watched: Collection[str] = ()
    last_lines: Mapping[str, str] = field(default_factory=dict)

    def _runs(self, job: Job) -> tuple[Job, ...]:
        return self.runs.get(job.id, ())

    def state(self, job: Job, now: datetime) -> Cell:
        if runs := self._runs(job):
            return Cell(*counted_states(runs, ascii_only=self.ascii_only))
        state = state_of(job, ascii_only=self.ascii_only)
        return Cell(f"{state.glyph} {safe(state.word)}", state.tone)

    def state_key(self, job: Job, now: datetime) -> tuple[int, str]:
        return _STAGE_ORDER.get(job.stage, 0 if job.live else 2), job.stage if job.live else ""

    def name(self, job: Job, now: datetime) -> Cell:
        if runs := self._runs(job):
            return Cell(f"{safe(job.name)} {'x' if self.ascii_only else '×'}{len(runs)}", "accent")
        watched = f"{'!' if self.ascii_only else '♪'} " if job.id in self.watched else ""
        return Cell(watched + safe(title(job)), _faded(job))

    def name_key(self, job: Job, now: datetime) -> str:
        return title(job).casefold()

    def flavor(self, job: Job, now: datetime) -> Cell:
        return Cell(safe(job.flavor) or UNKNOWN, "plain" if job.live else "dim")

    def flavor_key(self, job: Job, now: datetime) -> str:
        return job.flavor

    def wait(self, job: Job, now: datetime) -> Cell:
        return Cell(duration(job.scheduling_seconds(now)), "warn" if job.stage == "SCHEDULING" else "dim")

    def wait_key(self, job: Job, now: datetime) -> float:
        return _or_least(job.scheduling_seconds(now))

    def run(self, job: Job, now: datetime) -> Cell:
        return Cell(duration(job.running_seconds(now)), "plain" if job.live else "dim")

    def run_key(self, job: Job, now: datetime) -> float:
        return _or_least(job.running_seconds(now))

    def left(self, job: Job, now: datetime) -> Cell:
        left = job.left_seconds(now)
        if left is None or not job.timeout_seconds:
            return Cell(UNKNOWN, "dim")
        tight = left < WARN_LEFT_SECONDS
        near = left < job.timeout_seconds * (1 - WARN_SPENT_SHARE)
        tone: Tone = "bad" if tight else "warn" if near else "plain"
        time = duration(left) + ("!" if tight or near else "")
        return Cell(bar(left / job.timeout_seconds, ascii_only=self.ascii_only) + f"{time:>6}", tone)

    def left_key(self, job: Job, now: datetime) -> float:
        left = job.left_seconds(now)
        return float("inf") if left is None else left

    def cost(self, job: Job, now: datetime) -> Cell:
        costs = [cost_usd(run, self.catalogue, now) for run in self._runs(job) or (job,)]
        known = [usd for usd in costs if usd is not None]
        return Cell(money(sum(known) if known else None, estimated=True), "plain" if job.live else "dim")

    def cost_key(self, job: Job, now: datetime) -> float:
        return _or_least(cost_usd(job, self.catalogue, now))

    def created(self, job: Job, now: datetime) -> Cell:
        return Cell(age(job.created_at, now), "dim")

    def created_key(self, job: Job, now: datetime) -> datetime:
        return job.created_at or _EPOCH

    def what(self, job: Job, now: datetime) -> Cell:
        return Cell(safe(what(job)), "dim")

    def what_key(self, job: Job, now: datetime) -> str:
        return what(job).casefold()

    def owner(self, job: Job, now: datetime) -> Cell:
        return Cell(safe(job.namespace), "dim")

    def owner_key(self, job: Job, now: datetime) -> str:
        return job.namespace.casefold()

    def rate(self, job: Job, now: datetime) -> Cell:
        return Cell(money(self.usd_per_hour(job, now)), "plain" if job.live else "dim")

    def rate_key(self, job: Job, now: datetime) -> float:
        return _or_least(self.usd_per_hour(job, now))

    def by(self, job: Job, now: datetime) -> Cell:
        return Cell(safe(started_by(job)) or UNKNOWN, "dim")

    def by_key(self, job: Job, now: datetime) -> str:
        return started_by(job).casefold()

    def labels(self, job: Job, now: datetime) -> Cell:
        return Cell(safe(labels_line(job)), "dim")

    def labels_key(self, job: Job, now: datetime) -> str:
        return labels_line(job).casefold()

    def last(self, job: Job, now: datetime) -> Cell:
        return Cell(safe(self.last_lines.get(job.id, "")).strip(), "plain" if job.live else "dim")

    def last_key(self, job: Job, now: datetime) -> str:
        return self.last_lines.get(job.id, "").casefold()

    def id(self, job: Job, now: datetime) -> Cell:
        return Cell(short_id(job.id), "dim")

    def id_key(self, job: Job, now: datetime) -> str:
        return job.id

    def usd_per_hour(self, job: Job, now: datetime) -> float | None:
        """What an hour of its hardware costs; None when that is not known."""
        flavor = self.catalogue.get(job.flavor)
        return None if flavor is None else flavor.usd_per_hour


def bar(share: float, *, ascii_only: bool) -> str:
    """A share of one as a bar of three terminal columns."""
    share = max(0.0, min(share, 1.0))
    if ascii_only:
        filled = round(share * BAR_CELLS)
        return "#" * filled + "." * (BAR_CELLS - filled)
    whole, half = divmod(round(share * BAR_CELLS * 2), 2)
    return ("━" * whole + "╸" * half).ljust(BAR_CELLS)


def _faded(job: Job) -> Tone:
    return "dim" if job.stage in {"COMPLETED", "CANCELED", "DELETED"} else "plain"


def _or_least(number: float | None) -> float:
    return -1.0 if number is None else number
