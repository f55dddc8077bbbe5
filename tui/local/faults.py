"""Trouble on demand: what goes wrong with which requests, and the words it is asked for in.

`GET /api/jobs/* 503 x3` is a method, a path and what shall happen; see `GRAMMAR`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any

METHODS = ("*", "GET", "HEAD", "POST", "PUT", "DELETE")
HTML_PAGE = "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>"
MALFORMED_JSON = b'[{"type":"job","id":"6a1c2d3e4f50617'
GRAMMAR = (
    "METHOD PATH WHAT... with * in PATH for any characters; WHAT is a status (503), x3 (three times only), "
    "delay=SECONDS, hang, reset, html, malformed, rate-limit=LEFT/SECONDS, retry-after=SECONDS, and for "
    "streams lines=N or bytes=N (then a clean end, or with reset or silent), silent, skip=N; "
    "last of all warning=TOPIC; TEXT, the X-HF-Warning of the real reply"
)


@dataclass(slots=True)
class Fault:
    """What goes wrong with which requests."""

    method: str
    path: str
    """A pattern: `*` stands for any characters, also slashes."""
    times: int | None = None
    """How many requests it strikes; None is all of them."""
    status: int | None = None
    body: Any = None
    """Text and bytes are sent as they are, anything else as JSON; None is an error in the Hub's form."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Of the reply in place of the real one; without status and body, set on the real one."""
    delay_seconds: float = 0
    hang: bool = False
    """Never answer."""
    reset: bool = False
    """Drop the connection: at once, or after `lines` or `bytes` when one is given."""
    lines: int | None = None
    """Let so many events of a stream through, then end it: cleanly, by `reset`, or by `silent`."""
    bytes: int | None = None
    """The same for bytes of any reply; one that had said its length ends too early."""
    silent: bool = False
    """Send nothing more, not even keep-alives, without an end."""
    skip: int = 0
    """Leave out so many events after the first, as a log does whose beginning is gone."""

    def strikes(self, method: str, path: str) -> bool:
        """Whether it is meant for this request and not used up; counts the use."""
        if self.method not in ("*", method) or not fnmatchcase(path, self.path) or self.times == 0:
            return False
        if self.times is not None:
            self.times -= 1
        return True

    @property
    def shapes(self) -> bool:
        """Whether the real reply goes out, changed."""
        return self.lines is not None or self.bytes is not None or self.silent or self.skip > 0

    @property
    def replaces(self) -> bool:
        """Whether another reply goes out in place of the real one."""
        return self.status is not None or self.body is not None


class FaultSyntaxError(ValueError):
    """Words that describe no fault."""


def parse_fault(text: str) -> Fault:
    """The fault that a line of words describes (`GRAMMAR`)."""
    text, warns, warning = text.partition(" warning=")
    method, path, *words = [*text.split(), "", ""][: max(2, len(text.split()))]
    if method.upper() not in METHODS:
        raise FaultSyntaxError(f"{method!r} is no method: one of {' '.join(METHODS)}")
    if not path.startswith(("/", "*")):
        raise FaultSyntaxError(f"{path!r} is no path: it starts with / or *")
    if not words and not warns:
        raise FaultSyntaxError(f"nothing is to happen: {GRAMMAR}")
    fault = Fault(method.upper(), path)
    for word in words:
        fault = _with_word(fault, word)
    return _with_header(fault, "X-HF-Warning", warning.strip()) if warns else fault


def _with_word(fault: Fault, word: str) -> Fault:
    for pattern, add in _WORDS:
        found = re.fullmatch(pattern, word)
        if found:
            return add(fault, *found.groups())
    raise FaultSyntaxError(f"{word!r} is nothing that can happen: {GRAMMAR}")


def _with_header(fault: Fault, name: str, value: str) -> Fault:
    return replace(fault, headers={**fault.headers, name: value})


def _with_page(fault: Fault) -> Fault:
    page = replace(fault, body=HTML_PAGE, status=502 if fault.status is None else fault.status)
    return _with_header(page, "Content-Type", "text/html")


def _malformed(fault: Fault) -> Fault:
    broken = replace(fault, body=MALFORMED_JSON, status=200 if fault.status is None else fault.status)
    return _with_header(broken, "Content-Type", "application/json")


def _with_gauge(fault: Fault, left: str, seconds: str) -> Fault:
    return _with_header(fault, "RateLimit", f'"api";r={left};t={seconds}')


_WORDS: tuple[tuple[str, Callable[..., Fault]], ...] = (
    (r"([2-5]\d\d)", lambda fault, status: replace(fault, status=int(status))),
    (r"x(\d+)", lambda fault, times: replace(fault, times=int(times))),
    (r"delay=(\d+(?:\.\d+)?)s?", lambda fault, seconds: replace(fault, delay_seconds=float(seconds))),
    ("hang", lambda fault: replace(fault, hang=True)),
    ("reset", lambda fault: replace(fault, reset=True)),
    ("silent", lambda fault: replace(fault, silent=True)),
    (r"lines=(\d+)", lambda fault, count: replace(fault, lines=int(count))),
    (r"bytes=(\d+)", lambda fault, count: replace(fault, bytes=int(count))),
    (r"skip=(\d+)", lambda fault, count: replace(fault, skip=int(count))),
    ("html", _with_page),
    ("malformed", _malformed),
    (r"rate-limit=(\d+)/(\d+)", _with_gauge),
    (r"retry-after=(\d+)", lambda fault, seconds: _with_header(fault, "Retry-After", seconds)),
)
