"""Actions on all marked jobs, and what the table shows before the Hub has answered."""

from __future__ import annotations

from tests.driver import WIDE, Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub
from tui.domain.errors import ErrorKind, HubError
from tui.messages import ActionFailed


def sent(hub: LocalHub, verb: str) -> list[str]:
    return sorted(request.path.split("/")[4] for request in hub.requests if request.path.endswith(f"/{verb}"))


def still(t: Dashboard) -> None:
    """Let the keyboard rest for longer than the dialogs are deaf."""
    assert t.time is not None
    t.time.seconds += 1


async def test_all_marked_jobs_are_run_again_once_their_number_is_typed(hub: LocalHub) -> None:
    ids = [hub.add_job(name=f"sweep-{number}", flavor="l4x1") for number in range(3)]
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("sweep-2")
        await t.press("asterisk", "R")
        await t.sees("Run 3 jobs again?")
        await t.sees("$2.40/h while all of them run; ada pays")
        still(t)
        await t.press("3", "enter")
        await t.until(lambda: len(t.app.snapshot.jobs) == 6, "three jobs more")
        await t.until(lambda: "rerun: 3 of 3 done" in t.toasts(), "how it went")
        assert t.table.marked_jobs == ()
    assert sent(hub, "duplicate") == sorted(ids)


async def test_another_number_and_escape_are_no(hub: LocalHub) -> None:
    for number in range(3):
        hub.add_job(name=f"sweep-{number}")
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("sweep-2")
        await t.press("asterisk", "c")
        await t.sees("Cancel 3 jobs?")
        still(t)
        await t.press("2", "enter")
        await t.sees("Cancel 3 jobs?")
        await t.press("escape")
        await t.no_longer_sees("Cancel 3 jobs?")
        assert len(t.table.marked_jobs) == 3
    assert sent(hub, "cancel") == []


async def test_a_number_typed_ahead_is_not_taken(hub: LocalHub) -> None:
    for number in range(3):
        hub.add_job(name=f"sweep-{number}")
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("sweep-2")
        await t.press("asterisk", "c", "3", "enter")
        await t.sees("Cancel 3 jobs?")
        still(t)
        await t.press("enter")
        await t.sees("Cancel 3 jobs?")
        await t.press("3", "enter")
        await t.until(lambda: "Canceled 3 jobs" in t.toasts(), "how it went")
    assert len(sent(hub, "cancel")) == 3


async def test_fifty_marked_jobs_and_one_that_was_not(hub: LocalHub) -> None:
    spared = hub.add_job(name="spared", age_seconds=5)
    ids = [hub.add_job(name=f"sweep-{number}") for number in range(50)]
    async with dashboard(hub, time=FakeTime(), size=WIDE) as t:
        await t.listed()
        await t.press("slash")
        await t.type("sweep")
        await t.press("enter", "asterisk", "c")
        await t.sees("Cancel 50 jobs?")
        hub.add_job(name="sweep-new", age_seconds=1)
        await t.until(lambda: len(t.app.snapshot.jobs) == 52, "one job more")
        still(t)
        await t.press("5", "0", "enter")
        await t.until(lambda: "Canceled 50 jobs" in t.toasts(), "how it went")
    assert sent(hub, "cancel") == sorted(ids)
    assert spared not in sent(hub, "cancel")


async def test_marked_jobs_that_are_over_are_left_out_and_that_is_said(hub: LocalHub) -> None:
    live = hub.add_job(name="live")
    hub.add_job(name="over", stage="COMPLETED")
    hub.add_job(name="lost", stage="ERROR")
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("lost")
        await t.press("asterisk", "c")
        await t.sees("Cancel this job?")
        await t.says("2 of 3 marked jobs left out: only a live job can be cancelled")
        still(t)
        await t.press("y")
        await t.row_says("live", "canceled")
        await t.press("asterisk", "c")
        words = "none of the 3 marked jobs: only a live job can be cancelled"
        await t.until(lambda: any(words in said for said in t.toasts()), words)
    assert sent(hub, "cancel") == [live]


async def test_what_fails_for_many_is_said_in_one_dialog(hub: LocalHub) -> None:
    for number in range(7):
        hub.add_job(name=f"sweep-{number}", stage="COMPLETED")
    hub.fail("POST", "/api/jobs/*/duplicate", status=402, body={"error": "no credit left"})
    async with dashboard(hub, time=FakeTime(), size=WIDE) as t:
        await t.sees("sweep-6")
        await t.press("asterisk", "R")
        await t.sees("Run 7 jobs again?")
        still(t)
        await t.press("7", "enter")
        await t.sees("7 times not as asked")
        await t.sees("and 2 more:")
        assert t.screen_text.count("no credit left") == 1
        await t.press("escape")
        await t.no_longer_sees("7 times not as asked")


async def test_a_cancel_shows_at_once_and_is_taken_back_with_the_reason(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train")
    hub.fail("POST", "/api/jobs/*/cancel", hang=True)
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("train")
        await t.press("c")
        await t.sees("Cancel this job?")
        still(t)
        await t.press("y")
        await t.row_says("train", "⊘ canceling")
        hub.add_job(name="newer")
        await t.sees("newer")
        assert "canceling" in t.row("train"), "a poll that knows of nothing takes nothing back"
        refusal = HubError(ErrorKind.FORBIDDEN, "not by this token", status=403)
        t.app.post_message(ActionFailed("cancel", refusal, t.app.snapshot.jobs[job_id]))
        await t.sees("not by this token")
        await t.press("escape")
        await t.row_says("train", "● running")


async def test_a_job_that_ends_while_it_is_cancelled_is_shown_as_the_hub_has_it(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train")
    hub.fail("POST", "/api/jobs/*/cancel", hang=True)
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("train")
        await t.press("c")
        await t.sees("Cancel this job?")
        still(t)
        await t.press("y")
        await t.row_says("train", "⊘ canceling")
        hub.set_stage(job_id, "COMPLETED")
        await t.row_says("train", "completed")


async def test_a_number_that_is_not_theirs_is_said(hub: LocalHub) -> None:
    for number in range(3):
        hub.add_job(name=f"sweep-{number}")
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("sweep-2")
        await t.press("asterisk", "c")
        await t.sees("Cancel 3 jobs?")
        still(t)
        await t.press("2", "enter")
        await t.sees("2 is not their number: type 3, or esc for no")
    assert sent(hub, "cancel") == []
