"""What can be typed as a filter, for the help screen and the README: one source for both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..domain.hardware import bundled_catalogue
from ..domain.query_fields import Fields
from .job_columns import job_columns
from .job_fields import job_fields

FORMS: tuple[tuple[str, str], ...] = (
    ('train "two words"', "Words that must all be in the row"),
    ("status:failed", "A field and how its value, or a word in it, begins; * stands for anything"),
    ("flavor:gpu|tpu", "Either value"),
    ("cost:>1 run:<=90m", "Compare; without a sign: at least"),
    ("created:<2d", "Younger than two days"),
    ("created:yesterday", "A day: today, mon, 2026-10-01; or days: 2026-10-01..2026-10-07"),
    ("-owner:acme", "Leave out"),
    ("a OR b", "Either side"),
    ("@name=… @name", "Save a filter, use it"),
)


def field_lines(fields: Fields[Any]) -> Iterator[tuple[str, str]]:
    """Each field with what it looks at."""
    for field in fields:
        yield f"{field.name}:", field.about[0].upper() + field.about[1:]


def filter_table() -> str:
    """The forms and the fields of the jobs table in Markdown."""
    catalogue = bundled_catalogue()
    fields = job_fields(job_columns(catalogue), catalogue)
    rows = [*FORMS, *field_lines(fields)]
    lines = [f"| `{_cell(form)}` | {_cell(words)} |" for form, words in rows]
    return "\n".join(["| filter | what it keeps |", "| --- | --- |", *lines])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
