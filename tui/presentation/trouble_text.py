"""A whole panel for what stops everything: what happened, why, and exactly what to type."""

from __future__ import annotations

from textual.content import Content

from ..domain.errors import HubError
from ..domain.text import safe, safe_block


def trouble_panel(error: HubError) -> Content:
    """For an empty screen: there are no rows that could stay."""
    parts = [Content.styled(safe(error.title), "bold $text-error")]
    if error.detail:
        parts.append(Content(safe_block(error.detail)))
    if error.advice:
        parts.append(Content(safe_block(error.advice)))
    parts.append(Content.styled("r tries again · q quits", "dim"))
    return Content("\n\n").join(parts)
