"""Every fault at the start, in a poll and in an action: the sentence, the rows kept, the requests sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest

from tests.driver import WIDE, FakeTime, dashboard
from tests.local_hub import LocalHub
from tui.local.faults import Fault, parse_fault

Moment = Literal["start", "poll", "action"]
NEVER = 3600.0
"""Nothing is asked by itself within a test: every request counted is one that was meant."""


@dataclass(frozen=True)
class Case:
    """A fault, what is said of it in a list and of an action, and whether it is tried again by itself."""

    name: str
    fault: str
    listed: str
    acted: str
    again: bool = True


CASES = (
    Case("reset", "reset", "the connection to {host} broke", "the connection to {host} broke"),
    Case("hang", "hang", "no answer from {host} in time", "no answer from {host} in time"),
    Case("401", "401", "A local hub makes another", "A local hub makes another", again=False),
    Case("402", "402", "ada has no credit for it", "/settings/billing"),
    Case("403", "403", "The token needs the permission", "The token needs the permission", again=False),
    Case("404", "404", "no such namespace", "there is no such job", again=False),
    Case("409", "409", "something else is in the way", "something else is in the way"),
    Case("429", "429", "too many requests", "too many requests"),
    Case("429 with a time", "429 retry-after=599", "retry in 9:5", "too many requests"),
    Case("500", "500", "the Hub has trouble (500)", "the Hub has trouble (500)"),
    Case("502 page", "html", "the Hub has trouble (502)", "the Hub has trouble (502)"),
    Case("malformed", "malformed", "the answer cannot be read", "the answer cannot be read"),
    Case("wrong shape", "shape", "the answer is no list", "the answer is no job"),
    Case(
        "cut short",
        "bytes=20",
        "the connection to {host} broke",
        "the connection to {host} broke",
    ),
    Case("redirect", "redirect", "sends us to another address", "sends us to another address"),
)


def plan(hub: LocalHub, method: str, path: str, words: str, elsewhere: str) -> Fault:
    if words == "shape":
        return hub.fail(method, path, status=200, body={"unexpected": 1})
    if words == "redirect":
        return hub.fail(method, path, status=307, headers={"Location": f"{elsewhere}/api/jobs/ada"})
    return hub.plan(parse_fault(f"{method} {path} {words}"))


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.hub.transport.READ_SECONDS", 3.0)


def lists(hub: LocalHub) -> int:
    return sum(request.path == "/api/jobs/ada" for request in hub.requests)


def posts(hub: LocalHub) -> int:
    return sum(request.method == "POST" for request in hub.requests)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_at_the_start_it_is_said_in_full_and_a_key_tries_again(hub: LocalHub, case: Case) -> None:
    hub.add_job(name="train")
    with LocalHub() as other:
        plan(hub, "GET", "/api/jobs/ada", case.fault, other.endpoint)
        async with dashboard(hub, size=WIDE, refresh=NEVER, namespace="ada") as t:
            await t.says(case.listed.format(host=f"127.0.0.1:{hub.port}"))
            await t.says("r tries again")
            assert lists(hub) == 1
            assert ("retry in" in t.words) == case.again
            hub.heal()
            await t.press("r")
            await t.sees("train")
            await t.no_longer_sees("⚠")
        assert other.requests == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_in_a_poll_the_rows_stay_and_are_marked_as_old(hub: LocalHub, case: Case) -> None:
    hub.add_job(name="train")
    with LocalHub() as other:
        async with dashboard(hub, size=WIDE, refresh=NEVER, namespace="ada") as t:
            await t.sees("train")
            await t.listed()
            hub.requests.clear()
            plan(hub, "GET", "/api/jobs/ada", case.fault, other.endpoint)
            await t.press("r")
            await t.says(case.listed.format(host=f"127.0.0.1:{hub.port}"))
            await t.sees("rows as of")
            await t.sees("r retries now")
            assert "train" in t.screen_text
            assert t.table.faded
            assert lists(hub) == 1
            hub.heal()
            await t.press("r")
            await t.no_longer_sees("rows as of")
            await t.row_says("train", "running")
        assert other.requests == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_an_action_is_sent_once_and_its_end_is_said(hub: LocalHub, case: Case) -> None:
    job_id = hub.add_job(name="train")
    with LocalHub() as other:
        async with dashboard(hub, size=WIDE, refresh=NEVER, namespace="ada", time=FakeTime()) as t:
            await t.sees("train")
            plan(hub, "POST", "/api/jobs/*", case.fault, other.endpoint)
            await t.press("c")
            await t.sees("Cancel this job?")
            assert t.time is not None
            t.time.seconds += 1
            await t.press("y")
            if case.name == "cut short":  # it was done, and a look at the job shows it
                await t.row_says("train", "canceled")
            else:
                await t.says("cancel train:")
                await t.says(case.acted.format(host=f"127.0.0.1:{hub.port}"))
                await t.press("escape")
                await t.row_says("train", "running")
            assert job_id in t.app.snapshot.jobs
        assert posts(hub) == 1
        assert other.requests == []


async def test_a_slow_answer_is_no_trouble(hub: LocalHub) -> None:
    hub.add_job(name="train")
    hub.fail("GET", "/api/jobs/ada", delay_seconds=1.0, times=1)
    async with dashboard(hub, namespace="ada", refresh=NEVER) as t:
        await t.sees("loading jobs")
        await t.sees("train")
        assert lists(hub) == 1


@pytest.mark.parametrize("moment", ["start", "poll", "action"])
async def test_nobody_there(moment: Moment) -> None:
    with LocalHub() as hub:
        hub.add_job(name="train")
        words = f"nothing answers at 127.0.0.1:{hub.port}"
        if moment == "start":
            hub.close()
        async with dashboard(hub, size=WIDE, refresh=NEVER, namespace="ada", time=FakeTime()) as t:
            if moment == "start":
                await t.says(words)
                await t.says("`hf-jobs-tui hub` starts one")
                return
            await t.sees("train")
            hub.close()
            await t.press("r" if moment == "poll" else "c")
            if moment == "action":
                await t.sees("Cancel this job?")
                assert t.time is not None
                t.time.seconds += 1
                await t.press("y")
            await t.says(words)
            assert "train" in t.screen_text


async def test_a_name_nobody_knows() -> None:
    async with dashboard(endpoint="http://no-such-host.invalid", token="hf_x", size=WIDE, refresh=NEVER) as t:
        await t.says("the name no-such-host.invalid is not known here")
        await t.says("Check the network of this machine and HF_ENDPOINT")


async def test_no_secure_connection(hub: LocalHub) -> None:
    async with dashboard(
        endpoint=f"https://127.0.0.1:{hub.port}", token="hf_x", size=WIDE, refresh=NEVER
    ) as t:
        await t.says(f"no secure connection to 127.0.0.1:{hub.port}")
        await t.says("SSL_CERT_FILE")


async def test_a_proxy_that_refuses(monkeypatch: pytest.MonkeyPatch, hub: LocalHub) -> None:
    monkeypatch.setenv("HTTPS_PROXY", hub.endpoint)
    async with dashboard(endpoint="https://hub.invalid", token="hf_x", size=WIDE, refresh=NEVER) as t:
        await t.says("the proxy refused the connection")
        await t.says("Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY")


async def test_a_proxy_setting_that_is_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://[")
    async with dashboard(endpoint="https://hub.invalid", token="hf_x", size=WIDE, refresh=NEVER) as t:
        await t.says("proxy or certificate settings")
