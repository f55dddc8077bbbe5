"""The columns of the jobs table (product.md "Jobs table")."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping
from types import MappingProxyType

from ..domain.hardware import Catalogue
from ..domain.job import Job
from ..domain.money import cost_usd
from ..domain.query_values import MOMENT, SECONDS, USD
from .cells import Column
from .job_cells import JobCells, Runs
from .job_titles import title, what

__all__ = ["command_line", "job_columns", "title", "what"]

_NO_RUNS: Runs = MappingProxyType({})


def job_columns(
    catalogue: Catalogue,
    *,
    ascii_only: bool = False,
    runs: Mapping[str, tuple[Job, ...]] = _NO_RUNS,
    watched: Collection[str] = (),
    last_lines: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Column[Job], ...]:
    """The columns, widest table first; `drop` follows ux.md §2. `runs` are the folded ones, by job id."""
    make = JobCells(catalogue, ascii_only, runs, watched, last_lines)
    return (
        Column("state", "STATE", make.state, make.state_key, width=11),
        Column("name", "NAME", make.name, make.name_key, width=13, grow=27),
        Column("flavor", "FLAVOR", make.flavor, make.flavor_key, width=11, grow=5, drop=2),
        Column(
            "wait", "WAIT", make.wait, make.wait_key, 6, drop=4, right=True, descending=True,
            unit=SECONDS, number=lambda job, now: job.scheduling_seconds(now),
        ),
        Column(
            "run", "RUN", make.run, make.run_key, 6, right=True, descending=True,
            unit=SECONDS, number=lambda job, now: job.running_seconds(now),
        ),
        Column(
            "left", "LEFT", make.left, make.left_key, width=9, right=True,
            unit=SECONDS, number=lambda job, now: job.left_seconds(now),
        ),
        Column(
            "cost", "COST", make.cost, make.cost_key, 8, drop=3, right=True, descending=True,
            unit=USD, number=lambda job, now: cost_usd(job, catalogue, now),
        ),
        Column(
            "created", "CREATED", make.created, make.created_key, 7, drop=1, right=True, descending=True,
            unit=MOMENT, number=lambda job, now: job.created_at,
        ),
        Column("what", "IMAGE / SCRIPT", make.what, make.what_key, width=16, grow=30, drop=7),
        Column("owner", "OWNER", make.owner, make.owner_key, width=10, grow=6, drop=8),
        Column(
            "rate", "$/H", make.rate, make.rate_key, 7, drop=9, right=True, descending=True, chosen=False,
            unit=USD, number=make.usd_per_hour,
        ),
        Column("by", "STARTED BY", make.by, make.by_key, width=12, grow=8, drop=10, chosen=False),
        Column("labels", "LABELS", make.labels, make.labels_key, width=14, grow=30, drop=11, chosen=False),
        Column("last", "LAST LOG LINE", make.last, make.last_key, width=16, grow=60, drop=5, chosen=False),
        Column("id", "ID", make.id, make.id_key, width=9, drop=12, chosen=False),
    )  # fmt: skip


def command_line(job: Job) -> str:
    """Its argv as a shell would take it."""
    return shlex.join(job.command)
