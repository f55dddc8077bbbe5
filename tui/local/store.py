"""The jobs the hub knows, and the pages it lists them in (jobs-api.md §3.1)."""

from __future__ import annotations

import base64
import binascii
import bisect
import json
import math
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .jobs import Job

PAGE_SIZE = 100
Position = tuple[float, int]
"""Creation time and the order of arrival, which tells apart jobs of one millisecond."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which jobs of a namespace are meant: any of the stages, all of the labels; empty means no condition."""

    stages: Collection[str] = ()
    labels: Collection[tuple[str, str]] = ()

    def matches(self, job: Job) -> bool:
        """Whether the job is one of them."""
        labels = job.request.labels
        return (not self.stages or job.stage in self.stages) and all(
            labels.get(key) == value for key, value in self.labels
        )


class Store:
    """Jobs by id and, for each namespace, by age."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._by_age: dict[str, list[tuple[Position, Job]]] = {}

    def __iter__(self) -> Iterator[Job]:
        return iter(list(self._jobs.values()))

    def add(self, job: Job) -> None:
        """Take in a new job."""
        entry = ((job.created_at, len(self._jobs)), job)
        self._jobs[job.id] = job
        bisect.insort(self._by_age.setdefault(job.owner.name, []), entry, key=_position)

    def get(self, namespace: str, job_id: str) -> Job | None:
        """The job, if it is in that namespace."""
        job = self._jobs.get(job_id)
        return job if job is not None and job.owner.name == namespace else None

    def count(self, namespace: str, query: Query) -> int:
        """How many jobs of the namespace match."""
        return sum(query.matches(job) for _, job in self._by_age.get(namespace, ()))

    def page(self, namespace: str, query: Query, cursor: str | None) -> tuple[list[Job], str | None]:
        """The newest matching jobs older than the cursor, and the cursor of the next page if there is one."""
        entries = self._by_age.get(namespace, [])
        end = len(entries) if cursor is None else bisect.bisect_left(entries, _read(cursor), key=_position)
        found: list[tuple[Position, Job]] = []
        for entry in reversed(entries[:end]):
            if not query.matches(entry[1]):
                continue
            if len(found) == PAGE_SIZE:
                return [job for _, job in found], _written(found[-1][0])
            found.append(entry)
        return [job for _, job in found], None

    def new_id(self, at_seconds: float) -> str:
        """An id as the Hub makes them: creation time in 8 hex digits, then 16 more."""
        while True:
            job_id = f"{int(at_seconds):08x}{secrets.token_hex(8)}"
            if job_id not in self._jobs:
                return job_id


def _position(entry: tuple[Position, Job]) -> Position:
    return entry[0]


def _written(position: Position) -> str:
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode()


def _read(cursor: str) -> Position:
    """The position a cursor stands for; ValueError for one the hub never gave out."""
    try:
        created_at, arrival = json.loads(base64.urlsafe_b64decode(cursor))
        position = float(created_at), int(arrival)
        if math.isnan(position[0]):
            raise ValueError("no moment")
        return position
    except (binascii.Error, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise ValueError("the cursor is not one of this hub") from error
