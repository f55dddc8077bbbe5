"""The cursor is on what was made or found, and never on a row that the user did not move it to."""

from __future__ import annotations

import pytest

from tests.driver import USUAL, WIDE, Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub
from tui.widgets.list_table import ListTable


async def filtered(t: Dashboard, text: str, *after: str) -> None:
    await t.press("slash")
    await t.type(text)
    await t.press(*after)


async def cancelled(t: Dashboard) -> None:
    """Cancel what the cursor is on."""
    await t.press("c")
    await t.sees("Cancel this job?")
    assert t.time is not None
    t.time.seconds += 1
    await t.press("y")


def cancels(hub: LocalHub) -> list[str]:
    return [request.path.split("/")[-2] for request in hub.requests if request.path.endswith("/cancel")]


def line_of(t: Dashboard, name: str) -> int:
    return next(number for number, line in enumerate(t.screen_text.splitlines()) if name in line)


# What was found


async def test_after_a_filter_the_cursor_is_on_the_first_match(hub: LocalHub) -> None:
    for number in range(60):
        hub.add_job(name=f"other-{number}", age_seconds=1000 + number, stage="COMPLETED")
    wanted = hub.add_job(name="qwen3-support", age_seconds=500, lines=["the right log"])
    second = hub.add_job(name="qwen3-support", age_seconds=600, stage="COMPLETED")
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("G")
        last = t.table.cursor_key
        await filtered(t, "qwen3-support", "enter")
        assert t.table.cursor_key == wanted
        await t.press("escape")
        assert t.table.cursor_key == last
        await filtered(t, "qwen3-support", "enter", "l")
        await t.sees("the right log")
        await t.press("q", "escape")
        assert t.table.cursor_key == wanted  # it was opened: it is what the user was after
        await t.press("G")
        await filtered(t, "qwen3-support", "down", "down", "escape")
        assert t.table.cursor_key == second


async def test_escape_while_a_filter_is_typed_leaves_the_cursor_where_it_was(hub: LocalHub) -> None:
    for name in ("first", "second", "third"):
        hub.add_job(name=name, age_seconds=hash(name) % 7 + 10)
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("G")
        before = t.table.cursor_key
        await filtered(t, "no such job at all", "escape")
        assert t.table.cursor_key == before


async def test_a_filter_that_keeps_the_job_of_the_cursor_keeps_the_cursor(hub: LocalHub) -> None:
    for number in range(5):
        hub.add_job(name=f"train-{number}", age_seconds=100 + number)
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("down", "down")
        await filtered(t, "train", "enter")
        assert t.table.cursor_row is not None
        assert t.table.cursor_row.name == "train-2"


@pytest.mark.parametrize(("place", "text"), [("3", "sync"), ("4", "a10g"), ("5", "cancel")])
async def test_it_is_so_on_the_other_screens_too(hub: LocalHub, place: str, text: str) -> None:
    for name in ("sync-1", "sync-2", "zulu"):
        hub.add_schedule("true", expression="0 3 * * *", labels={"name": name})
    for number in range(3):
        hub.add_job(name=f"run-{number}")
    async with dashboard(hub, time=FakeTime(), size=WIDE) as t:
        await t.listed()
        for _ in range(3):
            await cancelled(t)
            await t.press("down")
        await t.until(lambda: len(t.app.activity) == 3, "three requests")
        await t.press(place)
        await t.until(lambda: t.app.screen.query_one(ListTable).total > 1, "rows")
        table = t.app.screen.query_one(ListTable)
        await t.press("G")
        last = table.cursor_key
        await filtered(t, text, "enter")
        assert table.cursor_index == 0 or table.cursor_key == last
        assert table.cursor_row is not None
        await filtered(t, "no such row at all", "enter")
        assert table.cursor_row is None
        await t.press("escape")
        assert table.cursor_key is not None


# After an action


@pytest.mark.parametrize("words", ["", "is:live"])
async def test_a_second_cancel_does_not_take_another_job(hub: LocalHub, words: str) -> None:
    ids = [hub.add_job(name=f"train-{number}", age_seconds=100 + number) for number in range(6)]
    async with dashboard(hub, time=FakeTime()) as t:
        await t.listed()
        if words:
            await filtered(t, words, "enter")
        await t.press("down", "down")
        assert t.table.cursor_key == ids[2]
        line = line_of(t, "train-2")
        await cancelled(t)
        await t.row_says("train-2", "canceled")
        assert line_of(t, "train-2") == line
        assert t.table.cursor_key == ids[2]
        await t.press("c")
        await t.says("only a live job can be cancelled")
        assert len(t.app.screen_stack) == 1
        await t.press("down")
        assert t.table.cursor_key == ids[3]
        if words:
            assert ids[2] not in t.table.keys_in_order
        else:
            assert line_of(t, "train-2") > line_of(t, "train-5")
    assert cancels(hub) == [ids[2]]


async def test_a_job_that_ends_between_two_keys_does_not_hand_its_place_on(hub: LocalHub) -> None:
    ids = [hub.add_job(name=f"train-{number}", age_seconds=100 + number) for number in range(4)]
    async with dashboard(hub) as t:
        await t.listed()
        await filtered(t, "is:live", "enter")
        await t.press("down")
        hub.set_stage(ids[1], "COMPLETED")
        await t.row_says("train-1", "completed")
        await t.press("c")
        await t.says("only a live job can be cancelled")
        hub.forget(ids[1])
        await t.press("r")
        await t.until(lambda: ids[1] not in t.app.snapshot.jobs, "the job gone")
        for key in ("c", "L", "y", "enter"):
            await t.press(key)
            assert len(t.app.screen_stack) == 1
        await t.says("this row is gone: move the cursor first")
        await t.press("up")
        assert t.table.cursor_key == ids[0]
        assert ids[1] not in t.table.keys_in_order


async def test_a_schedule_that_was_deleted_does_not_hand_its_place_on(hub: LocalHub) -> None:
    for name in ("sync-1", "sync-2", "sync-3"):
        hub.add_schedule("true", expression="0 3 * * *", labels={"name": name})
    async with dashboard(hub, time=FakeTime()) as t:
        await t.press("3")
        await t.sees("sync-3")
        table = t.app.screen.query_one(ListTable)
        await t.press("down")
        gone = table.cursor_key
        for _ in range(2):
            await t.press("D")
            if len(t.app.screen_stack) > 2:
                await t.sees("Delete this scheduled job?")
                assert t.time is not None
                t.time.seconds += 1
                await t.press("y")
                await t.until(lambda: gone not in t.app.schedules.by_id, "it gone")
                await t.until(lambda: not t.app.busy_schedules, "the answer")
        await t.press("s")
        await t.says("this row is gone: move the cursor first")
        assert len(t.app.schedules.by_id) == 2
        assert not any(one.suspended for one in t.app.schedules.by_id.values())
        await t.press("down")
        assert table.cursor_row is not None
        assert table.row_count == 2


# What was made


async def submitted(t: Dashboard, line: str) -> None:
    """Fill the open form from a line, and submit it."""
    await t.sees("New job")
    await t.press("f2")
    await t.paste(line)
    await t.press("enter", "ctrl+j")
    await t.sees("Submit this job?")
    await t.press("y")


async def test_after_a_schedule_was_made_the_cursor_is_on_it(hub: LocalHub) -> None:
    for number in range(3):
        hub.add_schedule("true", expression="0 3 * * *", labels={"name": f"old-{number}"}, namespace="acme")
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("3")
        await t.sees("old-2")
        await filtered(t, "old", "enter", "j", "n")
        await submitted(t, "hf jobs scheduled run @daily --name nightly ubuntu env")
        await t.says("scheduled nightly: next run")
        await t.sees(" Schedules ")
        table = t.app.screen.query_one(ListTable)
        assert table.cursor_row is not None
        assert table.cursor_row.what.name == "nightly"
        await t.press("s")
        await t.says("nightly: suspended: no further jobs start (s resumes it)")
    suspended = [one.request.labels["name"] for one in hub.state.scheduler if one.suspended]
    assert suspended == ["nightly"]


async def test_it_is_so_wherever_the_form_was_opened(hub: LocalHub) -> None:
    hub.add_job(name="train", lines=["old log"])
    hub.add_schedule("true", expression="0 3 * * *", labels={"name": "old"})
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("l")
        await t.sees("old log")
        await t.press("f2")
        await submitted(t, "hf jobs scheduled run @daily --name nightly ubuntu env")
        await t.sees(" Schedules ")
        await t.until(lambda: not t.app.reading_schedules, "the list")
        row = t.app.screen.query_one(ListTable).cursor_row
        assert row is not None
        assert row.what.name == "nightly"
        await t.press("q")
        assert len(t.app.screen_stack) == 1


async def test_after_a_submit_from_a_log_the_cursor_is_on_the_new_job(hub: LocalHub) -> None:
    for number in range(40):
        hub.add_job(name=f"train-{number}", age_seconds=1000 + number, lines=["old log"])
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("G")
        await filtered(t, "train-39", "enter")
        await t.press("l")
        await t.sees("old log")
        await t.press("f2")
        await submitted(t, "hf jobs run --name fresh ubuntu echo the-new-log")
        await t.says("submitted fresh: l opens its log")
        assert len(t.app.screen_stack) == 1
        assert t.table.cursor_row is not None
        assert t.table.cursor_row.name == "fresh"
        await t.press("l")
        await t.sees("fresh")
        await t.no_longer_sees("old log")


async def test_a_job_run_again_from_its_log_is_what_the_table_shows_next(hub: LocalHub) -> None:
    old = hub.add_job(name="train", age_seconds=100)
    hub.add_job(name="other", age_seconds=200)
    async with dashboard(hub, time=FakeTime()) as t:
        await t.listed()
        await t.press("l", "R")
        await t.sees("Run this job again?")
        assert t.time is not None
        t.time.seconds += 1
        await t.press("y")
        await t.says("submitted train: 1 l opens its log")
        await t.press("1")
        assert t.table.cursor_row is not None
        assert t.table.cursor_row.name == "train"
        assert t.table.cursor_key != old


async def test_a_new_job_among_folded_runs_is_shown(hub: LocalHub) -> None:
    for number in range(3):
        hub.add_job(name="sweep", age_seconds=100 + number, stage="COMPLETED")
    hub.add_job(name="other", age_seconds=50)
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("F", "G", "space", "2")
        await submitted(t, "hf jobs run --name sweep ubuntu sleep 5")
        await t.says("submitted sweep")
        assert t.table.cursor_job is not None
        assert t.table.cursor_job.live


async def test_a_cursor_moved_meanwhile_is_not_taken_to_the_new_job(hub: LocalHub) -> None:
    ids = [hub.add_job(name=f"train-{number}", age_seconds=100 + number) for number in range(3)]
    hub.fail("POST", "/api/jobs/*", delay_seconds=0.3)
    async with dashboard(hub, time=FakeTime()) as t:
        await t.listed()
        await t.press("R")
        await t.sees("Run this job again?")
        assert t.time is not None
        t.time.seconds += 1
        await t.press("y", "down", "down")
        assert t.table.cursor_key == ids[2]
        await t.says("submitted train-0")
        assert t.table.cursor_key == ids[2]


# Opened in place


async def test_q_goes_back_from_runs_opened_in_place_and_quits_only_then(
    hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        hub.add_job(name="sweep", age_seconds=100 + number)
        hub.add_job(name="other", age_seconds=50 + number)
    async with dashboard(hub, size=USUAL) as t:
        await t.listed()
        await t.press("F")
        await t.until(lambda: t.table.row_count == 2, "two rows")
        for _ in range(2):
            for key in ("q", "escape"):
                here = t.table.cursor_key
                await t.press("enter")
                assert t.table.row_count == 4
                await t.sees("q back")
                await t.press("down", "down", key)
                assert t.table.row_count == 2
                assert t.table.cursor_key == here
                await t.sees("q quit")
            await t.press("down")
        left: list[object] = []
        monkeypatch.setattr(t.app, "action_leave", lambda: left.append("quit"))
        await t.press("g", "enter", "G", "enter", "q", "q")
        assert t.table.row_count == 2
        assert not left
        await t.press("q")
        assert left


async def test_a_filter_typed_after_runs_were_opened_goes_first(hub: LocalHub) -> None:
    for number in range(3):
        hub.add_job(name="sweep", age_seconds=100 + number)
        hub.add_job(name=f"other-{number}", age_seconds=50 + number)
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("F", "G", "enter")
        assert t.table.row_count == 6
        await filtered(t, "sweep", "enter", "escape")
        assert t.table.row_count == 6
        await t.press("escape")
        assert t.table.row_count == 4
