"""A job named by its id or its address is opened from wherever it is named, or it is said what hinders."""

from __future__ import annotations

import pytest

from tests.driver import WIDE, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.screens.job import JobScreen

ABSENT = "6a43e7b1c2d3e4f5a6b7c8fa"


async def opened(t: Dashboard, name: str) -> None:
    """Wait until the page of the job is open."""
    await t.until(lambda: isinstance(t.app.screen, JobScreen), "the page of a job")
    await t.sees(name)


def ways(hub: LocalHub, namespace: str, job_id: str) -> tuple[str, ...]:
    page = f"{hub.endpoint}/jobs/{namespace}/{job_id}"
    return (
        job_id,
        f"{namespace}/{job_id}",
        f"<{page}/?tab=logs#end>",
        page.removeprefix("http://"),
        f"hf jobs logs -f {namespace}/{job_id}",
    )


async def test_a_paste_on_the_table_opens_the_job_and_puts_the_cursor_on_it(hub: LocalHub) -> None:
    wanted = hub.add_job(name="wanted", age_seconds=500, lines=["its log"])
    hub.add_job(name="newest", age_seconds=5)
    async with dashboard(hub, size=WIDE) as t:
        await t.sees("wanted")
        for way in ways(hub, hub.user, wanted):
            await t.press("g")
            await t.paste(way)
            await opened(t, "its log")
            await t.press("escape")
            assert t.table.cursor_key == wanted, way


async def test_a_paste_goes_past_a_filter_that_hides_the_job(hub: LocalHub) -> None:
    wanted = hub.add_job(name="wanted")
    hub.add_job(name="other")
    async with dashboard(hub, size=WIDE) as t:
        await t.sees("wanted")
        await t.press("slash")
        await t.type("other")
        await t.press("enter")
        await t.no_longer_sees("wanted")
        await t.paste(wanted)
        await opened(t, "wanted")
        await t.press("escape")
        assert t.table.cursor_key == wanted


async def test_a_pasted_job_line_opens_the_composer_and_other_text_is_answered(hub: LocalHub) -> None:
    async with dashboard(hub, size=WIDE) as t:
        await t.listed()
        await t.paste("some words")
        await t.says("nothing here takes that text")
        await t.paste(f"https://huggingface.co/jobs/acme/{ABSENT}")
        await t.says("That job is on huggingface.co, and this shows the jobs of 127.0.0.1")
        await t.paste("hf jobs run python:3.12 echo pasted")
        await t.sees("echo pasted")


@pytest.mark.parametrize("form", range(5))
async def test_the_flag_takes_every_form(hub: LocalHub, form: int) -> None:
    acme = hub.organisations[0]
    wanted = hub.add_job(name="wanted", namespace=acme)
    async with dashboard(hub, size=WIDE, job=ways(hub, acme, wanted)[form], namespace=hub.user) as t:
        await opened(t, "wanted")


async def test_the_flag_says_what_it_cannot_take(hub: LocalHub) -> None:
    async with dashboard(hub, job="two words") as t:
        await t.says("“two words” is not a job id")
    async with dashboard(hub, job=f"https://hf.co/jobs/acme/{ABSENT}") as t:
        await t.says("That job is on hf.co")


async def test_the_filter_takes_an_address_and_enter_asks_for_what_no_row_shows(hub: LocalHub) -> None:
    acme = hub.organisations[0]
    wanted = hub.add_job(name="wanted")
    theirs = hub.add_job(name="theirs", namespace=acme)
    hub.add_job(name="other")
    async with dashboard(hub, size=WIDE, namespace=hub.user) as t:
        await t.sees("other")
        for way in ways(hub, hub.user, wanted):
            await t.press("slash")
            await t.paste(way)
            await t.no_longer_sees("other")
            assert t.table.keys_in_order == (wanted,), way
            await t.press("escape")
            await t.sees("other")
        await t.press("slash")
        await t.paste(f"https://hf.co/jobs/acme/{ABSENT}")
        await t.sees("That job is on hf.co")
        await t.press("escape", "slash")
        await t.paste(f"{hub.endpoint}/jobs/{acme}/{theirs}")
        await t.sees("no jobs match")
        await t.press("enter")
        await opened(t, "theirs")


async def test_the_palette_takes_an_address(hub: LocalHub) -> None:
    acme = hub.organisations[0]
    theirs = hub.add_job(name="theirs", namespace=acme)
    async with dashboard(hub, size=WIDE, namespace=hub.user) as t:
        await t.listed()
        await t.press("ctrl+p")
        await t.paste(f"{hub.endpoint}/jobs/{acme}/{theirs}")
        await t.sees(f"open job {theirs} of {acme}")
        await t.press("down", "enter")
        await opened(t, "theirs")


async def test_a_job_of_a_namespace_that_is_not_listed_stays_up_to_date(hub: LocalHub) -> None:
    acme = hub.organisations[0]
    theirs = hub.add_job(name="theirs", namespace=acme)
    async with dashboard(hub, size=WIDE, namespace=hub.user) as t:
        await t.listed()
        await t.paste(f"{acme}/{theirs}")
        await opened(t, "theirs")
        await t.press("escape")
        hub.set_stage(theirs, "ERROR", "Job timeout")
        await t.row_says("theirs", "timed out")


async def test_not_found_is_said_only_when_the_hub_said_so_everywhere(hub: LocalHub) -> None:
    async with dashboard(hub, size=WIDE) as t:
        await t.listed()
        await t.paste(ABSENT)
        await t.says("job 6a43e7…fa not found in your namespaces")
        await t.paste(f"elsewhere/{ABSENT}")
        await t.says("job 6a43e7…fa not found in elsewhere: check the id")
        asked = [one.path for one in hub.requests if ABSENT in one.path]
        assert asked[-1] == f"/api/jobs/elsewhere/{ABSENT}"
        assert len(asked) == len({hub.user, *hub.organisations}) + 1


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"status": 503}, ("server trouble 503", "the Hub has trouble (503)")),
        ({"status": 403}, ("not allowed 403", "settings/tokens")),
        ({"status": 429}, ("rate limited 429", "too many requests")),
        ({"reset": True}, ("offline", "Could not read job 6a43e7…fa of")),
    ],
)
async def test_what_hindered_the_search_is_said_with_its_namespace(
    hub: LocalHub, fault: dict[str, object], said: tuple[str, str]
) -> None:
    acme = hub.organisations[0]
    async with dashboard(hub, size=WIDE) as t:
        await t.listed()
        hub.fail("GET", f"/api/jobs/{acme}/{ABSENT}", **fault)  # type: ignore[arg-type]
        await t.paste(ABSENT)
        await t.sees(f"job 6a43e7…fa: {said[0]}")
        await t.says(said[1])
        assert f"of {acme}" in t.words
        assert not any("not found" in toast for toast in t.toasts())


async def test_without_a_network_the_flag_does_not_claim_that_there_is_no_such_job(hub: LocalHub) -> None:
    hub.fail("GET", "/api/jobs/*", reset=True)
    async with dashboard(hub, size=WIDE, job=f"ada/{ABSENT}") as t:
        await t.sees("job 6a43e7…fa: offline")
        assert not any("not found" in toast for toast in t.toasts())
