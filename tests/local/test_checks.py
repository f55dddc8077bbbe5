"""Each rule of jobs-api.md §3.3 is held, and a refusal names the field."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local.conftest import Caller

ABSENT = ...
WRONG: list[tuple[str, Any]] = [
    ("dockerImage", ABSENT),
    ("dockerImage", ""),
    ("dockerImage", 5),
    ("command", ABSENT),
    ("command", []),
    ("command", [""]),
    ("command", "echo hi"),
    ("command", ["echo", 5]),
    ("command", ["nul\0"]),
    ("command", ["half \ud800 pair"]),
    ("arguments", "text"),
    ("arguments", [None]),
    ("environment", []),
    ("environment", {"A": "one character"}),
    ("environment", {"_A": "x"}),
    ("environment", {"A-B": "x"}),
    ("environment", {"AB\n": "x"}),
    ("environment", {"AB": 1}),
    ("environment", {"AB": "nul\0"}),
    ("secrets", {"1A": "x"}),
    ("secrets", {"": "x"}),
    ("secrets", {"A": None}),
    ("flavor", ABSENT),
    ("flavor", "gpu-of-my-dreams"),
    ("flavor", ["cpu-basic"]),
    ("arch", "sparc"),
    ("timeoutSeconds", 0),
    ("timeoutSeconds", -300),
    ("timeoutSeconds", 1.5),
    ("timeoutSeconds", "60"),
    ("timeoutSeconds", True),
    ("timeoutSeconds", 10**12),
    ("attempts", 0),
    ("labels", {"": "x"}),
    ("labels", {"a b": "x"}),
    ("labels", {"a": "x y"}),
    ("labels", {"a": "é"}),
    ("labels", {"a" * 101: "x"}),
    ("labels", {"a": "x" * 101}),
    ("labels", {"a": 1}),
    ("labels", []),
    ("volumes", []),
    ("volumes", ["x"]),
    ("volumes", [{"type": "disk", "source": "a/b", "mountPath": "/x"}]),
    ("volumes", [{"type": "model", "source": "ab", "mountPath": "/x"}]),
    ("volumes", [{"type": "model", "source": "a/../b", "mountPath": "/x"}]),
    ("volumes", [{"type": "model", "source": "a/b", "mountPath": "x"}]),
    ("volumes", [{"type": "model", "source": "a/b", "mountPath": "/x", "readOnly": 1}]),
    ("volumes", [{"type": "model", "source": "a/b", "mountPath": "/x", "path": 1}]),
    ("volumes", [{"type": "model", "source": "a/b", "mountPath": "/\ud800"}]),
    ("expose", {}),
    ("expose", {"ports": [0]}),
    ("expose", {"ports": [65536]}),
    ("expose", {"ports": list(range(1, 22))}),
    ("expose", {"ports": [80], "portsPublic": [81]}),
    ("ssh", True),
    ("ssh", {"enabled": "yes"}),
    ("resourceGroupId", "short"),
    ("resourceGroupId", "Z" * 24),
    ("network", "group"),
    ("network", {"group": "UPPER"}),
    ("network", {"group": "g" * 47}),
    ("network", {"group": "g", "aliases": ["a" * 35]}),
]


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_a_wrong_field_is_named(caller: Caller, field: str, value: Any) -> None:
    reply = caller.create(**{field: value})
    assert reply.status_code == 400
    assert field in reply.json()["error"]
    assert caller.http.get("/api/jobs/ada").json() == []


def test_image_and_space_exclude_each_other(caller: Caller) -> None:
    assert "exactly one" in caller.create(spaceId="ada/space").json()["error"]


def test_all_mistakes_are_named_at_once(caller: Caller) -> None:
    words = caller.create(flavor="nope", attempts=0, command=[]).json()["error"]
    assert [field for field in ("flavor", "attempts", "command") if field in words] == [
        "flavor",
        "attempts",
        "command",
    ]


def test_a_refusal_never_tells_a_secret(caller: Caller) -> None:
    reply = caller.create(secrets={"A-B": "sesame", "OK": ["sesame"]}, environment={"1": "sesame"})
    assert reply.status_code == 400
    assert "sesame" not in reply.text + str(reply.headers)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff", pytest.param(b"[" * 100_000, id="deep")]
)
def test_what_is_no_object_is_refused(caller: Caller, content: bytes) -> None:
    reply = caller.http.post("/api/jobs/ada", content=content)
    assert reply.status_code == 400
    assert "Invalid body" in reply.json()["error"]


def test_a_full_request_comes_back(caller: Caller) -> None:
    volume = {"type": "model", "source": "a/b", "mountPath": "/m", "revision": "main", "readOnly": True}
    reply = caller.create(
        dockerImage=ABSENT,
        spaceId="ada/space",
        arguments=["--x", ""],
        environment={"AB": ""},
        secrets={"S": "sesame"},
        flavor="a10g-small",
        arch="amd64",
        timeoutSeconds=60,
        attempts=3,
        labels={"bare": "", "name": "x"},
        volumes=[volume],
        expose={"ports": [80, 81], "portsPublic": [81]},
        ssh={"enabled": True},
        resourceGroupId="0123456789abcdef01234567",
        network={"group": "g", "aliases": ["a"]},
        unknownField={"is": "stripped"},
    )
    job = reply.json()
    wanted = {
        "spaceId": "ada/space",
        "arguments": ["--x", ""],
        "environment": {"AB": ""},
        "secrets": ["S"],
        "flavor": "a10g-small",
        "arch": "amd64",
        "timeout": 60,
        "retry": 2,
        "labels": {"bare": "", "name": "x"},
        "volumes": [volume],
        "expose": {"ports": [80, 81], "portsPublic": [81]},
        "resourceGroupId": "0123456789abcdef01234567",
        "network": {"group": "g", "aliases": ["a"]},
    }
    assert {name: job[name] for name in wanted} == wanted
    assert "sesame" not in reply.text
    assert not {"dockerImage", "unknownField", "ssh"} & set(job)
    assert job["status"]["exposeUrls"] == [f"http://127.0.0.1:{port}" for port in (80, 81)]
    assert job["status"]["sshUrl"] == f"ssh://{job['id']}@ssh.hf.jobs"
    caller.wait_for(job["id"])


def test_the_default_limit_is_half_an_hour(caller: Caller) -> None:
    assert caller.create(timeoutSeconds=None).json()["timeout"] == 1800


def test_without_credit_nothing_starts(caller: Caller) -> None:
    reply = caller.create(namespace="penniless")
    assert reply.status_code == 402
    assert reply.json()["error"].startswith("Pre-paid credit balance is insufficient")
    assert caller.http.get("/api/jobs/penniless").json() == []
