"""The table, its filter, its order, its preview."""

from __future__ import annotations

from tests.driver import SMALL, WIDE, dashboard
from tests.local_hub import LocalHub
from tui.widgets.log_marking import Part
from tui.widgets.log_pane import LogPane


async def test_the_demo_fills_the_table_and_says_that_it_is_a_demo(demo_hub: LocalHub) -> None:
    async with dashboard(demo_hub, size=WIDE, label="demo: nothing is billed") as t:
        await t.listed()
        await t.sees("demo")
        text = t.screen_text
        for state in (
            "running",
            "waiting",
            "completed",
            "error",
            "timed out",
            "no memory",
            "canceled",
            "deleted",
        ):
            assert state in text, state


async def test_a_filter_keeps_what_matches_and_escape_brings_all_back(hub: LocalHub) -> None:
    hub.add_job(name="train-qwen")
    hub.add_job(name="eval-llama", stage="COMPLETED")
    async with dashboard(hub) as t:
        await t.sees("eval-llama")
        await t.press("slash")
        await t.type("qwen")
        await t.no_longer_sees("eval-llama")
        await t.press("enter")
        await t.sees("1 of 2 jobs")
        await t.press("escape")
        await t.sees("eval-llama")


async def test_a_filter_that_matches_nothing_says_how_to_get_out(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press("slash")
        await t.type("zzz")
        await t.press("enter")
        await t.sees("no jobs match “zzz”: esc clears")


async def test_an_empty_account_says_what_to_do(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.sees("no jobs here yet; n composes the first one")


async def test_a_job_started_elsewhere_appears_and_the_cursor_stays_on_its_job(hub: LocalHub) -> None:
    first = hub.add_job(name="first")
    async with dashboard(hub) as t:
        await t.sees("first")
        hub.add_job(name="second", age_seconds=1)
        await t.sees("second")
        assert t.table.cursor_key == first


async def test_an_ended_job_is_said(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train")
    async with dashboard(hub) as t:
        await t.sees("train")
        hub.set_stage(job_id, "ERROR", "Job timeout")
        await t.row_says("train", "timed out")
        assert any("train" in said for said in t.toasts())


async def test_sorting_goes_through_the_columns_and_round(hub: LocalHub) -> None:
    hub.add_job(name="aaa")
    hub.add_job(name="bbb")
    async with dashboard(hub) as t:
        await t.sees("bbb")
        await t.press("full_stop")
        await t.sees("NAME↑")
        first = t.table.keys_in_order
        await t.press("S")
        await t.sees("NAME↓")
        assert t.table.keys_in_order == tuple(reversed(first))
        await t.press("comma")
        await t.sees("STATE")


async def test_the_preview_shows_the_end_of_the_log(hub: LocalHub) -> None:
    hub.add_job(name="train", lines=[f"step {number}" for number in range(200)])
    async with dashboard(hub, size=WIDE) as t:
        await t.sees("step 199")
        await t.press("v")
        await t.no_longer_sees("step 199")


async def test_the_preview_names_what_runs_by_what_it_is(hub: LocalHub) -> None:
    hub.add_job(name="three", docker_image="python:3.12", age_seconds=3)
    hub.add_job(name="two", docker_image=None, space_id="ada/demo", age_seconds=2)
    hub.add_job(name="one", docker_image="a/b", command=("uv", "run", "/data/s.py"), age_seconds=1)
    async with dashboard(hub, size=WIDE) as t:
        await t.sees("script   s.py")
        await t.press("down")
        await t.sees("Space    ada/demo")
        await t.press("down")
        await t.sees("image    python:3.12")


async def test_a_small_screen_shows_the_table_alone(hub: LocalHub) -> None:
    hub.add_job(name="train", lines=["step 1"])
    async with dashboard(hub, size=SMALL) as t:
        await t.sees("train")
        assert "step 1" not in t.screen_text
    assert not any(request.path.endswith("/logs") for request in hub.requests)


async def test_the_log_follows_what_comes_and_holds_still_when_read(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train", lines=[f"line {number}" for number in range(100)])
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press("l")
        await t.sees("line 99")
        hub.log(job_id, "line 100")
        await t.sees("line 100")
        await t.press("g")
        await t.sees("line 0")
        hub.log(job_id, "line 101")
        await t.sees("1 new")
        await t.press("G")
        await t.sees("line 101")
        await t.press("slash")
        await t.type("line 7")
        await t.press("enter")
        await t.sees("of 11")
        await t.press("q")
        await t.sees("STATE")


async def test_help_and_palette_know_every_key(hub: LocalHub) -> None:
    hub.add_job(name="train-qwen")
    async with dashboard(hub) as t:
        await t.sees("train-qwen")
        await t.press("question_mark")
        await t.sees("Cancel the job, after a dialog that names it")
        await t.press("escape")
        await t.press("ctrl+p")
        await t.type("compose a new")
        await t.sees("Compose a new job")
        await t.press("enter")
        await t.sees("New job")


async def test_the_palette_finds_a_job_by_its_name(hub: LocalHub) -> None:
    hub.add_job(name="train-qwen", lines=["found it"])
    async with dashboard(hub) as t:
        await t.sees("train-qwen")
        await t.press("colon")
        await t.type("train-q")
        await t.until(lambda: t.screen_text.count("train-qwen") >= 2, "the job in the palette")
        await t.press("enter")
        await t.sees("found it")


async def test_the_flavor_picker_is_grouped_searched_and_chosen_from(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("n", "f2")
        await t.paste("hf jobs run python:3.12 echo")
        await t.press("enter")
        await t.sees("python:3.12")
        t.app.screen.query_one("#flavor").focus()
        await t.press("enter")
        await t.sees("CPU")
        await t.type("a10g-largex2")
        await t.no_longer_sees("cpu-upgrade")
        await t.press("enter")
        await t.sees("--flavor a10g-largex2")
        await t.sees("$3.00/h")


async def test_the_preview_of_a_covered_screen_asks_for_nothing(hub: LocalHub) -> None:
    hub.add_job(name="train", lines=["step 1"])
    async with dashboard(hub, size=WIDE) as t:
        await t.sees("step 1")
        await t.press("l")
        await t.sees("follow on")
        hub.add_job(name="second", age_seconds=1)
        await t.until(lambda: len(t.app.snapshot.jobs) == 2, "the second job")
        await t.press("down", "w")
        await t.sees("wrap on")
    tails = [request.query for request in hub.requests if request.path.endswith("/logs")]
    assert len(tails) == 2


async def test_the_page_of_a_job_says_why_it_ended_on_a_small_screen_too(hub: LocalHub) -> None:
    hub.add_job(name="failed", stage="ERROR", message="Job failed with exit code: 3. Reason: Error.")
    async with dashboard(hub, size=SMALL) as t:
        await t.sees("failed")
        await t.press("enter")
        await t.sees("Job failed with exit code: 3")


async def test_the_log_of_the_preview_goes_on_behind_a_dialog(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train", lines=["before"])
    async with dashboard(hub, size=WIDE) as t:
        await t.sees("before")
        await t.press("c")
        await t.sees("Cancel this job?")
        hub.log(job_id, "meanwhile")
        pane = t.app.screen_stack[0].query_one(LogPane)
        await t.until(
            lambda: any("meanwhile" in line for line in pane.excerpt(Part.ALL).lines()), "the line behind it"
        )
        await t.press("escape")
        await t.sees("meanwhile")
        assert "before" in t.screen_text
        assert sum(request.path.endswith("/logs") for request in hub.requests) == 1
