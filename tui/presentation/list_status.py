"""The status line of a screen with a list: how many, how fresh, and what is wrong."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from ..domain.errors import HubError
from ..domain.text import safe
from ..domain.units import clock_time
from .job_text import toned


def list_status(
    counted: str,
    *,
    marked: int = 0,
    filter_text: str = "",
    shown: int = 1,
    mistake: str = "",
    error: HubError | None = None,
    read_at: datetime | None = None,
    reading: str = "",
    sorted_by: str = "",
    blank: bool = False,
    ascii_only: bool = False,
) -> Content:
    """One line. A mistake in the filter comes first, then trouble, then the counts.

    Trouble is said in short when the list is `blank`: it fills the screen then.
    """
    if mistake:
        return toned(f" {safe(mistake)}", "bad")
    if error is not None:
        sign = "!" if ascii_only else "⚠"
        if blank:
            return Content.styled(f" {sign} {error.short}", "$text-error bold")
        parts = [f" {sign} {error.short}: {safe(error.title)}"]
        if read_at is not None:
            parts.append(f"rows as of {clock_time(read_at)}")
        return Content.assemble(
            Content.styled(" · ".join([*parts, "r tries again"]), "$text-error bold"),
            toned(f"  {safe(error.advice)}" if error.advice else "", "plain"),
        )
    if filter_text and not shown:
        return toned(f" nothing matches “{safe(filter_text)}”: esc clears the filter", "warn")
    parts = [counted] if counted else []
    if marked:
        parts.append(f"{marked:,} marked, esc unmarks")
    if filter_text:
        parts.append(f"filter “{safe(filter_text)}”, esc clears it")
    if sorted_by:
        parts.append(f"sort {safe(sorted_by)}")
    if reading:
        parts.append(reading)
    return toned(f" {' · '.join(parts)}", "dim")
