"""Schedules: what is listed, and what is said and sent when something is done to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.driver import SMALL, USUAL, WIDE, Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub
from tui.local.schedules import Schedule
from tui.widgets.list_table import ListTable


def written(hub: LocalHub) -> list[str]:
    """What was sent to change something."""
    return [f"{one.method} {one.path}" for one in hub.requests if one.method != "GET"]


def reads(hub: LocalHub) -> int:
    """How often the list of the user's scheduled jobs was read."""
    return sum(one.path == f"/api/scheduled-jobs/{hub.user}" for one in hub.requests)


async def opened(t: Dashboard, name: str = "sync") -> None:
    await t.listed()
    await t.press("3")
    await t.sees(name)


async def confirmed(t: Dashboard, key: str, question: str) -> None:
    """Press a key, wait for its dialog, let the dead time pass, and say yes."""
    await t.press(key)
    await t.sees(question)
    assert t.time is not None
    t.time.seconds += 1
    await t.press("y")


def sync(hub: LocalHub, **different: Any) -> Schedule:
    """A scheduled job."""
    return hub.add_schedule(
        "sleep", "600", **({"labels": {"name": "sync"}, "expression": "0 3 * * *"} | different)
    )


# What is listed


@pytest.mark.parametrize("size", [(62, 20), SMALL, (100, 30), USUAL, WIDE])
async def test_the_list_says_when_in_words_and_when_next(hub: LocalHub, size: tuple[int, int]) -> None:
    sync(hub, flavor="a10g-small", timeout_seconds=7200)
    hub.add_schedule("true", labels={"name": "held"}, suspended=True)
    async with dashboard(hub, size=size) as t:
        await opened(t)
        await t.row_says("sync", "active")
        await t.row_says("sync", "03:00")
        await t.row_says("held", "suspended")
        await t.sees("at 03:00 UTC, every day  (0 3 * * *)")
        await t.sees("03:00 UTC")
        await t.sees("2 scheduled jobs · 1 suspended")
        await t.sees("$2.00 a run")


async def test_it_is_read_when_opened_and_on_r_and_not_by_itself(hub: LocalHub) -> None:
    sync(hub)
    async with dashboard(hub) as t:
        await t.listed()
        assert reads(hub) == 0
        await opened(t)
        assert reads(hub) == 1
        sync(hub, labels={"name": "new-one"})
        for _ in range(3):
            t.app.screen.tick()  # type: ignore[attr-defined]
        await t.press("4", "3")
        await t.sees("new-one")
        assert reads(hub) == 2
        await t.press("r")
        await t.until(lambda: reads(hub) == 3, "a third reading")


async def test_a_run_that_was_due_is_looked_at_once(hub: LocalHub) -> None:
    sync(hub)
    time = FakeTime()
    async with dashboard(hub, time=time, refresh=60.0) as t:
        await opened(t)
        await t.until(lambda: not t.app.reading_schedules, "the end of the first reading")
        time.now += timedelta(days=1, minutes=1)
        for _ in range(3):
            t.app.screen.tick()  # type: ignore[attr-defined]
        await t.until(lambda: reads(hub) == 2, "a second reading")
        await t.until(lambda: not t.app.reading_schedules, "its end")
        t.app.screen.tick()  # type: ignore[attr-defined]
        assert reads(hub) == 2


async def test_every_namespace_is_listed_and_one_that_refuses_is_named(hub: LocalHub) -> None:
    sync(hub)
    sync(hub, namespace="acme", labels={"name": "of-acme"})
    async with dashboard(hub) as t:
        await opened(t, "of-acme")
        assert "sync" in t.screen_text
        hub.fail("GET", "/api/scheduled-jobs/acme", status=403)
        await t.press("r")
        await t.sees("acme: not allowed 403")
        assert "of-acme" in t.screen_text


async def test_hostile_text_is_shown_and_not_obeyed(hub: LocalHub) -> None:
    hub.add_schedule(
        "[/x]", expression="[bold]\x1b[31m", labels={"name": "[/red]\x1b]0;t\x07sync", "[/]": "[b]"}
    )
    async with dashboard(hub, size=WIDE) as t:
        await opened(t, "[/red]sync")
        await t.sees("[/]=[b]")
        assert "\x1b" not in t.screen_text
        await t.press("D")
        await t.sees("Delete this scheduled job?")
        await t.press("escape", "s")
        await t.sees("[/red]sync: suspended")


async def test_without_any_it_says_what_to_do(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await opened(t, "Nothing is scheduled here yet. n composes one")
        await t.press("s")
        await t.sees("no scheduled job under the cursor")


async def test_a_first_reading_that_takes_its_time_says_so(hub: LocalHub) -> None:
    hub.fail("GET", "/api/scheduled-jobs/*", hang=True)
    async with dashboard(hub) as t:
        await opened(t, "reading the scheduled jobs…")


async def test_a_failed_reading_keeps_the_rows_and_says_so(hub: LocalHub) -> None:
    sync(hub)
    async with dashboard(hub) as t:
        await opened(t)
        hub.fail("GET", "/api/scheduled-jobs/*", status=503)
        await t.press("r")
        await t.sees("server trouble 503")
        await t.sees("rows as of")
        assert "sync" in t.screen_text
        hub.heal()
        await t.press("r")
        await t.no_longer_sees("server trouble")


async def test_without_rows_the_trouble_is_told_in_full(hub: LocalHub) -> None:
    hub.fail("GET", "/api/scheduled-jobs/*", status=401)
    async with dashboard(hub) as t:
        await opened(t, "token is not accepted")
        await t.says("start this program with the HF_TOKEN it printed")
        await t.sees("q goes back")


async def test_filter_sort_and_escape_work_as_in_jobs(hub: LocalHub) -> None:
    sync(hub)
    hub.add_schedule("true", labels={"name": "held"}, suspended=True, flavor="a10g-small")
    async with dashboard(hub) as t:
        await opened(t)
        await t.press("slash")
        await t.type("status:suspended flavor:a10g*")
        await t.no_longer_sees("sync")
        await t.press("enter")
        await t.sees("1 of 2 scheduled jobs")
        await t.press("escape")
        await t.sees("sync")
        await t.press("slash")
        await t.type("price:>x")
        await t.sees("is not an amount")
        await t.press("escape", "full_stop")
        await t.sees("LAST JOB↑")


# Its last job


async def test_enter_opens_the_log_of_the_last_job(hub: LocalHub) -> None:
    schedule = sync(hub)
    hub.call(lambda: hub.state.scheduler.run(schedule))
    async with dashboard(hub) as t:
        await opened(t)
        await t.row_says("sync", "running")
        await t.press("enter")
        await t.sees("follow on")
        await t.press("q")
        await t.sees("Schedules")


async def test_a_last_job_that_is_not_in_the_table_is_looked_for(hub: LocalHub) -> None:
    schedule = sync(hub)
    async with dashboard(hub, refresh=None) as t:
        await opened(t)
        await t.press("enter")
        await t.sees("it has not run yet")
        hub.call(lambda: hub.state.scheduler.run(schedule))
        await t.press("r")
        await t.row_says("sync", "not in list")
        await t.press("enter")
        await t.sees("follow on")


# What is done


async def test_suspend_and_resume_with_one_key(hub: LocalHub) -> None:
    schedule = sync(hub)
    async with dashboard(hub) as t:
        await opened(t)
        await t.press("s")
        await t.row_says("sync", "suspended")
        await t.sees("resume")
        assert schedule.suspended
        await t.press("s")
        await t.row_says("sync", "active")
    assert written(hub) == [
        f"POST /api/scheduled-jobs/{hub.user}/{schedule.id}/{verb}" for verb in ("suspend", "resume")
    ]


async def test_all_marked_ones_are_suspended(hub: LocalHub) -> None:
    several = [sync(hub, labels={"name": f"sync-{number}"}) for number in range(3)]
    async with dashboard(hub) as t:
        await opened(t, "sync-2")
        await t.press("space", "space", "s")
        await t.until(lambda: sum(one.suspended for one in several) == 2, "two suspended")
        await t.sees("2 suspended")


@pytest.mark.parametrize("suspended", [False, True])
async def test_what_an_organisation_owns_is_asked_about_by_name(hub: LocalHub, suspended: bool) -> None:
    theirs = sync(hub, namespace="acme", labels={"name": "report"}, suspended=suspended)
    verb = "Resume" if suspended else "Suspend"
    async with dashboard(hub, time=FakeTime()) as t:
        await opened(t, "report")
        await t.press("s")
        await t.sees(f"{verb} this scheduled job?")
        await t.sees("report  (")
        await t.sees("organisation acme")
        await t.press("y")  # typed ahead
        await t.press("escape")
        assert written(hub) == []
        await confirmed(t, "s", f"{verb} this scheduled job?")
        await t.until(lambda: theirs.suspended is not suspended, "it done")
        await t.says(f"report: {'active again (s suspends it)' if suspended else 'suspended'}")
        for key, question in (("t", "Run it once now?"), ("D", "Delete this scheduled job?")):
            await t.press(key)
            await t.sees(question)
            await t.sees("organisation acme")
            await t.press("escape")


async def test_marked_ones_are_asked_about_when_one_is_not_the_users(hub: LocalHub) -> None:
    sync(hub, namespace="acme", labels={"name": "report"})
    for number in range(2):
        sync(hub, labels={"name": f"sync-{number}"})
    async with dashboard(hub, time=FakeTime()) as t:
        await opened(t, "report")
        await t.press("asterisk")
        await confirmed(t, "s", "Suspend 3 scheduled jobs?")
        await t.until(lambda: all(one.suspended for one in hub.state.scheduler), "all suspended")
        await t.until(lambda: not t.app.busy_schedules, "the answers")
        await t.press("asterisk", "s")
        await t.sees("Resume 3 scheduled jobs?")
        await t.sees("1 of organisation acme, 2 yours")
        await t.press("escape", "D")
        await t.sees("Delete 3 scheduled jobs?")
        await t.sees("1 of organisation acme, 2 yours")
        await t.press("escape")
    assert all(one.suspended for one in hub.state.scheduler)


async def test_all_marked_ones_are_deleted_once_their_number_is_typed(hub: LocalHub) -> None:
    for number in range(4):
        sync(hub, labels={"name": f"sync-{number}"})
    async with dashboard(hub, time=FakeTime()) as t:
        await opened(t, "sync-3")
        await t.press("space", "space", "space")
        marked = {row.what.name for row in t.app.screen.query_one(ListTable).marked_rows}
        assert len(marked) == 3
        await t.press("D", "3")
        await t.sees("Delete 3 scheduled jobs?")
        await t.press("enter")
        assert written(hub) == []
        sync(hub, labels={"name": "another"})
        assert t.time is not None
        t.time.seconds += 1
        await t.press("3", "enter")
        await t.until(lambda: len(list(hub.state.scheduler)) == 2, "three gone")
        await t.until(lambda: not t.app.busy_schedules, "the answers")
    assert marked.isdisjoint(one.request.labels["name"] for one in hub.state.scheduler)


async def test_trigger_starts_one_job_and_the_table_has_it(hub: LocalHub) -> None:
    schedule = sync(hub, flavor="a10g-small", timeout_seconds=3600)
    async with dashboard(hub, time=FakeTime()) as t:
        await opened(t)
        await t.press("t")
        await t.sees("a10g-small · $1.00/h · stopped after 1:00h · at most $1.00 a run")
        await t.press("escape")
        await confirmed(t, "t", "Run it once now?")
        await t.sees("one job started now")
        await t.row_says("sync", "running")
        await t.press("1")
        await t.row_says("sync", "running")
        await t.press("3")
        await confirmed(t, "t", "Run it once now?")
        await t.sees("Another job is already running")
        await t.sees("wait for its end or cancel it")
    assert written(hub) == [f"POST /api/scheduled-jobs/{hub.user}/{schedule.id}/run"] * 2


async def test_other_times_are_checked_shown_and_sent(hub: LocalHub) -> None:
    schedule = sync(hub)
    async with dashboard(hub) as t:
        await opened(t)
        await t.press("e")
        await t.sees("When does it run?")
        await t.press(*["backspace"] * 9)
        await t.type("0 9 * * MON")
        await t.sees("“MON” is not a valid weekday")
        await t.press("enter")
        await t.sees("“MON” is not a valid weekday")
        await t.press(*["backspace"] * 3)
        await t.type("1")
        await t.sees("at 09:00 UTC, on Monday")
        await t.press("enter")
        await t.row_says("sync", "09:00, on Monday")
        assert schedule.expression == "0 9 * * 1"


async def test_times_the_hub_refuses_are_there_again(hub: LocalHub) -> None:
    sync(hub)
    hub.fail("POST", "/api/scheduled-jobs/*/schedule", status=400, body={"error": "no such minute"})
    async with dashboard(hub) as t:
        await opened(t)
        await t.press("e")
        await t.press(*["backspace"] * 9)
        await t.type("@weekly")
        await t.press("enter")
        await t.sees("no such minute")
        await t.press("escape", "e")
        await t.sees("@weekly")
        await t.sees("on Sunday")


async def test_labels_are_read_before_they_are_written(hub: LocalHub) -> None:
    schedule = sync(hub, labels={"name": "sync", "team": "ml"})
    async with dashboard(hub) as t:
        await opened(t)
        await t.press("L")
        await t.sees("Name and labels of sync")
        hub.call(lambda: schedule.relabel({"name": "sync", "team": "nlp", "theirs": "x"}))
        await t.press("enter")
        await t.type("stage=prod")
        await t.press("ctrl+s")
        await t.until(lambda: schedule.request.labels.get("stage") == "prod", "the label")
        await t.sees("It stays so.")
    assert schedule.request.labels == {"name": "sync", "team": "nlp", "theirs": "x", "stage": "prod"}


async def test_delete_names_it_and_does_not_take_a_fast_yes(hub: LocalHub) -> None:
    sync(hub)
    async with dashboard(hub, time=FakeTime()) as t:
        await opened(t)
        await t.press("D", "y", "enter")
        await t.sees("Delete this scheduled job?")
        await t.press("escape")
        await t.no_longer_sees("Delete this scheduled job?")
        assert written(hub) == []
        await confirmed(t, "D", "Delete this scheduled job?")
        await t.sees("Nothing is scheduled here yet")
    assert list(hub.state.scheduler) == []


async def test_what_another_deletes_under_the_dialog_is_said(hub: LocalHub) -> None:
    schedule = sync(hub)
    sync(hub, labels={"name": "other"})
    async with dashboard(hub, time=FakeTime()) as t:
        await opened(t)
        await t.press("slash")
        await t.type("name:sync")
        await t.press("enter", "D")
        await t.sees("Delete this scheduled job?")
        hub.call(lambda: hub.state.scheduler.remove(schedule))
        assert t.time is not None
        t.time.seconds += 1
        await t.press("y")
        await t.sees("there is no such scheduled job")
    assert [one.request.labels["name"] for one in hub.state.scheduler] == ["other"]


# Every action: refused, and of unknown outcome

ACTIONS = ["suspend", "reschedule", "labels", "trigger", "delete"]
ROUTES = {"suspend": "suspend", "reschedule": "schedule", "labels": "labels", "trigger": "run"}


async def do(t: Dashboard, action: str) -> None:
    """Go the whole way of an action."""
    if action == "suspend":
        await t.press("s")
    elif action == "reschedule":
        await t.press("e")
        await t.press(*["backspace"] * 9)
        await t.type("@weekly")
        await t.press("enter")
    elif action == "labels":
        await t.press("L", "enter")
        await t.type("stage=prod")
        await t.press("ctrl+s")
    elif action == "trigger":
        await confirmed(t, "t", "Run it once now?")
    else:
        await confirmed(t, "D", "Delete this scheduled job?")


def done_to(hub: LocalHub, action: str) -> bool:
    """Whether the hub has it."""
    left = list(hub.state.scheduler)
    if action == "delete" or not left:
        return not left
    return {
        "suspend": left[0].suspended,
        "reschedule": left[0].expression == "@weekly",
        "labels": "stage" in left[0].request.labels,
        "trigger": left[0].last_job is not None,
    }[action]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("status", "word"), [(402, "no credit"), (403, "not allowed"), (429, "rate limited")]
)
async def test_a_refusal_is_told_in_a_dialog_and_changes_nothing(
    hub: LocalHub, action: str, status: int, word: str
) -> None:
    schedule = sync(hub)
    method = {"delete": "DELETE", "labels": "PUT"}.get(action, "POST")
    hub.fail(method, f"/api/scheduled-jobs/*/{ROUTES.get(action, schedule.id)}", status=status)
    async with dashboard(hub, time=FakeTime()) as t:
        await opened(t)
        await do(t, action)
        await t.sees(f"sync: {word} {status}")
        await t.press("escape")
        await t.row_says("sync", "active")
    assert not done_to(hub, action)
    assert len(written(hub)) == 1


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("done", [True, False], ids=["done", "not-done"])
async def test_an_answer_that_was_lost_is_looked_up(hub: LocalHub, action: str, done: bool) -> None:
    schedule = sync(hub)
    method = {"delete": "DELETE", "labels": "PUT"}.get(action, "POST")
    path = f"/api/scheduled-jobs/*/{ROUTES.get(action, schedule.id)}"
    hub.fail(method, path, times=1, reset=True, bytes_=0 if done else None)
    async with dashboard(hub, time=FakeTime()) as t:
        await opened(t)
        await do(t, action)
        if done:
            await t.sees("all the same")
        else:
            await t.sees("No new job of it" if action == "trigger" else "It has not been done")
    assert done_to(hub, action) is done
    assert len(written(hub)) == 1


async def test_when_the_hub_is_gone_for_good_nobody_claims_to_know(hub: LocalHub) -> None:
    sync(hub)
    async with dashboard(hub) as t:
        await opened(t)
        hub.fail("*", "/api/scheduled-jobs/*", reset=True)
        await t.press("s")
        await t.sees("could not be found out")
        await t.press("escape")
        await t.sees("rows as of")


async def test_while_the_hub_has_not_answered_the_row_says_what_is_being_done(hub: LocalHub) -> None:
    sync(hub)
    hub.fail("POST", "/api/scheduled-jobs/*/suspend", hang=True)
    async with dashboard(hub) as t:
        await opened(t)
        await t.press("s")
        await t.row_says("sync", "suspending…")
        await t.press("s")
        await t.sees("the Hub has not answered yet")
        await t.until(lambda: bool(written(hub)), "the request")
    assert len(written(hub)) == 1


async def test_read_only_hides_and_refuses_all_that_writes(hub: LocalHub) -> None:
    sync(hub)
    async with dashboard(hub, read_only=True) as t:
        await opened(t)
        footer = t.screen_text.splitlines()[-1]
        assert "suspend" not in footer
        assert "run now" not in footer
        for key in ("s", "t", "e", "L", "D", "n", "2"):
            t.app.clear_notifications()
            await t.press(key)
            await t.sees("started with --read-only")
    assert written(hub) == []


# Composing


async def test_n_composes_with_the_cursor_in_the_schedule(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await opened(t, "Nothing is scheduled")
        await t.press("n")
        await t.sees("New job")
        await t.until(lambda: getattr(t.app.focused, "id", "") == "schedule", "the cursor in the schedule")
        await t.type("@daily")
        await t.press("f2")
        await t.paste("hf jobs scheduled run @daily --name made-here python:3.12 true")
        await t.press("enter", "ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.sees("made-here")
        await t.sees("1 scheduled job")
