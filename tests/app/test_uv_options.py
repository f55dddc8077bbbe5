"""Options of uv from the form to the job and back, beside the real `hf` on the same hub."""

from __future__ import annotations

import asyncio
import shlex
from pathlib import Path

import pytest

from tests.app.test_compose import composer, opened
from tests.driver import SMALL, USUAL, Dashboard, dashboard
from tests.local.hf_command import Shell
from tests.local_hub import LocalHub
from tui.screens.compose import ComposeScreen
from tui.spec.draft import Draft
from tui.spec.line import hf_line

OPTIONS = "--no-project --offline --with-requirements reqs.txt"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The present folder, with a script and what it needs."""
    (tmp_path / "reqs.txt").write_text("")
    (tmp_path / "train.py").write_text("import sys\nprint(6 * 7, *sys.argv[1:])\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands(hub: LocalHub) -> list[list[str]]:
    """The commands of all jobs of a hub, the oldest first."""
    jobs = sorted(hub.state.store, key=lambda job: job.created_at)
    return [list(job.request.argv) for job in jobs]


async def submit(t: Dashboard) -> None:
    await t.press("ctrl+j")
    await t.sees("Submit this job?")
    await t.press("y")


async def test_a_job_with_options_of_uv_runs_as_hf_runs_it_and_is_taken_up_again(
    hub: LocalHub, folder: Path
) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        screen.form.load(Draft(script="train.py", command="first", uv_options=OPTIONS, name="options"))
        line = hf_line(screen.form.draft())
        await submit(t)
        await t.sees("42 first")
        shell = Shell(hub, folder)
        said = await asyncio.to_thread(shell.hf, *shlex.split(line)[1:])
        assert "42 first" in said.lines
        ours, theirs = commands(hub)
        assert ours == theirs
        assert ours[2:] == [
            "--no-project",
            "--offline",
            "--with-requirements",
            "/data/reqs.txt",
            "/data/train.py",
            "first",
        ]
        await t.press("e")
        await t.until(lambda: isinstance(t.app.screen, ComposeScreen), "the form")
        draft = composer(t).form.draft()
        assert (draft.kind, draft.script, draft.command) == ("uv-script", "/data/train.py", "first")
        assert draft.uv_options == "--no-project --offline --with-requirements /data/reqs.txt"
        composer(t).form.query_one("#command").focus()
        await t.press("end")
        await t.type(" again")
        await submit(t)
        await t.sees("42 first again")
        assert commands(hub)[2] == [*ours, "again"]


async def test_an_option_in_the_wrong_field_is_led_to_its_own(hub: LocalHub) -> None:
    async with dashboard(hub, size=SMALL) as t:
        screen = await opened(t)
        screen.form.load(Draft(kind="uv-command", command="--verbose python"))
        await t.press("ctrl+j")
        await t.says("Starts with “--verbose”: options of uv go under uv options")
        await t.until(lambda: getattr(t.app.screen.focused, "id", "") == "command", "the cursor there")
        screen.form.load(Draft(kind="uv-command", command="python -V", uv_options="--with"))
        await t.press("ctrl+j")
        await t.says("--with takes a value")
        await t.until(lambda: getattr(t.app.screen.focused, "id", "") == "uv_options", "the cursor there")


async def test_options_of_uv_are_kept_in_a_preset_and_old_drafts_are_read(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        draft = Draft(kind="uv-command", command="python -V", uv_options="-q --no-project")
        screen.form.load(draft)
        await t.press("ctrl+s")
        await t.sees("preset")
        await t.press("ctrl+u")
        await t.type("quiet")
        await t.press("enter")
        await t.until(lambda: t.app.screen is screen, "the form again")
        await t.press("ctrl+n")
        await t.until(lambda: screen.form.draft() == Draft(), "an empty form")
        await t.press("ctrl+o")
        await t.sees("quiet")
        await t.press("enter")
        await t.until(lambda: screen.form.draft() == draft, "the preset")
