"""What the fields of a filter look at: texts, and numbers that can be compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from .hardware import Catalogue, bundled_catalogue
from .job import Job
from .money import cost_usd
from .units import DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS


@dataclass(frozen=True)
class Facts:
    """What a filter must know beside the job."""

    now: datetime
    catalogue: Catalogue = field(default_factory=bundled_catalogue)
    new_ids: frozenset[str] = frozenset()
    """Jobs that ended since the user looked last."""


def state_words(job: Job) -> tuple[str, ...]:
    """Stage and ending by every name they go by."""
    ending = job.ending
    shown = {"SCHEDULING": "waiting", "ERROR": "failed"}.get(job.stage, "")
    return (job.stage, shown, *((ending.value, ending.value.replace(" ", "-")) if ending else ()))


TEXTS: dict[str, Callable[[Job], tuple[str, ...]]] = {
    "status": state_words,
    "name": lambda job: (job.name,),
    "id": lambda job: (job.id,),
    "flavor": lambda job: (job.flavor,),
    "image": lambda job: (job.image, job.space_id),
    "command": lambda job: (" ".join(job.command), *job.command),
    "owner": lambda job: (job.namespace,),
    "by": lambda job: (job.created_by, job.initiator.name if job.initiator else ""),
    "label": lambda job: tuple(f"{key}={value}" for key, value in job.labels.items()) + tuple(job.labels),
    "why": lambda job: (job.message,),
}

SECONDS: dict[str, Callable[[Job, Facts], float | None]] = {
    "wait": lambda job, facts: job.scheduling_seconds(facts.now),
    "run": lambda job, facts: job.running_seconds(facts.now),
    "left": lambda job, facts: job.left_seconds(facts.now),
    "timeout": lambda job, facts: job.timeout_seconds,
    "age": lambda job, facts: _seconds_since(job.created_at, facts.now),
    "ended": lambda job, facts: _seconds_since(job.finished_at, facts.now),
}


def _usd_per_hour(job: Job, facts: Facts) -> float | None:
    flavor = facts.catalogue.get(job.flavor)
    return None if flavor is None else flavor.usd_per_hour


USD: dict[str, Callable[[Job, Facts], float | None]] = {
    "cost": lambda job, facts: cost_usd(job, facts.catalogue, facts.now),
    "rate": _usd_per_hour,
}

IS: dict[str, Callable[[Job, Facts], bool]] = {
    "live": lambda job, facts: job.live,
    "ended": lambda job, facts: not job.live,
    "new": lambda job, facts: job.id in facts.new_ids,
}

FIELDS = (*TEXTS, *SECONDS, *USD, "is")

_UNIT_SECONDS = {"s": 1, "m": MINUTE_SECONDS, "h": HOUR_SECONDS, "d": DAY_SECONDS, "w": 7 * DAY_SECONDS}


def read_seconds(text: str) -> float | None:
    """`90`, `90s`, `1.5h`, `2d`, `1h30m`; None for anything else."""
    if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text):
        return float(text)
    if not re.fullmatch(r"(\d{1,9}(\.\d{1,6})?[smhdw])+", text):
        return None
    parts = re.findall(r"(\d+(?:\.\d+)?)([smhdw])", text)
    return sum(float(number) * _UNIT_SECONDS[unit] for number, unit in parts)


def read_usd(text: str) -> float | None:
    """`3`, `$3.50`; None for anything else."""
    found = re.fullmatch(r"\$?(\d{1,9}(?:\.\d{1,6})?)", text)
    return float(found.group(1)) if found else None


def _seconds_since(moment: datetime | None, now: datetime) -> float | None:
    return None if moment is None else (now - moment).total_seconds()
