"""Changing labels that others change too: the Hub only knows "replace all" (jobs-api.md §3.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LabelEdit:
    """What somebody wants to be different, whatever else a job is labelled with."""

    written: Mapping[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)

    def over(self, labels: Mapping[str, str]) -> dict[str, str]:
        """These labels with the edit made."""
        kept = {key: value for key, value in labels.items() if key not in self.removed}
        return {**kept, **self.written}


@dataclass(frozen=True, slots=True)
class Overruled:
    """A label that somebody else changed meanwhile, and the edit as well: the edit holds."""

    key: str
    theirs: str | None
    """None when they had removed it."""
    ours: str | None


@dataclass(frozen=True, slots=True)
class LabelMerge:
    """An edit brought together with the labels as they are now."""

    before: Mapping[str, str]
    labels: Mapping[str, str]
    """What is to be written."""
    overruled: tuple[Overruled, ...] = ()
    theirs: tuple[str, ...] = ()
    """Keys that somebody else changed meanwhile and the edit does not touch: they stay so."""


def merge(edit: LabelEdit, seen: Mapping[str, str], now: Mapping[str, str]) -> LabelMerge:
    """Make an edit to the labels as they are `now`; `seen` are those it was made with in view."""
    changed = [key for key in dict.fromkeys((*seen, *now)) if seen.get(key) != now.get(key)]
    touched = edit.written.keys() | edit.removed
    labels = edit.over(now)
    overruled = [
        Overruled(key, now.get(key), labels.get(key))
        for key in changed
        if key in touched and now.get(key) != labels.get(key)
    ]
    theirs = tuple(key for key in changed if key not in touched)
    return LabelMerge(now, labels, tuple(overruled), theirs)


def shared_labels(jobs: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The labels that all of these have alike."""
    first = jobs[0] if jobs else {}
    return {key: value for key, value in first.items() if all(job.get(key) == value for job in jobs)}


def unlike_keys(jobs: Iterable[Mapping[str, str]], shared: Mapping[str, str]) -> list[str]:
    """Keys that some have and not all of them alike."""
    return sorted({key for job in jobs for key in job if key not in shared})
