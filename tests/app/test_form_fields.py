"""The fields of the composer by themselves: their labels, hints and marks, and the lists behind them."""

from __future__ import annotations

from tests.driver import USUAL, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.screens.compose import ComposeScreen
from tui.spec.draft import Draft


async def opened(t: Dashboard) -> ComposeScreen:
    await t.listed()
    await t.press("n")
    await t.sees("New job")
    screen = t.app.screen
    assert isinstance(screen, ComposeScreen)
    return screen


async def test_a_field_keeps_its_own_label_when_the_kind_changes(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        screen.form.load(Draft(kind="image", image="ubuntu"))
        await t.row_says("ubuntu", "Image")
        await t.press("right")
        await t.row_says("owner/name", "Space")
        await t.press("left")
        await t.row_says("ubuntu", "Image")
        assert "Space  " not in t.row("ubuntu")
        screen.form.load(Draft(kind="space", space="ada/demo"))
        await t.row_says("ada/demo", "Space")
        screen.form.load(Draft(kind="image", image="ubuntu"))
        await t.row_says("ubuntu", "Image")
