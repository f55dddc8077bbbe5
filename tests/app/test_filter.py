"""The filter as it is typed: what it keeps, what it says, what it remembers."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from time import thread_time

import pytest

from tests.domain.jobs import job
from tests.driver import SMALL, USUAL, WIDE, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.domain.snapshot import Snapshot
from tui.local.jobs import Stage
from tui.presentation.filter_help import filter_table
from tui.themes import THEMES
from tui.widgets.filter_bar import FilterBar
from tui.widgets.filter_hints import FilterHints


async def start_filter(t: Dashboard, text: str) -> None:
    await t.press("slash")
    await t.paste(text)


async def test_a_mistake_is_underlined_and_explained_while_the_last_good_filter_stays(hub: LocalHub) -> None:
    hub.add_job(name="train")
    hub.add_job(name="eval")
    async with dashboard(hub, size=WIDE) as t:
        await t.sees("eval")
        await start_filter(t, "train")
        await t.no_longer_sees("eval")
        await t.paste(" cost:>abc")
        await t.sees("“abc” is not an amount like")
        assert "eval" not in t.screen_text
        line = next(
            strip for strip in t.app.screen._compositor.render_strips(t.app.size) if "cost:>abc" in strip.text
        )
        underlined = "".join(part.text for part in line if part.style and part.style.underline)
        assert underlined == "cost:>abc"
        await t.press("enter")
        await t.sees("filter “train”")
        await t.press("escape")
        await t.sees("eval")


async def test_comparisons_and_either_or(hub: LocalHub) -> None:
    hub.add_job(name="long", age_seconds=7200)
    hub.add_job(name="short", age_seconds=60)
    hub.add_job(name="over", stage="ERROR")
    async with dashboard(hub) as t:
        await t.sees("over")
        await start_filter(t, "run:>1h OR status:error")
        await t.no_longer_sees("short")
        assert "long" in t.screen_text
        await t.press("enter")
        await t.sees("2 of 3 jobs")


async def test_a_filter_is_saved_by_name_used_and_forgotten(hub: LocalHub, tmp_path: Path) -> None:
    hub.add_job(name="train")
    hub.add_job(name="eval")
    file = tmp_path / "table.json"
    async with dashboard(hub, setup_file=file) as t:
        await t.sees("eval")
        await start_filter(t, "@mine=name:train")
        await t.press("enter")
        await t.no_longer_sees("eval")
        await t.until(lambda: file.exists() and "mine" in file.read_text(), "the file")
    async with dashboard(hub, setup_file=file) as t:
        await t.sees("eval")
        await start_filter(t, "@mine")
        await t.no_longer_sees("eval")
        await t.press("enter")
        await t.press("escape")
        await start_filter(t, "@mine=")
        await t.press("enter")
        await start_filter(t, "@mine")
        await t.sees("there is no saved filter @mine")


async def test_a_filter_that_cannot_be_understood_is_not_saved(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        await start_filter(t, "@mine=cost:x")
        await t.press("enter")
        await t.until(lambda: any("@mine is not saved" in said for said in t.toasts()), "the reason")
        assert t.app.table_setup.filters == {}


async def test_fields_and_values_are_offered_and_tab_takes_one(hub: LocalHub) -> None:
    for number in range(3):
        hub.add_job(name=f"run-{number}")
    hub.add_job(name="late", stage="ERROR", message="Job timeout")
    async with dashboard(hub, size=SMALL) as t:
        await t.listed()
        await t.press("slash")
        await t.sees("─ Fields")
        await t.sees("status:")
        await t.type("sta")
        await t.no_longer_sees("flavor:")
        await t.press("tab")
        await t.sees("running")
        line = t.row("running              ")
        assert line.split()[1:3] == ["running", "3"], line
        await t.type("fa")
        await t.press("tab")
        await t.no_longer_sees("run-0")
        await t.row_says("late", "timed out")
        assert t.app.screen.query_one(FilterBar).value == "status:failed "
        assert t.app.screen.query_one(FilterBar).has_focus
        await t.press("enter")
        await t.sees("filter “status:failed ”")


async def test_the_list_is_gone_through_by_its_keys_and_enter_takes_what_was_chosen(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, size=SMALL) as t:
        await t.listed()
        await t.press("slash", "down", "down", "up", "pagedown", "pageup", "up", "down", "down")
        await t.sees("▸ name:")
        await t.press("enter")
        await t.sees("─ name")
        bar = t.app.screen.query_one(FilterBar)
        assert bar.value == "name:"
        await t.press("down", "enter", "enter")
        await t.until(lambda: not bar.is_open, "the bar closed")
        assert t.table.filter_text == "name:train "
        await t.press("escape", "slash")
        await t.type("zz")
        await t.press("down")
        await t.until(lambda: not bar.is_open, "the bar left by a key, as without a list")


async def test_a_hint_is_taken_by_a_click(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, size=SMALL) as t:
        await t.listed()
        await t.press("slash")
        await t.type("fl")
        await t.sees("─ Fields")
        await t.pilot.click(FilterHints, offset=(4, 1))
        await t.sees("─ flavor")


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
@pytest.mark.parametrize("ascii_only", [False, True])
async def test_the_choice_is_seen_in_every_theme(hub: LocalHub, theme: str, ascii_only: bool) -> None:
    async with dashboard(hub, theme=theme, ascii=ascii_only) as t:
        await t.listed()
        await t.press("slash", "down", "down")
        sign = ">" if ascii_only else "▸"
        await t.sees(f"{sign} name:")
        assert t.screen_text.count(f"{sign} ") == 1


async def test_the_other_tables_offer_their_fields_too(hub: LocalHub) -> None:
    async with dashboard(hub, size=SMALL) as t:
        await t.listed()
        for place, field in (("3", "next:"), ("4", "vram:"), ("5", "what:")):
            await t.press(place, "slash")
            await t.type(field[:3])
            await t.sees(field)
            await t.press("escape")
        await t.press("4", "slash")
        await t.type("foo:bar")
        await t.sees("“foo” is not a field")
        await t.press("escape")


async def test_ten_thousand_jobs_do_not_hold_up_a_key(hub: LocalHub) -> None:
    jobs = [job(number, stage="COMPLETED" if number % 3 else "ERROR") for number in range(10_000)]
    snapshot = Snapshot({one.id: one for one in jobs}, complete=True)
    async with dashboard(hub, size=SMALL, refresh=None) as t:
        await t.listed()
        t.app.snapshot = snapshot
        await t.sees("10,000 jobs")
        await t.press("slash")
        for key in "status:err":
            await t.press("colon" if key == ":" else key)
        await t.sees(f"{sum(one.stage == 'ERROR' for one in jobs):,}  ")
        await t.sees("3,334")
        bar, spent = t.app.screen.query_one(FilterBar), []
        for text in ("cost:>1", "flavor:gpu status:fai", "label:", "created:today"):
            started = thread_time()
            bar.value = text
            await t.pilot.pause()
            spent.append(thread_time() - started)
        assert sorted(spent)[len(spent) // 2] < 0.5, spent


async def test_help_lists_the_fields_of_the_table_and_from_the_filter_first(hub: LocalHub) -> None:
    async with dashboard(hub, size=WIDE) as t:
        await t.listed()
        for place, field in (("1", "cost:"), ("3", "next:"), ("4", "vram:"), ("5", "took:")):
            await t.press(place, "slash", "f1")
            await t.sees("─ Keys")
            lines = (line.split("│") for line in t.screen_text.splitlines() if "│" in line)
            assert next(parts[1].strip() for parts in lines if parts[1].strip()) == "Filter"
            await t.sees(f"  {field}")
            await t.press("escape", "escape", "question_mark")
            await t.sees("─ Keys")
            await t.press("escape")


def test_the_readme_lists_every_field_there_is() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert filter_table() in readme


async def test_a_newcomer_finds_the_failures_of_a_day_that_cost_more_than_a_dollar(hub: LocalHub) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    typed = "status:failed created:yesterday cost:>1"
    assert f"`{typed}`" in " ".join(readme.split())
    day, now = 86_400.0, datetime.now().astimezone()
    noon = now.hour * 3600 + now.minute * 60 + day / 2  # seconds since yesterday's noon
    jobs: tuple[tuple[str, float, str, Stage, str | None, str | None], ...] = (
        ("dear timeout", noon, "h200x8", "ERROR", "Job timeout", None),
        ("dear oom", noon, "h200x8", "ERROR", "OOMKilled", None),
        ("no credits", noon, "h200x8", "CANCELED", None, "NO_CREDITS"),
        ("cheap", noon, "cpu-basic", "ERROR", "Job timeout", None),
        ("went well", noon, "h200x8", "COMPLETED", None, None),
        ("stopped", noon, "h200x8", "CANCELED", None, None),
        ("day before", noon + day, "h200x8", "ERROR", "Job timeout", None),
    )
    for name, age, flavor, stage, message, reason in jobs:
        job_id = hub.add_job(name=name, age_seconds=age, flavor=flavor)
        hub.set_stage(job_id, stage, message, reason)
    async with dashboard(hub, size=SMALL) as t:
        await t.listed()
        await t.press("slash")
        await t.type(typed)
        await t.press("enter")
        await t.sees("3 of 7 jobs")
        for name in ("dear timeout", "dear oom", "no credits"):
            await t.sees(name)
        day_written = f"{now - timedelta(days=1):%Y-%m-%d}"
        await t.press("slash")
        await t.type(f"status:failed created:{day_written} cost:>$1")
        await t.press("enter")
        await t.sees("3 of 7 jobs")


async def test_a_field_whose_value_is_yet_to_come_hides_nothing(hub: LocalHub) -> None:
    hub.add_job(name="train")
    hub.add_job(name="eval")
    async with dashboard(hub, size=USUAL) as t:
        await t.listed()
        await t.press("slash")
        await t.type("eval cost")
        await t.sees("no jobs match")
        await t.type(":")
        await t.row_says("eval", "running")
        assert len(t.table.keys_in_order) == 1
        await t.press("escape", "4", "slash")
        await t.type("price:")
        await t.sees("t4-small")
