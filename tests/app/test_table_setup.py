"""Columns, order, marks and folds: chosen by the user, and kept for the next session."""

from __future__ import annotations

from pathlib import Path

from tests.driver import SMALL, WIDE, FakeTime, dashboard
from tests.local_hub import LocalHub
from tui.widgets.list_table import ListTable


async def test_order_columns_and_folds_are_there_again_next_time(hub: LocalHub, tmp_path: Path) -> None:
    hub.add_job(name="sweep")
    hub.add_job(name="sweep", stage="COMPLETED")
    file = tmp_path / "table.json"
    async with dashboard(hub, size=WIDE, setup_file=file) as t:
        await t.sees("sweep")
        await t.press("full_stop", "F")
        await t.sees("NAME↑")
        await t.sees("sweep ×2")
        await t.press("C", "j", "j", "space", "K", "enter")
        await t.no_longer_sees("FLAVOR")
        await t.until(lambda: '"order"' in text_of(file) and "flavor" in text_of(file), "the file")
    async with dashboard(hub, size=WIDE, setup_file=file) as t:
        await t.sees("sweep ×2")
        assert "NAME↑" in t.screen_text
        assert "FLAVOR" not in t.screen_text
        await t.press("C", "0", "enter")
        await t.sees("FLAVOR")


async def test_the_last_line_of_each_log_on_screen_is_shown_by_choice(hub: LocalHub) -> None:
    time = FakeTime()
    hub.add_job(name="talks", lines=["first", "\x1b[31mloss 0.187\x1b[0m"])
    hub.add_job(name="failed", stage="ERROR", lines=["CUDA out of memory"])
    hub.add_job(name="queued", stage="SCHEDULING")
    async with dashboard(hub, size=WIDE, time=time) as t:
        await t.listed()
        assert not any(request.path.endswith("/logs") for request in hub.requests)
        t.table.choice = t.table.choice.with_turned("last")
        await t.sees("LAST LOG LINE")
        await t.row_says("talks", "loss 0.187")
        await t.row_says("failed", "CUDA out of memory")
        looks = [request.path for request in hub.requests if dict(request.query).get("tail") == "1"]
        assert sum("queued" in hub.job(path.split("/")[-2]).request.labels.values() for path in looks) == 0


def text_of(path: Path) -> str:
    return path.read_text() if path.exists() else ""


async def test_a_damaged_file_is_as_at_first(hub: LocalHub, tmp_path: Path) -> None:
    file = tmp_path / "table.json"
    for content in ("{", "[]", '{"sort": 3, "columns": {"order": [1]}, "fold": null}'):
        file.write_text(content)
        async with dashboard(hub, setup_file=file) as t:
            await t.sees("STATE↑")


async def test_columns_that_have_no_room_are_a_key_away(hub: LocalHub) -> None:
    hub.add_job(name="train", docker_image="some/image:1")
    async with dashboard(hub, size=SMALL) as t:
        await t.sees("train")
        assert "IMAGE / SCRIPT" not in t.screen_text
        await t.press(*["right"] * 6)
        await t.sees("some/image:1")
        assert "train" in t.screen_text
        assert "LEFT" in t.screen_text
        await t.press(*["left"] * 6)
        await t.sees("FLAVOR")


async def test_runs_of_one_name_fold_and_unfold_where_the_cursor_is(hub: LocalHub) -> None:
    ids = [hub.add_job(name="sweep", age_seconds=100 + number) for number in range(3)]
    hub.add_job(name="single")
    async with dashboard(hub) as t:
        await t.sees("single")
        t.table.move_to(ids[1])
        await t.press("f")
        await t.row_says("sweep ×3", "●3")
        await t.sees("4 jobs")
        assert len(t.table.cursor_runs) == 3
        await t.press("c")
        await t.until(lambda: any("folded here" in said for said in t.toasts()), "the answer")
        await t.press("enter")
        await t.no_longer_sees("sweep ×3")
        assert t.table.cursor_key in ids


async def test_marked_jobs_are_cancelled_after_their_number_is_typed(hub: LocalHub) -> None:
    ids = [hub.add_job(name=f"run-{number}", age_seconds=100 + number) for number in range(4)]
    ended = hub.add_job(name="over", stage="COMPLETED")
    async with dashboard(hub) as t:
        await t.sees("over")
        await t.press("g", "space", "j", "V")
        await t.sees("3 marked")
        await t.press("c")
        await t.sees("Cancel 3 jobs?")
        hub.add_job(name="newer", age_seconds=1)
        await t.until(lambda: len(t.app.snapshot.jobs) == 6, "the new job")
        await t.type("2")
        await t.press("enter")
        assert "Cancel 3 jobs?" in t.screen_text
        await t.press("backspace", "3", "enter")
        await t.until(lambda: sum(hub.job(one).stage == "CANCELED" for one in ids) == 3, "three cancelled")
    assert hub.job(ended).stage == "COMPLETED"
    cancelled = {request.path.split("/")[-2] for request in hub.requests if request.method == "POST"}
    assert cancelled == set(ids[:3])


async def test_all_that_match_are_marked_and_escape_unmarks_before_it_clears_the_filter(
    hub: LocalHub,
) -> None:
    for number in range(3):
        hub.add_job(name=f"run-{number}")
    hub.add_job(name="other")
    async with dashboard(hub) as t:
        await t.sees("other")
        await t.press("slash")
        await t.type("run-")
        await t.press("enter", "asterisk")
        await t.sees("3 marked")
        await t.press("escape")
        await t.no_longer_sees("3 marked")
        assert "3 of 4 jobs" in t.screen_text
        await t.press("escape")
        await t.sees("4 jobs")


async def test_a_column_switched_on_is_shown_at_once_and_what_gave_way_is_said(hub: LocalHub) -> None:
    hub.add_job(name="train", labels={"team": "ml"})
    async with dashboard(hub, size=SMALL) as t:
        await t.sees("CREATED")
        for title, value in (("LABELS", "team=ml"), ("OWNER", hub.user), ("LABELS", "team=ml")):
            await t.press("C")
            dialog = t.app.screen
            while f"> [{'x' if title == 'OWNER' else ' '}] {title}" not in t.screen_text:
                assert dialog._cursor < 20  # type: ignore[attr-defined]
                await t.press("j")
            await t.press("space")
            await t.says(f"{title} shown; no room left for ")
            await t.sees("no room")
            await t.press("enter")
            assert title in t.screen_text.splitlines()[1]
            await t.row_says("train", value)
            if title == "LABELS":
                await t.press("C", *["j"] * 12, "space", "enter")
        assert t.table.column_ids[:2] == ("state", "name")


async def test_an_order_by_a_column_out_of_sight_is_said(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub, size=SMALL) as t:
        await t.sees("train")
        assert "sort" not in t.screen_text
        t.table.sort_by("rate")
        await t.sees("1 job · sort $/h ↓")
        await t.press("S")
        await t.sees("sort $/h ↑")
        t.table.sort_by("cost")
        await t.no_longer_sees("sort ")
        await t.press("4")
        await t.sees("t4-small")
        t.app.screen.query_one(ListTable).sort_by("minute")
        await t.sees("sort $/min ↑")


async def test_the_age_is_among_the_last_to_go(hub: LocalHub) -> None:
    for number in range(40):
        hub.add_job(name=f"train-{number}")
    for size in ((60, 20), (72, 20), SMALL, (100, 40)):
        async with dashboard(hub, size=size) as t:
            await t.listed()
            assert "created" in t.table.column_ids, size
