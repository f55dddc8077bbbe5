"""A screen that was left is gone: opened and left many times, none of it stays in memory."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from contextlib import suppress

import pytest
from textual.widget import Widget

from tests.driver import Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub
from tui.local.jobs import Stage

TIMES = 10
WAYS: dict[str, tuple[str, ...]] = {
    "form": ("n", "escape"),
    "line": ("n", "f2", "escape", "escape"),
    "log": ("l", "q"),
    "merged logs": ("space", "j", "space", "l", "q", "u"),
    "details": ("d", "q"),
    "json": ("J", "q"),
    "schedules": ("3", "q"),
    "hardware": ("4", "q"),
    "activity": ("5", "q"),
    "help": ("question_mark", "escape"),
    "columns": ("C", "escape"),
    "labels": ("L", "escape"),
    "rerun": ("R", "escape"),
    "palette": ("colon", "escape"),
    "filter": ("slash", "x", "escape", "escape"),
}


def nodes() -> Counter[str]:
    """Widgets and screens that are still there, by class."""
    gc.collect()
    return Counter(type(one).__name__ for one in gc.get_objects() if isinstance(one, Widget))


def grown(before: Counter[str]) -> dict[str, int]:
    """Of which there are more than before; one or two may still be on their way out."""
    return {name: count - before[name] for name, count in nodes().items() if count > before[name] + 2}


async def come_and_go(t: Dashboard, keys: tuple[str, ...], times: int) -> None:
    for _ in range(times):
        await t.press(*keys)
        await t.until(lambda: len(t.app.screen_stack) == 1, "the table again")
    for _ in range(300):  # so many that the loop drops all cancelled timers: those of this test know screens
        asyncio.get_running_loop().call_later(60, print).cancel()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("way", WAYS)
async def test_a_screen_that_was_left_is_gone(hub: LocalHub, way: str) -> None:
    stages: tuple[Stage, ...] = ("COMPLETED", "COMPLETED", "ERROR")
    for number, stage in enumerate(stages):
        hub.add_job(name=f"run-{number}", stage=stage, lines=["a line"] * 5)
    async with dashboard(hub, refresh=None, time=FakeTime()) as t:
        await t.listed()
        await come_and_go(t, WAYS[way], 2)
        before = nodes()
        await come_and_go(t, WAYS[way], TIMES)
        with suppress(AssertionError):
            await t.until(lambda: not grown(before), "all gone")
        assert not grown(before)
