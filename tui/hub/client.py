"""The Jobs API as methods: what is asked, what comes back, and nothing repeated behind the caller's back.

Everything here runs on the hub thread. A write is sent once; a read that fails is for the caller to try
again. Routes and shapes: jobs-api.md §1.1, §2.4, §3, §4.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..domain.convert import as_mapping
from ..domain.errors import ErrorKind, HubError
from ..domain.hardware import Catalogue, catalogue_from_json
from ..domain.identity import Identity
from ..domain.job import Job
from ..domain.text import safe
from .answers import job_of, json_of, list_of
from .convert import identity_from_json, jobs_from_json
from .credentials import Token, no_token
from .endpoint import Endpoint
from .gauge import RateGauge
from .hub_warnings import HubWarning
from .request import Ask
from .schedule_calls import ScheduleCalls
from .thread import run_blocking
from .translate import garbled
from .transport import Reply, Transport, Written

if TYPE_CHECKING:
    import httpx2

_MOST_PAGES = 10_000


class HubClient(ScheduleCalls):
    """One hub, one token, one identity. `token_source` is asked on a thread of its own, when first needed."""

    def __init__(
        self,
        endpoint: str,
        token_source: Callable[[], Token | None],
        *,
        http_transport: Callable[[], httpx2.AsyncBaseTransport] | None = None,
    ) -> None:
        self.endpoint = Endpoint.parse(endpoint)
        self.identity: Identity | None = None
        """Who is logged in, once it is known."""
        self._token_source = token_source
        self._token: Token | None = None
        self._one_at_a_time: asyncio.Lock | None = None
        self._transport = Transport(self.endpoint, http_transport=http_transport)

    def tell_writes(self, told: Callable[[Written], object]) -> None:
        """Have every request that writes told, once it is answered or given up."""
        self._transport.on_write = told

    def tell_warnings(self, told: Callable[[HubWarning], object]) -> None:
        """Have every warning told that the Hub sends beside an answer, once a topic."""
        self._transport.on_warning = told

    def tell_write(self, written: Written) -> None:
        """Tell of a write that went another way than through this client."""
        self._transport.on_write(written)

    @property
    def gauge(self) -> RateGauge | None:
        """The rate limit as the last reply told it."""
        return self._transport.gauge

    @property
    def gap_seconds(self) -> float:
        """The gap to leave between requests now that the rate limit runs low; 0 while there is plenty."""
        return self._transport.gap_seconds

    @property
    def skew_seconds(self) -> float:
        """How far the Hub's clock is ahead of this machine's; 0 when they agree."""
        return self._transport.skew_seconds

    @property
    def requests_last_minute(self) -> int:
        """Requests sent within the last minute."""
        return self._transport.requests_last_minute

    @property
    def token_words(self) -> str:
        """Which token is in use, in words, never the token; empty until one was needed."""
        return self._token.source if self._token else ""

    async def close(self) -> None:
        """Give back the connections."""
        await self._transport.close()

    async def token(self) -> Token:
        """The token in use, looked up when first needed: for what speaks to the Hub in another way."""
        token = await self._find_token()
        if token is None:
            raise no_token(self.endpoint)
        return token

    async def whoami(self) -> Identity:
        """Who is logged in; asked once, since the Hub limits it strictly (jobs-api.md §1.1)."""
        self._one_at_a_time = self._one_at_a_time or asyncio.Lock()
        async with self._one_at_a_time:
            if self.identity is None:
                ask = await self._ask("ask who is logged in", "whoami-v2")
                reply = await self._fetch(ask)
                identity = identity_from_json(json_of(ask, reply))
                if identity is None:
                    raise garbled(ask, "the answer names nobody", reply.headers)
                self.identity = identity
            return self.identity

    async def hardware(self) -> Catalogue:
        """The flavors on offer; public, so a token is not needed."""
        ask = await self._ask("read the hardware on offer", "jobs", "hardware", public=True)
        reply = await self._fetch(ask)
        catalogue = catalogue_from_json(list_of(ask, reply))
        if not catalogue.flavors:
            raise garbled(ask, "the answer lists no hardware", reply.headers)
        return catalogue

    async def list_jobs(
        self, namespace: str, *, stages: Iterable[str] = (), labels: Iterable[str] = ()
    ) -> AsyncIterator[tuple[Job, ...]]:
        """The jobs of a namespace page by page, newest first; `labels` are "key=value", all of them match."""
        params = [("stage", stage) for stage in stages] + [("label", label) for label in labels]
        ask: Ask | None = await self._ask(
            f"list the jobs of {safe(namespace)}", "jobs", namespace, namespace=namespace, params=params
        )
        asked: set[str] = set()
        while ask is not None:
            reply = await self._fetch(ask)
            asked.add(ask.url)
            yield jobs_from_json(list_of(ask, reply), namespace)
            ask = self._next_page(ask, reply, asked)

    async def get_job(self, namespace: str, job_id: str) -> Job:
        """One job as it is now."""
        return await self._job("read", "GET", namespace, job_id)

    async def inspect_job(self, namespace: str, job_id: str) -> tuple[Job, Mapping[str, Any]]:
        """One job as it is now, and the whole answer as it came."""
        ask = await self._job_ask("read", "GET", namespace, job_id)
        reply = await self._fetch(ask)
        return job_of(ask, reply), as_mapping(json_of(ask, reply))

    async def cancel_job(self, namespace: str, job_id: str) -> Job:
        """Ask for the end of a job; the job as it is after that."""
        return await self._job("cancel", "POST", namespace, job_id, "cancel")

    async def duplicate_job(self, namespace: str, job_id: str) -> Job:
        """Start a job once more as it is, its secrets included; the new job."""
        return await self._job("run again", "POST", namespace, job_id, "duplicate")

    async def set_labels(self, namespace: str, job_id: str, labels: Mapping[str, str]) -> Job:
        """Replace all labels of a job; the job as it is after that."""
        body = {"labels": dict(labels)}
        return await self._job("change the labels of", "PUT", namespace, job_id, "labels", body=body)

    async def set_ports(
        self, namespace: str, job_id: str, ports: Sequence[int], public: Sequence[int]
    ) -> Job:
        """Replace the exposed ports of a job, none closes all; the job as it is after that."""
        body = {"ports": list(ports), "portsPublic": list(public)} if ports else {"ports": []}
        return await self._job("change the ports of", "PUT", namespace, job_id, "expose", body=body)

    async def create_job(self, namespace: str, body: Mapping[str, Any]) -> Job:
        """Start a job with one POST; `outcome_unclear` on the error says that it may exist all the same."""
        ask = await self._ask(
            f"start a job in {safe(namespace)}",
            "jobs",
            namespace,
            namespace=namespace,
            method="POST",
            body=body,
        )
        return job_of(ask, await self._fetch(ask))

    @asynccontextmanager
    async def log_events(
        self, namespace: str, job_id: str, *, tail: int | None = None
    ) -> AsyncIterator[AsyncIterator[bytes]]:
        """The log stream of a job as raw bytes; leaving the block closes the connection at once."""
        ask = await self._ask(
            f"read the log of job {safe(job_id)[:40]} of {safe(namespace)}",
            "jobs",
            namespace,
            job_id,
            "logs",
            namespace=namespace,
            job_id=job_id,
            params=[] if tail is None else [("tail", str(tail))],
        )
        async with self._noticing_refusal(), self._transport.open(ask, endless=True) as response:
            if "text/event-stream" not in response.headers.get("content-type", "text/event-stream"):
                raise garbled(ask, "the answer is no log stream", response.headers)
            yield response.aiter_bytes()

    async def _job(
        self,
        verb: str,
        method: str,
        namespace: str,
        job_id: str,
        *route: str,
        body: Mapping[str, Any] | None = None,
    ) -> Job:
        ask = await self._job_ask(verb, method, namespace, job_id, *route, body=body)
        return job_of(ask, await self._fetch(ask))

    async def _job_ask(
        self,
        verb: str,
        method: str,
        namespace: str,
        job_id: str,
        *route: str,
        body: Mapping[str, Any] | None = None,
    ) -> Ask:
        ask = await self._ask(
            "",
            "jobs",
            namespace,
            job_id,
            *route,
            namespace=namespace,
            job_id=job_id,
            method=method,
            body=body,
        )
        return replace(ask, doing=f"{verb} {ask.job_words}")

    async def _ask(
        self,
        doing: str,
        *route: str,
        namespace: str = "",
        job_id: str = "",
        method: str = "GET",
        params: Iterable[tuple[str, str]] = (),
        body: Mapping[str, Any] | None = None,
        public: bool = False,
    ) -> Ask:
        token = await self._find_token() if public else await self.token()
        return Ask(
            doing=doing,
            endpoint=self.endpoint,
            url=self.endpoint.api(*route),
            method=method,
            params=tuple(params),
            body=body,
            namespace=namespace,
            job_id=job_id,
            token=token,
            payer_is_user=None if self.identity is None else self.identity.name == namespace,
        )

    async def _find_token(self) -> Token | None:
        if self._token is None:
            self._token = await run_blocking(self._token_source)
        return self._token

    async def _fetch(self, ask: Ask) -> Reply:
        async with self._noticing_refusal():
            return await self._transport.fetch(ask)

    @asynccontextmanager
    async def _noticing_refusal(self) -> AsyncIterator[None]:
        """Look a refused token up anew next time: somebody may log in meanwhile."""
        try:
            yield
        except HubError as error:
            if error.kind is ErrorKind.UNAUTHORIZED:
                self._token = self.identity = None
            raise

    def _next_page(self, ask: Ask, reply: Reply, asked: set[str]) -> Ask | None:
        """The request for the following page; the token never goes to another origin than ours."""
        url = _next_link(reply.headers)
        if url is None:
            return None
        if not self.endpoint.same_origin(url):
            raise garbled(ask, "the next page lies on another server", reply.headers)
        if url in asked or len(asked) >= _MOST_PAGES:
            raise garbled(ask, "the pages go round in a circle", reply.headers)
        return replace(ask, url=url, params=())


def _next_link(headers: Mapping[str, str]) -> str | None:
    import httpx2  # here by the time a reply is

    reply = httpx2.Response(200, headers={"Link": headers.get("Link", "")})
    return reply.links.get("next", {}).get("url")
