"""Everything about one job: in groups and as JSON, values masked, hostile text as text."""

from __future__ import annotations

import json
from typing import Any

from tests.driver import WIDE, Dashboard, dashboard
from tests.local_hub import LocalHub

ATTACK = "\x1b]52;c;c3RvbGVu\x07[/x][red]\u202e\x9b31m"


def add_full(hub: LocalHub, **more: Any) -> str:
    return hub.add_job(
        name="train",
        flavor="a10g-large",
        environment={"EPOCHS": "three-hundred", "TOKEN": "hf_abcdefghijklmnopqrstuvwx0"},
        secrets={"WANDB_API_KEY": "sesame-open"},
        labels={"team": "ml"},
        volumes=({"type": "bucket", "source": "ada/data", "mountPath": "/data", "readOnly": True},),
        expose={"ports": [8000, 8080], "portsPublic": [8080]},
        timeout_seconds=7200,
        attempts=3,
        ssh=True,
        network={"group": "ring", "aliases": ["zero"]},
        arch="amd64",
        **more,
    )


async def opened(t: Dashboard, key: str = "d") -> None:
    await t.sees("train")
    await t.press(key)
    await t.sees("read from the Hub at")


def copies(t: Dashboard) -> str:
    return t.app.clipboard


async def test_the_details_hold_everything_in_groups(hub: LocalHub) -> None:
    job_id = add_full(hub)
    async with dashboard(hub, size=WIDE) as t:
        await opened(t)
        for words in (
            "● running",
            job_id,
            f"/jobs/ada/{job_id}",
            "python:3.12",
            "python -c pass",
            "a10g-large",
            "amd64",
            " UTC",
            "of 2:00h",
            "$1.51/h, $0.01 of it for its ports",
            "$9.06",
            "/data",
            "bucket ada/data · read only",
            "WANDB_API_KEY",
            "EPOCHS",
            "team",
            "8080.hf.jobs",
            "ssh://",
            "ring as zero",
        ):
            await t.sees(words)
        assert "three-hundred" not in t.screen_text
        assert "sesame" not in t.screen_text
        await t.press("v")
        await t.sees("three-hundred")
        await t.press("v")
        await t.no_longer_sees("three-hundred")


async def test_the_json_is_masked_and_copied_as_it_is_shown(hub: LocalHub) -> None:
    job_id = add_full(hub)
    async with dashboard(hub, size=WIDE) as t:
        await opened(t, "J")
        await t.sees('"dockerImage": "python:3.12"')
        assert "three-hundred" not in t.screen_text
        await t.press("y")
        copied = json.loads(copies(t))
        assert (copied["id"], copied["environment"]["EPOCHS"]) == (job_id, "••••••")
        assert "hf_abcdef" not in copies(t)
        await t.press("v", "y")
        await t.sees("three-hundred")
        assert json.loads(copies(t))["environment"]["EPOCHS"] == "three-hundred"
        await t.press("d")
        await t.sees("What runs")
        await t.press("y")
        assert copies(t) == job_id


async def test_what_the_list_holds_is_shown_while_the_hub_is_silent_or_refuses(hub: LocalHub) -> None:
    job_id = add_full(hub)
    async with dashboard(hub, size=WIDE, refresh=None) as t:
        await t.sees("train")
        hub.fail("GET", f"/api/jobs/ada/{job_id}", status=403, body={"error": "no"}, times=1)
        await t.press("d")
        await t.sees("not read: Could not read job")
        await t.sees("python -c pass")
        await t.press("r")
        await t.sees("read from the Hub at")


async def test_why_it_ended_is_said_in_words(hub: LocalHub) -> None:
    hub.add_job(name="train", stage="CANCELED", cancel_reason="RESOURCE_GROUP_LIMIT", message="limit reached")
    async with dashboard(hub, size=WIDE) as t:
        await opened(t)
        await t.sees("stopped by the Hub: the resource group had spent what it may")
        await t.sees("limit reached")


async def test_hostile_text_and_fields_nobody_knows_are_shown_as_text(hub: LocalHub) -> None:
    answer = {
        "id": "6b" + "0" * 22,
        "status": {"stage": "RUNNING", "message": ATTACK, "mood": ATTACK},
        "owner": {"id": "1", "name": "ada", "type": "user"},
        "labels": {"name": "train", ATTACK: ATTACK},
        "environment": {ATTACK: ATTACK},
        "secrets": {"OLD": "sesame-open"},
        "unheardOf": {ATTACK: [ATTACK]},
        "resourceGroup": {"id": "2", "name": "nlp"},
        "hfToken": {"ownerName": "ada", "tokenRole": "write"},
    }
    hub.fail("GET", "/api/jobs/ada", status=200, body=[answer])
    hub.fail("GET", "/api/jobs/ada/*", status=200, body=answer)
    async with dashboard(hub, size=WIDE, namespace="ada") as t:
        await opened(t)
        for words in ("unheardOf", "status.mood", "nlp", "ada · write", "[/x][red]"):
            await t.sees(words)
        await t.press("tab")
        await t.sees('"unheardOf"')
        await t.sees("\\u001b]52")
        assert "sesame" not in t.screen_text
        await t.press("v", "y")
        await t.until(lambda: bool(copies(t)), "a copy")
        assert json.loads(copies(t))["unheardOf"] == {ATTACK: [ATTACK]}
        assert all(char.isprintable() or char == "\n" for char in copies(t) + t.screen_text)


async def test_the_actions_work_from_the_details_too(hub: LocalHub) -> None:
    add_full(hub)
    async with dashboard(hub, size=WIDE) as t:
        await opened(t)
        await t.press("c")
        await t.sees("Cancel this job?")
        await t.press("escape", "L")
        await t.sees("Name and labels of train")
        await t.press("escape", "l")
        await t.sees("follow on")
        await t.press("q")
        await t.sees("STATE")


async def test_a_read_only_dashboard_shows_details_and_hides_what_writes(hub: LocalHub) -> None:
    add_full(hub)
    async with dashboard(hub, size=WIDE, read_only=True) as t:
        await opened(t)
        assert "cancel" not in t.screen_text
        await t.press("L")
        await t.sees("started with --read-only")
