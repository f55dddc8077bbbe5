"""Runs that share a name as one row, until they are wanted one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from ..domain.job import Job
from .cells import Tone
from .glyphs import state_of

_PREFIX = "runs named "


@dataclass(frozen=True, slots=True)
class Fold:
    """Which names are folded: some, or all but some."""

    names: frozenset[str] = frozenset()
    all_but: bool = False
    """Whether `names` are those that are not folded."""

    def holds(self, name: str) -> bool:
        """Whether runs of that name are one row."""
        return bool(name) and (name in self.names) != self.all_but

    def turned(self, name: str) -> Fold:
        """The same with that name the other way round."""
        return Fold(self.names ^ {name}, self.all_but)


@dataclass(frozen=True, slots=True)
class FoldedRows:
    """The rows of a table by key, and what the folded ones among them stand for."""

    rows: Mapping[str, Job] = field(default_factory=dict)
    runs: Mapping[str, tuple[Job, ...]] = field(default_factory=dict)
    """Key of the row, also id of the job that stands for it, to its runs."""


def fold_key(name: str) -> str:
    """The key of the row that stands for the runs of a name."""
    return _PREFIX + name


def folded_rows(jobs: Collection[Job], fold: Fold) -> FoldedRows:
    """The jobs in their order; where a name is folded, its first job stands for all."""
    if fold == Fold():
        return FoldedRows({job.id: job for job in jobs})
    counts = Counter(job.name for job in jobs)
    runs: dict[str, list[Job]] = {}
    rows: dict[str, Job] = {}
    for job in jobs:
        if counts[job.name] < 2 or not fold.holds(job.name):
            rows[job.id] = job
            continue
        rows.setdefault(fold_key(job.name), job)
        runs.setdefault(job.name, []).append(job)
    found: dict[str, tuple[Job, ...]] = {}
    for name, members in runs.items():
        found[fold_key(name)] = found[members[0].id] = tuple(members)
    return FoldedRows(rows, found)


def counted_states(jobs: Iterable[Job], *, ascii_only: bool) -> tuple[str, Tone]:
    """`● 2 ✓ 9 ✗ 1`, in the tone of the state that matters most."""
    states = [state_of(job, ascii_only=ascii_only) for job in jobs]
    tones = {state.tone for state in states}
    order: tuple[Tone, ...] = ("good", "warn", "bad")
    tone: Tone = next((tone for tone in order if tone in tones), "dim")
    return " ".join(f"{glyph}{count}" for glyph, count in Counter(s.glyph for s in states).items()), tone
