"""The screen of one job: narrowing its log down, taking lines out of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.driver import SMALL, WIDE, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.feeds.log_memory import LogMemory
from tui.messages import CopyMade

LINES = ["loading", "step 1 loss 0.9", "step 2 loss 0.5", "RuntimeError: no more", "bye"]


async def open_log(t: Dashboard) -> None:
    await t.sees("train")
    await t.press("l")
    await t.sees("bye")


async def test_a_filter_is_typed_and_escape_shows_all_again(hub: LocalHub) -> None:
    hub.add_job(name="train", lines=LINES)
    async with dashboard(hub) as t:
        await open_log(t)
        await t.press("ampersand")
        await t.type("loss")
        await t.no_longer_sees("loading")
        await t.press("enter")
        await t.sees("only “loss”")
        await t.press("escape")
        await t.sees("loading")
        await t.press("ampersand")
        await t.type("!loss")
        await t.press("enter")
        await t.no_longer_sees("step 1")
        await t.sees("loading")


async def test_digits_are_windows_in_a_log(hub: LocalHub) -> None:
    hub.add_job(name="train", lines=LINES)
    async with dashboard(hub) as t:
        await open_log(t)
        await t.press("1")
        await t.sees("last 1,000 lines")
        await t.press("0")
        await t.no_longer_sees("last 1,000 lines")
        await t.press("e")
        await t.sees("error 1 of 1")


async def test_marked_lines_are_copied_and_saved(hub: LocalHub, tmp_path: Path) -> None:
    hub.add_job(name="train", lines=LINES)
    target = tmp_path / "part.log"
    async with dashboard(hub) as t:
        await open_log(t)
        await t.press("g", "j", "v", "j")
        await t.sees("2 lines marked")
        await t.press("ctrl+s")
        await t.sees("Save the log")
        field = t.app.screen.query_one("#save-path")
        field.value = str(target)  # type: ignore[attr-defined]
        await t.press("enter")
        await t.sees("saved 2 lines")
        assert len(target.read_text().splitlines()) == 2
        await t.press("y")
        assert t.app.clipboard == target.read_text().rstrip("\n")
        await t.no_longer_sees("lines marked")
        await t.press("ctrl+s")
        await t.sees("Save the log")
        t.app.screen.query_one("#save-path").value = str(target)  # type: ignore[attr-defined]
        await t.press("enter")
        await t.sees("there is a file of that name already")


async def test_the_id_is_copied_when_nothing_is_marked(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train", lines=LINES)
    async with dashboard(hub) as t:
        await open_log(t)
        await t.press("y")
        assert t.app.clipboard == job_id


async def test_the_line_that_was_gone_to_is_copied_and_named(hub: LocalHub) -> None:
    lines = ["begin", "WARNING: slow disk", *(f"step {number}" for number in range(90))]
    job_id = hub.add_job(name="train", lines=[*lines, "ERROR: " + "x" * 200, "end"])
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press("l")
        await t.sees("end")
        await t.press("g", "x", "y")
        assert t.app.clipboard == "WARNING: slow disk"
        await t.says("copied the line “WARNING: slow disk”")
        await t.press("e", "y")
        assert t.app.clipboard == "ERROR: " + "x" * 200
        await t.says(f"copied the line “ERROR: {'x' * 53}…”")
        await t.press("slash")
        await t.type("step 40")
        await t.press("enter", "y")
        assert t.app.clipboard == "step 40"
        await t.press("e", "pageup", "pageup", "y")
        assert t.app.clipboard == job_id, "a line out of sight is not meant"
        await t.says(f"copied {job_id}")
        await t.press("G", "y")
        assert t.app.clipboard == job_id


async def test_what_lets_a_copy_through_is_said_once(hub: LocalHub) -> None:
    async with dashboard(hub) as t:
        await t.listed()
        for name in ("one", "two"):
            t.app.post_message(CopyMade(f"copied {name}", "tmux blocks it", "allow it with this"))
            await t.says(f"copied {name}")
        t.app.post_message(CopyMade("copied three"))
        await t.says("copied three")
    assert t.toasts() == [
        "copied one\ntmux blocks it; allow it with this",
        "copied two\ntmux blocks it",
        "copied three",
    ]


async def test_a_pager_that_is_not_there_is_said(hub: LocalHub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.add_job(name="train", lines=LINES)
    async with dashboard(hub) as t:
        await open_log(t)
        monkeypatch.setenv("PAGER", "no-such-pager -R")
        await t.press("o")
        await t.sees("there is no no-such-pager here")
        monkeypatch.setenv("PAGER", "cat")
        await t.press("o")
        await t.sees("cannot be handed over")


async def test_the_log_of_an_ended_job_is_kept_and_not_asked_for_again(hub: LocalHub, tmp_path: Path) -> None:
    hub.add_job(name="train", stage="COMPLETED", lines=LINES)

    def asked() -> int:
        return sum(request.path.endswith("/logs") for request in hub.requests)

    memory = LogMemory(tmp_path, hub.endpoint)
    async with dashboard(hub, size=SMALL, log_memory=memory) as t:
        await open_log(t)
        await t.sees("── ended ──")
        await t.until(lambda: bool(list(tmp_path.rglob("*.log.z"))), "a file")
        before = asked()
        await t.press("q", "l")
        await t.sees("as kept on this machine")
        await t.sees("step 2 loss 0.5")
        assert asked() == before
        await t.press("0")
        await t.sees("── ended ──")
        assert asked() > before


async def test_a_log_that_fits_the_screen_is_held_too(hub: LocalHub) -> None:
    job_id = hub.add_job(name="train", lines=["first"])
    async with dashboard(hub) as t:
        await t.sees("train")
        await t.press("l")
        await t.sees("first")
        await t.sees("follow on")
        await t.press("k")
        await t.no_longer_sees("follow on")
        hub.log(job_id, *(f"line {number}" for number in range(100)))
        await t.sees("100 new")
        assert "first" in t.screen_text


async def test_a_path_that_cannot_be_written_is_there_to_be_put_right(hub: LocalHub, tmp_path: Path) -> None:
    hub.add_job(name="train", stage="COMPLETED", lines=["first"])
    async with dashboard(hub, size=WIDE) as t:
        await t.sees("train")
        await t.press("l")
        await t.sees("first")
        await t.press("ctrl+s")
        await t.sees("Save the log")
        await t.press("ctrl+u")
        await t.type("/no/such/x.log")
        await t.press("enter")
        await t.sees("not saved")
        await t.sees("/no/such/x.log")
