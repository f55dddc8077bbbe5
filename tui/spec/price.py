"""What a job may cost before it runs: its price, and the most its limit lets it spend (jobs-api.md §9)."""

from __future__ import annotations

import re

from tui.domain.hardware import Catalogue
from tui.domain.units import HOUR_SECONDS, MINUTE_SECONDS

from .checks import RefusedError, quoted
from .draft import DEFAULT_FLAVOR, Draft
from .job_spec import DEFAULT_TIMEOUT_SECONDS, JobSpec
from .timeout import typed_seconds

EXPOSED_USD_PER_HOUR = 0.01
"""Added to the price of a job that exposes ports."""

_SUM = re.compile(r"\d{1,9}(?:\.\d*)?|\.\d+", re.ASCII)
_HUNDREDTHS = 0.01
"""Of a minute: prices are rounded to a millionth of a dollar, sums typed to a cent."""


def usd_per_hour(flavor: str, catalogue: Catalogue, *, exposes: bool = False) -> float | None:
    """Dollars an hour; None, and never zero, when the price is unknown."""
    known = catalogue.get(flavor)
    if known is None or known.usd_per_hour is None:
        return None
    return known.usd_per_hour + (EXPOSED_USD_PER_HOUR if exposes else 0.0)


def usd_at_limit(
    per_hour: float | None, timeout_seconds: int | None, attempts: int | None = None
) -> float | None:
    """The most a job can cost: every attempt running until its limit, the Hub's default when none is set."""
    if per_hour is None:
        return None
    seconds = DEFAULT_TIMEOUT_SECONDS if timeout_seconds is None else timeout_seconds
    return per_hour * seconds / HOUR_SECONDS * (attempts or 1)


def typed_usd(text: str) -> float:
    """A sum as it was typed, with or without its sign."""
    number = text.strip().removeprefix("$").strip()
    if not _SUM.fullmatch(number):
        raise RefusedError(f"{quoted(number)} is no sum of dollars; write one like 2.50")
    return float(number)


def seconds_for_usd(spend_usd: float, per_hour: float | None, attempts: int | None = None) -> int | None:
    """The limit that keeps a job within a sum, in whole minutes; None when none of a minute or more does."""
    if not per_hour:
        return None
    minutes = int(spend_usd / per_hour / (attempts or 1) * HOUR_SECONDS / MINUTE_SECONDS + _HUNDREDTHS)
    return minutes * MINUTE_SECONDS or None


def spec_usd_per_hour(spec: JobSpec, catalogue: Catalogue) -> float | None:
    """Dollars an hour of a job."""
    return usd_per_hour(spec.flavor, catalogue, exposes=bool(spec.expose or spec.expose_public))


def spec_usd_at_limit(spec: JobSpec, catalogue: Catalogue) -> float | None:
    """The most a job, or one run of a scheduled job, can cost."""
    return usd_at_limit(spec_usd_per_hour(spec, catalogue), spec.timeout_seconds, spec.attempts)


def price_and_limit(
    draft: Draft, spec: JobSpec | None, catalogue: Catalogue
) -> tuple[float | None, int | None, int | None]:
    """Dollars an hour, timeout in seconds and attempts; of the draft as far as it goes while it is no job."""
    if spec is not None:
        return spec_usd_per_hour(spec, catalogue), spec.timeout_seconds, spec.attempts
    per_hour = usd_per_hour(draft.flavor.strip() or DEFAULT_FLAVOR, catalogue)
    return per_hour, typed_seconds(draft.timeout_amount, draft.timeout_unit), None
