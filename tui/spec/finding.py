"""What is worth knowing of a job before it is sent, and what would put it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .draft import Draft

Grade = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of the form that does away with a finding."""

    label: str
    """What it does, as a verb: "run it through sh -c"."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know. An error blocks the submit."""

    grade: Grade
    field: str
    """The `Draft` attribute it is about."""

    message: str
    fix: Fix | None = None


def warning(field: str, message: str, fix: Fix | None = None) -> Finding:
    """Return a finding to be looked at, which stops nothing."""
    return Finding("warning", field, message, fix)
