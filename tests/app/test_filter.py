"""The filter as it is typed: what it keeps, what it says, what it remembers."""

from __future__ import annotations

from pathlib import Path

from tests.driver import WIDE, Dashboard, dashboard
from tests.local_hub import LocalHub


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
