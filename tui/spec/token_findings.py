"""What the token that would send a job is known not to be allowed (jobs-api.md §1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from tui.domain.identity import Identity

from .finding import Finding, warning


def token_findings(identity: Identity | None, namespace: str) -> Iterator[Finding]:
    """The right that is missing to start a job in a namespace, empty for the user's own."""
    if identity is None:
        return
    namespace = namespace or identity.name
    missing = identity.missing_right(namespace)
    if not missing:
        return
    token = f"The token “{identity.token_name}”" if identity.token_name else "The token"
    kind = "is read-only" if identity.only_reads else f"cannot start jobs of {namespace}"
    words = f"{token} {kind}: the right {missing} is missing, so the Hub is to refuse the job"
    yield warning("namespace", f"{words}; log in with another token")
