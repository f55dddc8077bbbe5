"""Tells of every request that writes, and of every warning of the Hub.

Runs on the hub thread, at the one place all requests go through.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message

from ..domain.activity import Outcome, SentRequest, struck_out
from ..domain.convert import as_mapping
from ..domain.errors import HubError
from ..hub.client import HubClient
from ..hub.clock import Clock
from ..hub.hub_warnings import HubWarning
from ..hub.request import Ask
from ..hub.transport import Written
from ..messages.places import RequestSent

_MOST_WORDS = 300


class ActivityFeed:
    """Posts one `RequestSent` a request; nothing of a header, no secret, no value of a variable is in it."""

    def __init__(
        self, client: HubClient, post: Callable[[Message], object], *, clock: Clock | None = None
    ) -> None:
        self._client = client
        self._post = post
        self._clock = clock or Clock()
        self._count = 0

    def tell(self, written: Written) -> None:
        """Called once for every request that writes, after it was answered or given up."""
        from ..spec.hf_request import hf_of_request  # brings the spec builder with it: not at start

        ask, error = written.ask, written.error
        secrets, variables = _values(ask, "secrets"), _values(ask, "environment")
        identity = self._client.identity
        line = hf_of_request(ask.method, ask.path, ask.body, identity.name if identity else "")
        self._count += 1
        self._post(
            RequestSent(
                SentRequest(
                    number=self._count,
                    sent_at=self._clock.now(),
                    what=ask.doing,
                    method=ask.method,
                    path=ask.scrub(ask.path),
                    outcome=_outcome(error),
                    status=written.status,
                    words=struck_out(ask.scrub(_words(error)), secrets + variables),
                    seconds=written.seconds,
                    hf_line=struck_out(ask.scrub(line), secrets),
                    request_id=(error.request_id or "") if error else "",
                    subject_id=ask.job_id or ask.schedule_id,
                    name=struck_out(_name(ask), secrets),
                )
            )
        )

    def warn(self, warning: HubWarning) -> None:
        """Called for a warning that the Hub sent beside an answer, once a topic."""
        ask = warning.ask
        self._count += 1
        self._post(
            RequestSent(
                SentRequest(
                    number=self._count,
                    sent_at=self._clock.now(),
                    what=ask.doing,
                    method=ask.method,
                    path=ask.scrub(ask.path),
                    outcome=Outcome.WARNED,
                    status=warning.status,
                    words=struck_out(warning.text, _values(ask, "secrets")),
                    seconds=0.0,
                    hf_line="",
                    subject_id=ask.job_id or ask.schedule_id,
                )
            )
        )


def _name(ask: Ask) -> str:
    """The name in the labels of what is to be made; empty when it is about something that exists."""
    body = ask.body or {}
    labels = as_mapping(as_mapping(body.get("jobSpec", body)).get("labels"))
    return str(labels.get("name", "")) if ask.method == "POST" else ""


def _outcome(error: HubError | None) -> Outcome:
    if error is None:
        return Outcome.DONE
    if error.outcome_unclear:
        return Outcome.UNKNOWN
    return Outcome.NOT_SENT if error.status is None else Outcome.REFUSED


def _words(error: HubError | None) -> str:
    if error is None:
        return ""
    words = error.detail if error.status is not None and error.detail else error.title
    return words[:_MOST_WORDS]


def _values(ask: Ask, field: str) -> tuple[str, ...]:
    """Values of secrets or of variables in what is sent."""
    body = ask.body or {}
    values = as_mapping(as_mapping(body.get("jobSpec", body)).get(field)).values()
    return tuple(value for value in values if isinstance(value, str))
