"""Activity: every request that writes is listed with its answer and its `hf` line, and nothing secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.driver import SMALL, USUAL, WIDE, Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub
from tui.domain.activity import MOST_REMEMBERED, Outcome, SentRequest
from tui.local.faults import parse_fault
from tui.messages.places import RequestSent


async def cancelled(t: Dashboard) -> None:
    """Cancel the job under the cursor."""
    await t.press("c")
    await t.sees("Cancel this job?")
    assert t.time is not None
    t.time.seconds += 1
    await t.press("y")
    await t.until(lambda: bool(t.app.activity), "the request told")


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
async def test_a_request_its_answer_and_its_hf_line(hub: LocalHub, size: tuple[int, int]) -> None:
    job_id = hub.add_job(name="train")
    async with dashboard(hub, size=size, time=FakeTime()) as t:
        await t.sees("train")
        await cancelled(t)
        await t.press("5")
        await t.row_says("cancel train", "200 done")
        await t.sees("1 request · 1 done")
        await t.press("enter")
        await t.sees("What was sent")
        await t.sees(f"hf jobs cancel {job_id}")
        await t.press("y")
        await t.sees("copied the hf command")
        assert t.app.clipboard == f"hf jobs cancel {job_id}"
        await t.press("escape")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"status": 403, "body": {"error": "not by this token"}}, "403 refused: not by this token"),
        ({"status": 503}, "503 outcome unknown"),
        ({"reset": True}, "no answer: outcome unknown"),
    ],
)
async def test_what_was_refused_or_lost_is_listed_as_such(
    hub: LocalHub, fault: dict[str, object], words: str
) -> None:
    hub.add_job(name="train")
    hub.fail("POST", "/api/jobs/*/cancel", **fault)  # type: ignore[arg-type]
    async with dashboard(hub, size=WIDE, time=FakeTime()) as t:
        await t.sees("train")
        await cancelled(t)
        await t.sees("Close (esc)")
        await t.press("escape", "5")
        await t.row_says("cancel train", words)


async def test_nothing_secret_is_in_it(hub: LocalHub) -> None:
    secret, value = "sesame-open-wide", "value-of-a-variable"
    body = {"error": f"Invalid body: secrets: {secret} {value}"}
    hub.fail("POST", "/api/jobs/*", status=400, body=body, times=1)
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("2", "f2")
        await t.paste(f"hf jobs run -e NAME={value} -s KEY={secret} --name told python:3.12 true")
        await t.press("enter", "ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.sees("Invalid body")
        (sent,) = t.app.activity
        assert (sent.status, sent.outcome, sent.name) == (400, Outcome.REFUSED, "told")
        for hidden in (secret, value, hub.token):
            assert hidden not in repr(sent)
        assert "-e NAME -s KEY" in sent.hf_line


async def test_reading_is_not_listed(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("3", "5")
        await t.sees("Nothing was sent yet.")
        await t.press("y")
        await t.sees("nothing was sent yet")
        assert t.app.activity == ()


async def test_the_newest_stands_first_and_the_oldest_go(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("5")
        for number in range(MOST_REMEMBERED + 5):
            request = SentRequest(
                number, t.app.clock(), f"cancel job {number}", "POST", "/x", Outcome.DONE, 200, "", 0.1, ""
            )
            t.app.post_message(RequestSent(request))
        await t.sees(f"cancel job {MOST_REMEMBERED + 4}")
        await t.sees("500 requests")
        assert len(t.app.activity) == MOST_REMEMBERED
        await t.press("g")
        assert f"cancel job {MOST_REMEMBERED + 4}" in t.screen_text.splitlines()[2]
        await t.press("y")
        await t.sees("there is no hf command for this request")


async def test_an_upload_is_listed_before_the_job_that_needs_it(hub: LocalHub, tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text("print(1)")
    async with dashboard(hub) as t:
        await t.listed()
        await t.press("2", "f2")
        await t.paste(f"hf jobs uv run --name told {script}")
        await t.press("enter", "ctrl+j")
        await t.sees("Submit this job?")
        await t.press("y")
        await t.until(lambda: len(t.app.activity) == 2, "both requests told")
        job, upload = t.app.activity
        assert upload.what == f"upload train.py to the bucket {hub.user}/jobs-artifacts"
        assert (upload.outcome, upload.hf_line) == (Outcome.DONE, "")
        assert (job.name, job.status) == ("told", 200)
        assert "uv run /data/train.py" in job.hf_line


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_a_warning_of_the_hub_is_said_once_and_kept_in_the_activity(
    hub: LocalHub, size: tuple[int, int]
) -> None:
    hub.add_job(name="train")
    hub.plan(parse_fault("GET /api/jobs/ada warning=plan; Your [b]plan[/b] ends soon"))
    async with dashboard(hub, size=size, refresh=0.1) as t:
        await t.until(lambda: bool(t.toasts()), "the warning")
        polls = len(hub.requests)
        await t.until(lambda: len(hub.requests) > polls + 4, "more polls that bring it again")
        assert [words for words in t.toasts() if "plan" in words] == ["Your [b]plan[/b] ends soon"]
        await t.press("5")
        await t.row_says("list the jobs of ada", "200 warning")
        await t.sees("0 requests · 1 warning")
        await t.press("enter")
        await t.sees("Your [b]plan[/b] ends soon")
        await t.press("escape")
