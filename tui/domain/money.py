"""What a job costs: an estimate from running seconds and price, never from its age (jobs-api.md §9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from .hardware import Catalogue
from .job import Job
from .units import MINUTE_SECONDS


def cost_usd(job: Job, catalogue: Catalogue, now: datetime) -> float | None:
    """Dollars so far, estimated; None when it never ran, or its flavor has no known price."""
    flavor = catalogue.get(job.flavor)
    running_seconds = job.running_seconds(now)
    if flavor is None or flavor.usd_per_minute is None or running_seconds is None:
        return None
    return running_seconds / MINUTE_SECONDS * flavor.usd_per_minute


def priced(job: Job, catalogue: Catalogue) -> bool:
    """Whether the price of its flavor is known."""
    flavor = catalogue.get(job.flavor)
    return flavor is not None and flavor.usd_per_minute is not None


def burn_usd_per_hour(jobs: Iterable[Job], catalogue: Catalogue) -> float:
    """Dollars an hour that the running jobs among these cost together, as far as prices are known."""
    flavors = (catalogue.get(job.flavor) for job in jobs if job.stage == "RUNNING")
    return sum(flavor.usd_per_hour or 0.0 for flavor in flavors if flavor is not None)
