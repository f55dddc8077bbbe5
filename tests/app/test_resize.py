"""Windows that are resized faster than they are painted."""

from __future__ import annotations

import pytest
from textual.events import Callback, Resize
from textual.geometry import Size

from tests.driver import USUAL, dashboard
from tests.local_hub import LocalHub
from tui.screens.jobs import JobsScreen
from tui.screens.too_small import TooSmallScreen

MOST_LAYOUTS = 20


@pytest.mark.parametrize("key", ["", "n", "l", "c"])
async def test_two_sizes_at_once_end_in_the_present_one(
    hub: LocalHub, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, size=USUAL) as t:
        await t.sees("train")
        if key:
            await t.press(key)
        screen = t.app.screen
        lay_out = screen._screen_resized
        sizes: list[Size] = []

        def count(size: Size) -> None:
            sizes.append(size)
            assert len(sizes) < MOST_LAYOUTS, "it is laid out for ever"
            lay_out(size)

        monkeypatch.setattr(screen, "_screen_resized", count)
        for size in (Size(60, 15), Size(*USUAL)):
            screen.post_message(Resize(size, size))
            screen.post_message(Callback(lambda: None))  # so that the second one does not replace the first
        await t.until(lambda: len(sizes) >= 2, "both sizes to be taken")
        await t.press("f1")
        assert t.app.screen.size == USUAL


async def test_it_comes_back_from_a_window_that_was_too_small(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, size=USUAL) as t:
        await t.sees("train")
        await t.press("l")
        for size in ((1, 1), (160, 20), (20, 5), USUAL):
            await t.pilot.resize_terminal(*size)
        await t.until(lambda: not isinstance(t.app.screen, TooSmallScreen), "room again")
        await t.press("q")
        assert isinstance(t.app.screen, JobsScreen)
        await t.sees("train")
