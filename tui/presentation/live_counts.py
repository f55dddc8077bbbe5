"""How many jobs run and wait, and what they burn: a dash for what is not known now, never a zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum

from ..domain.hardware import Catalogue
from ..domain.job import Job
from ..domain.money import burn_usd_per_hour, priced
from ..domain.snapshot import Snapshot
from ..domain.units import UNKNOWN, money
from .cells import Tone


class Known(Enum):
    """How much of the live jobs is known at this moment."""

    NOTHING = "not read yet, or what was read is no longer true"
    SOME = "a part of the list: there may be more"
    ALL = "the whole list"


def how_known(snapshot: Snapshot, *, read: bool, in_trouble: bool) -> Known:
    """What the counts of these jobs are worth. `read` is whether any of them came in this session."""
    if in_trouble or not read or snapshot.remembered_at is not None:
        return Known.NOTHING
    return Known.ALL if snapshot.complete else Known.SOME


def live_counts(
    live: Iterable[Job], catalogue: Catalogue, known: Known, *, ascii_only: bool
) -> Iterator[tuple[str, Tone]]:
    """`● 3 running`, `○ 1 waiting`, `~$12.30/h`, each with its tone."""
    live = tuple(live)
    by_stage = Counter(job.stage for job in live)
    running, waiting = ("R", ".") if ascii_only else ("●", "○")
    yield _count(f"{running} ", by_stage["RUNNING"], " running", known, "good")
    yield _count(f"{waiting} ", by_stage["SCHEDULING"], " waiting", known, "warn")
    yield f"{_burn(live, catalogue, known)}/h", "plain"


def _count(sign: str, count: int, word: str, known: Known, tone: Tone) -> tuple[str, Tone]:
    if known is Known.NOTHING or (known is Known.SOME and not count):
        return f"{sign}{UNKNOWN}{word}", "dim"
    more = "+" if known is Known.SOME else ""
    return f"{sign}{count}{more}{word}", tone if count else "dim"


def _burn(live: tuple[Job, ...], catalogue: Catalogue, known: Known) -> str:
    running = [job for job in live if job.stage == "RUNNING"]
    burn = burn_usd_per_hour(running, catalogue)
    whole = known is Known.ALL and all(priced(job, catalogue) for job in running)
    if known is Known.NOTHING or (not whole and not burn):
        return UNKNOWN
    return money(burn, estimated=True) + ("" if whole else "+")
