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


async def go_to(t: Dashboard, field: str) -> None:
    """Walk with Tab until the cursor is in a field, as somebody without a mouse."""
    for _ in range(60):
        if t.app.screen.focused is not None and t.app.screen.focused.id == field:
            return
        await t.press("tab")
    raise AssertionError(f"Tab never comes to {field}")


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


async def test_a_search_that_no_flavor_matches_says_so_and_enter_keeps_saying_it(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await go_to(t, "flavor")
        await t.press("enter")
        await t.sees("TPU: the Hub offers none now")
        await t.type("nonsense")
        await t.says("No flavor matches “nonsense”: search for other words, or esc leaves")
        assert "TPU" not in t.screen_text
        await t.press("down", "enter")
        await t.says("No flavor matches “nonsense”")
        await t.press("ctrl+u")
        await t.type("tpu")
        await t.sees("TPU: the Hub offers none now")
        assert "No flavor" not in t.screen_text
        await t.press("ctrl+u")
        await t.type("t4-small")
        await t.no_longer_sees("TPU")
        await t.press("enter")
        await t.until(lambda: screen.form.draft().flavor == "t4-small", "the flavor chosen")


async def test_the_heading_of_a_section_has_a_hint_of_its_own(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await opened(t)
        await go_to(t, "namespace")
        await t.sees("you or an organisation")
        await t.press("tab")
        await t.sees("enter or space opens it")
        assert "you or an organisation" not in t.screen_text
        await t.press("enter")
        await t.sees("enter or space closes it")
        await t.press("tab")
        await t.sees("end it with :ro or :rw")
        await t.type("nonsense")
        await t.press("shift+tab", "space")
        await t.sees("something in it has to be put right: enter or space opens it")
