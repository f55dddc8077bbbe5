"""Text pasted in a terminal that does not mark it as a paste: its line breaks are not Enter."""

from __future__ import annotations

import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.widgets import Input, TextArea

from tests.driver import Dashboard, dashboard
from tests.local_hub import LocalHub
from tests.settling import settle
from tui.screens.compose import ComposeScreen
from tui.screens.labels_dialog import LabelsDialog
from tui.screens.line_editor import LineEditor
from tui.screens.palette import Palette
from tui.screens.shelf_screen import NamePrompt
from tui.widgets.burst import GAP_SECONDS, now

FOUR = ["hf jobs run \\", "  --name four \\", "  python:3.12 \\", "  python -c 'print(4)'"]


def arrives(t: Dashboard, text: str) -> None:
    """The characters of a text reach the program in one go, as keys."""
    for character in text:
        name = {"\r": "enter", "\n": "ctrl+j"}.get(character) or _character_to_key(character)
        t.app.post_message(Key(name, character))


async def rests(t: Dashboard) -> None:
    """Nothing was typed for as long as no paste pauses."""
    since = now()
    await t.until(lambda: now() - since > GAP_SECONDS, "a moment without keys")


@pytest.mark.parametrize("line_break", ["\r", "\n", "\r\n"], ids=["CR", "LF", "CRLF"])
@pytest.mark.parametrize("after", [False, True], ids=["", "trailing"])
async def test_a_command_of_four_lines_stays_together(hub: LocalHub, line_break: str, after: bool) -> None:
    async with dashboard(hub) as t:
        await t.press("n", "f2")
        arrives(t, line_break.join(FOUR) + line_break * after)
        await t.until(lambda: "print(4)'" in t.app.screen.query_one(TextArea).text, "the last line")
        assert isinstance(t.app.screen, LineEditor)
        assert t.app.screen.query_one(TextArea).text == "\n".join(FOUR) + "\n" * after
        await rests(t)
        await t.press("enter")
        await t.until(lambda: isinstance(t.app.screen, ComposeScreen), "the form")
        assert isinstance(t.app.screen, ComposeScreen)
        draft = t.app.screen.form.draft()
        assert (draft.name, draft.image) == ("four", "python:3.12")


async def test_a_line_and_its_enter_in_one_go_fill_the_form(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.press("n", "f2")
        arrives(t, "hf jobs run ubuntu env\r")
        await t.until(lambda: isinstance(t.app.screen, ComposeScreen), "the form")
        assert isinstance(t.app.screen, ComposeScreen)
        assert t.app.screen.form.draft().image == "ubuntu"


async def test_lines_pasted_into_a_filter_are_words_of_it(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        hub.add_job(name="one")
        await t.press("r", "slash")
        arrives(t, "one\rc\ry\rx")
        await t.until(lambda: t.app.screen.query_one("FilterBar", Input).value == "one c y x", "the words")
        assert len(t.app.screen_stack) == 1
        await rests(t)
        await t.press("enter")
        assert not t.app.screen.query_one("FilterBar").display


async def test_lines_pasted_for_a_name_are_one_name(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.press("n", "ctrl+s")
        arrives(t, "one\rtwo\r")
        await t.until(lambda: "two" in t.app.screen.query_one(Input).value, "both words")
        assert isinstance(t.app.screen, NamePrompt)
        await rests(t)
        await t.press("enter")
        await t.says("saved the preset one two")


async def test_lines_pasted_into_the_palette_run_nothing(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.press("colon")
        arrives(t, "hard\rq\r")
        await t.until(lambda: "q" in t.app.screen.query_one(Input).value, "both words")
        assert isinstance(t.app.screen, Palette)
        await t.press("escape")
        assert len(t.app.screen_stack) == 1


@pytest.mark.parametrize("line_break", ["\r", "\n"], ids=["CR", "LF"])
async def test_lines_pasted_into_a_field_open_no_list_and_submit_nothing(
    hub: LocalHub, line_break: str
) -> None:
    async with dashboard(hub) as t:
        await t.press("n")
        screen = t.app.screen
        assert isinstance(screen, ComposeScreen)
        await t.until(lambda: screen.form.row("flavor") is not None, "the fields")
        field = screen.query_one("#flavor", Input)
        field.value = ""
        field.focus()
        await settle()
        arrives(t, line_break.join(["cpu-basic", "yyy", "n"]))
        await t.until(lambda: "n" in field.value.split(), "the last line")
        assert t.app.screen is screen
        assert field.value == "cpu-basic yyy n"


async def test_labels_pasted_line_by_line_are_not_saved_with_the_first(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        hub.add_job(name="one")
        await t.press("r")
        await t.sees("cpu-basic")
        await t.press("L")
        await t.until(lambda: isinstance(t.app.screen, LabelsDialog), "the labels")
        arrives(t, "\na=1\nb=2\n")
        await t.until(lambda: "b=2" in t.app.screen.query_one(TextArea).text, "both labels")
        assert isinstance(t.app.screen, LabelsDialog)
        await rests(t)
        await t.press("ctrl+j")
        assert not isinstance(t.app.screen, LabelsDialog)
