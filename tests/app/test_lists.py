"""Lists to choose from: the cursor is seen in every theme, and every key that moves it does."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from rich.style import Style
from textual.command import CommandPalette
from textual.events import Click, Key
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from tests.app.dialogs import READY
from tests.driver import Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub
from tests.settling import settle
from tui.screens.palette import Palette
from tui.screens.shelf_screen import ShelfScreen
from tui.themes import THEMES
from tui.widgets.flavor_picker import FlavorPicker
from tui.widgets.payer_picker import PayerPicker
from tui.widgets.pick_list import PickList

LISTS: list[type[ModalScreen[Any]]] = [Palette, FlavorPicker, PayerPicker, ShelfScreen]
MOVES = ["down", "up", "pagedown", "pageup"]


async def opened(t: Dashboard, kind: type[ModalScreen[Any]], folder: Path) -> OptionList:
    made = Palette() if kind is Palette else READY[kind].made(t, folder)
    t.app.push_screen(await made if inspect.isawaitable(made) else made)
    await settle()
    if kind is Palette:
        await t.until(lambda: t.app.screen.has_class("-ready"), "the commands")
    return t.app.screen.query_one(OptionList)


def enabled(options: OptionList) -> list[int]:
    return [index for index, option in enumerate(options.options) if not option.disabled]


def look(options: OptionList, index: int) -> tuple[object, ...]:
    """How the first words of an option are painted."""
    style = next(
        segment.style
        for segment in options.render_line(options._index_to_line[index] - options.scroll_offset.y)
        if segment.text.strip()
    )
    assert isinstance(style, Style)
    return style.color, style.bgcolor, bool(style.reverse)


def test_every_list_over_a_screen_is_of_the_kind_whose_cursor_is_seen() -> None:
    sources = [*Path("tui").rglob("*.py")]
    bare = [path.name for path in sources if " OptionList(" in path.read_text(encoding="utf-8")]
    assert bare == []


@pytest.mark.parametrize("theme", [one.name for one in THEMES])
async def test_the_row_with_the_cursor_looks_different(hub: LocalHub, tmp_path: Path, theme: str) -> None:
    async with dashboard(hub, time=FakeTime(), theme=theme) as t:
        for kind in LISTS:
            options = await opened(t, kind, tmp_path)
            here = options.highlighted
            assert here is not None, kind
            other = next(index for index in enabled(options) if index != here)
            assert look(options, here) != look(options, other), f"{kind} in {theme}"
            if theme in ("terminal", "mono"):
                assert look(options, here)[2], "the colours of the terminal mark no row"
            await t.app.pop_screen()


async def test_the_row_with_the_cursor_is_reversed_without_colours(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with dashboard(hub, time=FakeTime(), theme="dark") as t:
        for kind in LISTS:
            options = await opened(t, kind, tmp_path)
            assert options.highlighted is not None
            assert look(options, options.highlighted)[2], kind
            await t.app.pop_screen()


@pytest.mark.parametrize("kind", LISTS)
async def test_arrows_and_pages_move_in_every_list(
    hub: LocalHub, tmp_path: Path, kind: type[ModalScreen[Any]]
) -> None:
    async with dashboard(hub, time=FakeTime(), size=(120, 24)) as t:
        options = await opened(t, kind, tmp_path)
        places = enabled(options)
        under_text = isinstance(t.app.focused, Input)
        await t.press("ctrl+home" if under_text else "home")
        assert options.highlighted == places[0]
        await t.press("down")
        assert options.highlighted == places[1]
        await t.press("up")
        assert options.highlighted == places[0]
        await t.press("pagedown")
        far = options.highlighted
        assert far is not None
        assert far > places[1] or far == places[-1]
        await t.press("pageup")
        assert options.highlighted in places[:2]
        await t.press("ctrl+end" if under_text else "end")
        assert options.highlighted == places[-1]
        if not under_text:
            await t.press("k")
            assert options.highlighted == places[-2]
            await t.press("j", "g")
            assert options.highlighted == places[0]
            await t.press("G")
            assert options.highlighted == places[-1]


async def test_the_flavor_under_the_cursor_is_the_one_chosen(hub: LocalHub, tmp_path: Path) -> None:
    async with dashboard(hub, time=FakeTime()) as t:
        chosen: list[object] = []
        made = READY[FlavorPicker].made(t, tmp_path)
        assert isinstance(made, FlavorPicker)
        t.app.push_screen(made, chosen.append)
        await settle()
        await t.press("down", "enter")
        assert chosen == ["cpu-upgrade"]


async def test_pages_before_a_list_was_painted_end_nothing(hub: LocalHub, tmp_path: Path) -> None:
    async with dashboard(hub, time=FakeTime()) as t:
        for kind in LISTS:
            made = Palette() if kind is Palette else READY[kind].made(t, tmp_path)
            t.app.push_screen(await made if inspect.isawaitable(made) else made)
            for key in [*MOVES, "ctrl+end", "end"] * 3:
                t.app.post_message(Key(key, None))
            await settle()
            assert isinstance(t.app.screen, kind)
            options = t.app.screen.query_one(OptionList)
            assert isinstance(options, PickList)
            options._clear_caches()
            options.action_page_down()
            options.action_page_up()
            await t.app.pop_screen()


async def test_the_palette_is_filled_while_its_keys_come(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        t.app.action_command_palette()
        for _ in range(200):
            t.app.post_message(Key("pagedown", None))
            t.app.post_message(Key("pageup", None))
            await t.pilot.pause(0)
            if t.app.screen.has_class("-ready"):
                break
        await settle()
        assert isinstance(t.app.screen, CommandPalette)


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("rows_left", [0, 1])
async def test_a_click_on_a_row_that_is_gone_chooses_nothing(
    hub: LocalHub, kind: type[ModalScreen[Any]], rows_left: int, tmp_path: Path
) -> None:
    async with dashboard(hub) as t:
        options = await opened(t, kind, tmp_path)
        screen, last = t.app.screen, options.option_count - 1
        style = Style(meta={"option": last if rows_left == 0 else 0})
        at = options.region.offset
        click = Click(options, 0, 0, 0, 0, 1, False, False, False, at.x, at.y, style)
        kept = list(options.options)[:rows_left]
        options.clear_options()
        options.add_options(kept)
        options.post_message(click)
        await settle()
        assert t.app.screen is screen
        assert screen.is_active
