"""The user's desktop around the terminal: a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping

from textual.message import Message

from ..child_environment import ISOLATED, child_environment
from ..hub.thread import run_blocking
from ..messages import BrowserFailed

PATIENCE_SECONDS = 20.0
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"

Post = Callable[[Message], object]


def browser_is_near(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a browser started here would be seen: not over SSH, nor where there is no display."""
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return False
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME")
    return platform == "darwin" or any(environment.get(name) for name in displays)


async def browse(url: str, post: Post) -> None:
    """Open a page in the user's browser.

    In a process and session of its own: what a browser prints, or a text browser asks, reaches no terminal.
    """
    if not browser_is_near(os.environ) or not await run_blocking(_opened, url):
        post(BrowserFailed(url))


def _opened(url: str) -> bool:
    try:
        done = subprocess.run(
            [sys.executable, ISOLATED, "-c", _OPEN, url],
            env=child_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True  # a browser that stays in the foreground
    except (OSError, ValueError):
        return False
    return done.returncode == 0
