"""Everything about one scheduled job: in groups and as JSON, values masked, hostile text as text."""

from __future__ import annotations

import json

import pytest

from tests.driver import SMALL, WIDE, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.local.schedules import Schedule

GROUP = "65aa00000000000000000003"


def add_full(hub: LocalHub) -> Schedule:
    return hub.add_schedule(
        "python",
        "train.py",
        expression="5/10 * * * *",
        flavor="a10g-large",
        environment={"EPOCHS": "three-hundred", "TOKEN": "hf_abcdefghijklmnopqrstuvwx0"},
        secrets={"WANDB_API_KEY": "sesame-open"},
        labels={"name": "nightly", "team": "ml"},
        volumes=({"type": "bucket", "source": "ada/data", "mountPath": "/data", "readOnly": True},),
        expose={"ports": [8000, 8080], "portsPublic": [8080]},
        timeout_seconds=7200,
        attempts=3,
        network={"group": "ring", "aliases": ["zero"]},
        arch="amd64",
        resource_group_id=GROUP,
    )


async def opened(t: Dashboard, key: str = "d") -> None:
    await t.listed()
    await t.press("3")
    await t.sees("nightly")
    await t.press(key)
    await t.sees("read from the Hub at")


async def test_the_details_hold_every_field_in_groups(hub: LocalHub) -> None:
    schedule = add_full(hub)
    async with dashboard(hub, size=(120, 80)) as t:
        await opened(t)
        for words in (
            "nightly",
            "● active",
            "every 10 minutes from :05",
            "5/10 * * * *",
            "next",
            "it has not run yet",
            "python train.py",
            "python:3.12",
            "a10g-large",
            "amd64",
            "attempts      3",
            "timeout       2:00h",
            "at most",
            "owner         ada",
            "started by    ada",
            GROUP,
            "team          ml",
            "EPOCHS        ••••••",
            "WANDB_API_KEY",
            "bucket ada/data · read only",
            "ports         8000",
            "public        8080",
            "ring as zero",
            schedule.id,
        ):
            await t.sees(words)
        assert "three-hundred" not in t.screen_text
        assert "sesame" not in t.screen_text
        await t.press("v")
        await t.sees("three-hundred")
        await t.press("escape")
        await t.sees("1 scheduled job")


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_the_json_is_the_answer_with_values_masked(hub: LocalHub, size: tuple[int, int]) -> None:
    schedule = add_full(hub)
    async with dashboard(hub, size=size) as t:
        await opened(t, "J")
        await t.sees('"type": "scheduled-job"')
        await t.press("y")
        await t.until(lambda: bool(t.app.clipboard), "a copy")
        copied = json.loads(t.app.clipboard)
        assert copied["id"] == schedule.id
        assert copied["jobSpec"]["environment"] == {"EPOCHS": "••••••", "TOKEN": "••••••"}
        assert copied["jobSpec"]["secrets"] == ["WANDB_API_KEY"]
        await t.press("d")
        await t.sees("every 10 minutes from :05")
        await t.press("J", "tab", "tab", "G")
        await t.press("y")


async def test_what_cannot_be_read_is_said_and_what_is_known_stays(hub: LocalHub) -> None:
    add_full(hub)
    async with dashboard(hub, size=WIDE) as t:
        await t.listed()
        await t.press("3")
        await t.sees("nightly")
        hub.fail("GET", "/api/scheduled-jobs/ada/*", status=503, times=1)
        await t.press("d")
        await t.sees("not read:")
        await t.sees("every 10 minutes from :05")
        await t.press("r")
        await t.sees("read from the Hub at")


async def test_a_schedule_in_an_unknown_form_shows_its_text_and_the_next_run_of_the_hub(
    hub: LocalHub,
) -> None:
    schedule = add_full(hub)
    strange = "0 9 * * MON#1 \x1b]52;c;c3RvbGVu\x07[/x]"
    hub.call(lambda: setattr(schedule, "expression", strange))
    async with dashboard(hub, size=WIDE) as t:
        await opened(t)
        await t.sees("0 9 * * MON#1 [/x]")
        await t.press("J")
        await t.sees("MON#1")


async def test_enter_opens_the_last_job_and_says_when_there_is_none(hub: LocalHub) -> None:
    add_full(hub)
    async with dashboard(hub, size=WIDE) as t:
        await opened(t)
        await t.press("l")
        await t.says("it has not run yet")
        await t.press("y")
        await t.says("copied ")
