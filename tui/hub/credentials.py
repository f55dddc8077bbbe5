"""Which token to use, and how to speak of it without ever showing it (jobs-api.md §1)."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping

from ..domain.errors import ErrorKind, HubError
from .endpoint import Endpoint

TOKEN_VARIABLES = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
"""Names huggingface_hub reads, in its order."""

_TRUSTED_PUBLISHER_VARIABLE = "HF_OIDC_RESOURCE"
"""When set, huggingface_hub exchanges an identity for a token, which beats every other source."""


class Token:
    """An access token that shows itself to nobody but `reveal()`."""

    __slots__ = ("_value", "source")

    def __init__(self, value: str, source: str) -> None:
        cleaned = value.strip()
        if not cleaned.isascii() or not cleaned.isprintable() or " " in cleaned:
            raise HubError(
                ErrorKind.UNAUTHORIZED,
                f"The token from {source} holds characters no token has",
                advice="Copy it again from the settings of the Hub: it is one line of letters and digits.",
            )
        self._value = cleaned
        self.source = source
        """Where it came from, in words for a message: "--token", "HF_TOKEN in the environment"."""

    def reveal(self) -> str:
        """The token itself: for the Authorization header and for scrubbing it from texts, nothing else."""
        return self._value

    def __repr__(self) -> str:
        return f"Token(from {self.source})"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Token) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


def find_token(
    endpoint: str, typed: str | None = None, environ: Mapping[str, str] | None = None
) -> Token | None:
    """The token for an endpoint; None when there is none.

    A server on this machine gets only what was typed or stands in the environment: a login stored for
    the Hub is never sent to it.
    """
    if typed and typed.strip():
        return Token(typed, "--token")
    environ = os.environ if environ is None else environ
    from_environment = _from_environment(environ)
    if Endpoint.parse(endpoint).loopback:
        return from_environment
    if from_environment is not None and not environ.get(_TRUSTED_PUBLISHER_VARIABLE):
        return from_environment
    return _from_library()


def no_token(endpoint: Endpoint) -> HubError:
    """The error for a request that needs a token when there is none."""
    if endpoint.loopback:
        advice = (
            "A login stored for the Hub is never sent to a server on this machine: "
            "set HF_TOKEN to what the local hub printed, or give --token."
        )
    else:
        advice = "Run `hf auth login`, or set HF_TOKEN, or start with --token."
    return HubError(ErrorKind.NO_TOKEN, f"Not logged in to {endpoint.host}", advice=advice)


def silence_library() -> None:
    """Take huggingface_hub's own log handler off the terminal: it would write across the screen."""
    logger = logging.getLogger("huggingface_hub")
    for handler in list(logger.handlers):
        if not isinstance(handler, logging.NullHandler):
            logger.removeHandler(handler)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _from_environment(environ: Mapping[str, str]) -> Token | None:
    for name in TOKEN_VARIABLES:
        if environ.get(name, "").strip():
            return Token(environ[name], f"{name} in the environment")
    return None


def _from_library() -> Token | None:
    """Ask huggingface_hub, which also renews a login that is about to expire."""
    from huggingface_hub import get_token
    from huggingface_hub.errors import HfHubHTTPError, OIDCError

    silence_library()
    try:
        value = get_token()
    except (OIDCError, HfHubHTTPError, OSError, ValueError) as trouble:
        raise HubError(
            ErrorKind.NO_TOKEN,
            "The stored login could not be read",
            advice="Run `hf auth login` again, or set HF_TOKEN.",
            detail=type(trouble).__name__,
        ) from None
    return Token(value, "the login stored by `hf auth login`") if value and value.strip() else None
