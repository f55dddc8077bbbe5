"""Which jobs a filter text keeps: words that all must match, `field:value`, `-` or `!` to turn one round.

train flavor:a10g* -status:completed label:team=ml
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from fnmatch import fnmatchcase

from .job import Job

Predicate = Callable[[Job], bool]

FIELDS: dict[str, Callable[[Job], tuple[str, ...]]] = {
    "status": lambda job: (job.stage, job.ending.value if job.ending else ""),
    "name": lambda job: (job.name,),
    "id": lambda job: (job.id,),
    "flavor": lambda job: (job.flavor,),
    "image": lambda job: (job.image, job.space_id),
    "owner": lambda job: (job.namespace,),
    "by": lambda job: (job.created_by,),
    "label": lambda job: tuple(f"{key}={value}" for key, value in job.labels.items()) + tuple(job.labels),
}
"""What each field of the grammar looks at."""


def compile_query(text: str) -> Predicate:
    """The test a filter text stands for. An empty one keeps everything; any text compiles."""
    terms = [_term(word) for word in _words(text)]
    return lambda job: all(term(job) for term in terms)


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # a quote not closed yet, while typing
        return text.replace('"', " ").replace("'", " ").split()


def _term(word: str) -> Predicate:
    if len(word) > 1 and word[0] in "-!":
        positive = _term(word[1:])
        return lambda job: not positive(job)
    name, colon, value = word.partition(":")
    if colon and name.lower() in FIELDS:
        return _field_term(FIELDS[name.lower()], value.casefold())
    wanted = word.casefold()
    return lambda job: any(wanted in part for part in _haystack(job))


def _field_term(read: Callable[[Job], tuple[str, ...]], wanted: str) -> Predicate:
    if not re.search(r"[*?]", wanted):
        return lambda job: any(part.casefold().startswith(wanted) for part in read(job) if part)
    return lambda job: any(fnmatchcase(part.casefold(), wanted) for part in read(job) if part)


def _haystack(job: Job) -> tuple[str, ...]:
    state = job.ending.value if job.ending else job.stage
    parts = (
        job.name,
        job.id,
        state,
        job.flavor,
        job.image,
        job.space_id,
        job.namespace,
        " ".join(job.command),
    )
    return tuple(part.casefold() for part in parts)
