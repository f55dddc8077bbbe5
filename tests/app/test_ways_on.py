"""A refusal offers the key that goes on: billing, another namespace, edit & rerun with SSH."""

from __future__ import annotations

import pytest

from tests.app.test_trouble import compose_and_submit
from tests.driver import SMALL, USUAL, Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub
from tui.screens.job import JobScreen
from tui.screens.ssh import NO_KEY

NO_CREDIT = {"error": "Pre-paid credit balance is insufficient"}


def posted(hub: LocalHub) -> list[str]:
    return [request.path for request in hub.requests if request.method == "POST"]


async def confirmed(t: Dashboard) -> None:
    """Say yes in a dialog that listens only after a while."""
    assert t.time is not None
    t.time.seconds += 1
    await t.press("y")


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_without_credit_another_namespace_is_chosen_in_the_form_as_it_was(
    hub: LocalHub, size: tuple[int, int]
) -> None:
    hub.fail("POST", "/api/jobs/ada", status=402, body=NO_CREDIT)
    async with dashboard(hub, size=size) as t:
        await t.listed()
        await compose_and_submit(t)
        await t.says("Pre-paid credit balance is insufficient")
        await t.sees("p = another namespace")
        await t.press("p")
        await t.sees("Who pays")
        await t.press("enter")
        await t.says("--namespace acme")
        await t.sees("echo hello")
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.row_says(" x ", "completed")
    assert posted(hub) == ["/api/jobs/ada", "/api/jobs/acme"]


@pytest.mark.parametrize(
    ("namespace", "page"),
    [("ada", "/settings/billing"), ("acme", "/organizations/acme/settings/billing")],
)
async def test_without_credit_the_billing_page_is_named(hub: LocalHub, namespace: str, page: str) -> None:
    hub.fail("POST", "/api/jobs/*", status=402, body=NO_CREDIT)
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("n", "f2")
        await t.paste(f"hf jobs run --namespace {namespace} python:3.12 echo hello")
        await t.press("enter", "ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.sees("o = billing page")
        await t.press("o")
        await t.sees("Open this page")
        await t.sees(f"{hub.endpoint}{page}")
        await t.press("escape")
        await t.sees("echo hello")
    assert len(posted(hub)) == 1


async def test_a_namespace_that_is_not_allowed_can_be_changed(hub: LocalHub) -> None:
    hub.fail("POST", "/api/jobs/ada", status=403, body={"error": "not by this token"})
    async with dashboard(hub) as t:
        await t.listed()
        await compose_and_submit(t)
        await t.sees("o = token settings")
        await t.press("p")
        await t.sees("Who pays")
        await t.press("escape")
        await t.sees("echo hello")


async def test_other_refusals_offer_nothing_that_does_not_help(hub: LocalHub) -> None:
    hub.fail("POST", "/api/jobs/ada", status=400, body={"error": "bad"})
    async with dashboard(hub) as t:
        await t.listed()
        await compose_and_submit(t)
        await t.sees("Close (esc)")
        assert "another namespace" not in t.screen_text
        await t.press("p", "o", "e", "l")
        await t.sees("Close (esc)")
        await t.press("enter")
        await t.sees("echo hello")


async def test_a_rerun_without_credit_goes_on_in_the_form(hub: LocalHub) -> None:
    hub.add_job(name="train")
    hub.fail("POST", "/api/jobs/*/duplicate", status=402, body=NO_CREDIT)
    async with dashboard(hub, time=FakeTime()) as t:
        await t.sees("train")
        await t.press("R")
        await t.sees("Run this job again?")
        await confirmed(t)
        await t.sees("e = edit & rerun")
        await t.press("e")
        await t.sees("New job")
        await t.sees("--name train")


@pytest.mark.parametrize("stage", ["RUNNING", "COMPLETED"])
@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_a_job_without_ssh_is_run_again_with_ssh(
    hub: LocalHub, stage: str, size: tuple[int, int]
) -> None:
    hub.add_job(name="train", stage=stage)  # type: ignore[arg-type]
    async with dashboard(hub, size=size) as t:
        await t.sees("train")
        await t.press("s")
        await t.sees("e = edit & rerun with SSH")
        await t.press("e")
        await t.sees("New job")
        await t.sees("--ssh")
    assert posted(hub) == []


async def test_a_run_that_another_blocks_shows_that_one(hub: LocalHub) -> None:
    hub.add_schedule("sleep", "600", labels={"name": "nightly"})
    async with dashboard(hub, time=FakeTime()) as t:
        await t.listed()
        await t.press("3")
        await t.sees("1 scheduled job")
        await t.press("t")
        await t.sees("Run it once now?")
        await confirmed(t)
        await t.says("one job started now")
        await t.press("t")
        await t.sees("Run it once now?")
        await confirmed(t)
        await t.sees("l = running job")
        await t.press("l")
        await t.until(lambda: isinstance(t.app.screen, JobScreen), "the running job")


@pytest.mark.parametrize("key", ["o", "p"])
async def test_a_way_on_is_taken_once(hub: LocalHub, key: str) -> None:
    hub.fail("POST", "/api/jobs/ada", status=402, body=NO_CREDIT)
    async with dashboard(hub) as t:
        await t.listed()
        await compose_and_submit(t)
        await t.sees("p = another namespace")
        await t.press(key, key, key)
        await t.press("escape")
        await t.sees("New job")


async def test_ssh_that_is_refused_names_the_page_for_keys(
    hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = hub.add_job(name="train", ssh=True)
    monkeypatch.setattr("tui.screens.ssh.open_ssh", lambda app, job: NO_KEY)
    async with dashboard(hub) as t:
        await t.until(lambda: bool(t.app.snapshot.jobs.get(job_id)), "the job")
        await t.press("s")
        await t.sees("o = SSH keys page")
        await t.press("o")
        await t.sees(f"{hub.endpoint}/settings/keys")
