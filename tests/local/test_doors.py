"""The hub is closed to everyone but the holder of its token on this machine."""

from __future__ import annotations

import socket

import httpx2
import pytest

from tests.local.conftest import Caller
from tests.local_hub import TEST_TOKEN, LocalHub
from tui.local.doors import BODY_MAX_BYTES

PATHS = ("/api/whoami-v2", "/api/jobs/ada", "/api/jobs/ada/count", "/api/agent-harnesses", "/nowhere")


@pytest.mark.parametrize("path", PATHS)
def test_no_token_is_refused_everywhere(hub: LocalHub, path: str) -> None:
    reply = httpx2.get(hub.endpoint + path, trust_env=False)
    assert reply.status_code == 401
    assert reply.json() == {"error": "Invalid username or password."}


@pytest.mark.parametrize("given", ["Bearer wrong", "Bearer", TEST_TOKEN, f"Basic {TEST_TOKEN}", "Bearer ä"])
def test_wrong_token_is_refused(hub: LocalHub, given: str) -> None:
    reply = httpx2.get(
        hub.endpoint + "/api/whoami-v2", headers={b"Authorization": given.encode()}, trust_env=False
    )
    assert reply.status_code == 401
    assert reply.headers["X-Error-Message"] == "Invalid credentials in Authorization header"


def test_hardware_is_public(hub: LocalHub) -> None:
    reply = httpx2.get(hub.endpoint + "/api/jobs/hardware", trust_env=False)
    assert reply.status_code == 200
    assert reply.json()[0]["name"] == "cpu-basic"


def test_hardware_is_public_for_reading_only(hub: LocalHub) -> None:
    assert httpx2.post(hub.endpoint + "/api/jobs/hardware", trust_env=False).status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}", ""]
)
def test_foreign_host_is_refused(caller: Caller, host: str) -> None:
    reply = caller.http.get("/api/whoami-v2", headers={"Host": host.format(port=caller.hub.port)})
    assert reply.status_code == 403
    assert "127.0.0.1" in reply.json()["error"]


def test_localhost_is_a_name_of_the_hub(caller: Caller) -> None:
    reply = caller.http.get("/api/whoami-v2", headers={"Host": f"LOCALHOST:{caller.hub.port}"})
    assert reply.status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:{port}"])
def test_web_pages_are_refused(caller: Caller, origin: str) -> None:
    headers = {"Origin": origin.format(port=caller.hub.port)}
    assert caller.http.get("/api/jobs/hardware", headers=headers).status_code == 403
    assert caller.http.post("/api/jobs/ada", headers=headers, json={}).status_code == 403


def test_only_loopback_listens(hub: LocalHub) -> None:
    with socket.socket() as elsewhere:
        elsewhere.bind(("127.0.0.2", hub.port))  # would be taken if the hub listened on every address


def test_declared_big_body_is_refused_unread(caller: Caller) -> None:
    reply = caller.http.post("/api/jobs/ada", content=b"x" * (BODY_MAX_BYTES + 1))
    assert reply.status_code == 413
    assert reply.headers["connection"] == "close"


def test_big_body_without_length_is_refused(caller: Caller) -> None:
    blocks = (b"x" * 65536 for _ in range(BODY_MAX_BYTES // 65536 + 2))
    try:
        reply = caller.http.post("/api/jobs/ada", content=blocks)
    except httpx2.WriteError:  # the hub hung up in the middle
        return
    assert reply.status_code == 413


@pytest.mark.parametrize("path", ["/", "/api", "/api/jobs", "/api/jobs/ada/x/y/z", "/api/jobs/ada/../../etc"])
def test_unknown_routes_are_json_404(caller: Caller, path: str) -> None:
    reply = caller.http.get(path)
    assert reply.status_code == 404
    assert set(reply.json()) == {"error"}


def test_wrong_method_is_json_405(caller: Caller) -> None:
    reply = caller.http.delete("/api/jobs/ada")
    assert reply.status_code == 405
    assert set(reply.json()) == {"error"}


@pytest.mark.parametrize("path", [*PATHS, "/api/jobs/hardware", "/api/jobs/other/123"])
def test_every_reply_has_an_id_and_the_rate_limit(caller: Caller, path: str) -> None:
    headers = caller.http.get(path).headers
    assert headers["X-Request-Id"].startswith("Root=1-")
    assert headers["RateLimit"].startswith('"api";r=')
    assert headers["RateLimit-Policy"] == '"fixed window";"api";q=10000;w=300'


def test_the_gauge_counts_down(caller: Caller) -> None:
    first, second = (caller.http.get("/api/whoami-v2").headers["RateLimit"] for _ in range(2))
    left = [int(gauge.split(";")[1].removeprefix("r=")) for gauge in (first, second)]
    assert left[0] - left[1] == 1


@pytest.mark.parametrize("method", ["list", "create"])
def test_foreign_namespace_is_404(caller: Caller, method: str) -> None:
    reply = caller.http.get("/api/jobs/eve") if method == "list" else caller.create(namespace="eve")
    assert reply.status_code == 404
    assert "eve" in reply.json()["error"]


def test_agent_harnesses_do_no_harm(caller: Caller) -> None:
    assert caller.http.get("/api/agent-harnesses").json() == {"standardEnvVars": [], "harnesses": {}}
