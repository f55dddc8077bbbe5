"""The fields by which jobs are filtered: those of the columns, and a few that have none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from ..domain.hardware import Catalogue
from ..domain.job import Job
from ..domain.query_fields import Field, Fields
from ..domain.query_values import MOMENT, SECONDS
from .cells import Column
from .column_fields import column_fields
from .job_titles import started_by, title
from .job_words import FAILED, known_state_words, state_texts, state_words

_IS = ("live", "ended", "new", "watched")


def job_fields(
    columns: Iterable[Column[Job]],
    catalogue: Catalogue,
    *,
    new_ids: Callable[[], Collection[str]] = tuple,
    watched: Collection[str] = (),
) -> Fields[Job]:
    """The fields of the jobs table; `columns` must not speak for folded runs."""
    known = dict(_richer(catalogue))
    others = _without_column(lambda job: _kinds(job, new_ids(), watched))
    return Fields((*column_fields(columns, known), *others), _Texts().of)


def _richer(catalogue: Catalogue) -> Iterable[tuple[str, Field[Job]]]:
    """What the fields of some columns know beyond the cell."""
    families = {flavor.name: flavor.family for flavor in catalogue.flavors}

    def hardware(job: Job, now: datetime) -> tuple[str, ...]:
        return (job.flavor, *((families[job.flavor],) if job.flavor in families else ()))

    yield (
        "state",
        Field(
            "status",
            "the state; failed is every failure; oom, timeout",
            lambda job, now: state_texts(job),
            ("stage",),
            closed=known_state_words(),
            offered=lambda job, now: _shown_state(job),
            tells_cell=True,
        ),
    )
    yield "name", _texts("name", "the name", lambda job: (job.name, title(job)), "title")
    yield (
        "flavor",
        Field("flavor", "the flavor, or gpu, cpu, tpu", hardware, ("hardware",), offered=hardware),
    )
    yield "wait", Field("wait", "time until it started", _nothing, ("waited",))
    yield "run", Field("run", "time it has run", _nothing, ("ran", "runtime", "duration"))
    yield "left", Field("left", "time until its timeout", _nothing)
    yield "cost", Field("cost", "estimated cost in dollars", _nothing, ("spent",))
    yield "created", Field("created", "when it was created, or how long ago", _nothing, ("age", "date"))
    yield (
        "what",
        _texts("image", "image, Space or script", lambda job: (job.image, job.space_id), "space"),
    )
    yield "owner", _texts("owner", "user or organisation", lambda job: (job.namespace,), "namespace", "org")
    yield "rate", Field("price", "dollars an hour", _nothing, ("rate",))
    yield "by", _texts("by", "who or what started it", _starters, "user")
    yield "labels", _texts("label", "a label, or key=value", _labels, offered=_labels_in_full)
    yield "last", Field("last", "last line of its log, while the column is shown", _nothing, offered=_nothing)
    yield "id", _texts("id", "the id", lambda job: (job.id,), offered=_nothing)


def _without_column(kinds: Callable[[Job], tuple[str, ...]]) -> Iterable[Field[Job]]:
    yield _moment("started", "when it began to run", lambda job: job.started_at)
    yield _moment("ended", "when it ended", lambda job: job.finished_at, "finished")
    yield Field(
        "timeout",
        "the timeout it was given",
        _nothing,
        unit=SECONDS,
        number=lambda job, now: job.timeout_seconds,
    )
    yield _texts(
        "command", "the command", lambda job: (" ".join(job.command), *job.command), "cmd", offered=_nothing
    )
    yield _texts("why", "what the Hub says of its state", lambda job: (job.message,), "reason", "message")
    yield Field(
        "is",
        "live, ended, new (since you looked last) or watched",
        lambda job, now: kinds(job),
        closed=_IS,
        offered=lambda job, now: kinds(job),
    )


def _texts(
    name: str,
    about: str,
    read: Callable[[Job], tuple[str, ...]],
    *aliases: str,
    offered: Callable[[Job, datetime], tuple[str, ...]] | None = None,
) -> Field[Job]:
    def texts(job: Job, now: datetime) -> tuple[str, ...]:
        return read(job)

    return Field(name, about, texts, aliases, offered=offered or (lambda job, now: read(job)[:1]))


def _moment(name: str, about: str, read: Callable[[Job], datetime | None], *aliases: str) -> Field[Job]:
    return Field(name, about, _nothing, aliases, unit=MOMENT, number=lambda job, now: read(job))


def _nothing(row: Any, now: datetime) -> tuple[str, ...]:
    return ()


def _shown_state(job: Job) -> tuple[str, ...]:
    words = state_words(job)
    return words[0], *(word for word in words[-1:] if word == FAILED)


def _starters(job: Job) -> tuple[str, ...]:
    return started_by(job), job.created_by, job.initiator.name if job.initiator else ""


def _labels(job: Job) -> tuple[str, ...]:
    return tuple(f"{key}={value}" for key, value in job.labels.items())


def _labels_in_full(job: Job, now: datetime) -> tuple[str, ...]:
    return tuple(f"{key}={value}" if value else key for key, value in job.labels.items() if key != "name")


def _kinds(job: Job, new_ids: Collection[str], watched: Collection[str]) -> tuple[str, ...]:
    return (
        "live" if job.live else "ended",
        *(("new",) if job.id in new_ids else ()),
        *(("watched",) if job.id in watched else ()),
    )


class _Texts:
    """What a word without a field is looked for in, worked out once for each job."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Job, str]] = {}

    def of(self, job: Job, now: datetime) -> str:
        """In lower case; a job that is equal but another one is read anew."""
        entry = self._known.get(job.id)
        if entry is None or entry[0] is not job:
            entry = self._known[job.id] = (job, _haystack(job))
        return entry[1]


def _haystack(job: Job) -> str:
    parts = (title(job), f"{job.namespace}/{job.id}", *state_words(job), job.flavor, job.image, job.space_id)
    return "\n".join((*parts, *_labels(job), " ".join(job.command), *_starters(job))).casefold()
