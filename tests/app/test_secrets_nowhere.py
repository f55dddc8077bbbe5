"""A secret's value goes into the request and nowhere else: no file, picture, log, argv or traceback."""

from __future__ import annotations

import logging
from pathlib import Path

import psutil
import pytest

from tests.app.test_compose import opened
from tests.app.test_submit import filled
from tests.driver import USUAL, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.widgets.pair_row import PairRow

VALUE = "s3cr3t-v4lu3"


class ForcedError(Exception):
    """A crash on purpose."""


def files_below(folder: Path) -> str:
    """All that was written, as one text."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return "".join(path.read_bytes().decode("utf-8", "replace") + str(path) for path in files)


async def submit_with_secrets(t: Dashboard, tmp_path: Path) -> None:
    """Give secrets by every route: typed in the line, in a file, from the environment; then submit."""
    secrets = tmp_path / "some.secrets"
    secrets.write_text(f"FILED={VALUE}\n")
    await filled(
        t, f"hf jobs run --name quiet -s TYPED={VALUE} -s EXPORTED --secrets-file {secrets} ubuntu true"
    )
    await t.press("f3", "f3", "ctrl+y")


async def test_no_file_picture_log_or_argv_holds_a_secret(
    hub: LocalHub,
    own_environment: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("EXPORTED", VALUE)
    caplog.set_level(logging.DEBUG)
    async with dashboard(hub, size=USUAL) as t:
        await submit_with_secrets(t, tmp_path)
        pictures = [t.app.export_screenshot()]
        await t.press("ctrl+s")
        await t.sees("Save as a preset")
        await t.press("enter")
        await t.until(lambda: bool(t.app.shelf.presets()), "the preset")
        await t.press("ctrl+j")
        await t.sees("Submit this job?")
        pictures.append(t.app.export_screenshot())
        await t.press("y")
        await t.row_says("quiet", "")
        await t.until(lambda: bool(t.app.shelf.submissions()), "the submission")
        pictures.append(t.app.export_screenshot())
        argv = " ".join(" ".join(process.cmdline()) for process in psutil.Process().children(recursive=True))
        said = "\n".join(t.toasts()) + t.app.clipboard
    sent = next(one for one in hub.requests if one.method == "POST" and one.path == f"/api/jobs/{hub.user}")
    assert sent.json["secrets"] == dict.fromkeys(("TYPED", "EXPORTED", "FILED"), VALUE)
    assert VALUE not in "".join(pictures)
    assert VALUE not in files_below(own_environment)
    assert VALUE not in caplog.text
    assert VALUE not in argv
    assert VALUE not in said


async def test_a_crash_shows_no_secret(
    hub: LocalHub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(row: PairRow, name: str, value: str | None) -> None:
        raise ForcedError

    async def fill_in_a_secret() -> None:
        async with dashboard(hub, size=USUAL) as t:
            await opened(t)
            monkeypatch.setattr(PairRow, "show", crash)
            await t.paste(f"hf jobs run -s MINE={VALUE} ubuntu true")
            await t.pilot.pause()

    with pytest.raises(ForcedError):
        await fill_in_a_secret()
    told = capsys.readouterr()
    assert "ForcedError" in told.err
    assert VALUE not in told.out + told.err
