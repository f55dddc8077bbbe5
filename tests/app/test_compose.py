"""The composer: every field, what is shown beside it, and the ways a job gets into it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

import tui
from tests.driver import SMALL, USUAL, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.screens.compose import ComposeScreen
from tui.spec.collect import FieldError
from tui.spec.draft import Draft, Pair
from tui.spec.parse import parse
from tui.widgets.pairs_editor import PairsEditor
from tui.widgets.spec_form import SpecForm

EVERYTHING = (
    "hf jobs run --name demo --namespace acme --resource-group-id 0123456789abcdef01234567 "
    "--flavor t4-small --timeout 90m --attempts 2 -v hf://buckets/ada/out:/out:rw -v hf://org/m:/m "
    "--expose 8000 --expose 8080 --expose-public 80 --network-group train --network-alias a "
    "--network-alias b --env-file some.env -e EPOCHS=3 -e 'WORDS=a b' -s HF_TOKEN -l team=ml -l solo "
    "--ssh python:3.12 sh -c 'echo $HOME | wc'"
)


def composer(t: Dashboard) -> ComposeScreen:
    screen = t.app.screen
    assert isinstance(screen, ComposeScreen)
    return screen


async def opened(t: Dashboard) -> ComposeScreen:
    await t.listed()
    await t.press("n")
    await t.sees("New job")
    return composer(t)


async def go_to(t: Dashboard, field: str) -> None:
    """Walk with Tab until the cursor is in a field, as somebody without a mouse."""
    for _ in range(60):
        if t.app.screen.focused is not None and t.app.screen.focused.id == field:
            return
        await t.press("tab")
    raise AssertionError(f"Tab never comes to {field}")


async def test_every_field_of_a_line_is_in_the_form_and_comes_back_out(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await t.press("f2")
        await t.paste(EVERYTHING)
        await t.press("enter")
        await t.until(lambda: all(one.open for one in screen.form.sections[:7]), "the filled sections open")
        draft = parse(EVERYTHING).draft
        assert draft is not None
        assert screen.form.draft() == draft
        assert not screen.form.section_of("schedule").open


async def test_a_draft_and_its_form_are_the_same_after_every_kind(hub: LocalHub) -> None:
    lines = [
        "hf jobs uv run --with trl --with 'torch>=2' -p 3.12 --image a/b:c x.py --lr 1",
        "hf jobs run hf.co/spaces/ada/demo python app.py",
        "hf jobs scheduled run '0 9 * * 1' --suspend --no-concurrency ubuntu env",
        "hf jobs uv run --timeout 7200 -e FROM_HERE python -c 'print(1)'",
    ]
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        for line in lines:
            draft = parse(line).draft
            assert draft is not None
            screen.form.load(draft)
            await t.pilot.pause()
            held = screen.form.draft()
            seconds = {"", "s"}
            assert (
                held.timeout_unit == draft.timeout_unit or {held.timeout_unit, draft.timeout_unit} == seconds
            )
            same = {
                name: getattr(held, name) for name in Draft.__dataclass_fields__ if name != "timeout_unit"
            }
            assert same == {name: getattr(draft, name) for name in same}


async def test_the_form_is_emptied_and_what_stood_there_comes_back(hub: LocalHub) -> None:
    line = "hf jobs run --flavor t4-small -s MINE=s3cr3t-v4lu3 -e LR=1 --expose 8080 ubuntu env"
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await t.press("ctrl+n")
        await t.says("the form is empty already")
        draft = parse(line).draft
        assert draft is not None
        screen.form.load(draft)
        await t.sees("ubuntu")
        filled = screen.form.draft()
        await t.press("ctrl+n")
        await t.says("what stood in the form is set aside: ctrl+z brings it back")
        assert screen.form.draft() == Draft()
        await t.press("ctrl+z")
        await t.sees("ubuntu")
        assert screen.form.draft() == filled
        await t.press("ctrl+z")
        await t.says("no other draft was set aside")


async def test_a_job_taken_up_sets_the_draft_aside_and_each_comes_back(hub: LocalHub) -> None:
    hub.add_job(name="old", command=("echo", "old"))
    async with dashboard(hub, size=USUAL) as t:
        await opened(t)
        await t.paste("hf jobs run ubuntu echo precious")
        await t.until(lambda: composer(t).form.draft().command == "echo precious", "the line")
        await t.press("escape", "e")
        await t.says("what stood in the form is set aside: ctrl+z brings it back")
        assert composer(t).form.draft().command == "echo old"
        await t.press("ctrl+z")
        assert composer(t).form.draft().command == "echo precious"
        await t.press("ctrl+z")
        assert composer(t).form.draft().command == "echo old"


async def test_a_line_that_was_left_can_be_had_back(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await t.press("f2", "escape")
        await t.no_longer_sees("enter fills the form")
        assert t.toasts() == []
        await t.press("f2")
        await t.type("hf jobs run ubuntu echo long")
        await t.press("escape")
        await t.says("the line you left is set aside: ctrl+z brings it back")
        assert screen.form.draft() == Draft()
        await t.press("ctrl+z")
        assert screen.form.draft().command == "echo long"
        await t.press("f2", "end", "x", "y", "escape")
        await t.says("the line you left is set aside")
        assert screen.form.draft().command == "echo long"


async def test_what_is_wrong_is_said_to_its_end_on_a_small_screen(hub: LocalHub) -> None:
    async with dashboard(hub, size=SMALL) as t:
        screen = await opened(t)
        screen.form.load(Draft(kind="image", image="ubuntu", env=(Pair("1BAD-NAME", "1"),)))
        screen.form.focus_error(FieldError("env", ""))
        await t.says("letters, digits or _, two at least")
        screen.form.load(Draft(kind="image", image="ubuntu", name="no such name " * 30))
        screen.form.focus_error(FieldError("name", ""))
        await t.sees("has characters a label may not:")
        await t.sees("use letters, digits, dot, dash and underscore")


async def test_a_closed_section_opens_by_key_and_says_what_it_holds(hub: LocalHub) -> None:
    async with dashboard(hub, size=SMALL) as t:
        screen = await opened(t)
        screen.form.section_of("expose").query_one("SectionTitle").focus()
        await t.press("enter")
        await t.sees("Public ports")
        await go_to(t, "expose")
        await t.type("8000 8080")
        await t.press("shift+tab", "left")
        await t.sees("2 ports")
        await t.no_longer_sees("Public ports")
        assert screen.form.draft().expose == ("8000", "8080")


async def test_a_sum_sets_the_timeout_and_a_timeout_the_sum(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await t.press("f2")
        await t.paste("hf jobs run --flavor a10g-small --timeout 3h python:3.12 python -V")
        await t.press("enter")
        await t.until(lambda: screen.query_one("#spend").value == "3.00", "the sum follows")  # type: ignore[attr-defined]
        await go_to(t, "spend")
        await t.press("ctrl+u")
        await t.type("1.5")
        await t.until(lambda: screen.form.draft().timeout_amount == "90", "the timeout follows")
        assert screen.form.draft().timeout_unit == "m"
        await t.press("ctrl+u")
        await t.type("0.001")
        await t.sees("less than a minute")


async def test_a_line_pasted_over_the_table_opens_the_form_filled(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await t.listed()
        await t.paste("$ hf jobs run --flavor t4-small python:3.12 python -V | tee log")
        await t.sees("New job")
        await t.until(lambda: composer(t).form.draft().flavor == "t4-small", "the form filled")
        await t.until(lambda: any("tee" in toast for toast in t.toasts()), "what was left out is said")


async def test_a_line_pasted_outside_a_text_field_fills_the_form(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await t.paste("hf jobs run ubuntu env")
        await t.until(lambda: screen.form.draft().image == "ubuntu", "the form filled")
        await go_to(t, "image")
        await t.paste("hf jobs run never env")
        await t.until(lambda: "hf jobs run never" in screen.form.draft().image, "a text field keeps a paste")


async def test_three_forms_of_the_job_are_shown_and_copied(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await opened(t)
        await t.press("f2")
        await t.paste("hf jobs run -s MINE=s3cr3t-v4lu3 python:3.12 python -V")
        await t.press("enter")
        await t.sees("hf jobs run -s MINE python:3.12")
        await t.press("f3", "ctrl+y")
        await t.sees("os.environ['MINE']")
        assert t.app.clipboard.startswith("import os")
        await t.press("f3", "ctrl+y")
        await t.sees("POST /api/jobs/")
        assert '"dockerImage": "python:3.12"' in t.app.clipboard
        assert "s3cr3t" not in t.screen_text + t.app.clipboard


async def test_a_secret_is_readable_only_while_its_key_is_held(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await t.press("f2")
        await t.paste("hf jobs run -s MINE=s3cr3t-v4lu3 python:3.12 python -V")
        await t.press("enter")
        await t.sees("MINE")
        screen.query_one("#secrets", PairsEditor).rows[0].value_input.focus()
        await t.press("f4")
        await t.sees("s3cr3t-v4lu3")
        await t.no_longer_sees("s3cr3t-v4lu3")
        await t.press("f4", "tab")
        await t.no_longer_sees("s3cr3t-v4lu3")


async def test_what_the_script_says_of_itself_is_shown_as_such(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "train.py"
    script.write_text("# /// script\n# [tool.hf-jobs]\n# flavor = 't4-small'\n# env = { LR = '1' }\n# ///\n")
    monkeypatch.chdir(tmp_path)
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await go_to(t, "script")
        await t.type("tr")
        await t.until(lambda: bool(screen.query_one("#script")._suggestion), "a path is offered")  # type: ignore[attr-defined]
        await t.press("right")
        await t.sees("t4-small  (from the script)")
        await t.sees("LR=1")
        assert screen.form.draft().flavor == ""
        await go_to(t, "flavor")
        await t.type("cpu-basic")
        await t.no_longer_sees("t4-small")


async def test_a_schedule_is_said_in_words_with_its_next_runs(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await opened(t)
        await t.press("f2")
        await t.paste("hf jobs scheduled run '0 9 * * 1-5' ubuntu env")
        await t.press("enter")
        await t.sees("at 09:00 UTC, Monday to Friday")
        await t.until(lambda: t.screen_text.count(" 09:00 UTC") >= 4, "three runs")


async def test_the_payers_are_listed_with_whether_they_can_pay(demo_hub: LocalHub) -> None:
    async with dashboard(demo_hub, size=SMALL) as t:
        screen = await opened(t)
        await t.until(lambda: t.app.identity is not None, "who is logged in")
        await go_to(t, "namespace")
        await t.press("enter")
        await t.sees("cannot pay")
        await t.press("down", "enter")
        await t.until(lambda: bool(screen.form.draft().namespace), "one chosen")
        await t.sees("pays")


def test_no_other_screen_dresses_a_field() -> None:
    styles = Path(tui.__file__).with_name("app.tcss").read_text(encoding="utf-8")
    named = set(re.findall(r"#([A-Za-z_]+)(?![\w-])", styles))
    assert named & set(Draft.__dataclass_fields__) == set(), "ids are known to all screens"


async def test_a_draft_that_comes_back_shows_its_next_runs_and_faults_at_once(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await t.listed()
        t.app.draft = Draft(
            kind="image", image="ubuntu", command="env", volumes=("nonsense",), schedule="0 9 * * 1"
        )
        await t.press("n")
        await t.sees("at 09:00 UTC, on Monday")
        await t.sees("✗ Volumes and files")


async def test_the_gravest_findings_are_in_sight_on_a_small_screen(hub: LocalHub) -> None:
    async with dashboard(hub, size=SMALL) as t:
        await opened(t)
        await t.paste(f"hf jobs run --expose-public 80 -l a=b ubuntu curl -H hf_{'a' * 34}")
        await t.sees("✗")
        assert any("✗" in line for line in t.screen_text.splitlines()[-6:])


async def test_a_fault_in_a_closed_section_opens_it_on_submit(hub: LocalHub) -> None:
    async with dashboard(hub, size=SMALL) as t:
        screen = await opened(t)
        screen.form.load(
            Draft(kind="image", image="ubuntu", command="env", env=(Pair("A1", "1"),), expose=("x",))
        )
        await t.until(lambda: screen.form.section_of("expose").open, "the section open")
        screen.form.section_of("expose").turn(False)
        await t.press("ctrl+j")
        await t.until(
            lambda: t.app.screen.focused is not None and t.app.screen.focused.id == "expose",
            "the cursor there",
        )
        await t.sees("no whole number")


SECONDS_A_KEY = 0.6
"""A minute is kept even by somebody who types less than two keys a second."""


async def test_the_page_s_training_example_by_keyboard_alone(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sft.py").write_text("print('trained')")
    monkeypatch.chdir(tmp_path)
    steps = (
        *("n", "down", "sft.py", "down", "--model_name_or_path Qwen/Qwen2-0.5B", "down", "trl"),
        *("down", "down", "down", "down", "a10g-small", "down", "2", "down", "down", "down", "down", "down"),
        *("HF_TOKEN", "ctrl+j"),
    )
    named = ("n", "down", "ctrl+j")
    assert sum(1 if step in named else len(step) for step in steps) * SECONDS_A_KEY <= 60
    async with dashboard(hub, size=SMALL) as t:
        await t.listed()
        for step in steps:
            await (t.press(step) if step in named else t.type(step))
        await t.sees("Submit this job?")
        await t.sees("2:00h")
        await t.press("escape")
        expected = parse(
            "hf jobs uv run --with trl --flavor a10g-small --timeout 2h -s HF_TOKEN -- sft.py "
            "--model_name_or_path Qwen/Qwen2-0.5B"
        ).draft
        await t.until(lambda: isinstance(t.app.screen, ComposeScreen), "the form")
        assert composer(t).form.draft() == expected


async def test_the_page_s_training_example_pasted(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sft.py").write_text("print('trained')")
    monkeypatch.chdir(tmp_path)
    async with dashboard(hub, size=SMALL) as t:
        await t.listed()
        await t.paste(
            ">>> hf jobs uv run --with trl --flavor a10g-small -s HF_TOKEN -- sft.py "
            "--model_name_or_path Qwen/Qwen2-0.5B ..."
        )
        await t.sees("was something left out there?")
        await t.press("ctrl+j")
        await t.sees("Submit this job?")


async def test_no_field_is_passed_over_before_all_are_made(
    hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SpecForm, "on_mount", lambda form: None)
    async with dashboard(hub, size=SMALL) as t:
        await t.listed()
        t.app.draft = Draft(kind="image", image="ubuntu", command="env", attempts="3")
        await t.press("n")
        await t.sees("ubuntu")
        assert not composer(t).form.section_of("attempts").open
        await go_to(t, "attempts")
        await t.type("4")
        assert composer(t).form.draft().attempts == "4"


async def test_enter_in_a_field_says_what_sends(hub: LocalHub) -> None:
    async with dashboard(hub, size=SMALL) as t:
        await opened(t)
        await t.press("down", "a", "enter")
        await t.sees("enter sends nothing")
        await t.press("up")
        await t.sees("left and right choose what runs")


async def test_a_line_with_an_open_quote_stays_in_the_editor_and_ctrl_u_takes_all_of_it(
    hub: LocalHub,
) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("n", "f2", "ctrl+u")
        await t.type("hf jobs run ubuntu 'x")
        await t.press("enter")
        await t.sees("a quote is never closed")
        await t.press("ctrl+u")
        await t.type("hf jobs run ubuntu true")
        await t.press("enter")
        await t.no_longer_sees("hf command")
        await t.sees("ubuntu")


async def test_a_paste_of_a_megabyte_is_refused_at_once_and_loses_nothing(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await t.press("n", "f2")
        await t.type("hf jobs run x ")
        began_at = time.monotonic()
        await t.paste("y" * 1_000_000)
        await t.sees("Not pasted: 1,000,014 characters; a command of at most 100,000 is read.")
        assert time.monotonic() - began_at < 5
        assert "hf jobs run x" in t.screen_text


def test_a_line_of_a_megabyte_is_not_read() -> None:
    assert parse("hf jobs run x " + "y" * 1_000_000).draft is None
