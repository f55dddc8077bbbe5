"""What can go wrong before there is a reply at all: network, name, TLS, proxy, time."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import NamedTuple

from ..domain.errors import ErrorKind, HubError
from ..domain.text import safe
from .request import Ask


class _Accident(NamedTuple):
    kind: ErrorKind
    reason: str
    advice: str
    sent: bool
    """Whether the request may have reached the server."""


def from_exception(ask: Ask, error: Exception) -> HubError:
    """The error for a request that got no reply, or only a part of one."""
    accident = _classify(ask, error)
    advice = accident.advice
    unclear = ask.writes and accident.sent
    if unclear:
        advice = f"It may have been done all the same: look before you try again. {advice}".strip()
    return HubError(
        accident.kind,
        f"Could not {ask.doing}: {accident.reason}",
        advice=advice,
        detail=ask.scrub(safe(str(error))[:500]),
        outcome_unclear=unclear,
    )


def unusable_settings(ask: Ask, problem: Exception) -> HubError:
    """The error when not even a client can be made: a proxy or certificate setting that cannot be used."""
    return HubError(
        ErrorKind.UNREACHABLE,
        f"Could not {ask.doing}: the proxy or certificate settings of this environment do not work",
        advice="Check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR.",
        detail=ask.scrub(safe(str(problem))[:500]),
    )


def _classify(ask: Ask, error: Exception) -> _Accident:
    import httpx2

    host = ask.endpoint.host
    if isinstance(error, httpx2.ProxyError):
        return _unreachable("the proxy refused the connection", "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.")
    if isinstance(error, (httpx2.ConnectTimeout, httpx2.PoolTimeout)):
        return _Accident(ErrorKind.TIMED_OUT, f"no connection to {host} in time", _network(ask), sent=False)
    if isinstance(error, (httpx2.TimeoutException, TimeoutError)):
        return _Accident(ErrorKind.TIMED_OUT, f"no answer from {host} in time", _network(ask), sent=True)
    if isinstance(error, httpx2.ConnectError):
        return _no_connection(ask, error)
    if isinstance(error, (httpx2.UnsupportedProtocol, httpx2.InvalidURL)):
        return _unreachable(f"{ask.endpoint.url} is no usable address", "Check HF_ENDPOINT or --endpoint.")
    if isinstance(error, httpx2.LocalProtocolError):
        return _Accident(ErrorKind.REFUSED, "it cannot be put into a request", "", sent=False)
    if isinstance(error, httpx2.DecodingError):
        return _Accident(ErrorKind.GARBLED, f"{host} sent a broken answer", "", sent=True)
    return _Accident(ErrorKind.UNREACHABLE, f"the connection to {host} broke", _network(ask), sent=True)


def _no_connection(ask: Ask, error: Exception) -> _Accident:
    host = ask.endpoint.host
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return _unreachable(
            f"no secure connection to {host}",
            "Check the clock of this machine, and SSL_CERT_FILE behind a company proxy.",
        )
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return _unreachable(f"the name {host} is not known here", _network(ask))
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return _unreachable(f"nothing answers at {host}", _network(ask))
    return _unreachable(f"no connection to {host}", _network(ask))


def _unreachable(reason: str, advice: str) -> _Accident:
    return _Accident(ErrorKind.UNREACHABLE, reason, advice, sent=False)


def _network(ask: Ask) -> str:
    if ask.endpoint.loopback:
        return "Does the server on this machine run? `hf-jobs-tui hub` starts one; HF_ENDPOINT points at it."
    return "Check the network of this machine and HF_ENDPOINT."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
