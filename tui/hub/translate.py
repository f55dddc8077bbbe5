"""Any refusal or accident to one HubError that names what was asked and says what to do (jobs-api.md §11)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple

from ..domain.errors import ErrorKind, HubError
from ..domain.text import safe
from .gauge import retry_after_seconds
from .request import Ask
from .server_words import request_id, server_words

_KINDS = {
    401: ErrorKind.UNAUTHORIZED,
    402: ErrorKind.NO_CREDIT,
    403: ErrorKind.FORBIDDEN,
    404: ErrorKind.NOT_FOUND,
    409: ErrorKind.CONFLICT,
    429: ErrorKind.RATE_LIMITED,
}


class _Words(NamedTuple):
    reason: str
    advice: str


def from_response(ask: Ask, status: int, headers: Mapping[str, str], body: bytes) -> HubError:
    """The error for a reply that is no success."""
    kind = _kind(status)
    words = _status_words(ask, status, kind, headers)
    return HubError(
        kind,
        ask.scrub(f"Could not {ask.doing}: {words.reason}"),
        advice=words.advice,
        detail=ask.scrub(server_words(headers, body)),
        status=status,
        request_id=request_id(headers),
        retry_after_seconds=retry_after_seconds(headers, time.time()) if status in (429, 503) else None,
        outcome_unclear=ask.writes and kind is ErrorKind.SERVER,
    )


def garbled(ask: Ask, problem: str, headers: Mapping[str, str]) -> HubError:
    """The error for a success that is no Jobs answer, like some web page HF_ENDPOINT points at."""
    html = "html" in headers.get("content-type", "").lower()
    what = "a web page came back, not an answer of the Jobs API" if html else problem
    return HubError(
        ErrorKind.GARBLED,
        f"Could not {ask.doing}: {what}",
        advice=f"Check that {ask.endpoint.url} is the address of a Hub (HF_ENDPOINT or --endpoint).",
        request_id=request_id(headers),
        outcome_unclear=ask.writes,
    )


def redirected(ask: Ask, location: str) -> HubError:
    """The error for a redirect: never followed, since the token would go with it."""
    return HubError(
        ErrorKind.GARBLED,
        f"Could not {ask.doing}: {ask.endpoint.host} sends us to another address",
        advice="Set HF_ENDPOINT or --endpoint to the address below if you trust it with your token.",
        detail=ask.scrub(safe(location)[:500]),
    )


def _kind(status: int) -> ErrorKind:
    if status in _KINDS:
        return _KINDS[status]
    return ErrorKind.SERVER if status >= 500 else ErrorKind.REFUSED


def _status_words(ask: Ask, status: int, kind: ErrorKind, headers: Mapping[str, str]) -> _Words:
    if kind is ErrorKind.UNAUTHORIZED:
        return _unauthorized(ask)
    if kind is ErrorKind.NO_CREDIT:
        return _no_credit(ask)
    if kind is ErrorKind.FORBIDDEN:
        where = f" in {safe(ask.namespace)}" if ask.namespace else ""
        return _Words(
            "not allowed",
            f"The token needs the permission to start and manage jobs{where} "
            f"({ask.endpoint.url}/settings/tokens), and an organisation can limit who uses Jobs.",
        )
    if kind is ErrorKind.NOT_FOUND:
        return _not_found(ask, headers)
    if kind is ErrorKind.CONFLICT:
        return _Words("something else is in the way", "Refresh to see how things stand.")
    if kind is ErrorKind.RATE_LIMITED:
        return _Words("too many requests", "It is tried again once the Hub allows it.")
    if kind is ErrorKind.SERVER:
        return _Words(f"the Hub has trouble ({status})", _try_again(ask))
    return _refused(status)


def _unauthorized(ask: Ask) -> _Words:
    if ask.token is None:
        return _Words("the Hub wants a token", "Run `hf auth login`, or set HF_TOKEN, or start with --token.")
    source = ask.token.source
    if ask.endpoint.loopback:
        advice = (
            "A local hub makes another token at each start: start this program with the HF_TOKEN it printed."
        )
    elif source.endswith("environment"):
        advice = "It beats the stored login: correct it, or unset it and run `hf auth login`."
    elif source == "--token":
        advice = "Give another one, or leave --token out and run `hf auth login`."
    else:
        advice = "Run `hf auth login` again."
    return _Words(f"the token is not accepted ({source})", advice)


def _no_credit(ask: Ask) -> _Words:
    path = (
        "settings/billing" if ask.payer_is_user else f"organizations/{safe(ask.namespace)}/settings/billing"
    )
    if ask.payer_is_user is None:
        path = "settings/billing, or in the billing settings of the organisation"
    return _Words(
        f"{safe(ask.namespace) or 'the payer'} has no credit for it",
        f"Add credit at {ask.endpoint.url}/{path}; or let another namespace pay.",
    )


def _not_found(ask: Ask, headers: Mapping[str, str]) -> _Words:
    if "html" in headers.get("content-type", "").lower():
        return _Words(
            "there is no Jobs API at that address",
            f"Check that {ask.endpoint.url} is the address of a Hub (HF_ENDPOINT or --endpoint).",
        )
    if ask.job_id or ask.schedule_id:
        return _Words(
            "there is no such job" if ask.job_id else "there is no such scheduled job",
            f"It was deleted, or lies in another namespace than {safe(ask.namespace)}, "
            "or the token may not see it.",
        )
    if ask.namespace:
        return _Words("no such namespace", "Check the name, and that the token may see its jobs.")
    return _Words("not found", f"Check that {ask.endpoint.url} is the address of a Hub.")


def _refused(status: int) -> _Words:
    advice = {
        400: "Correct what the Hub names, then send it again.",
        422: "Correct what the Hub names, then send it again.",
        406: "There is nothing of the kind for this job, or no longer.",
        407: "The proxy wants a login: see HTTPS_PROXY.",
        413: "It is larger than the Hub takes.",
    }
    return _Words(f"the Hub refused it ({status})", advice.get(status, ""))


def _try_again(ask: Ask) -> str:
    if ask.writes:
        return "It may have been done all the same: look before you try again."
    return "It is tried again by itself; https://status.huggingface.co tells of known trouble."
