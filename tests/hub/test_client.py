"""The client over real HTTP, against the local hub."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from typing import Any

import pytest

from tests.hub.conftest import Run
from tests.local_hub import LocalHub
from tui import __version__
from tui.domain.errors import ErrorKind, HubError
from tui.domain.job import Job
from tui.hub import transport
from tui.hub.client import HubClient
from tui.hub.credentials import Token
from tui.hub.thread import HubThread

BODY = {
    "dockerImage": "python:3.12",
    "command": ["python", "-c", "pass"],
    "arguments": [],
    "environment": {},
    "flavor": "cpu-basic",
    "labels": {"name": "one"},
}


async def every(
    client: HubClient, namespace: str, *, stages: Iterable[str] = (), labels: Iterable[str] = ()
) -> list[tuple[Job, ...]]:
    return [page async for page in client.list_jobs(namespace, stages=stages, labels=labels)]


def test_identity_is_asked_once(client: HubClient, hub: LocalHub, run: Run[Any]) -> None:
    first, second = run(client.whoami()), run(client.whoami())
    assert first is second
    assert first.name == hub.user
    assert {payer.name for payer in first.organisations} == set(hub.organisations)
    assert [request.path for request in hub.requests] == ["/api/whoami-v2"]


def test_requests_say_who_sends_them(client: HubClient, hub: LocalHub, run: Run[Any]) -> None:
    run(client.whoami())
    headers = hub.requests[-1].headers
    assert headers["user-agent"] == f"hf-jobs-tui/{__version__}"
    assert headers["authorization"] == f"Bearer {hub.token}"


def test_hardware_is_read(client: HubClient, run: Run[Any]) -> None:
    catalogue = run(client.hardware())
    assert not catalogue.bundled
    assert catalogue.get("cpu-basic") is not None


def test_a_long_list_comes_in_pages(client: HubClient, hub: LocalHub, run: Run[Any]) -> None:
    ids = [hub.add_job(stage="COMPLETED", age_seconds=60 + n) for n in range(205)]
    pages = run(every(client, hub.user))
    assert [len(page) for page in pages] == [100, 100, 5]
    assert {job.id for page in pages for job in page} == set(ids)


def test_stages_and_labels_are_asked_of_the_hub(client: HubClient, hub: LocalHub, run: Run[Any]) -> None:
    wanted = hub.add_job(labels={"team": "a=b"})
    hub.add_job(stage="COMPLETED", labels={"team": "a=b"})
    hub.add_job()
    pages = run(every(client, hub.user, stages=("RUNNING", "SCHEDULING"), labels=("team=a=b",)))
    assert [job.id for page in pages for job in page] == [wanted]
    assert hub.requests[-1].query == (("stage", "RUNNING"), ("stage", "SCHEDULING"), ("label", "team=a=b"))


def test_a_job_is_created_read_and_cancelled(client: HubClient, hub: LocalHub, run: Run[Any]) -> None:
    created = run(client.create_job(hub.user, {**BODY, "command": ["sleep", "60"]}))
    assert (created.name, created.namespace, created.flavor) == ("one", hub.user, "cpu-basic")
    assert run(client.get_job(hub.user, created.id)).command == ("sleep", "60")
    assert run(client.cancel_job(hub.user, created.id)).stage == "CANCELED"


@pytest.mark.parametrize("name", ["..", ".", "a/../b", "a?b#c", "", "ünï", "\udcff"])
def test_no_name_leads_out_of_its_place(client: HubClient, hub: LocalHub, run: Run[Any], name: str) -> None:
    with pytest.raises(HubError) as failure:
        run(client.get_job(name, name))
    assert failure.value.kind is ErrorKind.NOT_FOUND


def test_the_rate_limit_of_each_reply_is_kept(client: HubClient, hub: LocalHub, run: Run[Any]) -> None:
    limits = {"RateLimit": '"api";r=12;t=30', "RateLimit-Policy": '"fixed window";"api";q=1000;w=300'}
    hub.fail("GET", "/api/jobs/*", status=200, body=[], headers=limits, times=1)
    run(every(client, hub.user))
    assert client.gauge is not None
    assert (client.gauge.limit, client.gauge.remaining, client.gauge.low) == (1000, 12, True)
    assert client.requests_last_minute == 1


def test_without_a_token_nothing_but_the_hardware_is_asked(
    hub: LocalHub, hub_thread: HubThread, run: Run[Any]
) -> None:
    client = HubClient(hub.endpoint, lambda: None)
    with pytest.raises(HubError) as failure:
        run(client.whoami())
    assert failure.value.kind is ErrorKind.NO_TOKEN
    assert "HF_TOKEN" in failure.value.advice
    assert hub.requests == []


def test_a_refused_token_is_looked_up_anew(hub: LocalHub, run: Run[Any]) -> None:
    found = iter([Token("hf_wrong", "the first try"), Token(hub.token, "the second try")])
    client = HubClient(hub.endpoint, lambda: next(found))
    with pytest.raises(HubError) as failure:
        run(client.whoami())
    assert failure.value.kind is ErrorKind.UNAUTHORIZED
    assert "the first try" in failure.value.title
    assert run(client.whoami()).name == hub.user
    assert client.token_words == "the second try"
    run(client.close())


@pytest.mark.parametrize(
    "link", ["<http://evil.example/api/jobs/x?cursor=1>", "<//evil.example/x>", "<ftp://127.0.0.1/x>", "<>"]
)
def test_the_token_follows_no_link_to_another_server(
    client: HubClient, hub: LocalHub, run: Run[Any], link: str
) -> None:
    hub.fail("GET", "/api/jobs/*", status=200, body=[], headers={"Link": f'{link}; rel="next"'})
    with pytest.raises(HubError) as failure:
        run(every(client, hub.user))
    assert failure.value.kind is ErrorKind.GARBLED


def test_pages_in_a_circle_come_to_an_end(client: HubClient, hub: LocalHub, run: Run[Any]) -> None:
    link = f'<{hub.endpoint}/api/jobs/{hub.user}?cursor=x>; rel="next"'
    hub.fail("GET", "/api/jobs/*", status=200, body=[], headers={"Link": link})
    with pytest.raises(HubError, match="circle"):
        run(every(client, hub.user))


def test_a_link_that_is_none_takes_no_time(client: HubClient, hub: LocalHub, run: Run[Any]) -> None:
    """Thirty of these signs, read by a pattern with a choice at each, took a minute."""
    hub.fail("GET", "/api/jobs/*", status=200, body=[], headers={"Link": "<x>" + ";" * 5000})
    assert run(every(client, hub.user)) == [()]


def test_a_redirect_is_not_followed(client: HubClient, hub: LocalHub, run: Run[Any]) -> None:
    hub.fail("GET", "/api/whoami-v2", status=302, body="", headers={"Location": f"{hub.endpoint}/stolen"})
    with pytest.raises(HubError) as failure:
        run(client.whoami())
    assert "another address" in failure.value.title
    assert [request.path for request in hub.requests] == ["/api/whoami-v2"]


def test_an_answer_without_end_is_not_read_to_it(
    client: HubClient, hub: LocalHub, run: Run[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "_MOST_BODY_BYTES", 1000)
    hub.fail("GET", "/api/whoami-v2", status=200, body="[" + " " * 2000)
    with pytest.raises(HubError, match="larger than"):
        run(client.whoami())


def test_an_answer_that_never_comes_is_given_up(
    client: HubClient, hub: LocalHub, run: Run[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "TOTAL_SECONDS", 0.05)
    hub.fail("POST", "/api/jobs/*", hang=True)
    with pytest.raises(HubError) as failure:
        run(client.create_job(hub.user, BODY))
    assert failure.value.kind is ErrorKind.TIMED_OUT
    assert failure.value.outcome_unclear


def test_the_client_costs_nothing_to_import() -> None:
    code = (
        "import sys, tui.hub.client, tui.hub.thread, tui.hub.credentials;"
        "print([m for m in ('httpx2', 'huggingface_hub', 'textual', 'rich') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
