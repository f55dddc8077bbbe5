"""What an answer must be at least: JSON, a list, a job. Anything else is an error that names the request."""

from __future__ import annotations

from typing import Any

from ..domain.job import Job
from ..domain.schedule import ScheduledJob
from .convert import job_from_json, schedule_from_json
from .request import Ask
from .translate import garbled
from .transport import Reply
from .wire import decode_json


def json_of(ask: Ask, reply: Reply) -> Any:
    """The body, decoded."""
    try:
        return decode_json(reply.body)
    except ValueError:
        raise garbled(ask, "the answer cannot be read", reply.headers) from None


def list_of(ask: Ask, reply: Reply) -> list[Any]:
    """The body as a list."""
    answer = json_of(ask, reply)
    if not isinstance(answer, list):
        raise garbled(ask, "the answer is no list", reply.headers)
    return answer


def job_of(ask: Ask, reply: Reply) -> Job:
    """The body as a job."""
    job = job_from_json(json_of(ask, reply), ask.namespace)
    if job is None:
        raise garbled(ask, "the answer is no job", reply.headers)
    return job


def schedule_of(ask: Ask, reply: Reply) -> ScheduledJob:
    """The body as a scheduled job."""
    schedule = schedule_from_json(json_of(ask, reply), ask.namespace)
    if schedule is None:
        raise garbled(ask, "the answer is no scheduled job", reply.headers)
    return schedule
