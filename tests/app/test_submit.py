"""Submitting from the composer: uploads, schedules, scripts on the web, refusals, and what is kept."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.app.test_compose import composer, opened
from tests.driver import SMALL, USUAL, WIDE, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.domain.job import Job
from tui.hub.client import HubClient
from tui.screens.compose import ComposeScreen
from tui.screens.submit_dialog import SubmitDialog
from tui.spec.draft import Draft

SCRIPT = b"# /// script\n# [tool.hf-jobs]\n# name = 'from-the-web'\n# ///\nprint(6*7, 'answer')\n"


class WebServer(HTTPServer):
    """Serves one script, and knows what was asked of it."""

    content = SCRIPT
    status = 0
    """What it answers, 0 for what goes with the content."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.paths: list[str] = []
        self.headers: list[str] = []
        self.open = threading.Event()
        """Nothing is answered before it is set."""
        self.open.set()


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, WebServer)
        server.paths.append(self.path)
        server.headers.append(str(self.headers))
        assert server.open.wait(20)
        self.send_response(server.status or (200 if server.content else 404))
        self.end_headers()
        self.wfile.write(server.content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


async def filled(t: Dashboard, line: str) -> ComposeScreen:
    screen = await opened(t)
    await t.press("f2")
    await t.paste(line)
    await t.press("enter")
    await t.until(lambda: t.app.screen is screen, "the form")
    return screen


async def test_a_scheduled_job_is_created_and_its_next_run_said(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await filled(t, "hf jobs scheduled run @daily --name nightly ubuntu env")
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.until(lambda: any("scheduled nightly: next run" in text for text in t.toasts()), "it is said")
        await t.until(lambda: t.app.composer is None, "the form left")
        assert [one for one in hub.requests if one.path == f"/api/scheduled-jobs/{hub.user}"]


async def test_a_schedule_that_the_hub_took_differently_is_shouted(hub: LocalHub) -> None:
    answer = {"id": "6b0000000000000000000001", "schedule": "@weekly", "jobSpec": {"flavor": "a100-large"}}
    hub.fail("POST", "/api/scheduled-jobs/*", status=200, body=answer)
    async with dashboard(hub, size=USUAL) as t:
        await filled(t, "hf jobs scheduled run @daily --name nightly ubuntu env")
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.sees("took another scheduled job")
        await t.sees("hardware: asked for cpu-basic, got a100-large")


async def test_a_script_on_the_web_is_fetched_once_judged_and_sent(hub: LocalHub, web: WebServer) -> None:
    url = f"http://127.0.0.1:{web.server_port}/a/sft.py"
    async with dashboard(hub, size=USUAL) as t:
        await filled(t, f"hf jobs uv run {url} --steps 1")
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.sees("from-the-web")
        await t.press("y")
        await t.row_says("from-the-web", "completed")
        assert len(web.paths) == 1


async def test_a_script_on_the_web_is_read_while_it_is_composed(hub: LocalHub, web: WebServer) -> None:
    web.content = b"# /// script\n# [tool.hf-jobs]\n# flavor = 't4-small'\n# env = { LR = '1' }\n# ///\n"
    web.open.clear()
    async with dashboard(hub, size=USUAL) as t:
        await opened(t)
        await t.press("tab")
        await t.paste(f"http://127.0.0.1:{web.server_port}/sft.py")
        await t.until(lambda: bool(web.paths), "it is asked for")
        await t.sees("Reading what the script says")
        web.open.set()
        await t.sees("t4-small  (from the script)")
        await t.sees("LR=1")
        await t.no_longer_sees("Reading what the script says")
        await t.paste("?raw")
        await t.no_longer_sees("(from the script)")
        await t.sees("t4-small  (from the script)")
        assert web.paths == ["/sft.py", "/sft.py?raw"]
        assert [headers for headers in web.headers if "authorization" in headers.lower()] == []
        await t.press("escape")
        await t.no_longer_sees("New job")
        web.content = SCRIPT
        await t.press("n")
        await t.sees("from-the-web")


@pytest.mark.parametrize("status", [401, 403])
async def test_a_script_behind_a_login_is_not_tried_with_a_token(
    hub: LocalHub, web: WebServer, status: int
) -> None:
    web.status = status
    async with dashboard(hub, size=WIDE) as t:
        screen = await filled(t, f"hf jobs uv run http://127.0.0.1:{web.server_port}/private.py")
        words = f"asks for a login ({status}), and no token of yours is sent to that address"
        await t.until(lambda: words in str(screen.beside.findings.content), words)
        assert "hf download" in str(screen.beside.findings.content)
        assert "tried again" not in str(screen.beside.findings.content)
        await t.press("ctrl+j")
        await t.until(lambda: any("hf download" in said for said in t.toasts()), "what to do is said")
        assert t.app.screen is screen
    assert [headers for headers in web.headers if "authorization" in headers.lower()] == []
    assert [one for one in hub.requests if one.method == "POST"] == []


async def test_what_typed_over_a_script_on_the_web_wins(hub: LocalHub, web: WebServer) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await filled(t, f"hf jobs uv run --name mine http://127.0.0.1:{web.server_port}/sft.py")
        await t.until(lambda: bool(web.paths), "it was fetched")
        await t.no_longer_sees("Reading what the script says")
        await t.press("f3", "f3")
        await t.sees('"name": "mine"')
        assert screen.form.draft().name == "mine"


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "answered 404"), (b"<!DOCTYPE html><html>", "is a web page")]
)
async def test_a_script_that_cannot_be_read_is_said_while_it_is_composed(
    hub: LocalHub, web: WebServer, content: bytes, words: str
) -> None:
    web.content = content
    async with dashboard(hub, size=SMALL) as t:
        await opened(t)
        await t.press("tab")
        await t.paste(f"http://127.0.0.1:{web.server_port}/x.py")
        await t.sees(words)
        assert len(web.paths) == 1


async def test_a_script_that_cannot_be_fetched_is_said_at_its_field(hub: LocalHub, web: WebServer) -> None:
    web.content = b""
    url = f"http://127.0.0.1:{web.server_port}/sft.py"
    async with dashboard(hub, size=USUAL) as t:
        screen = await filled(t, f"hf jobs uv run {url}")
        await t.press("ctrl+j")
        row = screen.form.row("script")
        assert row is not None
        await t.until(lambda: "answered 404" in row.fault, "the fault at the field")
        assert screen.form.draft().script == url


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """No job is sent to the Hub before it is set."""
    opened_gate, create_job = threading.Event(), HubClient.create_job

    async def held(client: HubClient, namespace: str, body: Mapping[str, Any]) -> Job:
        assert await asyncio.to_thread(opened_gate.wait, 20)
        return await create_job(client, namespace, body)

    monkeypatch.setattr(HubClient, "create_job", held)
    yield opened_gate
    opened_gate.set()


async def sent_slowly(t: Dashboard) -> None:
    """Submit a job that the gate holds back, and leave the form."""
    await filled(t, "hf jobs run --name first ubuntu echo first")
    await t.press("ctrl+j")
    await t.sees("Submit this job?")
    await t.press("y")
    await t.sees("sending the job…")
    await t.press("escape")


async def another(t: Dashboard) -> ComposeScreen:
    """Fill the form with another job."""
    await t.press("n")
    await t.sees("sending the job…")
    await t.paste("hf jobs run --name second ubuntu echo second")
    await t.until(lambda: composer(t).form.draft().name == "second", "the second job")
    return composer(t)


async def test_what_is_typed_while_another_job_is_sent_stays(hub: LocalHub, gate: threading.Event) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await sent_slowly(t)
        screen = await another(t)
        await t.press("ctrl+j")
        await t.says("another job is being sent: submit this one once the Hub has answered")
        gate.set()
        await t.says("submitted first")
        assert t.app.screen is screen
        assert screen.form.draft().command == "echo second"
        await t.sees("first was sent; what is in the form has not been")
        await t.press("ctrl+j")
        await t.sees("Submit this job?")


async def test_a_job_refused_while_another_is_typed_is_brought_back(
    hub: LocalHub, gate: threading.Event
) -> None:
    hub.fail("POST", "/api/jobs/*", status=403, body={"error": "not by this token"})
    async with dashboard(hub, size=USUAL) as t:
        await sent_slowly(t)
        screen = await another(t)
        gate.set()
        await t.sees("not by this token")
        await t.press("escape")
        assert screen.form.draft().command == "echo second"
        await t.press("ctrl+z")
        assert screen.form.draft().command == "echo first"


async def test_a_job_under_way_is_not_sent_twice_from_a_new_form(
    hub: LocalHub, gate: threading.Event
) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await sent_slowly(t)
        await t.press("n")
        await t.sees("sending the job…")
        await t.press("ctrl+j")
        await t.says("this job is being submitted")
        gate.set()
        await t.until(lambda: t.app.composer is None, "the form left")
        await t.row_says(" first ", "completed")
    assert len([one for one in hub.requests if one.method == "POST"]) == 1


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_the_last_question_names_what_runs(
    hub: LocalHub, tmp_path: Path, size: tuple[int, int]
) -> None:
    script = tmp_path / ("deep" * 25) / "train.py"
    script.parent.mkdir()
    script.write_text("print(1)")
    async with dashboard(hub, size=size) as t:
        await filled(t, f"hf jobs uv run {script} --lr 1")
        await t.press("ctrl+j")
        await t.says("uv run train.py --lr 1")
        await t.press("escape", "ctrl+n", "f2")
        await t.paste(f"hf jobs run ubuntu -- echo first {'x' * 500} last-one")
        await t.press("enter", "ctrl+j")
        await t.until(lambda: isinstance(t.app.screen, SubmitDialog), "the question")
        assert isinstance(t.app.screen, SubmitDialog)
        words = " ".join(t.app.screen.body().plain.split())
        assert "command echo first xxx" in words
        assert "xxx last-one payer" in words
        assert len(words) < 400


async def test_what_is_tried_in_the_demo_is_no_draft_of_a_real_job(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL, demo=True) as t:
        await filled(t, "hf jobs run --flavor t4-small ubuntu env")
    async with dashboard(hub, size=USUAL) as t:
        assert (await opened(t)).form.draft() == Draft()


async def test_an_upload_can_be_stopped_and_nothing_is_sent(hub: LocalHub, tmp_path: Path) -> None:
    script = tmp_path / ("deep" * 25) / "train.py"
    script.parent.mkdir()
    script.write_text("print(1)")
    hub.fail("POST", "/api/buckets/*", hang=True)
    async with dashboard(hub, size=USUAL) as t:
        screen = await filled(t, f"hf jobs uv run {script}")
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.sees("uploading train.py…  esc stops it")
        await t.press("escape")
        await t.sees("not submitted: the form is as you left it")
        assert screen.form.draft().script == str(script)
        assert not [
            one for one in hub.requests if one.path == f"/api/jobs/{hub.user}" and one.method == "POST"
        ]
        hub.heal()


async def test_a_refusal_marks_the_field_the_hub_named(hub: LocalHub) -> None:
    hub.fail("POST", "/api/jobs/*", status=400, body={"error": "Invalid body: timeoutSeconds: too long"})
    async with dashboard(hub, size=USUAL) as t:
        screen = await filled(t, "hf jobs run --timeout 9d ubuntu env")
        before = screen.form.draft()
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.sees("too long")
        await t.press("escape")
        row = screen.form.row("timeout_amount")
        assert row is not None
        assert "too long" in row.fault
        assert screen.form.draft() == before


async def test_a_draft_left_behind_comes_back_without_its_secrets(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await filled(t, "hf jobs run --flavor t4-small -s MINE=s3cr3t-v4lu3 ubuntu env")
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        draft = screen.form.draft()
        assert (draft.flavor, draft.image) == ("t4-small", "ubuntu")
        assert [(pair.name, pair.value) for pair in draft.secrets] == [("MINE", None)]


async def test_what_was_sent_is_remembered_and_no_draft_comes_back(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await filled(t, "hf jobs run --name once ubuntu true")
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.row_says("once", "")
        await t.until(lambda: t.app.composer is None, "the form left")
        (kept,) = t.app.shelf.submissions()
        assert kept.draft is not None
        assert kept.draft.name == "once"
        await t.press("n")
        await t.sees("New job")
        assert composer(t).form.draft().image == ""
