"""Cancelling: never by accident, always the job that was named."""

from __future__ import annotations

import pytest

from tests.driver import SMALL, USUAL, WIDE, Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub


def cancels(hub: LocalHub) -> list[str]:
    return [request.path for request in hub.requests if request.path.endswith("/cancel")]


async def asked(t: Dashboard) -> None:
    await t.press("c")
    await t.sees("Cancel this job?")


def wait_out_dead_time(t: Dashboard) -> None:
    assert t.time is not None
    t.time.seconds += 1


async def test_y_cancels_the_job_that_was_named(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train", flavor="a10g-large")
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("train")
        await asked(t)
        await t.sees("a10g-large")
        wait_out_dead_time(t)
        await t.press("y")
        await t.row_says("train", "canceled")
    assert cancels(hub) == [f"/api/jobs/{hub.user}/{job_id}/cancel"]


async def test_enter_escape_and_n_are_no(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("train")
        for key in ("enter", "escape", "n"):
            await asked(t)
            wait_out_dead_time(t)
            await t.press(key)
            await t.no_longer_sees("Cancel this job?")
    assert cancels(hub) == []


async def test_keys_typed_for_the_screen_before_do_not_answer_the_dialog(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("train")
        await t.press("c", "y", "enter")
        await t.sees("Cancel this job?")
        wait_out_dead_time(t)
        await t.press("escape")
        await t.no_longer_sees("Cancel this job?")
    assert cancels(hub) == []


async def test_a_long_burst_of_keys_does_not_answer_the_dialog_however_slowly_it_is_worked_through(
    hub: LocalHub,
) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("train")
        assert t.time is not None
        await asked(t)
        for key in "x" * 20 + "y":
            t.time.seconds += 0.05
            await t.press(key)
        await t.sees("Cancel this job?")
        wait_out_dead_time(t)
        await t.press("escape")
        await t.no_longer_sees("Cancel this job?")
    assert cancels(hub) == []


async def test_a_job_that_ends_under_the_dialog_is_not_cancelled(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train")
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("train")
        await asked(t)
        hub.set_stage(job_id, "COMPLETED")
        await t.sees("ended meanwhile")
        wait_out_dead_time(t)
        await t.press("y")
        await t.sees("ended meanwhile")
        await t.press("enter")
        await t.no_longer_sees("Cancel this job?")
    assert cancels(hub) == []


async def test_a_table_that_changes_under_the_dialog_changes_nothing_about_what_it_cancels(
    hub: LocalHub,
) -> None:
    job_id = hub.add_job(name="first")
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("first")
        await asked(t)
        for number in range(5):
            hub.add_job(name=f"newer-{number}", age_seconds=1)
        await t.until(lambda: len(t.app.snapshot.jobs) == 6, "six jobs")
        wait_out_dead_time(t)
        await t.press("y")
        await t.row_says("first", "canceled")
    assert cancels(hub) == [f"/api/jobs/{hub.user}/{job_id}/cancel"]


@pytest.mark.parametrize("key", ["l", "d"])
async def test_a_page_offers_no_cancel_once_the_job_has_ended_but_its_key_says_why(
    hub: LocalHub, key: str
) -> None:
    job_id = hub.add_job(name="train")
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press(key)
        await t.sees("c cancel")
        hub.set_stage(job_id, "COMPLETED")
        await t.no_longer_sees("c cancel")
        await t.press("c")
        await t.says("only a live job can be cancelled; this one is over: completed")


async def test_an_ended_job_answers_why_it_cannot_be_cancelled(hub: LocalHub) -> None:
    hub.add_job(name="done", stage="COMPLETED")
    async with dashboard(hub) as t:
        await t.sees("done")
        await t.press("c")
        await t.sees("only a live job can be cancelled")


async def test_a_refused_cancel_says_what_the_hub_said(hub: LocalHub) -> None:
    hub.add_job(name="train")
    hub.fail("POST", "/api/jobs/*/cancel", status=403, body={"error": "not by this token"})
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("train")
        await asked(t)
        wait_out_dead_time(t)
        await t.press("y")
        await t.sees("not by this token")
        await t.press("escape")
        await t.row_says("train", "running")


async def test_a_read_only_dashboard_refuses_and_hides(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, read_only=True) as t:
        await t.sees("train")
        await t.sees("read-only")
        assert "cancel" not in t.screen_text
        await t.press("c")
        await t.sees("started with --read-only")
        await t.press("n")
        assert "New job" not in t.screen_text
    assert cancels(hub) == []


@pytest.mark.parametrize("size", [SMALL, (100, 30), USUAL, WIDE])
async def test_the_dialog_says_what_it_cancels_at_every_size(hub: LocalHub, size: tuple[int, int]) -> None:
    hub.add_job(name="train", flavor="l4x1")
    async with dashboard(hub, size=size) as t:
        await t.sees("train")
        await asked(t)
        await t.sees("l4x1 · RUNNING")
        await t.sees("Stops billing")


async def test_no_toast_stands_over_what_a_dialog_asks(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, size=SMALL) as t:
        await t.listed()
        await t.press("y")
        await t.sees("copied")
        await t.press("c")
        await t.sees("y = yes, cancel it")
        await t.no_longer_sees("copied")
