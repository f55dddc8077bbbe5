"""Changes of labels in words. Safe to show."""

from __future__ import annotations

from ..domain.labels import LabelMerge
from ..domain.text import safe

MOST_CHANGES = 4


def change_words(merge: LabelMerge) -> str:
    """What is different now, and what it replaced: "team=nlp (was ml), old=1 removed"."""
    before, after = merge.before, merge.labels
    words = [
        f"{safe(key)}={safe(value)}" + (f" (was {safe(before[key]) or 'empty'})" if key in before else "")
        for key, value in after.items()
        if before.get(key) != value
    ]
    words += [f"{safe(key)}={safe(value)} removed" for key, value in before.items() if key not in after]
    more = f" and {len(words) - MOST_CHANGES} more" if len(words) > MOST_CHANGES else ""
    return ", ".join(words[:MOST_CHANGES]) + more or "as they were"


def conflict_words(merge: LabelMerge) -> str:
    """What somebody else did meanwhile, a line each; empty when nobody did anything."""
    lines = [
        f"Somebody else had {_done(safe(one.key), one.theirs)} meanwhile. "
        f"It is {_state(one.ours)} now, as you wrote."
        for one in merge.overruled
    ]
    lines += [
        f"Somebody else has {_done(safe(key), merge.labels.get(key))} meanwhile. It stays so."
        for key in merge.theirs
    ]
    return "\n".join(lines)


def _done(key: str, value: str | None) -> str:
    return f"removed {key}" if value is None else f"set {key} to {safe(value) or 'nothing'}"


def _state(value: str | None) -> str:
    return "removed" if value is None else safe(value) or "empty"
