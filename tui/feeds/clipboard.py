"""Where a copy goes when something may keep it from the clipboard: OSC 52 has no answer."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from textual.message import Message

from ..child_environment import child_environment
from ..hub.thread import run_blocking
from ..messages import CopyMade
from ..state_files import write_whole

PATIENCE_SECONDS = 5.0
PASTES = "prefix ]"
"""The keys by which tmux pastes its newest buffer, unless the user has others."""

Post = Callable[[Message], object]


async def copy_past(obstacle: str, text: str, said: str, path: Path, post: Post) -> None:
    """Copy a text where something is in the way of the clipboard, and tell where it can be taken from.

    `path` is a file for the text when there is no other place.
    """
    if obstacle == "tmux":
        if await run_blocking(_tmux_lets_through):
            post(CopyMade(said))
            return
        if await run_blocking(lambda: _into_tmux(text)):
            where = f"tmux blocks clipboard access: {PASTES} pastes it here"
            post(CopyMade(said, where, "allow it with `tmux set -g set-clipboard on`"))
            return
    name = "GNU screen" if obstacle == "screen" else obstacle
    try:
        await run_blocking(lambda: write_whole(path, text.encode()))
    except OSError as error:
        post(CopyMade("", f"not copied: {name} blocks clipboard access, and {path}: {error.strerror}"))
    else:
        post(CopyMade("", f"{name} blocks clipboard access: saved to {path} instead"))


def _tmux_lets_through() -> bool:
    """Whether tmux hands the copies of its programs on: by default it takes its own alone."""
    done = _tmux("show-options", "-sv", "set-clipboard")
    return done is not None and done.stdout.strip() == b"on"


def _into_tmux(text: str) -> bool:
    """Put it into a buffer of tmux, and with -w into the clipboard, if tmux is new enough (3.2)."""
    for options in (("-w",), ()):
        done = _tmux("load-buffer", *options, "-", given=text.encode())
        if done is not None and not done.returncode:
            return True
    return False


def _tmux(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    try:
        return subprocess.run(
            ["tmux", *words],
            env=child_environment(),
            input=given,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
