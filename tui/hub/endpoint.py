"""Where the Hub is: an address checked once, then asked for origins, API paths and page links."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from ..domain.errors import ErrorKind, HubError
from ..domain.text import safe

DEFAULT_ENDPOINT = "https://huggingface.co"
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The base address of a hub, without a trailing slash."""

    url: str

    @classmethod
    def parse(cls, text: str) -> Endpoint:
        """Check an address given by a person or by HF_ENDPOINT; a HubError says what is wrong with it."""
        url = text.strip().rstrip("/")
        problem = _problem(url)
        if problem:
            shown = safe(re.sub(r"//[^/]*@", "//", url))[:200]
            raise HubError(
                ErrorKind.UNREACHABLE,
                f"The address of the Hub, {shown!r}, {problem}",
                advice=f"Set HF_ENDPOINT or --endpoint to one like {DEFAULT_ENDPOINT}, or leave both out.",
            )
        return cls(url)

    @property
    def host(self) -> str:
        """The host with its port where one is given: what messages name."""
        return urlsplit(self.url).netloc

    @property
    def encrypted(self) -> bool:
        """Whether the connection is TLS."""
        return self.url.startswith("https:")

    @property
    def loopback(self) -> bool:
        """Whether it is a server on this machine, which must never get a stored login or a proxy."""
        name = urlsplit(self.url).hostname or ""
        if name == "localhost" or name.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False

    def api(self, *segments: str) -> str:
        """The address of an API route; every segment is one path element, whatever it contains."""
        return "/".join((self.url, "api", *(_segment(segment) for segment in segments)))

    def same_origin(self, url: str) -> bool:
        """Whether an address lies on the same scheme, host and port, so that the token may go there."""
        return _origin(url) == _origin(self.url)


def _problem(url: str) -> str:
    if not url.isprintable() or " " in url:
        return "holds characters no address has."
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "cannot be read as an address."
    if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
        return "does not start with https:// and a host."
    if parts.username is not None:
        return "holds a user name, which would go out in place of the token."
    return "has a query." if parts.query or parts.fragment else ""


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return "", None, None


def _segment(text: str) -> str:
    quoted = quote(text, safe="", errors="replace")
    return quoted.replace(".", "%2E") if text in (".", "..") else quoted
