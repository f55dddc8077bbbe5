"""What can go wrong between us and the Hub, as one tree every layer may name.

    HubError
    ├── ErrorKind.NO_TOKEN       nobody is logged in
    ├── ErrorKind.UNAUTHORIZED   401: the token is wrong or has expired
    ├── ErrorKind.NO_CREDIT      402: the payer cannot pay
    ├── ErrorKind.FORBIDDEN      403: the token or the organisation does not allow it
    ├── ErrorKind.NOT_FOUND      404: no such thing, or it lies in another namespace
    ├── ErrorKind.CONFLICT       409
    ├── ErrorKind.REFUSED        any other 4xx: the Hub did not like the request
    ├── ErrorKind.RATE_LIMITED   429
    ├── ErrorKind.SERVER         5xx
    ├── ErrorKind.GARBLED        an answer that is no Jobs answer
    ├── ErrorKind.UNREACHABLE    name look-up, refused connection, TLS, proxy
    ├── ErrorKind.TIMED_OUT      no answer in time
    └── ErrorKind.UNAVAILABLE    something this installation or this hub cannot do

Meanings of the statuses: jobs-api.md §11.
"""

from __future__ import annotations

from enum import Enum


class ErrorKind(Enum):
    """Where in the tree an error stands; the value is the word shown for it in a status line."""

    NO_TOKEN = "not logged in"  # noqa: S105
    UNAUTHORIZED = "token refused"
    NO_CREDIT = "no credit"
    FORBIDDEN = "not allowed"
    NOT_FOUND = "not found"
    CONFLICT = "conflict"
    REFUSED = "refused"
    RATE_LIMITED = "rate limited"
    SERVER = "server trouble"
    GARBLED = "unreadable answer"
    UNREACHABLE = "offline"
    TIMED_OUT = "no answer"
    UNAVAILABLE = "not available"


_PASSING = {
    ErrorKind.RATE_LIMITED,
    ErrorKind.SERVER,
    ErrorKind.GARBLED,
    ErrorKind.UNREACHABLE,
    ErrorKind.TIMED_OUT,
}


class HubError(Exception):
    """A request that did not do what was asked: what happened, to what, and what to do about it.

    `title` is one short sentence, `advice` what the user can do, `detail` the server's own words (hostile
    text: make it safe before showing it). None of them ever holds a token or a secret.
    """

    def __init__(
        self,
        kind: ErrorKind,
        title: str,
        *,
        advice: str = "",
        detail: str = "",
        status: int | None = None,
        request_id: str | None = None,
        retry_after_seconds: float | None = None,
        outcome_unclear: bool = False,
    ) -> None:
        super().__init__(title)
        self.kind = kind
        self.title = title
        self.advice = advice
        self.detail = detail
        self.status = status
        self.request_id = request_id
        self.retry_after_seconds = retry_after_seconds
        self.outcome_unclear = outcome_unclear
        """True when a write may have taken effect although no answer came (jobs-api.md §3.3)."""

    @property
    def passing(self) -> bool:
        """Whether waiting and asking again can help; a poll backs off instead of stopping."""
        return self.kind in _PASSING

    @property
    def short(self) -> str:
        """A few words for a status line: "server trouble 503"."""
        return f"{self.kind.value} {self.status}" if self.status else self.kind.value

    def sentences(self) -> str:
        """Title, the server's words and the advice, one a line, for a dialog."""
        request = f"Request id {self.request_id}" if self.request_id else ""
        return "\n".join(part for part in (self.title, self.detail, self.advice, request) if part)
