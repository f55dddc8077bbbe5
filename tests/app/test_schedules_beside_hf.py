"""All of a schedule's life on the screen, beside the same life through the real `hf jobs scheduled`."""

from __future__ import annotations

import asyncio
import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.app.test_schedules_screen import confirmed, opened
from tests.driver import Dashboard, FakeTime, dashboard
from tests.local.hf_command import Shell
from tests.local_hub import LocalHub, RecordedRequest
from tui.local.schedules import Schedule

LINE = (
    "hf jobs scheduled run '0 3 * * *' --name NAME --flavor cpu-upgrade --timeout 2h -l team=ml "
    "python:3.12 sleep 600"
)
OF_ITS_OWN = {"id", "name", "created_at", "last_job", "next_job_run_at"}
"""What differs between twins."""


class Twins:
    """One scheduled job of the dashboard's, and one of the real command's."""

    def __init__(self, t: Dashboard, shell: Shell) -> None:
        self.t = t
        self.shell = shell
        self.ours: Schedule | None = None
        self.theirs: Schedule | None = None

    async def hf(self, *arguments: str, status: int = 0) -> str:
        """`hf jobs scheduled …`; the dashboard goes on meanwhile."""
        said = await asyncio.to_thread(self.shell.jobs, "scheduled", *arguments, status=status)
        return said.all

    async def same(self) -> None:
        """Both are told alike by the real command."""
        assert self.ours is not None
        assert self.theirs is not None
        assert await self._told(self.ours) == await self._told(self.theirs)

    async def _told(self, schedule: Schedule) -> Any:
        (shown,) = json.loads(await self.hf("inspect", schedule.id, "--format", "json"))
        return _without_own(shown)

    def sent(self, schedule: Schedule) -> list[tuple[str, str, Any]]:
        """What was sent to change it, its id aside."""
        return [
            (one.method, one.path.replace(schedule.id, "ID"), _without_own(one.json))
            for one in self.shell.hub.requests
            if one.method != "GET" and schedule.id in one.path
        ]


def _without_own(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_own(item) for key, item in value.items() if key not in OF_ITS_OWN}
    return value


def _created(requests: list[RecordedRequest]) -> list[Any]:
    return [_without_own(one.json) for one in requests if one.method == "POST" and one.path.endswith("/ada")]


@pytest.mark.timeout(120)
async def test_a_schedule_lives_the_same_life(hub: LocalHub, tmp_path: Path) -> None:
    shell = Shell(hub, tmp_path)
    async with dashboard(hub, time=FakeTime()) as t:
        twins = Twins(t, shell)
        await opened(t, "Nothing is scheduled here yet")
        await _create(t, twins)
        await _relabel(t, twins)
        await _reschedule(t, twins)
        await _hold(t, twins)
        await _trigger(t, twins)
        await _delete(t, twins)


async def _create(t: Dashboard, twins: Twins) -> None:
    hub = twins.shell.hub
    await t.press("n", "f2")
    await t.paste(LINE.replace("NAME", "twin"))
    await t.press("enter", "ctrl+j")
    await t.sees("Submit this job?")
    await t.press("y")
    await t.row_says("twin", "03:00, every day")
    (twins.ours,) = hub.state.scheduler
    await twins.hf(*shlex.split(LINE.replace("NAME", "other"))[3:])
    await t.press("r")
    await t.row_says("other", "active")
    await t.press("slash")
    await t.type("name:twin")
    await t.press("enter")
    twins.theirs = next(one for one in hub.state.scheduler if one.id != twins.ours.id)
    ours, theirs = _created(hub.requests)
    assert ours == theirs
    await twins.same()


async def _relabel(t: Dashboard, twins: Twins) -> None:
    assert twins.ours is not None
    assert twins.theirs is not None
    await t.press("L")
    await t.sees("Name and labels")
    await t.press("enter")
    await t.type("stage=prod")
    await t.press("ctrl+s")
    ours = twins.ours
    await t.until(lambda: "stage" in ours.request.labels, "the label")
    labels = [
        word for pair in {**ours.request.labels, "name": "other"}.items() for word in ("-l", "=".join(pair))
    ]
    await twins.hf("labels", twins.theirs.id, *labels)
    await twins.same()
    await t.until(lambda: not t.app.busy_schedules, "the answer")


async def _reschedule(t: Dashboard, twins: Twins) -> None:
    assert twins.ours is not None
    assert twins.theirs is not None
    await t.press("e")
    await t.press(*["backspace"] * 9)
    await t.type("30 6 * * 1-5")
    await t.press("enter")
    await t.row_says("twin", "06:30, Monday to")
    await twins.hf("reschedule", twins.theirs.id, "30 6 * * 1-5")
    await twins.same()
    shown = json.loads(await twins.hf("inspect", twins.ours.id, "--format", "json"))
    next_run = shown[0]["status"]["next_job_run_at"]
    assert f"{next_run[11:16]} UTC" in t.screen_text


async def _hold(t: Dashboard, twins: Twins) -> None:
    assert twins.ours is not None
    assert twins.theirs is not None
    for verb, word in (("suspend", "suspended"), ("resume", "active")):
        await t.press("s")
        await t.row_says("twin", word)
        await twins.hf(verb, twins.theirs.id)
        await twins.same()
        await t.until(lambda: not t.app.busy_schedules, "the answer")


async def _trigger(t: Dashboard, twins: Twins) -> None:
    assert twins.ours is not None
    assert twins.theirs is not None
    await confirmed(t, "t", "Run it once now?")
    await t.row_says("twin", "running")
    await twins.hf("trigger", twins.theirs.id)
    jobs = {(job.initiator or {}).get("id"): job for job in twins.shell.hub.state.store}
    ours, theirs = jobs[twins.ours.id], jobs[twins.theirs.id]
    assert replace(ours.request, labels={}) == replace(theirs.request, labels={})
    await twins.same()
    await confirmed(t, "t", "Run it once now?")
    words = "Another job is already running at the same time"
    await t.sees(words)
    await t.press("escape")
    assert words in await twins.hf("trigger", twins.theirs.id, status=1)


async def _delete(t: Dashboard, twins: Twins) -> None:
    assert twins.ours is not None
    assert twins.theirs is not None
    await confirmed(t, "D", "Delete this scheduled job?")
    await t.no_longer_sees("06:30, Monday to")
    await twins.hf("delete", twins.theirs.id)
    assert list(twins.shell.hub.state.scheduler) == []
    assert twins.sent(twins.ours) == twins.sent(twins.theirs)
