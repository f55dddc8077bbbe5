"""The doors of the hub: who may ask at all, how much, and the headers every reply carries.

The hub runs commands, so it is closed to web pages (`Host` and `Origin`), to other users of the machine
(the token) and to anything too big. Jobs-api.md §1 (token), §11 (headers of replies).
"""

from __future__ import annotations

import asyncio
import hmac
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .clock import Clock
from .replies import Refusal

PUBLIC_PATHS = frozenset({"/api/jobs/hardware"})
HEADERS_MAX_BYTES = 1 << 15
BODY_MAX_BYTES = 4 << 20
BODY_SECONDS = 60
"""How long a body may take to arrive."""
DISCARD_MAX_BYTES = 64 << 20
WINDOW_SECONDS = 300
REQUESTS_PER_WINDOW = 10_000


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """A request as it arrived, for whoever observes the hub."""

    method: str
    path: str
    query_string: str
    headers: Headers
    body: bytes


class Doors:
    """The outermost layer: checks, bounds and marks every request and reply."""

    def __init__(
        self,
        app: ASGIApp,
        token: str,
        clock: Clock,
        observe: Callable[[ReceivedRequest], None] | None = None,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self._app = app
        self._bearer = f"Bearer {token}".encode()
        self._clock = clock
        self._gauge = _RateGauge(clock)
        self._observe = observe
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request_id = f"Root=1-{uuid.uuid4().hex[:8]}-{uuid.uuid4().hex[:24]};{uuid.uuid4()}"
        marks = {"X-Request-Id": request_id, "Date": formatdate(self._clock.now(), usegmt=True)}
        marks |= self._gauge.count()

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in marks.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        body = b""
        try:
            self._check(scope, headers)
            body = await _read_in_time(headers, receive, self._body_seconds)
        except Refusal as refusal:
            self._report(scope, headers, body)
            await refusal.response()(scope, receive, send_marked)
            return
        self._report(scope, headers, body)
        await self._app(scope, _replay(body, receive), send_marked)

    def _check(self, scope: Scope, headers: Headers) -> None:
        if sum(len(name) + len(value) for name, value in headers.raw) > HEADERS_MAX_BYTES:
            raise Refusal(431, f"Headers larger than {HEADERS_MAX_BYTES} bytes", {"Connection": "close"})
        port = scope["server"][1]
        if headers.get("host", "").lower() not in (f"127.0.0.1:{port}", f"localhost:{port}"):
            raise Refusal(403, "This hub answers to 127.0.0.1 and localhost only", {"Connection": "close"})
        if "origin" in headers:
            raise Refusal(403, "This hub does not answer to web pages", {"Connection": "close"})
        if scope["path"] in PUBLIC_PATHS and scope["method"] in ("GET", "HEAD"):
            return
        given = headers.get("authorization", "").encode()
        if not given:
            raise Refusal(401, "Invalid username or password.")
        if not hmac.compare_digest(given, self._bearer):
            raise Refusal(401, "Invalid credentials in Authorization header")

    def _report(self, scope: Scope, headers: Headers, body: bytes) -> None:
        if self._observe is not None:
            query_string = scope["query_string"].decode("ascii", "replace")
            self._observe(ReceivedRequest(scope["method"], scope["path"], query_string, headers, body))


class _RateGauge:
    """Counts requests in fixed windows, for the headers only: nothing is refused for coming too often."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._window_start = clock.now()
        self._used = 0

    def count(self) -> dict[str, str]:
        """Count one request and say what is left, as every reply of the Hub does."""
        now = self._clock.now()
        if not 0 <= now - self._window_start < WINDOW_SECONDS:
            self._window_start, self._used = now, 0
        self._used += 1
        left = max(0, REQUESTS_PER_WINDOW - self._used)
        reset_seconds = int(self._window_start + WINDOW_SECONDS - now)
        return {
            "RateLimit": f'"api";r={left};t={reset_seconds}',
            "RateLimit-Policy": f'"fixed window";"api";q={REQUESTS_PER_WINDOW};w={WINDOW_SECONDS}',
        }


async def _read_in_time(headers: Headers, receive: Receive, seconds: float) -> bytes:
    try:
        async with asyncio.timeout(seconds):
            return await _read_body(headers, receive)
    except TimeoutError:
        raise Refusal(408, "The body did not arrive in time", {"Connection": "close"}) from None


async def _read_body(headers: Headers, receive: Receive) -> bytes:
    """The whole body. One that is too big is let run out, within reason, so that the refusal can be read."""
    declared = headers.get("content-length", "0")
    if "transfer-encoding" not in headers and declared == "0":
        return b""
    too_big = declared.isdecimal() and int(declared) > BODY_MAX_BYTES
    body = bytearray()
    received_bytes, more = 0, True
    while more and received_bytes <= DISCARD_MAX_BYTES:
        message = await receive()
        more = message.get("more_body", False)
        received_bytes += len(message.get("body", b""))
        if too_big or received_bytes > BODY_MAX_BYTES:
            too_big, body = True, bytearray()
        else:
            body += message.get("body", b"")
    if too_big:
        raise Refusal(413, f"Body larger than {BODY_MAX_BYTES} bytes", {"Connection": "close"})
    return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the body that was read once more, then whatever really comes."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}] if body else []

    async def receive_again() -> Message:
        return pending.pop() if pending else await receive()

    return receive_again
