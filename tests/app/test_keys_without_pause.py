"""Keys that come while a screen is being built and while it is going: none of them ends the program."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Paste
from textual.screen import Screen

from tests.app.test_closing import key
from tests.driver import Dashboard, dashboard
from tests.local_hub import LocalHub
from tests.settling import settle
from tui.domain.job import Job
from tui.keys import ACTIONS, actions
from tui.messages import ScriptFetched, SubmitProgressed
from tui.screens.activity import ActivityScreen
from tui.screens.base import DashboardScreen
from tui.screens.compose import ComposeScreen
from tui.screens.details import DetailsScreen
from tui.screens.hardware import HardwareScreen
from tui.screens.job import JobScreen
from tui.screens.schedules import SchedulesScreen

LEAVING = {"ctrl+c", "q"}
OUTWARDS = {"o", "b", "s", "ctrl+z"}
"""Keys of other programs: a browser, a pager, ssh, the shell."""
KEYS = sorted(
    {name for one in ACTIONS for name in one.keys.split(",")} - LEAVING - OUTWARDS
    | {"enter", "escape", "tab", "down", "up", "pagedown", "pageup", "home", "end", "x", "1", "backspace"}
)
SCREENS = {
    "form": ["n"],
    "line": ["n", "f2"],
    "presets": ["n", "ctrl+o"],
    "name": ["n", "ctrl+s"],
    "palette": ["colon"],
    "help": ["question_mark"],
    "log": ["l"],
    "details": ["d"],
    "json": ["J"],
    "schedules": ["3"],
    "hardware": ["4"],
    "activity": ["5"],
    "columns": ["C"],
    "labels": ["L"],
    "ports": ["P"],
    "cancel": ["c"],
    "rerun": ["R"],
    "filter": ["slash"],
}
LINE = "hf jobs run python:3.12 python -V"
BURSTS, BURST_KEYS = 4, 8


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of the keys save a log."""
    monkeypatch.chdir(tmp_path)


async def turns(count: int) -> None:
    """Let the application have so many turns."""
    for _ in range(count):
        await asyncio.sleep(0)


async def home(t: Dashboard) -> None:
    for _ in range(6):
        await t.press("escape")
    while len(t.app.screen_stack) > 1:
        await t.app.pop_screen()


@pytest.mark.parametrize("name", SCREENS)
async def test_no_key_is_too_early_or_too_late(demo_hub: LocalHub, name: str) -> None:
    chance = random.Random(name)  # noqa: S311
    async with dashboard(demo_hub, refresh=None) as t:
        await t.listed()
        for number in range(BURSTS):
            keys = [*SCREENS[name], *chance.choices(KEYS, k=BURST_KEYS), "escape", *chance.choices(KEYS, k=2)]
            for one in keys:
                t.app.post_message(key(one))
                if chance.random() < 0.1:
                    t.app.post_message(Paste(LINE))
                if chance.random() < 0.1:
                    t.app.post_message(SubmitProgressed("sending", can_withdraw=False))
                    t.app.post_message(ScriptFetched("https://example.org/a.py", b"print(1)"))
                await turns(chance.choice([0, 0, 0, 1, 3, 10, 40]) if number else 0)
            await settle()
            assert t.app._exception is None, keys
            assert t.app.is_running, keys
            await home(t)


FULL: dict[str, Callable[[Job], Screen[None]]] = {
    "form": lambda job: ComposeScreen(),
    "job": JobScreen,
    "details": DetailsScreen,
    "schedules": lambda job: SchedulesScreen(),
    "hardware": lambda job: HardwareScreen(),
    "activity": lambda job: ActivityScreen(),
}
ELSEWHERE = {"log", "move"}
"""Scopes whose actions belong to a widget, which has no keys before it is there."""


@pytest.mark.parametrize("name", FULL)
async def test_every_action_waits_until_its_screen_is_built(demo_hub: LocalHub, name: str) -> None:
    async with dashboard(demo_hub, refresh=None) as t:
        await t.listed()
        some_job = next(iter(t.app.snapshot.jobs.values()))
        screen = FULL[name](some_job)
        assert isinstance(screen, DashboardScreen)
        listed = [one for scope in screen.SCOPES if scope not in ELSEWHERE for one in actions(scope)]
        for one in listed:
            if not OUTWARDS & set(one.keys.split(",")):
                screen = FULL[name](some_job)
                t.app.push_screen(screen)  # not awaited: none of its children is there yet
                await t.app.run_action(one.action, screen)
                await settle()
                assert t.app._exception is None, one.id
                await home(t)


async def test_what_comes_for_a_form_before_it_is_built_is_not_lost(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        form = ComposeScreen()
        t.app.push_screen(form)
        assert not form.is_whole
        t.app._submit_progressed(SubmitProgressed("sending", can_withdraw=False))
        t.app._script_fetched(ScriptFetched("https://example.org/a.py", b"print(1)"))
        assert t.app._held is t.app.draft
        t.app.on_paste(Paste(LINE))
        await t.until(lambda: form.is_whole and form.form.draft().image == "python:3.12", "the line")


async def test_what_comes_for_a_form_that_is_gone_does_nothing(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        form = ComposeScreen()
        await t.app.push_screen(form)
        await t.app.pop_screen()
        done: list[str] = []
        form.when_whole(done.append, "too late")
        await settle()
        assert not form.is_whole
        assert not await form.built()
        assert done == []
