"""The fields by which scheduled jobs are filtered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ..domain.hardware import Catalogue
from ..domain.query_fields import Field, Fields
from ..domain.query_values import USD
from ..domain.schedule import ScheduledJob
from .column_fields import column_fields
from .job_titles import labels_line, title, what
from .job_words import known_state_words, state_words
from .schedule_columns import ScheduleCells, schedule_columns
from .schedule_text import schedule_words


def schedule_fields(cells: ScheduleCells, catalogue: Callable[[], Catalogue]) -> Fields[ScheduledJob]:
    """The fields of the table of schedules."""

    def hardware(row: ScheduledJob, now: datetime) -> tuple[str, ...]:
        flavor = catalogue().get(row.what.flavor)
        return (row.what.flavor, *((flavor.family,) if flavor else ()))

    def last_state(row: ScheduledJob, now: datetime) -> tuple[str, ...]:
        job = cells.jobs.get(row.last_job_id)
        return () if job is None else state_words(job)

    known: dict[str, Field[ScheduledJob]] = {
        "state": Field(
            "status",
            "active or suspended",
            _state,
            ("stage",),
            closed=("active", "suspended"),
            offered=_state,
        ),
        "name": Field("name", "the name", lambda row, now: (row.what.name, title(row.what)), ("title",)),
        "when": Field(
            "when",
            "when it runs",
            lambda row, now: (row.schedule, schedule_words(row.schedule)),
            ("schedule", "cron"),
        ),
        "next": Field("next", "when it runs next", _nothing, ("next-run",)),
        "last": Field(
            "last",
            "state of its last job",
            last_state,
            ("last-job",),
            closed=(*known_state_words(), "not in list", "–"),
            offered=lambda row, now: last_state(row, now)[:1],
        ),
        "ran": Field("ran", "when it ran last, or how long ago", _nothing, ("last-run",)),
        "flavor": Field("flavor", "the flavor, or gpu, cpu, tpu", hardware, ("hardware",), offered=hardware),
        "what": Field(
            "image",
            "image, Space or script",
            lambda row, now: (row.what.image, row.what.space_id),
            ("space",),
        ),
        "labels": Field("label", "a label, or key=value", _labels, offered=_labels),
        "owner": Field(
            "owner", "user or organisation", lambda row, now: (row.namespace,), ("namespace", "org")
        ),
        "id": Field("id", "the id", lambda row, now: (row.id,), offered=_nothing),
    }
    command: Field[ScheduledJob] = Field(
        "command",
        "the command",
        lambda row, now: (" ".join(row.what.command), *row.what.command),
        ("cmd",),
        offered=_nothing,
    )
    price: Field[ScheduledJob] = Field(
        "price",
        "dollars an hour",
        _nothing,
        ("$/h", "rate"),
        unit=USD,
        number=lambda row, now: flavor.usd_per_hour if (flavor := catalogue().get(row.what.flavor)) else None,
    )
    return Fields((*column_fields(schedule_columns(cells), known), command, price), _text)


def _nothing(row: ScheduledJob, now: datetime) -> tuple[str, ...]:
    return ()


def _state(row: ScheduledJob, now: datetime) -> tuple[str, ...]:
    return ("suspended" if row.suspended else "active",)


def _labels(row: ScheduledJob, now: datetime) -> tuple[str, ...]:
    return tuple(f"{key}={value}" if value else key for key, value in row.labels.items() if key != "name")


def _text(row: ScheduledJob, now: datetime) -> str:
    job = row.what
    parts = (title(job), what(job), f"{row.namespace}/{row.id}", *_state(row, now), job.flavor, job.image)
    more = (job.space_id, labels_line(job), " ".join(job.command), row.schedule, schedule_words(row.schedule))
    return "\n".join((*parts, *more)).casefold()
