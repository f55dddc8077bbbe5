"""What is asked of the Hub, for whom and how often, and what stands there meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from textual.events import AppBlur, AppFocus

from tests.driver import SMALL, USUAL, WIDE, dashboard
from tests.local_hub import LocalHub
from tui.feeds.row_memory import RowMemory


async def test_you_and_your_organisations_share_one_table(hub: LocalHub) -> None:
    acme, penniless = hub.organisations
    hub.add_job(name="mine")
    hub.add_job(name="theirs", namespace=acme)
    hub.fail("GET", f"/api/jobs/{penniless}", status=403)
    async with dashboard(hub, size=WIDE) as t:
        await t.sees("mine")
        await t.row_says("theirs", acme)
        await t.sees(f"{hub.user} + 2 orgs")
        await t.sees(f"{penniless}: not allowed 403")
        assert "rows as of" not in t.screen_text
        assert any(penniless in said for said in t.toasts())


async def test_a_namespace_given_narrows_the_view_and_a_job_named_is_found_all_the_same(
    hub: LocalHub,
) -> None:
    acme = hub.organisations[0]
    mine = hub.add_job(name="mine", lines=["found it"])
    hub.add_job(name="theirs", namespace=acme)
    async with dashboard(hub, namespace=acme, job=mine) as t:
        await t.sees("found it")
        await t.press("q")
        await t.sees("theirs")


async def test_a_job_nobody_knows_is_said(hub: LocalHub) -> None:
    async with dashboard(hub, job="0" * 24) as t:
        await t.until(
            lambda: any("not found in your namespaces" in said for said in t.toasts()), "the answer"
        )


async def test_the_last_sessions_rows_stand_there_until_fresh_ones_come(
    hub: LocalHub, tmp_path: Path
) -> None:
    hub.add_job(name="yesterday")
    async with dashboard(hub, memory=RowMemory(tmp_path, hub.endpoint)) as t:
        await t.listed()
    hub.fail("GET", "/api/*", status=503)
    async with dashboard(hub, memory=RowMemory(tmp_path, hub.endpoint)) as t:
        await t.sees("yesterday")
        await t.sees("rows as of")
        assert t.table.faded
        hub.heal()
        await t.press("r")
        await t.listed()
        await t.until(lambda: not t.table.faded, "fresh rows")
        assert t.app.snapshot.remembered_at is None


async def test_it_begins_on_the_first_row_whichever_namespace_answers_first(hub: LocalHub) -> None:
    hub.add_job(name="mine", age_seconds=500)
    hub.add_job(name="theirs", namespace=hub.organisations[0], age_seconds=50)
    hub.fail("GET", f"/api/jobs/{hub.organisations[0]}", delay_seconds=0.5)
    async with dashboard(hub) as t:
        await t.sees("mine")
        await t.sees("theirs")
        assert t.screen_text.index("theirs") < t.screen_text.index("mine")
        assert t.table.cursor_row is not None
        assert t.table.cursor_row.name == "theirs"


@pytest.mark.parametrize("size", [(62, 20), SMALL, USUAL])
async def test_auto_refresh_can_be_stopped(hub: LocalHub, size: tuple[int, int]) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, size=size) as t:
        await t.sees("train")
        await t.press("A")
        await t.says("Auto-refresh paused (A resumes)")
        t.app.clear_notifications()
        await t.no_longer_sees("Auto-refresh")
        await t.sees("paused (A resumes)")
        hub.add_job(name="later")
        await t.press("r")
        await t.sees("later")
        await t.press("A")
        await t.says("Auto-refresh on again")
        await t.no_longer_sees("paused")
        await t.until(lambda: t.app.footer_edge.startswith("↻ 1s"), "the pace")


async def test_less_is_asked_while_another_window_has_the_focus(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        paces: list[float | None] = []
        t.app.backend.jobs.pace = paces.append  # type: ignore[method-assign, assignment]
        t.app.post_message(AppBlur())
        t.app.post_message(AppFocus())
        await t.until(lambda: len(paces) == 2, "both were heard")
        assert paces == [30.0, 1.0]


async def test_a_clock_that_goes_wrong_is_said_and_its_times_are_corrected(hub: LocalHub) -> None:
    running = {"id": "1" * 24, "status": {"stage": "RUNNING"}, "labels": {"name": "train"}}
    ahead = datetime.now(UTC) + timedelta(hours=2)
    started = (ahead - timedelta(minutes=5, seconds=20)).isoformat()
    hub.fail(
        "GET",
        f"/api/jobs/{hub.user}",
        status=200,
        body=[{**running, "createdAt": started, "startedAt": started}],
        headers={"Date": format_datetime(ahead, usegmt=True)},
    )
    async with dashboard(hub, size=WIDE, namespace=hub.user) as t:
        await t.sees("behind the Hub's: times corrected")
        await t.row_says("train", " 5m ")
