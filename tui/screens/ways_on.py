"""What can be done about a refusal, each with the key that does it: a dialog is not a dead end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.message import Message

from ..domain.errors import ErrorKind, HubError
from ..domain.hub_pages import billing_page, ssh_keys_page, tokens_page
from ..domain.identity import Identity
from ..domain.job import Job
from ..domain.schedule import ScheduledJob
from ..messages import BrowseRequested, JobTakenUp, PayerWanted
from ..messages.places import LastJobRequested


class Way(NamedTuple):
    """One way to go on."""

    verb: str
    """What of the action's id follows `refusal.`."""
    label: str
    wish: Message
    """Posted when it is taken."""


def after_refusal(
    error: HubError,
    *,
    payer: str,
    identity: Identity | None,
    endpoint: str,
    job: Job | None = None,
    schedule: ScheduledJob | None = None,
) -> tuple[Way, ...]:
    """Ways on from a request that was refused. It was about a job, a scheduled job, or what is composed.

    `payer` is the namespace it was for, empty for the user's own.
    """
    return tuple(_ways(error, payer, identity, endpoint, job, schedule))


def _ways(
    error: HubError,
    payer: str,
    identity: Identity | None,
    endpoint: str,
    job: Job | None,
    schedule: ScheduledJob | None,
) -> Iterator[Way]:
    own_name = identity.name if identity else ""
    if error.kind is ErrorKind.NO_CREDIT:
        page = billing_page(endpoint, payer, own_name)
        yield Way("page", "billing page", BrowseRequested(page))
    elif error.kind is ErrorKind.FORBIDDEN:
        yield Way("page", "token settings", BrowseRequested(tokens_page(endpoint)))
    elif error.kind is ErrorKind.CONFLICT and schedule is not None and schedule.last_job_id:
        yield Way("job", "running job", LastJobRequested(schedule))
    if error.kind not in (ErrorKind.NO_CREDIT, ErrorKind.FORBIDDEN) or schedule is not None:
        return
    if job is not None and error.kind is ErrorKind.NO_CREDIT:
        yield Way("edit", "edit & rerun", JobTakenUp(job))
    elif job is None and identity is not None and identity.organisations:
        yield Way("payer", "another namespace", PayerWanted(payer or own_name))


def without_ssh(job: Job) -> Way:
    """The way on from a job that cannot be entered: another like it, with SSH switched on."""
    return Way("edit", "edit & rerun with SSH", JobTakenUp(job, ssh=True))


def without_key(endpoint: str) -> Way:
    """The way on when SSH did not let us in."""
    return Way("page", "SSH keys page", BrowseRequested(ssh_keys_page(endpoint)))
