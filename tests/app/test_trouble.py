"""When something is wrong it is said, nothing is lost, and it passes by itself."""

from __future__ import annotations

import pytest

from tests.driver import SMALL, USUAL, Dashboard, dashboard
from tests.local_hub import LocalHub

LINE = "hf jobs run --name x python:3.12 echo hello"


async def compose_and_submit(t: Dashboard) -> None:
    await t.press("n", "f2")
    await t.paste(LINE)
    await t.press("enter", "ctrl+j")
    await t.sees("Submit this job?")
    await t.press("y")


async def test_without_a_token_it_says_how_to_log_in(hub: LocalHub) -> None:
    async with dashboard(endpoint=hub.endpoint) as t:
        await t.sees("not logged in")
        await t.sees("HF_TOKEN")
    assert not any(request.path.startswith("/api/jobs/ada") for request in hub.requests)


async def test_a_wrong_token_is_said_and_polling_stops(hub: LocalHub) -> None:
    async with dashboard(endpoint=hub.endpoint, token="hf_wrong") as t:
        await t.sees("token refused 401")
        await t.says("start this program with the HF_TOKEN it printed")
        assert "hf_wrong" not in t.screen_text


UNKNOWN = "● – running  ○ – waiting  –/h"


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_without_a_token_nothing_is_claimed_and_the_demo_is_named(
    hub: LocalHub, size: tuple[int, int]
) -> None:
    async with dashboard(endpoint=hub.endpoint, size=size) as t:
        await t.sees("Not logged in to")
        await t.says("hf-jobs-tui --demo")
        await t.sees(UNKNOWN)
        for said in ("Not logged in to", "--demo", "HF_TOKEN"):
            assert t.words.count(said) == 1, t.screen_text
        await t.press("4")
        await t.sees(UNKNOWN)


async def test_with_a_refused_token_nothing_is_claimed_and_it_is_said_once(hub: LocalHub) -> None:
    async with dashboard(endpoint=hub.endpoint, token="hf_wrong", size=SMALL) as t:
        await t.sees("the token is not accepted")
        await t.sees(UNKNOWN)
        assert t.words.count("the token is not accepted") == 1, t.screen_text
        assert "--demo" not in t.screen_text


async def test_a_list_that_does_not_come_claims_nothing(hub: LocalHub) -> None:
    hub.add_job(name="train")
    hub.fail("GET", "/api/jobs/ada", hang=True)
    async with dashboard(hub) as t:
        await t.sees(UNKNOWN)
        await t.press("4")
        await t.sees(UNKNOWN)
        await t.row_says("t4-small", "–")
        assert "none of your jobs in the table ran on it" not in t.screen_text


async def test_counts_are_unknown_while_the_hub_does_not_answer(hub: LocalHub) -> None:
    hub.add_job(name="train")
    async with dashboard(hub) as t:
        await t.sees("● 1 running")
        hub.fail("GET", "/api/jobs/*", status=503)
        await t.sees(UNKNOWN)
        await t.sees("train")
        hub.heal()
        await t.press("r")
        await t.sees("● 1 running")


async def test_schedules_that_cannot_be_read_are_said_once(hub: LocalHub) -> None:
    hub.fail("GET", "/api/scheduled-jobs/*", status=403)
    async with dashboard(hub, size=SMALL) as t:
        await t.listed()
        await t.press("3")
        await t.sees("not allowed")
        await t.until(
            lambda: t.app.schedules_error is not None or bool(t.app.schedules.refused), "the refusal"
        )
        assert t.words.count("list the scheduled jobs") <= 1, t.screen_text


async def test_a_preview_says_nothing_of_output_before_the_first_answer(hub: LocalHub) -> None:
    hub.add_job(name="train", lines=["one"])
    hub.fail("GET", "*/logs", bytes_=0, silent=True)
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.until(lambda: any(one.path.endswith("/logs") for one in hub.requests), "the log asked for")
        await t.sees("connecting to the log")
        assert "no output" not in t.screen_text


async def test_no_server_is_said_with_a_countdown_and_it_recovers_when_there_is_one(hub: LocalHub) -> None:
    hub.fail("GET", "/api/whoami-v2", reset=True, times=2)
    async with dashboard(hub) as t:
        await t.sees("retry in")
        hub.add_job(name="later")
        await t.press("r")
        await t.sees("later")
        await t.no_longer_sees("retry in")


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_rows_stay_while_the_server_is_in_trouble(hub: LocalHub, status: int) -> None:
    hub.add_job(name="train")
    async with dashboard(hub) as t:
        await t.sees("train")
        hub.fail("GET", "/api/jobs/*", status=status)
        await t.sees(str(status))
        await t.sees("rows as of")
        assert "train" in t.screen_text
        hub.heal()
        await t.press("r")
        await t.no_longer_sees("rows as of")


async def test_a_server_that_goes_away_leaves_the_rows() -> None:
    with LocalHub() as hub:
        hub.add_job(name="train")
        async with dashboard(hub) as t:
            await t.sees("train")
            hub.close()
            await t.sees("rows as of")
            assert "train" in t.screen_text


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (400, "flavor is not allowed", "flavor is not allowed"),
        (402, "Pre-paid credit balance is insufficient", "settings/billing"),
        (403, "this token may not start jobs", "this token may not start jobs"),
    ],
)
async def test_a_refused_submit_leaves_the_form_as_it_was(
    hub: LocalHub, status: int, error: str, words: str
) -> None:
    hub.fail("POST", "/api/jobs/*", status=status, body={"error": error}, times=1)
    async with dashboard(hub) as t:
        await t.listed()
        await compose_and_submit(t)
        await t.sees(words)
        await t.press("escape")
        await t.sees("New job")
        await t.sees("echo hello")
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.row_says(" x ", "completed")
    posts = [request for request in hub.requests if request.method == "POST"]
    assert len(posts) == 2


async def test_a_submit_with_no_answer_is_never_sent_twice(hub: LocalHub) -> None:
    hub.fail("POST", "/api/jobs/*", status=500, body={"error": "internal"}, times=1)
    async with dashboard(hub) as t:
        await t.listed()
        await compose_and_submit(t)
        await t.sees("submit")
        await t.until(lambda: len(t.app.screen_stack) > 2, "a dialog")
    assert len([request for request in hub.requests if request.method == "POST"]) == 1


async def test_a_fault_of_the_form_takes_the_cursor_and_loses_nothing(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("n", "f2")
        await t.paste("hf jobs run --timeout 0m python:3.12 echo hello")
        await t.press("enter", "ctrl+j")
        await t.sees("✗ Timeout")
        assert "Submit this job?" not in t.screen_text
        await t.sees("echo hello")
        await t.press("home", "1", "ctrl+j")
        await t.sees("Submit this job?")


async def test_a_line_that_is_none_is_said_and_stays(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("n", "f2")
        await t.paste("docker run hello")
        await t.press("enter")
        await t.sees("docker run hello")
        await t.sees("hf jobs")
        await t.press("escape")
        await t.sees("New job")


async def test_a_draft_is_kept_when_the_form_is_left(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("n", "f2")
        await t.paste("hf jobs run -s TOKEN_X=very-secret --timeout 90m python:3.12 echo kept")
        await t.press("enter")
        await t.sees("echo kept")
        assert "very-secret" not in t.screen_text
        await t.press("escape")
        await t.no_longer_sees("echo kept")
        await t.press("n")
        await t.sees("echo kept")
        assert "very-secret" not in t.screen_text


async def test_hostile_names_are_shown_as_text(hub: LocalHub) -> None:
    hub.add_job(name="bad", docker_image="[/x][red]\x1b]52;c;aGk=\x07img", message="[/y]\x1b[31m")
    async with dashboard(hub) as t:
        await t.sees("[/x][red]img")
        await t.press("c")
        await t.sees("Cancel this job?")


async def test_a_token_in_the_command_stops_the_submit_and_is_not_shown(hub: LocalHub) -> None:
    token = "hf_" + "a" * 34
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("n", "f2")
        await t.paste(f"hf jobs run python:3.12 login {token}")
        await t.press("enter", "ctrl+j")
        await t.sees("make it a secret")
        assert "Submit this job?" not in t.screen_text
    assert not any(request.method == "POST" for request in hub.requests)


async def test_what_could_not_be_read_of_a_line_is_said(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("n", "f2")
        await t.paste("hf jobs run --token abc python:3.12 echo hello")
        await t.press("enter")
        await t.sees("--token")
        assert "abc" not in t.screen_text
