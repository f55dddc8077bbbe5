"""Who owns what is about to be changed, where that is not the user."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..domain.identity import Identity
from ..domain.text import safe


def owners_words(namespaces: Sequence[str], identity: Identity | None) -> str:
    """`organisation acme`, `2 of organisation acme, 1 yours`; nothing when all of it is the user's own.

    As long as it is not known who the user is, nothing is taken for theirs.
    """
    user = identity.name.casefold() if identity is not None else None
    counts = Counter("" if name.casefold() == user else name for name in namespaces)
    if not set(counts) - {""}:
        return ""
    if len(namespaces) == 1:
        return _named(namespaces[0], identity)
    parts = [f"{count} of {_named(name, identity)}" for name, count in sorted(counts.items()) if name]
    return ", ".join(parts + ([f"{counts['']} yours"] if counts[""] else []))


def _named(namespace: str, identity: Identity | None) -> str:
    return f"organisation {safe(namespace)}" if identity is not None else safe(namespace)
