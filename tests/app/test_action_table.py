"""Every action that writes × what can become of it: what the user saw, and what was sent.

Whether an action can be begun at all, by stage, is in tests/domain/test_rules.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from tests.driver import WIDE, Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub

NEVER = 3600.0
"""Nothing is asked by itself within a test."""


async def still(t: Dashboard) -> None:
    assert t.time is not None
    t.time.seconds += 1


async def cancel(t: Dashboard) -> None:
    await t.press("c")
    await t.sees("Cancel this job?")


async def rerun(t: Dashboard) -> None:
    await t.press("R")
    await t.sees("Run this job again?")


async def labels(t: Dashboard) -> None:
    await t.press("L")
    await t.sees("Name and labels of train")
    await t.press("f7")
    await t.paste("name=other")


async def ports(t: Dashboard) -> None:
    await t.press("P")
    await t.sees("Ports of train")
    await t.type("8000")


@dataclass(frozen=True)
class Doing:
    """An action: how it is begun and agreed to, and what it sends."""

    name: str
    key: str
    begin: Callable[[Dashboard], Awaitable[None]]
    agree: str
    sends: tuple[str, str]


CANCEL = Doing("cancel", "c", cancel, "y", ("POST", "cancel"))
RERUN = Doing("rerun", "R", rerun, "y", ("POST", "duplicate"))
LABELS = Doing("labels", "L", labels, "ctrl+s", ("PUT", "labels"))
PORTS = Doing("ports", "P", ports, "ctrl+s", ("PUT", "expose"))
ALL = (CANCEL, RERUN, LABELS, PORTS)
DONE = {
    "cancel": "■ canceled",
    "rerun": "submitted train",
    "labels": "labels of other: name=other (was train)",
    "ports": "ports of train: 8000",
}


def written(hub: LocalHub) -> list[tuple[str, str]]:
    return [(one.method, one.path.rpartition("/")[2]) for one in hub.requests if one.method != "GET"]


async def do(t: Dashboard, doing: Doing, meanwhile: Callable[[], object] = lambda: None) -> None:
    await t.sees("train")
    await t.listed()
    await doing.begin(t)
    meanwhile()
    await still(t)
    await t.press(doing.agree)


@pytest.mark.parametrize("doing", ALL, ids=lambda doing: doing.name)
async def test_allowed(hub: LocalHub, doing: Doing) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, size=WIDE, refresh=NEVER, time=FakeTime()) as t:
        await do(t, doing)
        await t.says(DONE[doing.name])
    assert written(hub) == [doing.sends]


@pytest.mark.parametrize("doing", ALL, ids=lambda doing: doing.name)
async def test_read_only(hub: LocalHub, doing: Doing) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, size=WIDE, refresh=NEVER, read_only=True) as t:
        await t.sees("train")
        await t.press(doing.key)
        await t.says("read-only: this dashboard was started with --read-only")
        assert len(t.app.screen_stack) == 1
    assert written(hub) == []


async def failed(t: Dashboard, doing: Doing, *words: str) -> None:
    """It was said, and the row is as it was."""
    await t.says(f"{doing.name} train:")
    for part in words:
        await t.says(part)
    await t.press("escape")
    await t.row_says("train", "● running")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "The token needs the permission"),
        (409, "something else is in the way"),
        (400, "refused it (400)"),
    ],
)
@pytest.mark.parametrize("doing", ALL, ids=lambda doing: doing.name)
async def test_refused_by_the_server(hub: LocalHub, doing: Doing, status: int, words: str) -> None:
    hub.add_job(name="train")
    hub.fail(doing.sends[0], "/api/jobs/*", status=status, body={"error": "because it says so"})
    async with dashboard(hub, size=WIDE, refresh=NEVER, time=FakeTime()) as t:
        await do(t, doing)
        await failed(t, doing, words, "because it says so")
    assert written(hub) == [doing.sends]


@pytest.mark.parametrize("doing", ALL, ids=lambda doing: doing.name)
async def test_server_gone(doing: Doing) -> None:
    with LocalHub() as hub:
        hub.add_job(name="train")
        async with dashboard(hub, size=WIDE, refresh=NEVER, time=FakeTime()) as t:
            await do(t, doing, hub.close)
            await failed(t, doing, "nothing answers at")
        assert written(hub) == []


ENDED = {
    "cancel": ("had already ended (COMPLETED): there was nothing to cancel", [CANCEL.sends]),
    "rerun": (DONE["rerun"], [RERUN.sends]),
    "labels": (DONE["labels"], [LABELS.sends]),
    "ports": ("has ended (COMPLETED): its ports are closed", []),
}


@pytest.mark.parametrize("doing", ALL, ids=lambda doing: doing.name)
async def test_the_job_ended_meanwhile(hub: LocalHub, doing: Doing) -> None:
    job_id = hub.add_job(name="train")
    async with dashboard(hub, size=WIDE, refresh=NEVER, time=FakeTime()) as t:
        await do(t, doing, lambda: hub.set_stage(job_id, "COMPLETED"))
        words, sent = ENDED[doing.name]
        await t.says(words)
        await t.press("escape")
        await t.until(lambda: not t.app.snapshot.jobs[job_id].live or doing is RERUN, "the job as it is")
    assert written(hub) == sent


@pytest.mark.parametrize("doing", ALL, ids=lambda doing: doing.name)
async def test_done_but_the_answer_was_lost(hub: LocalHub, doing: Doing) -> None:
    """What can be looked up is looked up; of a new job it is said that nobody knows."""
    hub.add_job(name="train")
    hub.fail(doing.sends[0], "/api/jobs/*", bytes_=20)
    async with dashboard(hub, size=WIDE, refresh=NEVER, time=FakeTime()) as t:
        await do(t, doing)
        await t.says("Whether the new job exists is not known" if doing is RERUN else DONE[doing.name])
    assert written(hub) == [doing.sends]


@pytest.mark.parametrize("doing", ALL, ids=lambda doing: doing.name)
async def test_not_done_and_the_answer_unclear(hub: LocalHub, doing: Doing) -> None:
    hub.add_job(name="train")
    hub.fail(doing.sends[0], "/api/jobs/*", status=502)
    async with dashboard(hub, size=WIDE, refresh=NEVER, time=FakeTime()) as t:
        await do(t, doing)
        await failed(t, doing, "the Hub has trouble (502)", "look")
    assert written(hub) == [doing.sends]


async def test_what_asks_nothing_of_the_hub_works_without_it() -> None:
    with LocalHub() as hub:
        job_id = hub.add_job(name="train")
        async with dashboard(hub, size=WIDE, refresh=NEVER) as t:
            await t.sees("train")
            await t.listed()
            hub.close()
            for key, words in (
                ("y", f"copied {job_id}"),
                ("Y", f"/jobs/ada/{job_id}"),
                ("ctrl+y", "copied the hf command"),
                ("w", "you are called when it ends"),
                ("b", "It was copied, too"),
                ("escape", "train"),
                ("d", "not read: "),
                ("J", "not read: "),
                ("f2", "New job"),
            ):
                await t.press(key)
                await t.says(words)
        assert written(hub) == []


async def test_read_only_hides_what_writes_from_footer_palette_and_help(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, size=WIDE, read_only=True) as t:
        await t.sees("train")
        await t.press("question_mark")
        await t.sees("Everything the Hub tells of the job")
        for words in ("Cancel the job", "Run the job once more", "Change name and labels", "Expose or close"):
            assert words not in t.screen_text
        await t.press("escape", "ctrl+p")
        await t.type("the job")
        await t.sees("Copy the job's id")
        for words in ("Cancel the job", "Run the job once more", "Change name and labels of the job"):
            assert words not in t.screen_text
