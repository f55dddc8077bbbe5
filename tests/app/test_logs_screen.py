"""Several jobs on one page: merged by time, told apart, joined and left."""

from __future__ import annotations

from pathlib import Path

from tests.driver import SMALL, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.screens.logs import MOST_JOBS, LogsScreen


def page(t: Dashboard) -> LogsScreen:
    assert isinstance(t.app.screen, LogsScreen)
    return t.app.screen


def texts(t: Dashboard) -> list[str]:
    """Every line on the page with the name of its job, the markers left out."""
    pane = page(t).log_pane
    lines = [pane.copied_text(number) for number in range(pane.book.first, pane.book.end)]
    return [line for line in lines if "=====" not in line]


async def open_marked(t: Dashboard, *names: str) -> None:
    for name in names:
        await t.sees(name)
    await t.press("asterisk", "l")
    await t.sees(f"{len(names)} of {len(names)} jobs")


async def test_marked_jobs_open_one_page_with_their_names(hub: LocalHub) -> None:
    one = hub.add_job(name="one", lines=["first of one"])
    two = hub.add_job(name="second", lines=["first of two"])
    async with dashboard(hub) as t:
        await open_marked(t, "one", "second")
        await t.sees("second first of two")
        await t.sees("2 live")
        for step in range(3):
            hub.log(one, f"one {step}")
            hub.log(two, f"two {step}")
        await t.until(lambda: len(texts(t)) == 8, "every line")
        book = page(t).log_pane.book
        times = [book.timestamp(number) for number in range(book.end)]
        assert times == sorted(times)
        assert [line for line in texts(t) if " one " in line] == [f"one    one {step}" for step in range(3)]
        assert [line for line in texts(t) if " two " in line] == [f"second two {step}" for step in range(3)]
        assert len({request.path for request in hub.requests if request.path.endswith("/logs")}) == 2


async def test_a_job_is_taken_out_and_added_back_while_it_runs(hub: LocalHub) -> None:
    one = hub.add_job(name="one", lines=["alpha"])
    two = hub.add_job(name="two", lines=["beta"])
    async with dashboard(hub) as t:
        await open_marked(t, "one", "two")
        await t.sees("one alpha")
        await t.sees("two beta")
        await t.press("J")
        await t.sees("Jobs on this page")
        out = next(n for n, name in enumerate(page_behind(t).names) if name.strip() == "one")
        await t.press(*["j"] * out, "space")
        await t.sees("[ ] one  not on the page")
        await t.press("enter")
        await t.no_longer_sees("one alpha")
        await t.sees("1 of 2 jobs")
        hub.log(one, "while away")
        hub.log(two, "not yet")
        await t.sees("two not yet")
        hub.log(two, "and gamma")
        await t.sees("two and gamma")
        assert "away" not in t.screen_text
        await t.press("J", *["j"] * out, "space", "enter")
        await t.sees("one while away")
        await t.sees("2 of 2 jobs")
        assert sorted(texts(t)[:2]) == ["one alpha", "two beta"]
        assert texts(t).index("one while away") < texts(t).index("two and gamma")


def page_behind(t: Dashboard) -> LogsScreen:
    return next(screen for screen in t.app.screen_stack if isinstance(screen, LogsScreen))


async def test_a_job_that_ends_stays(hub: LocalHub) -> None:
    one = hub.add_job(name="one", lines=["alpha"])
    hub.add_job(name="two", lines=["beta"])
    async with dashboard(hub) as t:
        await open_marked(t, "one", "two")
        await t.sees("one alpha")
        hub.set_stage(one, "COMPLETED")
        await t.sees("1 live, 1 ended")
        await t.sees("one alpha")


async def test_search_filter_copy_and_save_work_on_the_lines_of_all(hub: LocalHub, tmp_path: Path) -> None:
    hub.add_job(name="one", lines=["loss 1", "other"])
    hub.add_job(name="two", lines=["loss 2", "other"])
    target = tmp_path / "both.log"
    async with dashboard(hub) as t:
        await open_marked(t, "one", "two")
        await t.until(lambda: len(texts(t)) == 4, "every line")
        await t.press("slash", *"loss", "enter")
        await t.sees("of 2 “loss”")
        await t.press("escape", "ampersand", *"loss", "enter")
        await t.sees("only “loss”")
        await t.no_longer_sees("other")
        await t.press("ctrl+s")
        await t.sees("Save the log")
        t.app.screen.query_one("#save-path").value = str(target)  # type: ignore[attr-defined]
        await t.press("enter")
        await t.sees("saved 2 lines")
        assert sorted(target.read_text().splitlines()) == ["one loss 1", "two loss 2"]
        await t.press("y")
        assert t.app.clipboard in ("one loss 1", "two loss 2"), "the line that the search went to"
        await t.press("G", "y")
        await t.sees("nothing to copy")
        await t.press("g", "v", "j", "y")
        assert sorted(t.app.clipboard.splitlines()) == ["one loss 1", "two loss 2"]


async def test_more_jobs_than_a_page_takes_are_said(hub: LocalHub) -> None:
    for number in range(MOST_JOBS + 3):
        hub.add_job(name=f"job-{number:02}", stage="COMPLETED" if number < 3 else "RUNNING")
    async with dashboard(hub) as t:
        await t.listed()
        await t.until(lambda: len(t.table.keys_in_order) == MOST_JOBS + 3, "every job")
        await t.press("asterisk", "l")
        await t.sees(f"{MOST_JOBS} of the {MOST_JOBS + 3} marked jobs are on this page")
        assert all(job.live for job in page(t).jobs)


async def test_leaving_the_page_lets_go_of_every_stream(hub: LocalHub) -> None:
    one = hub.add_job(name="one", lines=["alpha"])
    hub.add_job(name="two", lines=["beta"])
    async with dashboard(hub, size=SMALL) as t:  # without a preview, which would open a log again
        await open_marked(t, "one", "two")
        await t.sees("one alpha")
        await t.press("q")
        await t.until(lambda: one not in t.app._log_views, "no view of the job")
        assert not page_is_open(t)


def page_is_open(t: Dashboard) -> bool:
    return any(isinstance(screen, LogsScreen) for screen in t.app.screen_stack)


async def test_the_last_job_stays_on_the_page(hub: LocalHub) -> None:
    hub.add_job(name="one")
    hub.add_job(name="two")
    async with dashboard(hub) as t:
        await open_marked(t, "one", "two")
        page(t).turn(0)
        page(t).turn(1)
        assert list(page(t).log_pane.states) == [1]
        await t.until(lambda: any("the last job stays" in said for said in t.toasts()), "why it stays")
