"""Programs started from here: none inherits a secret, none runs code of the folder one stands in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from textual.message import Message

from tests.domain.jobs import job
from tui.child_environment import child_environment
from tui.demo_process import DemoHub
from tui.feeds.desktop import browse
from tui.feeds.end_command import run_end_command

SECRETS = {
    "HF_TOKEN": "sesame",
    "HUGGING_FACE_HUB_TOKEN": "sesame",
    "WANDB_API_KEY": "sesame",
    "DB_PASSWORD": "sesame",
    "AWS_SECRET_ACCESS_KEY": "sesame",
    "PLAIN": "hf_" + "a1B2c3D4e5F6g7H8",
}
PLAIN = {"PATH": "/bin", "SSH_AUTH_SOCK": "/tmp/agent", "TERM": "xterm", "TOKENIZERS_PARALLELISM": "false"}


@pytest.fixture
def _secrets_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)


def test_secrets_are_left_out_and_the_rest_is_kept() -> None:
    assert child_environment({**SECRETS, **PLAIN}) == PLAIN


def _foreign(folder: Path) -> None:
    for name in ("tui.py", "webbrowser.py", "runpy.py", "selectors.py"):
        (folder / name).write_text(f"open({str(folder / 'ran')!r}, 'w')\nraise SystemExit(3)\n")


@pytest.mark.usefixtures("_secrets_around")
async def test_a_browser_gets_no_secret_and_no_module_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _foreign(tmp_path)
    told = tmp_path / "told"
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\nenv > {told}\n")
    browser.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROWSER", str(browser))
    for name in ("SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    posted: list[Message] = []
    await browse("http://127.0.0.1/", posted.append)
    assert posted == []
    assert "sesame" not in told.read_text()
    assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("_secrets_around")
async def test_the_command_for_ended_jobs_gets_no_secret(tmp_path: Path) -> None:
    told = tmp_path / "told"
    await run_end_command(f"sh -c 'env > {told}'", job(1), "completed")
    assert "HF_JOB_STATE=completed" in told.read_text()
    assert "sesame" not in told.read_text()


@pytest.mark.usefixtures("_secrets_around")
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_demo_hub_starts_without_secrets_in_a_folder_of_foreign_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _foreign(tmp_path)
    monkeypatch.chdir(tmp_path)
    hub = DemoHub()
    try:
        endpoint, _ = hub.address()
        assert endpoint.startswith("http://127.0.0.1:")
        assert "sesame" not in Path(f"/proc/{hub.pid}/environ").read_text()
        assert not (tmp_path / "ran").exists()
    finally:
        hub.stop()
        hub._process.wait(20)


@pytest.mark.usefixtures("_secrets_around")
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_hub_started_by_hand_forgets_the_secrets_around_it() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "hub"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"export HF_ENDPOINT=")
        assert b"sesame" not in Path(f"/proc/{process.pid}/environ").read_bytes()
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.communicate(timeout=20)
