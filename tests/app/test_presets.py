"""Presets, edit & rerun, rerun: what was composed once need not be composed again."""

from __future__ import annotations

from dataclasses import replace

from tests.app.test_compose import composer, opened
from tests.driver import SMALL, USUAL, FakeTime, dashboard
from tests.local_hub import LocalHub


async def test_a_preset_is_saved_found_and_deleted_by_keyboard(hub: LocalHub) -> None:
    async with dashboard(hub, size=SMALL) as t:
        screen = await opened(t)
        await t.press("f2")
        await t.paste("hf jobs run --name nightly --flavor t4-small -s MINE=s3cr3t-v4lu3 ubuntu env")
        await t.press("enter", "ctrl+s")
        await t.sees("Save as a preset")
        await t.press("enter")
        await t.until(lambda: bool(t.app.shelf.presets()), "the preset kept")
        text = t.app.shelf.presets()[0].path.read_text()
        assert "s3cr3t" not in text
        await t.press("f2")
        await t.paste("hf jobs run python:3.12 python -V")
        await t.press("enter", "ctrl+o")
        await t.sees("Last submissions")
        await t.press("enter")
        await t.until(lambda: screen.form.draft().image == "ubuntu", "the form filled")
        await t.press("ctrl+o", "d")
        await t.sees("Delete this preset?")
        await t.press("y")
        await t.until(lambda: not t.app.shelf.presets(), "the preset gone")


async def test_a_second_delete_takes_no_other_preset_and_a_renamed_one_keeps_the_cursor(
    hub: LocalHub,
) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        for name in ("alpha", "beta", "gamma"):
            t.app.shelf.keep_preset(name, replace(screen.form.draft(), image="ubuntu"))
        await t.press("ctrl+o")
        await t.sees("gamma")
        await t.press("j", "d")
        await t.sees("Delete this preset?")
        await t.press("y")
        await t.says("deleted the preset beta")
        await t.press("d")
        await t.says("no preset under the cursor")
        assert [kept.name for kept in t.app.shelf.presets()] == ["alpha", "gamma"]
        await t.press("j", "j", "r")
        await t.sees("Rename the preset")
        await t.type("gamma-2")
        await t.press("enter")
        await t.no_longer_sees("Rename the preset")
        await t.press("d")
        await t.sees("Delete this preset?")
        await t.press("y")
        await t.says("deleted the preset gamma-2")


async def test_e_takes_a_job_up_again_with_its_secrets_by_name(hub: LocalHub) -> None:
    hub.add_job(
        name="mine",
        stage="COMPLETED",
        flavor="t4-small",
        timeout_seconds=5400,
        secrets={"MINE": "x"},
        environment={"EPOCHS": "3"},
    )
    async with dashboard(hub, size=USUAL) as t:
        await t.row_says("mine", "completed")
        await t.press("e")
        await t.sees("New job")
        draft = composer(t).form.draft()
        assert (draft.image, draft.flavor, draft.name) == ("python:3.12", "t4-small", "mine")
        assert (draft.timeout_amount, draft.timeout_unit) == ("90", "m")
        assert [(pair.name, pair.value) for pair in draft.secrets] == [("MINE", None)]
        await t.sees("EPOCHS")


async def test_capital_r_runs_a_job_again_after_a_dialog(hub: LocalHub) -> None:
    hub.add_job(name="again", stage="COMPLETED", command=("true",))
    async with dashboard(hub, size=USUAL, time=FakeTime()) as t:
        await t.row_says("again", "completed")
        await t.press("R")
        await t.sees("Run this job again?")
        assert t.time is not None
        t.time.seconds += 1
        await t.press("y")
        await t.until(lambda: len(t.app.snapshot.jobs) == 2, "the new job")
        assert [one for one in hub.requests if one.path.endswith("/duplicate")]


async def test_read_only_takes_nothing_up(hub: LocalHub) -> None:
    hub.add_job(name="mine", stage="COMPLETED")
    async with dashboard(hub, size=USUAL, read_only=True) as t:
        await t.row_says("mine", "completed")
        await t.press("e", "R")
        await t.until(lambda: sum("read-only" in text for text in t.toasts()) >= 1, "the reason")
        assert len(t.app.screen_stack) == 1
