"""A dialog closes once: what comes in behind the key that closed it does nothing to the screens below."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.screen import ModalScreen, Screen

from tests.app.dialogs import IN_GENERAL, LINE, NO_KEY_CLOSES, READY, OneCommand, every_modal
from tests.driver import Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub
from tests.settling import settle
from tui.job_control import NO_SHELL
from tui.screens.activity import ActivityScreen
from tui.screens.compose import ComposeScreen
from tui.screens.jobs import JobsScreen
from tui.screens.line_editor import LineEditor
from tui.screens.palette import Palette
from tui.screens.too_small import TooSmallScreen
from tui.widgets.whole import WholeScreen

NAMES = {one.__name__: one for one in READY}
CHARACTERS = {"question_mark": "?", "space": " "}


def key(name: str) -> Key:
    character = name if len(name) == 1 else CHARACTERS.get(name, "\r" if name == "enter" else None)
    return Key(name, character)


def at_once(t: Dashboard, *names: str) -> None:
    """Keys that come in one write."""
    for name in names:
        t.app.post_message(key(name))


def test_every_dialog_is_tried_here() -> None:
    assert every_modal() - IN_GENERAL == set(READY), "give the new dialog a place in tests/app/dialogs.py"


def test_every_dialog_closes_in_the_way_that_closes_once() -> None:
    assert [one for one in every_modal() if not issubclass(one, WholeScreen)] == []


class Opened:
    """A dialog over the form or over a table, and what it answers."""

    def __init__(self, t: Dashboard, kind: type[ModalScreen[Any]], folder: Path) -> None:
        self.t, self.kind, self.folder = t, kind, folder
        self.answers: list[Any] = []
        self.dialog: Screen[Any]
        self.below: list[Screen[Any]]

    async def open(self, over: Screen[Any] | None = None) -> None:
        t, ready = self.t, READY[self.kind]
        while len(t.app.screen_stack) > 1:
            await t.app.pop_screen()
        if over is not None:
            await t.app.push_screen(over)
        self.answers.clear()
        OneCommand.runs = 0
        made = ready.made(t, self.folder)
        self.dialog = await made if inspect.isawaitable(made) else made
        self.below = t.app.screen_stack
        t.app.push_screen(self.dialog, self.answers.append)
        await settle()
        if self.kind is Palette:
            await t.until(lambda: self.dialog.has_class("-ready"), "the commands")
        assert t.time is not None
        t.time.seconds += 60
        await t.type(ready.typed)
        t.time.seconds += 60

    def bound_keys(self) -> list[str]:
        """Every key that could close it: those it has bindings for, and the two that everyone tries."""
        bound = {name for one in self.kind.mro() for name in _bound_keys(one)}
        return sorted(bound | {"enter", "escape"})

    async def closes(self, key: str) -> bool:
        """Whether the key closes it, pressed once."""
        await self.open()
        at_once(self.t, key)
        await settle()
        if self.dialog in self.t.app.screen_stack:
            return False
        self.check_closed_once(key)
        return True

    async def takes(self, *keys: str, over: Screen[Any] | None = None) -> None:
        """Give it these keys in one go: it closes, nothing else does."""
        await self.open(over)
        at_once(self.t, *keys)
        await settle()
        self.check_closed_once(*keys)

    def check_closed_once(self, *keys: str) -> None:
        stack = self.t.app.screen_stack
        assert self.t.app._exception is None, keys
        assert self.t.app.is_running, keys
        assert stack == self.below, f"{keys}: {stack}"
        assert len(self.answers) == 1, f"{keys}: {self.answers}"
        if self.kind is Palette:
            assert OneCommand.runs == ("enter" in keys) or len(set(keys)) > 1, f"{keys}: {OneCommand.runs}"


def _bound_keys(one: type[Any]) -> Iterator[str]:
    if one.__module__.startswith(("tui.", "textual.command")):
        for binding in one.__dict__.get("BINDINGS", ()):
            yield from (name.strip() for name in binding.key.split(","))


@pytest.mark.parametrize("name", [name for name, one in NAMES.items() if one not in NO_KEY_CLOSES])
async def test_a_dialog_closes_once_however_often_its_keys_come(
    hub: LocalHub, tmp_path: Path, name: str
) -> None:
    async with dashboard(hub, time=FakeTime()) as t:
        opened = Opened(t, NAMES[name], tmp_path)
        closing = [one for one in opened.bound_keys() if await opened.closes(one)]
        assert closing
        for one, other in zip(closing, [*closing[1:], closing[0]], strict=True):
            await opened.takes(one, one, one)
            await opened.takes(one, other, "escape", "enter")
        await opened.takes(closing[-1], closing[-1], closing[-1], over=ActivityScreen())
        await opened.takes(closing[0], closing[0], closing[0], over=ComposeScreen())


async def test_no_key_closes_what_goes_when_there_is_room(hub: LocalHub) -> None:
    async with dashboard(hub, size=(50, 10)) as t:
        assert isinstance(t.app.screen, TooSmallScreen)
        at_once(t, *["escape", "enter", "q"] * 3)
        await settle()
        assert isinstance(t.app.screen, TooSmallScreen)
        await t.pilot.resize_terminal(100, 30)
        await t.until(lambda: isinstance(t.app.screen, JobsScreen), "the jobs")


async def test_keys_behind_the_one_that_leaves_a_screen_do_not_leave_the_next(hub: LocalHub) -> None:
    for keys in (["q"] * 3, ["escape"] * 3, ["q", "escape", "enter"], ["escape", "q", "q"]):
        async with dashboard(hub) as t:
            hub.add_job(name="one")
            await t.press("r", "5")
            at_once(t, *keys)
            await settle()
            assert t.app.is_running
            assert isinstance(t.app.screen, JobsScreen)
            await t.press("5", "q")
            assert isinstance(t.app.screen, JobsScreen), "a key pressed on what is shown counts"


async def test_what_is_typed_ahead_of_a_screen_reaches_it(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.press("5")
        at_once(t, "q", "n")
        await t.until(lambda: isinstance(t.app.screen, ComposeScreen), "the form")
        at_once(t, "f2")
        await t.until(lambda: isinstance(t.app.screen, LineEditor), "the line")


async def test_a_line_entered_three_times_fills_the_form_once(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.press("n", "f2")
        await t.type(LINE)
        at_once(t, "enter", "enter", "enter")
        await t.until(lambda: isinstance(t.app.screen, ComposeScreen), "the form")
        assert isinstance(t.app.screen, ComposeScreen)
        assert t.app.screen.form.draft().image == "python:3.12"


async def test_a_line_left_four_times_leaves_the_form_where_it_is(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.press("n", "f2")
        await t.type(LINE)
        at_once(t, *["escape"] * 4)
        await t.until(lambda: isinstance(t.app.screen, ComposeScreen), "the form")
        await settle()
        assert isinstance(t.app.screen, ComposeScreen)


async def test_a_command_chosen_twice_is_run_once(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.press("colon")
        await t.type("hard")
        at_once(t, "enter", "enter")
        await t.sees("Hardware")
        await settle()
        assert [type(one).__name__ for one in t.app.screen_stack] == ["JobsScreen", "HardwareScreen"]


async def test_ctrl_z_reaches_the_program_in_a_dialog_and_in_a_field_but_not_in_the_form(
    hub: LocalHub,
) -> None:
    async with dashboard(hub) as t:
        for before, after in [(["question_mark"], "escape"), (["slash"], "escape"), (["colon"], "escape")]:
            said = len(t.toasts())
            await t.press(*before, "ctrl+z")
            assert t.toasts()[said:] == [NO_SHELL]
            await t.press(after)
        said = len(t.toasts())
        await t.press("n", "ctrl+z", "f2", "x", "ctrl+z")
        assert NO_SHELL not in t.toasts()[said:]
