"""The columns of the jobs table (product.md "Jobs table")."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from ..domain.hardware import Catalogue
from ..domain.job import DEFAULT_UV_IMAGE, Job
from ..domain.money import cost_usd
from ..domain.text import safe
from ..domain.units import UNKNOWN, age, duration, money
from .cells import Cell, Column, Tone
from .glyphs import state_of

WARN_LEFT_SECONDS = 300
WARN_SPENT_SHARE = 0.8
_STAGE_ORDER = {"RUNNING": 0, "SCHEDULING": 1}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def job_columns(catalogue: Catalogue, *, ascii_only: bool = False) -> tuple[Column[Job], ...]:
    """The columns, widest table first; `drop` follows ux.md §2."""
    make = _Cells(catalogue, ascii_only)
    return (
        Column("state", "STATE", make.state, _by_state, width=12),
        Column("name", "NAME", make.name, lambda job, _: title(job).casefold(), width=14, grow=26),
        Column("flavor", "FLAVOR", make.flavor, lambda job, _: job.flavor, width=12, grow=4, drop=2),
        Column(
            "wait",
            "WAIT",
            make.wait,
            _seconds(Job.scheduling_seconds),
            6,
            drop=3,
            right=True,
            descending=True,
        ),
        Column("run", "RUN", make.run, _seconds(Job.running_seconds), 6, right=True, descending=True),
        Column("left", "LEFT", make.left, _left, width=6, right=True),
        Column("cost", "COST", make.cost, make.cost_key, width=8, drop=4, right=True, descending=True),
        Column("created", "CREATED", make.created, _created, width=7, drop=5, right=True, descending=True),
        Column(
            "what",
            "IMAGE / SCRIPT",
            make.what,
            lambda job, _: what(job).casefold(),
            width=16,
            grow=30,
            drop=6,
        ),
        Column(
            "owner", "OWNER", make.owner, lambda job, _: job.namespace.casefold(), width=10, grow=6, drop=7
        ),
    )


def title(job: Job) -> str:
    """What a job is called: its name, else its script or image."""
    return job.name or what(job) or job.id


def what(job: Job) -> str:
    """What it runs, briefly: `x.py` for an uploaded script, `uv` for its image, else image or Space."""
    script = next((part for part in job.command if part.endswith(".py")), "")
    if job.command[:2] == ("uv", "run") and script:
        return script.removeprefix("/data/")
    if job.space_id:
        return f"Space {job.space_id}"
    if job.image == DEFAULT_UV_IMAGE:
        return "uv"
    return job.image


def command_line(job: Job) -> str:
    """Its argv as a shell would take it."""
    return shlex.join(job.command)


@dataclass(frozen=True)
class _Cells:
    catalogue: Catalogue
    ascii_only: bool

    def state(self, job: Job, now: datetime) -> Cell:
        state = state_of(job, ascii_only=self.ascii_only)
        return Cell(f"{state.glyph} {safe(state.word)}", state.tone)

    def name(self, job: Job, now: datetime) -> Cell:
        return Cell(safe(title(job)), "plain" if job.live else _faded(job))

    def flavor(self, job: Job, now: datetime) -> Cell:
        return Cell(safe(job.flavor) or UNKNOWN, "plain" if job.live else "dim")

    def wait(self, job: Job, now: datetime) -> Cell:
        return Cell(duration(job.scheduling_seconds(now)), "warn" if job.stage == "SCHEDULING" else "dim")

    def run(self, job: Job, now: datetime) -> Cell:
        return Cell(duration(job.running_seconds(now)), "plain" if job.live else "dim")

    def left(self, job: Job, now: datetime) -> Cell:
        left = job.left_seconds(now)
        if left is None or not job.timeout_seconds:
            return Cell(UNKNOWN, "dim")
        tight = left < WARN_LEFT_SECONDS
        near = left < job.timeout_seconds * (1 - WARN_SPENT_SHARE)
        tone: Tone = "bad" if tight else "warn" if near else "plain"
        return Cell(duration(left) + ("!" if tight or near else ""), tone)

    def cost(self, job: Job, now: datetime) -> Cell:
        usd = cost_usd(job, self.catalogue, now)
        return Cell(money(usd, estimated=True), "plain" if job.live else "dim")

    def cost_key(self, job: Job, now: datetime) -> float:
        usd = cost_usd(job, self.catalogue, now)
        return -1.0 if usd is None else usd

    def created(self, job: Job, now: datetime) -> Cell:
        return Cell(age(job.created_at, now), "dim")

    def what(self, job: Job, now: datetime) -> Cell:
        return Cell(safe(what(job)), "dim")

    def owner(self, job: Job, now: datetime) -> Cell:
        return Cell(safe(job.namespace), "dim")


def _faded(job: Job) -> Tone:
    return "dim" if job.stage in {"COMPLETED", "CANCELED", "DELETED"} else "plain"


def _by_state(job: Job, now: datetime) -> tuple[int, str]:
    return _STAGE_ORDER.get(job.stage, 0 if job.live else 2), "" if not job.live else job.stage


def _created(job: Job, now: datetime) -> datetime:
    return job.created_at or _EPOCH


def _left(job: Job, now: datetime) -> float:
    left = job.left_seconds(now)
    return float("inf") if left is None else left


def _seconds(read: Callable[[Job, datetime], float | None]) -> Callable[[Job, datetime], float]:
    def key(job: Job, now: datetime) -> float:
        seconds = read(job, now)
        return -1.0 if seconds is None else seconds

    return key
