"""A whole panel for what stops everything: what happened, why, and exactly what to type."""

from __future__ import annotations

from textual.content import Content

from ..domain.errors import ErrorKind, HubError
from ..domain.text import safe, safe_block


def trouble_panel(error: HubError, *, leaving: str) -> Content:
    """For an empty screen: there are no rows that could stay. `leaving` is what `q` does there."""
    parts = [Content.styled(safe(error.title), "bold $text-error")]
    if error.detail:
        parts.append(Content(safe_block(error.detail)))
    if error.advice:
        parts.append(Content(safe_block(error.advice)))
    if error.kind is ErrorKind.NO_TOKEN:
        parts.append(Content("Or look around without an account: `hf-jobs-tui --demo`."))
    parts.append(Content.styled(f"r tries again · q {leaving}", "dim"))
    return Content("\n\n").join(parts)
