"""What the user is told of after being away, and how they are called back."""

from __future__ import annotations

from pathlib import Path

from textual.events import Ready

from tests.driver import WIDE, FakeTime, dashboard
from tests.local_hub import LocalHub
from tests.terminal.terminal import Terminal
from tests.waiting import until
from tui.feeds.row_memory import RowMemory


async def test_what_ended_since_the_last_session_is_said_and_found(hub: LocalHub, tmp_path: Path) -> None:
    ended = hub.add_job(name="ended-meanwhile", flavor="a10g-large", age_seconds=3600)
    hub.add_job(name="still-there")
    hub.add_job(name="long-over", stage="COMPLETED")
    async with dashboard(hub, memory=RowMemory(tmp_path, hub.endpoint)) as t:
        await t.listed()
    hub.set_stage(ended, "ERROR", "Job timeout")
    async with dashboard(hub, size=WIDE, memory=RowMemory(tmp_path, hub.endpoint)) as t:
        await t.sees("1 newly ended")
        told = next(said for said in t.toasts() if said.startswith("since"))
        assert "1 job ended, 1 in trouble, ~$1." in told
        await t.press("slash")
        await t.paste("is:new")
        await t.no_longer_sees("still-there")
        assert "ended-meanwhile" in t.screen_text
        assert "long-over" not in t.screen_text


async def test_a_first_paint_later_than_the_rows_of_the_last_session_asks_the_hub_only_once(
    hub: LocalHub, tmp_path: Path
) -> None:
    hub.add_job(name="still-there")
    async with dashboard(hub, memory=RowMemory(tmp_path, hub.endpoint)) as t:
        await t.listed()
    before = len(hub.requests)
    hub.fail("GET", "/api/whoami-v2", reset=True)
    async with dashboard(hub, memory=RowMemory(tmp_path, hub.endpoint)) as t:
        await t.sees("retry in")
        assert t.app.snapshot.remembered_at is not None
        t.app.post_message(Ready())
        hub.heal()
        await t.press("r")
        await t.listed()
    assert [one.path for one in hub.requests[before:]].count("/api/jobs/hardware") == 1


async def test_a_watched_job_rings_when_it_ends(hub: LocalHub, tmp_path: Path) -> None:
    job_id = hub.add_job(name="train")
    told = tmp_path / "told"
    command = f"sh -c 'echo \"$HF_JOB_NAME $HF_JOB_STATE\" > {told}.new; mv {told}.new {told}'"
    async with dashboard(hub, end_command=command) as t:
        await t.sees("train")
        await t.press("w")
        await t.sees("♪ train")
        rung: list[int] = []
        t.app.bell = lambda: rung.append(1)  # type: ignore[method-assign]
        hub.set_stage(job_id, "COMPLETED")
        await t.row_says("train", "completed")
        await t.until(lambda: bool(rung), "the bell")
        until(told.exists, 10)
        assert told.read_text() == "train completed\n"
        assert "♪" not in t.row("train")
        await t.press("w")
        await t.until(lambda: any("nothing to wait for" in said for said in t.toasts()), "the reason")


def test_the_terminal_shows_a_notification_without_a_sequence_of_the_jobs_own(hub: LocalHub) -> None:
    job_id = hub.add_job(
        name="train", docker_image="\x1b]52;c;c3RvbGVu\x07img", labels={"name": "\x07a\x1b[31mb"}
    )
    variables = {"HF_ENDPOINT": hub.endpoint, "HF_TOKEN": hub.token, "HF_JOBS_TUI_NOTIFY": "osc9"}
    with Terminal("--refresh", "1", environment=variables) as t:
        t.sees("running", beside="ab")
        t.press("w")
        t.sees("♪")
        hub.set_stage(job_id, "ERROR")
        t.sees("✗ error", beside="ab")
        t.press("ctrl+c")
        t.ends()
    assert "\x1b]9;✗ ab: error\x1b\\".encode() in t.raw
    assert b"c3RvbGVu" not in t.raw


async def test_watching_many_is_said_once_and_rings_once(hub: LocalHub) -> None:
    ids = [hub.add_job(name=f"run-{number}") for number in range(6)]
    async with dashboard(hub, notify="bell") as t:
        await t.sees("run-5")
        rings: list[None] = []
        t.app.bell = lambda: rings.append(None)  # type: ignore[method-assign]
        await t.press("asterisk", "w")
        await t.until(lambda: "6 jobs: you are called when each ends" in t.toasts(), "one sentence")
        for job_id in ids:
            hub.set_stage(job_id, "COMPLETED")
        await t.press("r")
        await t.until(lambda: t.app.watched == frozenset(), "all of them ended")
        assert 1 <= len(rings) < 6


async def test_watching_all_once_more_watches_none(hub: LocalHub) -> None:
    hub.add_job(name="one")
    hub.add_job(name="two")
    async with dashboard(hub) as t:
        await t.sees("two")
        await t.press("w")
        await t.until(lambda: len(t.app.watched) == 1, "one is watched")
        await t.press("asterisk", "w")
        await t.until(lambda: len(t.app.watched) == 2, "the other one too")
        await t.press("w")
        await t.until(lambda: t.app.watched == frozenset(), "none")


async def test_a_job_cancelled_by_the_user_is_no_longer_watched_and_calls_nobody(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, time=FakeTime(), notify="bell") as t:
        await t.sees("train")
        rings: list[None] = []
        t.app.bell = lambda: rings.append(None)  # type: ignore[method-assign]
        await t.press("w")
        await t.sees("♪ train")
        await t.press("c")
        await t.sees("Cancel this job?")
        assert t.time is not None
        t.time.seconds += 1
        await t.press("y")
        await t.row_says("train", "canceled")
        await t.no_longer_sees("♪ train")
        assert t.app.watched == frozenset()
        assert not rings


async def test_an_end_that_is_first_seen_in_the_details_rings_too(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train")
    async with dashboard(hub, refresh=None, notify="bell") as t:
        await t.listed()
        rings: list[None] = []
        t.app.bell = lambda: rings.append(None)  # type: ignore[method-assign]
        await t.press("w")
        await t.sees("♪ train")
        hub.set_stage(job_id, "COMPLETED")
        await t.press("d")
        await t.sees("read from the Hub at")
        await t.until(lambda: bool(rings), "the bell")
        await t.says("train: completed")
        await t.press("escape")
        await t.row_says("train", "completed")
        assert "♪" not in t.row("train")
