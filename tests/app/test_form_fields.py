"""The fields of the composer by themselves: their labels, hints and marks, and the lists behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.test_compose import go_to, opened
from tests.app.test_compose_mouse import click
from tests.driver import SMALL, USUAL, dashboard
from tests.local_hub import LocalHub
from tui.domain.hardware import bundled_items, catalogue_from_json
from tui.spec.draft import Draft, Pair
from tui.spec.line import hf_line
from tui.widgets.pairs_editor import PairsEditor
from tui.widgets.rows_editor import RowsEditor


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
        await t.sees("cpu-basic")
        await t.type("nonsense")
        await t.says("No flavor matches “nonsense”: search for other words, or esc leaves")
        assert "TPU" not in t.screen_text
        await t.press("enter")
        await t.says("No flavor matches “nonsense”")
        await t.press("ctrl+u")
        await t.type("tpu")
        await t.sees("v5e-2x4")
        assert "No flavor" not in t.screen_text
        await t.press("ctrl+u")
        await t.type("t4-small")
        await t.no_longer_sees("TPU")
        await t.press("enter")
        await t.until(lambda: screen.form.draft().flavor == "t4-small", "the flavor chosen")


async def test_the_picker_searches_for_what_was_typed_in_the_field(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        screen.form.load(Draft(kind="image", image="ubuntu", command="env"))
        await go_to(t, "flavor")
        await t.type("a10g")
        await t.says("did you mean a10g-small?")
        await t.press("enter")
        await t.sees("a10g-largex4")
        assert "a100x8" not in t.screen_text
        assert "cpu-upgrade" not in t.screen_text
        await t.type("-largex2")
        await t.no_longer_sees("a10g-largex4")
        await t.press("enter")
        await t.until(lambda: screen.form.draft().flavor == "a10g-largex2", "the flavor chosen")
        await t.press("enter")
        await t.sees("cpu-upgrade")
        assert "search: a10g" in t.screen_text


async def test_a_search_that_finds_nothing_offers_the_flavor_with_the_nearest_name(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await go_to(t, "flavor")
        await t.type("a10gsmall")
        await t.press("enter")
        await t.says("No flavor matches “a10gsmall”: the nearest is:")
        await t.press("enter")
        await t.until(lambda: screen.form.draft().flavor == "a10g-small", "the flavor chosen")


async def test_a_tpu_the_hub_does_not_list_is_chosen_by_a_second_enter_and_warned_of(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await t.until(lambda: not t.app.catalogue.bundled, "the list of the hub")
        t.app.catalogue = catalogue_from_json(bundled_items())
        screen.form.load(Draft(kind="image", image="ubuntu", command="env"))
        await go_to(t, "flavor")
        await t.press("enter")
        await t.type("v5e")
        await t.row_says("v5e-1x1", "not offered by the Hub now")
        await t.row_says("v5e-2x4", "not offered by the Hub now")
        assert "cpu-basic" not in t.screen_text
        await t.type("-2x2")
        await t.no_longer_sees("v5e-1x1")
        await t.press("enter")
        await t.sees("v5e-2x2           not offered by the Hub now: enter again to choose it")
        assert screen.form.draft().flavor == ""
        await t.press("enter")
        await t.until(lambda: screen.form.draft().flavor == "v5e-2x2", "the flavor chosen")
        await t.says("v5e-2x2 is not offered by the Hub now: it may refuse the job")


async def test_a_tpu_runs_where_the_hub_lists_it(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await t.until(lambda: not t.app.catalogue.bundled, "the list of the hub")
        screen.form.load(Draft(kind="image", image="ubuntu", command="env", name="on-tpu"))
        await go_to(t, "flavor")
        await t.press("enter")
        await t.type("tpu")
        await t.row_says("v5e-2x2", "4× v5e 64G")
        await t.type(" v5e-2x2")
        await t.no_longer_sees("v5e-1x1")
        await t.press("enter")
        await t.sees("$4.80/h")
        assert "not offered" not in t.screen_text
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.sees("ACCELERATOR=v5e-2x2")


async def test_options_of_uv_are_completed_sent_and_read_back(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reqs.txt").write_text("")
    (tmp_path / "train.py").write_text("print(6 * 7)")
    monkeypatch.chdir(tmp_path)
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await go_to(t, "script")
        await t.type("train.py")
        await go_to(t, "uv_options")
        await t.type("--no-proj")
        await t.until(lambda: "--no-project" in t.row("uv options"), "the whole option offered")
        await t.press("right")
        await t.type(" --with-requirements re")
        await t.until(lambda: "reqs.txt" in t.row("uv options"), "the file offered")
        await t.press("right")
        options = "--no-project --with-requirements reqs.txt"
        await t.until(lambda: screen.form.draft().uv_options == options, "the options in the draft")
        assert hf_line(screen.form.draft()) == f"hf jobs uv run -- {options} train.py"
        await t.press("f2", "enter")
        await t.until(lambda: t.app.screen is screen, "the form again")
        assert screen.form.draft().uv_options == options
        assert screen.form.draft().script == "train.py"
        await t.press("f2")
        await t.paste("hf jobs uv run -m http.server 8000")
        await t.press("enter")
        await t.until(lambda: screen.form.draft().uv_options == "-m", "-m read into its field")
        assert screen.form.draft().command == "http.server 8000"


async def test_quotes_typed_in_the_command_come_back_after_the_line_was_edited(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        typed = "python -c \"print('$HOME')\""
        screen.form.load(Draft(kind="image", image="ubuntu", command=typed))
        await t.press("f2", "home")
        await t.type(" ")
        await t.press("enter")
        await t.until(lambda: t.app.screen is screen, "the form again")
        assert screen.form.draft().command == typed
        await t.press("f2")
        await t.paste("hf jobs run ubuntu echo \"it's\" 'two words'")
        await t.press("enter")
        await t.until(lambda: screen.form.draft().command == "echo \"it's\" 'two words'", "quotes as typed")


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


async def test_a_sum_that_is_none_stays_marked_and_counted_until_it_is_put_right(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        screen.form.load(Draft(kind="image", image="ubuntu", command="env", flavor="t4-small"))
        await t.sees("at most $0.20")
        await go_to(t, "spend")
        await t.press("ctrl+u")
        await t.type("x")
        await t.sees("“x” is no sum of dollars; write one like 2.50")
        await t.sees("1 field still to be filled in or put right")
        await t.press("tab")
        await t.sees("✗ At most $     x")
        await t.press("ctrl+j")
        await t.until(lambda: getattr(t.app.screen.focused, "id", "") == "spend", "the cursor is there again")
        await t.press("ctrl+u")
        await t.type("0")
        await t.sees("Pays for less than a minute: allow more, or choose cheaper hardware")
        await t.sees("1 field still to be filled in or put right")
        await t.type(".4")
        await t.sees("$0.40/h, at most $0.40 in 1:00h")
        assert "✗" not in t.screen_text
        await t.press("tab")
        await t.row_says("At most $", "0.400")


async def test_emptying_the_sum_keeps_the_price_and_the_timeout(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        screen.form.load(Draft(kind="image", image="ubuntu", command="env", flavor="t4-small"))
        await go_to(t, "spend")
        await t.press("ctrl+u")
        await t.type("2")
        await t.sees("$0.40/h, at most $1.99 in 4:59h")
        await t.press("ctrl+u")
        await t.row_says("At most $", "1.99")
        assert "price unknown" not in t.screen_text
        await t.sees("$0.40/h, at most $1.99 in 4:59h")
        await t.press("tab")
        await t.row_says("At most $", "1.99")
        draft = screen.form.draft()
        assert (draft.timeout_amount, draft.timeout_unit, draft.spend) == ("299", "m", "")


@pytest.mark.parametrize("by_click", [False, True])
async def test_a_command_that_wants_a_shell_is_said_and_a_key_or_a_click_gives_it_one(
    hub: LocalHub, by_click: bool
) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        before = Draft(kind="image", image="ubuntu", command="cd /tmp && ls *.py | wc", flavor="t4-small")
        screen.form.load(before)
        await t.says("No shell runs the command:")
        await t.sees("F5: run it through sh -c")
        if by_click:
            await click(t, "run it through")
        else:
            await t.press("f5")
        await t.until(lambda: screen.form.draft().shell, "the command through a shell")
        assert hf_line(screen.form.draft()).endswith("ubuntu -- sh -c 'cd /tmp && ls *.py | wc'")
        await t.no_longer_sees("No shell runs")
        await t.press("f5")
        await t.says("No finding offers a fix")
        await t.press("ctrl+z")
        await t.until(lambda: screen.form.draft() == before, "the form as it was")


async def test_a_sum_that_is_none_goes_when_the_timeout_is_typed(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        screen.form.load(Draft(kind="image", image="ubuntu", command="env", flavor="t4-small"))
        await go_to(t, "spend")
        await t.press("ctrl+u")
        await t.type("0")
        await t.sees("✗ At most $")
        await t.press("shift+tab", "shift+tab")
        await t.sees("✗ At most $     0")
        await t.type("3")
        await t.row_says("At most $", "1.20")
        assert "✗" not in t.screen_text
        assert screen.form.draft().spend == ""


async def test_a_sum_is_judged_by_the_price_of_the_script_s_hardware(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "train.py").write_text("# /// script\n# [tool.hf-jobs]\n# flavor = 't4-small'\n# ///\n")
    monkeypatch.chdir(tmp_path)
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        screen.form.load(Draft(script="train.py"))
        await t.sees("t4-small  (from the script)")
        await go_to(t, "spend")
        await t.press("ctrl+u")
        await t.type("0.8")
        await t.until(lambda: screen.form.draft().timeout_amount == "120", "two hours")
        await t.sees("at most $0.80")


async def test_a_form_emptied_drops_a_sum_that_is_none(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await go_to(t, "spend")
        await t.press("ctrl+u")
        await t.type("x")
        await t.sees("✗ At most $")
        await t.press("ctrl+n")
        await t.no_longer_sees("✗")
        assert screen.form.draft() == Draft()
        await t.press("tab")
        await t.row_says("At most $", "0.005")


async def test_where_there_is_no_room_for_all_choices_the_chosen_one_is_shown(hub: LocalHub) -> None:
    async with dashboard(hub, size=(60, 20)) as t:
        await opened(t)
        await t.row_says("[UV script]", "Docker image   ›")
        await t.press("right", "right", "right")
        await t.row_says("[Space]", "‹")
        await click(t, "command", beside="Kind")
        await t.row_says("[UV command]", "›")


async def test_a_line_break_in_a_command_can_be_seen_and_stays_one(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        command = "python -c 'print(1)\nprint(2)'"
        screen.form.load(Draft(kind="image", image="python:3.12", command=command))
        await t.sees("'print(1)⏎print(2)'")
        await go_to(t, "command")
        await t.press("home", *["right"] * 21, "x")
        await t.sees("⏎pxrint(2)")
        assert screen.form.draft().command == command.replace("print(2)", "pxrint(2)")


async def test_what_a_small_screen_cannot_show_of_the_command_is_counted(hub: LocalHub) -> None:
    async with dashboard(hub, size=SMALL) as t:
        screen = await opened(t)
        screen.form.load(Draft(kind="image", image="ubuntu", command="echo " + "word " * 40))
        await t.sees("+1 line: F2 shows all of it")
        await t.press("f3")
        await t.no_longer_sees("F2 shows all")
        assert "Request  +" in t.screen_text
        screen.form.load(Draft(kind="image", image="ubuntu", command="true"))
        await t.press("f3", "f3")
        await t.sees("hf jobs run ubuntu true")
        assert "+1" not in t.screen_text


async def test_emptied_rows_go_when_the_cursor_leaves_them(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        pairs = tuple(Pair(name, "v") for name in ("A", "B", "C"))
        screen.form.load(Draft(kind="image", env=pairs, volumes=("./a:/a", "./b:/b")))
        editor, volumes = screen.query_one("#env", PairsEditor), screen.query_one("#volumes", RowsEditor)
        editor.focus_row(0)
        await t.press("ctrl+u", "tab", "ctrl+u")
        assert len(editor.rows) == 4
        await t.press("tab")
        await t.until(lambda: len(editor.rows) == 3, "the first row gone")
        assert [row.name_input.value for row in editor.rows] == ["B", "C", ""]
        assert screen.focused is editor.rows[0].name_input
        volumes.focus_row(0)
        await t.press("ctrl+u", "tab")
        await t.until(lambda: len(volumes.rows) == 2, "the volume gone")
        assert screen.form.draft().volumes == ("./b:/b",)
