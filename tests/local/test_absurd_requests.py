"""Nothing that a request can say makes the hub answer 500, or not at all: generated over its routes.

Every part of a path, every query parameter that an endpoint asks for, every header it reads and every field
of every body, each with every absurd value. A route or a parameter that is new is tried without a word here,
but for the body of a new route, which has to be given: the test says so.
"""

from __future__ import annotations

import asyncio
import copy
import json
import re
import socket
from collections.abc import Iterable, Iterator
from typing import Any

import httpx2
import pytest
from starlette.datastructures import QueryParams
from starlette.routing import Route

from tests.local.conftest import Caller
from tests.local_hub import LocalHub
from tui.local.hub import Hub, HubSettings
from tui.local.store import _written

DIGITS = "9" * 5_000
DEEP = "[" * 900 + "]" * 900
TOO_DEEP = "[" * 100_000 + "]" * 100_000
WORDS = (
    "",
    "0",
    "-1",
    "+1",
    "1.5",
    "1e400",
    "NaN",
    "Infinity",
    "٣",
    "²",
    "\0",
    "a\nb",
    "..",
    "../../etc/passwd",
    "%00",
    "é🤗",
    "\u202e",
    DIGITS,
    "-" + DIGITS,
    "x" * 20_000,
    "==",
    "true",
    "null",
    DEEP,
)
"""For places that hold text."""
CURSORS = tuple(
    _written(position)  # type: ignore[arg-type]
    for position in ((float("inf"), 1), (0, float("inf")), (float("nan"), 0), (1, 1, 1), {"a": 1}, None)
)
JSON_VALUES = (
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "1e400",
    "-1e400",
    "NaN",
    DIGITS,
    "-" + DIGITS,
    f"0.{DIGITS}",
    '""',
    '"\\u0000"',
    '"\\ud800"',
    f'"{"x" * 100_000}"',
    f'"{DIGITS}"',
    "[]",
    "{}",
    "[null]",
    "[[[]]]",
    '{"": null}',
    '{"\\ud800": "\\ud800"}',
    '{"a": 1, "a": []}',
    "[" + ",".join(["0"] * 5_000) + "]",
    "{" + ",".join(f'"{number}":{number}' for number in range(5_000)) + "}",
    DEEP,
    '{"a":' * 900 + "1" + "}" * 900,
)
"""For places that hold JSON."""
BODIES = (b"", b"\0", b"null", b"[]", b"{", TOO_DEEP.encode(), DIGITS.encode(), b"\xff\xfe", b"\n" * 5_000)
HEADERS = ("Range", "If-Range", "Accept", "Content-Type", "If-None-Match", "User-Agent", "X-HF-Bill-To")
HEADER_VALUES = (
    "",
    "bytes=-",
    f"bytes={DIGITS}-{DIGITS}",
    "bytes=5-1",
    "bytes=" + ",".join(["0-0"] * 500),
    "\xff\xfe",
    DIGITS,
)
VOLUME = {"type": "bucket", "source": "ada/files", "mountPath": "/data", "readOnly": True, "path": "a"}
JOB = {
    "command": ["true"],
    "arguments": ["x"],
    "dockerImage": "python:3.12",
    "environment": {"AB": "1"},
    "secrets": {"KEY": "1"},
    "flavor": "cpu-basic",
    "arch": "amd64",
    "timeoutSeconds": 60,
    "attempts": 1,
    "labels": {"name": "x"},
    "volumes": [VOLUME],
    "expose": {"ports": [8000], "portsPublic": [8000]},
    "ssh": {"enabled": False},
    "resourceGroupId": "0" * 24,
    "network": {"group": "net", "aliases": ["a"]},
}
CHANGE = {
    "type": "copyFile",
    "path": "a/b",
    "xetHash": "0" * 64,
    "mtime": 1,
    "sourceRepoType": "bucket",
    "sourceRepoId": "ada/files",
}
SAMPLES: dict[str, list[Any]] = {
    "create JobEndpoints": [JOB],
    "label JobEndpoints": [{"labels": {"name": "x"}}],
    "expose JobEndpoints": [{"ports": [8000], "portsPublic": [8000]}],
    "create ScheduleEndpoints": [
        {"jobSpec": JOB, "schedule": "@daily", "suspend": True, "concurrency": False}
    ],
    "reschedule ScheduleEndpoints": [{"schedule": "0 9 * * *"}],
    "label ScheduleEndpoints": [{"labels": {"name": "x"}}],
    "create BucketEndpoints": [{"visibility": "private", "private": True}],
    "batch BucketEndpoints": [CHANGE, {"type": "addFile", "path": "a", "xetHash": "0" * 64}],
    "paths_info BucketEndpoints": [{"paths": ["a"]}],
}
"""A sound body, or several, for each endpoint that reads one."""
WITHOUT_BODY = {
    "check_namespace JobEndpoints",
    "check_job JobEndpoints",
    "cancel JobEndpoints",
    "duplicate JobEndpoints",
    "suspend ScheduleEndpoints",
    "resume ScheduleEndpoints",
    "run ScheduleEndpoints",
}
FOREVER = {"logs JobEndpoints", "metrics JobEndpoints"}
"""Streams, of which only the head is looked at."""


def routes() -> tuple[Route, ...]:
    """Those of a hub that is never started."""
    hub = Hub(HubSettings("hf_test"))
    asyncio.run(hub.stop())
    return hub.routes


ROUTES = routes()


def name_of(route: Route) -> str:
    """The endpoint of a route: its method and class."""
    method: Any = route.endpoint
    return f"{method.__name__} {type(method.__self__).__name__}"


def method_of(route: Route) -> str:
    return next(iter(sorted((route.methods or set()) - {"HEAD"})))


class Asker:
    """Sends requests and watches for answers that are defects."""

    def __init__(self, caller: Caller) -> None:
        self.caller, hub = caller, caller.hub
        self.asked = 0
        job_id = hub.add_job(stage="COMPLETED", lines=["one", "two"])
        live = hub.add_job(lines=["one"])
        schedule = hub.add_schedule()
        self.caller.http.post("/api/buckets/ada/files", json={})
        change = {"type": "addFile", "path": "a", "xetHash": "0" * 64}
        reply = self.caller.http.post("/api/buckets/ada/files/batch", content=json.dumps(change))
        assert reply.status_code == 200, reply.text
        self.parts = {
            "namespace": "ada",
            "job_id": job_id,
            "schedule_id": schedule.id,
            "permission": "read",
            "bucket": "files",
            "prefix": "a",
            "path": "a",
        }
        self.live_job = live

    def path(self, route: Route, **parts: str) -> str:
        """The address of a route, quoted as a client would."""
        path = route.path
        for name, value in (self.parts | parts).items():
            path = re.sub(rf"{{{name}(:path)?}}", percent(value), path)
        return path

    def ask(self, route: Route, path: str, **request: Any) -> None:
        """One request, with the defects it must not meet."""
        self.asked += 1
        with self.caller.http.stream(method_of(route), path, **request) as reply:
            assert reply.status_code < 500, f"{method_of(route)} {path[:200]} {str(request)[:200]}"
            if name_of(route) not in FOREVER:
                body = reply.read()
                assert len(body) < 1 << 20


def percent(value: str) -> str:
    return "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "surrogatepass"))


@pytest.fixture
def asker(caller: Caller) -> Iterator[Asker]:
    """A hub that has one of everything; it still answers when all was asked."""
    asker = Asker(caller)
    yield asker
    assert asker.asked > 0
    assert caller.http.get("/api/whoami-v2").status_code == 200


def each_route(routes: Iterable[Route] = ROUTES) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("route", routes, ids=lambda route: f"{method_of(route)} {route.path}")


@each_route([route for route in ROUTES if "{" in route.path])
def test_every_part_of_a_path(asker: Asker, route: Route) -> None:
    for name in re.findall(r"{(\w+)(?::path)?}", route.path):
        for word in WORDS:
            asker.ask(route, asker.path(route, **{name: word}))


@pytest.fixture
def names_asked(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The query parameters that endpoints look for."""
    names: set[str] = set()
    get, getlist = QueryParams.get, QueryParams.getlist

    def noting_get(self: QueryParams, key: str, default: Any = None) -> Any:
        names.add(key)
        return get(self, key, default)

    def noting_getlist(self: QueryParams, key: str) -> list[str]:
        names.add(key)
        return getlist(self, key)

    monkeypatch.setattr(QueryParams, "get", noting_get)
    monkeypatch.setattr(QueryParams, "getlist", noting_getlist)
    return names


@each_route([route for route in ROUTES if method_of(route) == "GET"])
def test_every_query_parameter(asker: Asker, route: Route, names_asked: set[str]) -> None:
    path = asker.path(route)
    asker.ask(route, path)
    for name in [*names_asked, "unknown"]:
        for word in (*WORDS, *CURSORS, "=", "a=", f"a={DIGITS}"):
            asker.ask(route, f"{path}?{name}={percent(word)}")
            asker.ask(route, f"{path}?{name}={percent(word[:5_000])}&{name}=1")
        asker.ask(route, f"{path}?{name}=%ff%fe&{name}&&&={name}")
        asker.ask(route, path + "?" + "&".join([f"{name}=1"] * 2_000))


@each_route()
def test_every_header(asker: Asker, route: Route) -> None:
    for name in HEADERS:
        for value in HEADER_VALUES:
            asker.ask(route, asker.path(route), headers={name: value.encode("latin-1")})


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a JSON value, the whole first."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield from places(item, (*path, key))


def put(value: Any, path: tuple[Any, ...], raw: str) -> str:
    """The JSON of a value with some JSON at one place of it."""
    if not path:
        return raw
    changed = copy.deepcopy(value)
    target = changed
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = "@here@"
    return json.dumps(changed).replace('"@here@"', raw)


READING = [route for route in ROUTES if name_of(route) in SAMPLES]


def test_every_route_that_changes_something_is_known_here() -> None:
    changing = {name_of(route) for route in ROUTES if method_of(route) in ("POST", "PUT", "PATCH")}
    assert changing == SAMPLES.keys() | WITHOUT_BODY


@each_route(READING)
def test_every_field_of_every_body(asker: Asker, route: Route, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are taken on but not run."""
    hub = asker.caller.hub
    monkeypatch.setattr(hub.state.runner, "launch", lambda _job: None)
    path = asker.path(route, job_id=asker.live_job)
    for body in BODIES:
        asker.ask(route, path, content=body)
    for sample in SAMPLES[name_of(route)]:
        asker.ask(route, path, content=json.dumps(sample))
        for place in places(sample):
            for raw in JSON_VALUES:
                asker.ask(route, path, content=put(sample, place, raw))
        if isinstance(sample, dict):
            for key in sample:
                asker.ask(route, path, content=json.dumps({k: v for k, v in sample.items() if k != key}))
    for listing in ("/api/jobs/ada", "/api/scheduled-jobs/ada", "/api/buckets/ada"):
        assert asker.caller.http.get(listing).status_code == 200


@each_route([route for route in ROUTES if name_of(route) in WITHOUT_BODY])
def test_bodies_where_none_is_wanted(asker: Asker, route: Route) -> None:
    for body in BODIES:
        asker.ask(route, asker.path(route), content=body)


@pytest.mark.parametrize(
    "head",
    [
        f"GET /api/whoami-v2 HTTP/1.1\r\nContent-Length: {DIGITS}",
        "GET /api/whoami-v2 HTTP/1.1\r\nContent-Length: -1",
        "GET /api/whoami-v2 HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2",
        "GET /api/whoami-v2 HTTP/1.1\r\nContent-Length: 99999999999999999999\r\nExpect: 100-continue",
        "POST /api/jobs/ada HTTP/1.1\r\nTransfer-Encoding: gzip",
        "POST /api/jobs/ada HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + "f" * 5_000,
        "GET /api/jobs/ada?tail=\0 HTTP/1.1",
        f"GET /{'a' * 40_000} HTTP/1.1",
        "GET http://[::1/api HTTP/1.1",
        f"GET / HTTP/{DIGITS}",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b",
        f"{'A' * 20_000} / HTTP/1.1",
    ],
    ids=range(12),
)
def test_heads_that_no_client_sends(hub: LocalHub, head: str) -> None:
    with socket.create_connection(("127.0.0.1", hub.port), timeout=10) as connection:
        connection.sendall(
            f"{head}\r\nHost: 127.0.0.1:{hub.port}\r\nAuthorization: Bearer {hub.token}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(4096)
    assert not re.match(rb"HTTP/1.1 5(?!01)", answer), answer
    assert httpx2.get(hub.endpoint + "/api/jobs/hardware", trust_env=False).status_code == 200


@pytest.mark.parametrize("tail", [DIGITS, "0" * 5_000 + "1", "9" * 19], ids=len)
def test_a_tail_of_many_digits_means_what_it_says(caller: Caller, tail: str) -> None:
    job_id = caller.hub.add_job(stage="COMPLETED", lines=["one", "two"])
    reply = caller.http.get(f"/api/jobs/ada/{job_id}/logs", params={"tail": tail})
    assert reply.status_code == 200
    assert reply.text.count("\n\n") == (2 if tail.endswith("01") else 3)


def test_a_head_of_a_stream_ends(caller: Caller) -> None:
    job_id = caller.hub.add_job(lines=["one"])
    for stream in ("logs", "metrics"):
        reply = caller.http.head(f"/api/jobs/ada/{job_id}/{stream}")
        assert (reply.status_code, reply.content) == (200, b"")


def test_a_refusal_of_many_mistakes_is_short(caller: Caller) -> None:
    body = {"labels": {f"{number} {'x' * 300}": 1 for number in range(5_000)}}
    job_id = caller.hub.add_job()
    reply = caller.http.put(f"/api/jobs/ada/{job_id}/labels", json=body)
    assert reply.status_code == 400
    assert len(reply.text) < 10_000
    assert reply.json()["error"].endswith("and 9,980 more")
