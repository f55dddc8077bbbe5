"""What the user cancels is said as done, once, and nothing that is older takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from textual.message import Message

from tests.driver import Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub
from tests.waiting import until
from tui.domain.job import Job
from tui.domain.text import short_id
from tui.messages import CancelRequested, JobChanged, SnapshotFetched

NEVER = 3600.0
"""Nothing is asked by itself within a test."""


async def cancelled(t: Dashboard) -> None:
    await t.press("c")
    await t.sees("Cancel")
    assert t.time is not None
    t.time.seconds += 1
    await t.press("y")


async def test_a_cancel_is_said_with_the_name_of_the_job_and_not_as_news(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train-1a2b")
    async with dashboard(hub, time=FakeTime()) as t:
        await t.listed()
        await t.press("w")
        await cancelled(t)
        await t.row_says("train-1a2b", "canceled")
        t.app.backend.jobs.refresh()
        hub.add_job(name="later")
        await t.sees("later")
    said = [words for words in t.toasts() if "cancel" in words.casefold()]
    assert said == [f"Canceled train-1a2b ({short_id(job_id)})"]


async def test_of_a_job_that_had_ended_it_is_not_said(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train")
    async with dashboard(hub, time=FakeTime(), refresh=NEVER) as t:
        await t.listed()
        await t.press("c")
        await t.sees("Cancel this job?")
        hub.set_stage(job_id, "CANCELED")
        assert t.time is not None
        t.time.seconds += 1
        await t.press("y")
        await t.says("had already ended (CANCELED)")
    assert not any("Canceled train" in words for words in t.toasts())


async def test_a_job_cancelled_elsewhere_is_news(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train")
    async with dashboard(hub) as t:
        await t.listed()
        hub.set_stage(job_id, "CANCELED")
        await t.says("train: canceled")


@pytest.mark.parametrize("delay_seconds", [0.0, 0.4])
async def test_a_busy_interface_shows_one_way_from_running_to_canceled(
    hub: LocalHub, delay_seconds: float
) -> None:
    """The interface handles nothing while the Hub answers both the cancel and the polls around it."""
    job_id = hub.add_job(name="train")
    hub.fail("POST", "/api/jobs/*/cancel", delay_seconds=delay_seconds)
    async with dashboard(hub, time=FakeTime(), refresh=0.05) as t:
        await t.listed()
        states: list[str] = []

        def seen() -> None:
            job = t.app.snapshot.jobs[job_id]
            state = "canceling" if job.live and job.cancelling else job.stage
            if [state] != states[-1:]:
                states.append(state)

        t.app.watch(t.app, "snapshot", seen, init=True)
        await t.press("c")
        await t.sees("Cancel this job?")
        assert t.time is not None
        t.time.seconds += 1
        before = len(hub.requests)
        await t.press("y")
        # Blocks the loop of the interface on purpose, while the hub and the hub thread go on.
        job = hub.job(job_id)
        until(lambda: job.stage == "CANCELED" and len(hub.requests) >= before + 4, 10, "a cancel and polls")
        await t.row_says("train", "canceled")
        t.app.backend.jobs.refresh()
        hub.add_job(name="later")
        await t.until(lambda: len(t.app.snapshot.jobs) == 2, "a later list")
        await t.says("Canceled train")
    assert states == ["RUNNING", "canceling", "CANCELED"]
    assert [words for words in t.toasts() if "ancel" in words] == [f"Canceled train ({short_id(job_id)})"]


RUNNING, GONE = "RUNNING", "CANCELED"


@pytest.mark.parametrize(
    "facts",
    [
        ("answer CANCELED", "list RUNNING", "list CANCELED"),
        ("list CANCELED", "answer CANCELED", "list CANCELED"),
        ("answer RUNNING", "list RUNNING", "list CANCELED"),
        ("list RUNNING", "answer CANCELED", "list RUNNING", "list RUNNING", "list CANCELED", "list CANCELED"),
        ("list CANCELED", "list CANCELED", "answer CANCELED"),
    ],
)
async def test_in_whatever_order_the_facts_come(hub: LocalHub, facts: Sequence[str]) -> None:
    job_id = hub.add_job(name="train")
    async with dashboard(hub, refresh=NEVER) as t:
        await t.listed()
        live = t.app.snapshot.jobs[job_id]
        stages: list[str] = []
        t.app.watch(t.app, "snapshot", lambda: stages.append(t.app.snapshot.jobs[job_id].stage), init=False)
        t.app.watched = frozenset({job_id})
        t.app.backend.cancel = lambda jobs: None  # type: ignore[method-assign]
        t.app.post_message(CancelRequested((live,)))

        def message(fact: str) -> Message:
            kind, stage = fact.split()
            job: Job = replace(live, stage=stage)
            if kind == "answer":
                return JobChanged("cancel", job)
            snapshot = t.app.snapshot.merged([job])
            return SnapshotFetched(snapshot, t.app.clock(), 0)

        for fact in facts:
            t.app.post_message(message(fact))
            await t.pilot.pause()
        assert stages[stages.index("CANCELED") :] == ["CANCELED"] * (len(stages) - stages.index("CANCELED"))
        assert not t.app.watched
    assert t.toasts() == [f"Canceled train ({short_id(job_id)})"]
