"""What calls the user back: a bell, a notification of the terminal, a command of their own."""

from __future__ import annotations

from collections.abc import Sequence

from .domain.hardware import Catalogue
from .domain.job import Job
from .domain.money import cost_usd
from .domain.snapshot import Snapshot
from .domain.units import clock_time, money, plural
from .presentation.glyphs import state_of

BELL, OSC9 = "bell", "osc9"
WAYS = (BELL, OSC9)


def osc9(text: str) -> str:
    """The sequence by which a terminal shows a notification; the text must be safe."""
    return f"\x1b]9;{text[:200]}\x1b\\"


def ended_since(before: Snapshot, now: Snapshot) -> tuple[Job, ...]:
    """The jobs that have ended since the rows of the last session were true."""
    as_of = before.remembered_at

    def is_new(job: Job) -> bool:
        known = before.jobs.get(job.id)
        if known is not None:
            return known.live
        return as_of is not None and job.created_at is not None and job.created_at >= as_of

    return tuple(job for job in now.jobs.values() if not job.live and is_new(job))


def ends_words(ended: Sequence[Job]) -> str:
    """`57 jobs ended, 12 in trouble`."""
    trouble = sum(state_of(job).tone == "bad" for job in ended)
    return f"{plural(len(ended), 'job')} ended" + (f", {trouble} in trouble" if trouble else "")


def since_words(before: Snapshot, ended: Sequence[Job], catalogue: Catalogue) -> str:
    """`since 13:58:02: 3 jobs ended, 1 in trouble, ~$4.20; the filter is:new shows them`."""
    costs = [cost_usd(job, catalogue, job.finished_at or job.created_at) for job in ended if job.created_at]
    cost = money(sum(usd or 0.0 for usd in costs), estimated=True)
    as_of = clock_time(before.remembered_at)
    return f"since {as_of}: {ends_words(ended)}, {cost}; the filter is:new shows them"
