"""Digits lead to the screens, the palette to everything, help begins with the keys of what is looked at."""

from __future__ import annotations

from tests.driver import WIDE, dashboard
from tests.local_hub import LocalHub


async def test_a_digit_leads_from_each_screen_to_each_other(hub: LocalHub) -> None:
    hub.add_job(name="train")
    signs = {"1": "NAME", "3": " Schedules ", "4": " Hardware ", "5": " Activity "}
    async with dashboard(hub) as t:
        await t.sees("train")
        for start in signs:
            for end, sign in signs.items():
                await t.press(start, end)
                await t.sees(sign)
                assert len(t.app.screen_stack) == (1 if end == "1" else 2)
        await t.press("2")
        await t.sees("New job")
        await t.press("3")
        await t.sees(" Schedules ")


async def test_the_footer_says_what_q_does(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.sees("q quit")
        await t.press("4")
        await t.sees("q back")


async def test_a_digit_in_a_text_field_is_text_and_in_a_log_a_window(hub: LocalHub) -> None:
    hub.add_job(name="train", lines=["hello"])
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press("slash", "3", "4")
        await t.sees("“34”")
        await t.press("escape")
        await t.press("enter")
        await t.sees("hello")
        await t.press("3")
        await t.sees("last 5 m")
        assert len(t.app.screen_stack) == 2
        await t.press("q", "2")
        await t.sees("New job")
        t.app.screen.query_one("#script").focus()
        await t.type("run5.py")
        await t.sees("run5.py")


async def test_a_screen_left_and_come_back_to_is_as_it_was(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("4", "slash")
        await t.type("l4")
        await t.press("enter", "j", "5", "4")
        await t.sees("filter “l4”")
        assert t.app.screen.table.cursor_index == 1  # type: ignore[attr-defined]
        await t.press("escape", "q")
        await t.no_longer_sees(" Hardware ")


async def test_the_palette_finds_schedules_jobs_and_what_other_screens_do(hub: LocalHub) -> None:
    for number in range(250):
        hub.add_job(name=f"job-{number:03}", stage="COMPLETED", age_seconds=10_000 - number)
    hub.add_schedule("true", labels={"name": "nightly"})
    async with dashboard(hub, size=WIDE) as t:
        await t.listed()
        await t.press("ctrl+p")
        await t.type("nightly")
        await t.sees("nightly  schedule, at 00:00 UTC, every day")
        await t.press("down", "enter")
        await t.sees(" Schedules ")
        await t.row_says("nightly", "active")
        await t.press("ctrl+p")
        await t.type("job-003")
        await t.sees("job-003  ")
        await t.press("escape", "escape", "1", "ctrl+p")
        await t.type("Suspend the schedule")
        await t.sees("(schedules: s)")
        await t.press("down", "enter")
        await t.sees("put the cursor on the right row, then press s")
        assert not any(one.path.endswith("suspend") for one in hub.requests)


async def test_help_begins_with_the_keys_of_the_screen(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        for digit, title in (("3", "Schedules"), ("4", "Hardware"), ("5", "Activity")):
            await t.press(digit, "question_mark")
            await t.sees("─ Keys")
            lines = (line.split("│") for line in t.screen_text.splitlines() if "│" in line)
            assert next(parts[1].strip() for parts in lines if parts[1].strip()) == title
            await t.press("escape")
            await t.no_longer_sees("─ Keys")


async def test_the_palette_knows_actions_by_what_they_are_called(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press("ctrl+p")
        await t.type("rerun")
        await t.sees("rerun: Run")
        await t.sees("edit & rerun: Compose")
