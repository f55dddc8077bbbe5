"""What every test stands on: an environment of its own, and a local hub when it asks for one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.isolation import LIBRARY_HOME
from tests.local_hub import LocalHub
from tests.settling import settle

FOREIGN_PREFIXES = ("HF_", "HUGGING_FACE_", "HUGGINGFACE_", "SSH_", "TEXTUAL_")
FOREIGN_NAMES = (
    "ALL_PROXY",
    "COLORTERM",
    "COLUMNS",
    "FORCE_COLOR",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "LINES",
    "NO_COLOR",
    "NO_PROXY",
    "STY",
    "TMUX",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
)

settings.register_profile("gate", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None)
settings.load_profile("gate")
"""The gate tries the same examples each time; `--hypothesis-profile=explore` looks for new ones."""


MOST_WORKERS = 8


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a third of the time a test waits for a program or a clock."""
    return min((os.cpu_count() or 1) + 1, MOST_WORKERS)


def pytest_unconfigure() -> None:
    """Remove the home that huggingface_hub found when it was imported."""
    shutil.rmtree(LIBRARY_HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def own_environment(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the user's settings, token and terminal out of the test; returns the home of the test."""
    for name in os.environ:
        if name.startswith(FOREIGN_PREFIXES) or name.upper() in FOREIGN_NAMES:
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HF_HOME", str(home / "hf"))
    monkeypatch.setenv("HF_JOBS_TUI_HOME", str(home / "tui"))
    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("textual.app.wait_for_idle", settle)
    monkeypatch.setattr("textual.pilot.wait_for_idle", settle)
    library = sys.modules.get("huggingface_hub.constants")
    if library is not None:
        monkeypatch.setattr(library, "HF_HOME", str(home / "hf"))
        monkeypatch.setattr(library, "HF_TOKEN_PATH", str(home / "hf" / "token"))
        monkeypatch.setattr(library, "HF_STORED_TOKENS_PATH", str(home / "hf" / "stored_tokens"))
    return home


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    """An empty hub, started for this test."""
    with LocalHub() as local_hub:
        yield local_hub


@pytest.fixture
def demo_hub() -> Iterator[LocalHub]:
    """A hub with the demo's history, started for this test."""
    with LocalHub(demo=True) as local_hub:
        yield local_hub
