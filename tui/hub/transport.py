"""One HTTP client for every request: made when first needed, with time limits, never trying twice."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, NamedTuple

from tui import __version__

from ..domain.errors import HubError
from ..domain.text import safe
from . import accidents, translate
from .endpoint import Endpoint
from .gauge import RateGauge, read_gauge, skew_seconds
from .hub_warnings import HEADER, HubWarning, Warnings
from .request import Ask

if TYPE_CHECKING:
    import httpx2

CONNECT_SECONDS, READ_SECONDS, WRITE_SECONDS, POOL_SECONDS = 5.0, 15.0, 15.0, 5.0
HEAD_SECONDS = 20.0
"""The most until a reply has begun, also a stream, which may pause later; and until a refusal is read."""
TOTAL_SECONDS = 120.0
"""A reply that trickles in without ever pausing long enough for the read limit is given up after this."""

_SKEW_TOLERANCE_SECONDS = 5.0
_IDLE_CONNECTION_SECONDS = 30.0
_MOST_BODY_BYTES = 64 * 1024 * 1024
_MOST_ERROR_BYTES = 64 * 1024
_MINUTE_SECONDS = 60.0

_log = logging.getLogger(__name__)


class Reply(NamedTuple):
    """A successful answer, read in full."""

    headers: Mapping[str, str]
    body: bytes
    status: int = 200


class Written(NamedTuple):
    """A request that writes, and what came of it."""

    ask: Ask
    seconds: float
    """From sending to the answer, or to giving up."""
    status: int | None
    """None when no answer came."""
    error: HubError | None


class Transport:
    """Sends what `Ask` describes; a refusal or an accident is a HubError. Belongs to the hub thread."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        http_transport: Callable[[], httpx2.AsyncBaseTransport] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        wall_time: Callable[[], float] = time.time,
    ) -> None:
        self.gauge: RateGauge | None = None
        """The rate limit as the last reply told it."""
        self.skew_seconds = 0.0
        """How far the Hub's clock is ahead of this machine's; 0 when they agree."""
        self.on_write: Callable[[Written], object] = lambda written: None
        """Told of every request that writes, once it is answered or given up."""
        self.on_warning: Callable[[HubWarning], object] = lambda warning: None
        """Told of every warning of the Hub whose topic is new, whatever was asked."""
        self._warnings = Warnings()
        self._endpoint = endpoint
        self._http_transport = http_transport
        self._monotonic = monotonic
        self._wall_time = wall_time
        self._client: httpx2.AsyncClient | None = None
        self._sent_at: deque[float] = deque()

    @property
    def gap_seconds(self) -> float:
        """The gap to leave between requests now that the rate limit runs low; 0 while there is plenty."""
        return self.gauge.pause_seconds(self._monotonic()) if self.gauge else 0.0

    @property
    def requests_last_minute(self) -> int:
        """Requests sent within the last minute, streams included."""
        earliest = self._monotonic() - _MINUTE_SECONDS
        while self._sent_at and self._sent_at[0] < earliest:
            self._sent_at.popleft()
        return len(self._sent_at)

    async def fetch(self, ask: Ask) -> Reply:
        """One request, its whole reply in bounds."""
        began_at = self._monotonic()
        try:
            reply = await self._fetch(ask)
        except HubError as error:
            self._tell(ask, began_at, error.status, error)
            raise
        self._tell(ask, began_at, reply.status, None)
        return reply

    async def _fetch(self, ask: Ask) -> Reply:
        try:
            async with asyncio.timeout(TOTAL_SECONDS), self.open(ask) as response:
                return Reply(response.headers, await _bounded_body(ask, response), response.status_code)
        except TimeoutError as error:
            raise accidents.from_exception(ask, error) from None

    def _tell(self, ask: Ask, began_at: float, status: int | None, error: HubError | None) -> None:
        if ask.writes:
            self.on_write(Written(ask, self._monotonic() - began_at, status, error))

    @asynccontextmanager
    async def open(self, ask: Ask, *, endless: bool = False) -> AsyncIterator[httpx2.Response]:
        """One request, its successful reply still to be read; an `endless` one may pause for ever."""
        client = self._ready(ask)
        import httpx2

        headers = {"Accept": "text/event-stream", "Accept-Encoding": "identity"} if endless else {}
        if ask.token is not None:
            headers["Authorization"] = f"Bearer {ask.token.reveal()}"
        try:
            request = client.build_request(
                ask.method, ask.url, params=ask.params or None, json=ask.body, headers=headers
            )
            if endless:
                request.extensions["timeout"] = {**request.extensions["timeout"], "read": None}
            self._sent_at.append(self._monotonic())
            async with asyncio.timeout(HEAD_SECONDS):
                response = await client.send(request, stream=True)
            _log.debug("%s %s: %d", ask.method, request.url.path, response.status_code)
            try:
                await self._check(ask, response)
                yield response
            finally:
                await response.aclose()
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError) as error:
            _log.debug("%s %s: %s", ask.method, safe(ask.url), type(error).__name__)
            raise accidents.from_exception(ask, error) from None

    async def close(self) -> None:
        """Give back the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _check(self, ask: Ask, response: httpx2.Response) -> None:
        self.gauge = read_gauge(response.headers, self._monotonic()) or self.gauge
        skew = skew_seconds(response.headers, self._wall_time())
        if abs(skew - self.skew_seconds) > _SKEW_TOLERANCE_SECONDS:
            self.skew_seconds = skew
        for warning in self._warnings.new(ask, response.headers.get_list(HEADER), response.status_code):
            self.on_warning(warning)
        if response.is_success:
            return
        if response.has_redirect_location:
            raise translate.redirected(ask, response.headers["Location"])
        body = await _start_of_body(response)
        raise translate.from_response(ask, response.status_code, response.headers, body)

    def _ready(self, ask: Ask) -> httpx2.AsyncClient:
        """The client, made at the first request: importing the library takes as long as a first paint."""
        if self._client is None:
            import httpx2

            try:
                self._client = self._build()
            except (ValueError, ImportError, OSError, httpx2.InvalidURL) as problem:
                raise accidents.unusable_settings(ask, problem) from None
        return self._client

    def _build(self) -> httpx2.AsyncClient:
        import httpx2

        logging.getLogger("httpcore2").setLevel(logging.WARNING)  # below that it writes down every header
        return httpx2.AsyncClient(
            timeout=httpx2.Timeout(
                connect=CONNECT_SECONDS, read=READ_SECONDS, write=WRITE_SECONDS, pool=POOL_SECONDS
            ),
            limits=httpx2.Limits(max_connections=64, keepalive_expiry=_IDLE_CONNECTION_SECONDS),
            headers={"User-Agent": f"hf-jobs-tui/{__version__}"},
            trust_env=not self._endpoint.loopback,
            follow_redirects=False,
            verify=_tls(self._endpoint),
            transport=self._http_transport() if self._http_transport else None,
        )


async def _start_of_body(response: httpx2.Response) -> bytes:
    """The words of a refusal, as far as they come in time: its status is known without them."""
    body = bytearray()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(HEAD_SECONDS):
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) >= _MOST_ERROR_BYTES:
                    break
    return bytes(body)


async def _bounded_body(ask: Ask, response: httpx2.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > _MOST_BODY_BYTES:
            raise translate.garbled(ask, "the answer is larger than 64 MB", response.headers)
    return bytes(body)


def _tls(endpoint: Endpoint) -> ssl.SSLContext | bool:
    """What to trust. Reading the certificates takes 50 ms, which a plain connection has no use for.

    On this machine the proxy settings do not count, but SSL_CERT_FILE and SSL_CERT_DIR do.
    """
    if not endpoint.encrypted:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if not endpoint.loopback:
        return True
    import httpx2

    return httpx2.create_ssl_context()
