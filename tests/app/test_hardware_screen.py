"""Hardware: what is on offer, how long one waited, and a job composed on it."""

from __future__ import annotations

import pytest

from tests.driver import SMALL, USUAL, WIDE, dashboard
from tests.local_hub import LocalHub
from tui.domain.hardware import bundled_items, catalogue_from_json


@pytest.mark.parametrize("size", [(62, 20), SMALL, USUAL, WIDE])
async def test_prices_and_waits_stand_beside_each_other(hub: LocalHub, size: tuple[int, int]) -> None:
    for age in (600.0, 1200.0, 6000.0):
        hub.add_job(flavor="t4-small", age_seconds=age)
    async with dashboard(hub, size=size) as t:
        await t.listed()
        await t.press("4")
        await t.row_says("t4-small", "$0.40")
        await t.row_says("t4-small", "2m ×3")
        await t.row_says("t4-medium", "–")
        await t.sees("the Hub's list")
        t.app.catalogue = catalogue_from_json(bundled_items())
        await t.sees("no TPU on offer")


async def test_the_middle_wait_says_on_how_many_runs_it_rests(hub: LocalHub) -> None:
    for age in (600.0, 1200.0, 6000.0):
        hub.add_job(flavor="cpu-basic", age_seconds=age)
    hub.add_job(flavor="cpu-basic", stage="SCHEDULING", age_seconds=120)
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("4")
        await t.sees("2m in the middle of 3 runs of yours, from 1m to 10m")
        await t.sees("1 of yours waits for it now, the longest for 2m")


async def test_groups_stay_together_whatever_the_order(hub: LocalHub) -> None:
    async with dashboard(hub, size=WIDE) as t:
        await t.listed()
        await t.press("4")
        await t.sees("$/H↑")
        await t.press("S")
        await t.sees("$/H↓")
        lines = t.screen_text.splitlines()
        kinds = [line[1:4] for line in lines if line[1:4] in ("CPU", "GPU")]
        assert kinds == sorted(kinds)
        assert "cpu-performance" in lines[2]


async def test_words_keep_what_they_fit(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("4", "slash")
        await t.type("a10g -x4")
        await t.press("enter")
        await t.sees("3 of 29 flavors")
        assert "a10g-largex4" not in t.screen_text
        await t.press("escape")
        await t.sees("29 flavors")


async def test_enter_composes_on_it_and_keeps_what_was_typed_before(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("2")
        await t.sees("New job")
        await t.press("f2")
        await t.paste("hf jobs run --flavor cpu-upgrade python:3.12 echo kept")
        await t.press("enter")
        await t.sees("echo kept")
        await t.press("escape", "4")
        await t.sees("t4-small")
        await t.press("slash")
        await t.type("t4-small")
        await t.press("enter", "enter")
        await t.sees("--flavor t4-small")
        await t.sees("echo kept")


async def test_the_list_that_came_with_the_program_is_called_so(hub: LocalHub) -> None:
    hub.fail("GET", "/api/jobs/hardware", status=503)
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("4")
        await t.sees("bundled list of 2026-08-22: the Hub's has not been read")
        await t.press("r")
        await t.sees("Could not read the hardware on offer")
        hub.heal()
        await t.press("r")
        await t.sees("the Hub's list")
        t.app.catalogue = catalogue_from_json(bundled_items())


async def test_read_only_composes_nothing(hub: LocalHub) -> None:
    async with dashboard(hub, read_only=True) as t:
        await t.listed()
        await t.press("4", "enter")
        await t.sees("started with --read-only")
