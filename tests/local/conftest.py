"""A plain HTTP client on the hub, so that these tests lean on no client of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.local_hub import LocalHub
from tests.waiting import until

LIVE = ("SCHEDULING", "RUNNING")


class Caller:
    """Requests to one hub in the words of these tests."""

    def __init__(self, hub: LocalHub) -> None:
        self.hub = hub
        self.http = httpx2.Client(base_url=hub.endpoint, headers=hub.headers, timeout=10, trust_env=False)

    def start(self, *argv: str, **fields: Any) -> str:
        """Start a job and return its id."""
        reply = self.create(command=list(argv), **fields)
        assert reply.status_code == 200, reply.text
        return str(reply.json()["id"])

    def create(self, *, namespace: str = "ada", **fields: Any) -> httpx2.Response:
        """POST a job; fields not given are those of a sound request, `...` leaves one out."""
        body: dict[str, Any] = {"dockerImage": "python:3.12", "command": ["true"], "arguments": []}
        body |= {"flavor": "cpu-basic", "environment": {}} | fields
        given = {name: value for name, value in body.items() if value is not ...}
        return self.http.post(f"/api/jobs/{namespace}", content=json.dumps(given))

    def job(self, job_id: str, namespace: str = "ada") -> dict[str, Any]:
        """The job as it is now."""
        reply = self.http.get(f"/api/jobs/{namespace}/{job_id}")
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def wait_for(self, job_id: str, *stages: str) -> dict[str, Any]:
        """The job, once it reached one of the stages; without any, its end."""

        def there() -> bool:
            stage = self.job(job_id)["status"]["stage"]
            return stage in stages if stages else stage not in LIVE

        until(there, what=f"{job_id} {stages}")
        return self.job(job_id)

    def events(self, job_id: str, **query: int) -> list[str]:
        """The raw events of a log that ends."""
        text = self.http.get(f"/api/jobs/ada/{job_id}/logs", params=query).text
        return text.split("\n\n")[:-1]


@pytest.fixture
def caller(hub: LocalHub) -> Iterator[Caller]:
    """A client of the empty hub."""
    caller = Caller(hub)
    with caller.http:
        yield caller
