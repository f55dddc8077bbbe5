"""Sizes, themes, letters for glyphs, other keys: the same facts whatever the terminal can do."""

from __future__ import annotations

import pytest

from tests.driver import SMALL, USUAL, WIDE, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.themes import MONO_THEME, THEMES

SIZES = ((60, 15), SMALL, (100, 30), USUAL, WIDE)


def colours(t: Dashboard) -> set[str]:
    """Every colour on the screen that is not the terminal's own."""
    strips = t.app.screen._compositor.render_strips(t.app.size)
    styles = [part.style for strip in strips for part in strip if part.style is not None]
    used = [colour for style in styles for colour in (style.color, style.bgcolor) if colour is not None]
    return {colour.name for colour in used if not colour.is_default}


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_state_name_run_and_left_are_there_at_every_size(
    demo_hub: LocalHub, size: tuple[int, int]
) -> None:
    async with dashboard(demo_hub, size=size) as t:
        await t.listed()
        await t.sees("running")
        for column in ("STATE", "NAME", "RUN", "LEFT"):
            await t.sees(column)
        assert all(len(line) <= size[0] for line in t.screen_text.splitlines())


async def test_too_small_is_said_in_a_line_and_passes_with_everything_kept(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, size=SMALL) as t:
        await t.sees("train")
        await t.press("c")
        await t.sees("Cancel this job?")
        await t.pilot.resize_terminal(59, 24)
        await t.sees("needs 60×15")
        assert "train" not in t.screen_text
        await t.press("q", "escape")
        assert "needs 60×15" in t.screen_text
        await t.pilot.resize_terminal(60, 15)
        await t.sees("Cancel this job?")
        await t.press("escape")
        await t.row_says("train", "running")


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_every_theme_shows_the_same_words(hub: LocalHub, theme: str) -> None:
    hub.add_job(name="train")
    hub.add_job(name="lost", stage="ERROR", message="Job timeout")
    async with dashboard(hub, theme=theme) as t:
        await t.row_says("lost", "✗ timed out")
        await t.row_says("train", "● running")
        await t.press("slash", "x", "escape", "n")
        await t.sees("New job")


async def test_mono_uses_no_colour_at_all(demo_hub: LocalHub) -> None:
    async with dashboard(demo_hub, theme=MONO_THEME) as t:
        await t.listed()
        assert colours(t) == set()


async def test_the_default_uses_the_sixteen_colours_of_the_terminal(demo_hub: LocalHub) -> None:
    async with dashboard(demo_hub) as t:
        await t.listed()
        assert colours(t) <= {f"color({number})" for number in range(16)}


async def test_plain_letters_in_place_of_glyphs_on_every_screen(demo_hub: LocalHub) -> None:
    async with dashboard(demo_hub, ascii=True, size=WIDE) as t:

        def only_letters() -> None:
            assert [sign for sign in t.screen_text if not sign.isascii()] == []

        await t.listed()
        await t.press("space")
        assert "R running" in t.screen_text
        assert "X timed out" in t.screen_text
        only_letters()
        for keys, words in (
            (("question_mark",), "Open the job under the cursor"),
            (("escape", "ctrl+p"), "Search for"),
            (("escape", "escape", "C"), "space shows or hides"),
            (("enter", "enter"), "follow"),
            (("q", "3"), "nightly-sync"),
            (("4",), "t4-small"),
            (("5",), "Nothing was sent yet"),
            (("1", "n"), "New job"),
            (("f2",), "enter fills the form"),
        ):
            await t.press(*keys)
            await t.sees(words)
            only_letters()
