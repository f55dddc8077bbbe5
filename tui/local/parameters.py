"""What the parts of a request stand for: namespace, job, conditions, body."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from .identity import Account, Identity
from .jobs import Job
from .replies import Refusal
from .store import Query, Store

STAGES = ("SCHEDULING", "RUNNING", "COMPLETED", "CANCELED", "ERROR", "DELETED")
CURSOR_MAX_CHARS = 2048
DIGITS_MAX = 18
"""Of a number that can still mean something, here and in 64 bits."""


class Lookup:
    """Finds what a path names, if whoever asks may see or change it."""

    def __init__(self, identity: Identity, store: Store) -> None:
        self._identity = identity
        self._store = store

    def account(self, request: Request, *, to_write: bool = False) -> Account:
        """The namespace of the path."""
        namespace = request.path_params["namespace"]
        account = self._identity.account(namespace)
        if account is None:
            raise Refusal(404, f"Namespace {namespace!r} not found, or you have no access to it")
        if to_write and account.role == "read":
            raise Refusal(403, f"You have read access to {account.name}, but this needs write access")
        return account

    def job(self, request: Request, *, to_write: bool = False) -> Job:
        """The job of the path; 404 in any namespace but its own (jobs-api.md §3.4)."""
        account = self.account(request, to_write=to_write)
        job = self._store.get(account.name, request.path_params["job_id"])
        if job is None:
            raise Refusal(404, "Job not found")
        return job


def read_query(request: Request) -> Query:
    """The conditions of a list: any of the stages, all of the labels."""
    stages = request.query_params.getlist("stage")
    for stage in stages:
        if stage not in STAGES:
            raise Refusal(400, "Invalid query: stage: must be one of " + ", ".join(STAGES))
    return Query(stages, read_labels_wanted(request))


def read_labels_wanted(request: Request) -> list[tuple[str, str]]:
    """The `label=key=value` conditions; the value may be empty."""
    labels = request.query_params.getlist("label")
    if not all("=" in label for label in labels):
        raise Refusal(400, "Invalid query: label: must be key=value")
    return [(key, value) for key, _, value in (label.partition("=") for label in labels)]


def read_tail(request: Request) -> int | None:
    """How many of the last lines are wanted; more than there can be are all of them."""
    tail = request.query_params.get("tail")
    if tail is None:
        return None
    if not (tail.isascii() and tail.isdecimal()):
        raise Refusal(400, "Invalid query: tail: must be a whole number, at least 0")
    digits = tail.lstrip("0")
    return int(digits or "0") if len(digits) <= DIGITS_MAX else 10**DIGITS_MAX


def read_cursor(request: Request) -> str | None:
    """Where a page begins; opaque to clients."""
    cursor = request.query_params.get("cursor")
    if cursor is not None and len(cursor) > CURSOR_MAX_CHARS:
        raise Refusal(400, f"Invalid query: cursor: at most {CURSOR_MAX_CHARS} characters")
    return cursor


def link_to_next(request: Request, cursor: str) -> str:
    """The same list from the cursor on, as an absolute URL (jobs-api.md §3.1)."""
    query = [(key, value) for key, value in request.query_params.multi_items() if key != "cursor"]
    url = request.url.replace(query=urlencode([*query, ("cursor", cursor)]))
    return f'<{url}>; rel="next"'


async def read_body(request: Request) -> dict[str, Any]:
    """The body, which has to be a JSON object."""
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "Invalid body: not JSON") from error
    if not isinstance(body, dict):
        raise Refusal(400, "Invalid body: expected an object")
    return body
