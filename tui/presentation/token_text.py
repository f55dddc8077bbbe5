"""What the token cannot do, in the header."""

from __future__ import annotations

from ..domain.identity import Identity


def token_words(identity: Identity, namespace: str) -> str:
    """The right that is missing to start jobs, in one namespace or anywhere; empty when none is known."""
    missing = identity.missing_right(namespace) if namespace else identity.starts_no_jobs
    if not missing:
        return ""
    return f"read-only token: no {missing}" if identity.only_reads else f"token without {missing}"


def token_doubt(identity: Identity | None, namespace: str) -> str:
    """Why the Hub is to refuse a job of this token, for the last question; empty when none is known."""
    missing = identity.missing_right(namespace or identity.name) if identity else ""
    if identity is None or not missing:
        return ""
    kind = "read-only" if identity.only_reads else "fine-grained"
    return f"{kind}: the right {missing} is missing, so the Hub is to refuse it"
