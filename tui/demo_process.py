"""The local hub as a process of its own, for `--demo`: ends, its jobs with it, when its input closes."""

from __future__ import annotations

import importlib.util
import os
import re
import selectors
import subprocess
import sys
import time
from pathlib import Path

from .child_environment import ISOLATED, child_environment

START_SECONDS = 10.0
LAST_WORDS_SECONDS = 0.1
PARENT = str(Path(__file__).parents[1])
_START = "import runpy, sys; sys.path.append(sys.argv.pop(1)); runpy.run_module('tui', run_name='__main__')"
"""This very package, installed or in a checkout; a `tui.py` of the present folder is another one."""
NEEDED = ("starlette", "uvicorn", "psutil")


class DemoHubError(Exception):
    """The local hub did not start: why, in a sentence."""


class DemoHub:
    """A running local hub with a demo history."""

    def __init__(self) -> None:
        missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
        if missing:
            raise DemoHubError(
                f"--demo needs {', '.join(missing)}, not installed: pip install 'hf-jobs-tui[local]'"
            )
        self._process = subprocess.Popen(
            [sys.executable, ISOLATED, "-c", _START, PARENT, "hub", "--demo", "--until-stdin-closes"],
            env=child_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # ctrl+c is for the dashboard, which then closes the input
        )

    @property
    def pid(self) -> int:
        """The hub's process."""
        return self._process.pid

    def address(self) -> tuple[str, str]:
        """Endpoint and token, once it listens. Raises DemoHubError when it does not."""
        text, deadline = b"", time.monotonic() + START_SECONDS
        assert self._process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while text.count(b"\n") < 2:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise DemoHubError(f"the local hub did not start within {START_SECONDS:g} seconds")
                chunk = os.read(self._process.stdout.fileno(), 4096)
                if not chunk:
                    raise DemoHubError(f"the local hub ended at once:\n{self._last_words()}")
                text += chunk
        found = dict(re.findall(r"^export (HF_ENDPOINT|HF_TOKEN)=(\S+)$", text.decode(), re.MULTILINE))
        return found["HF_ENDPOINT"], found["HF_TOKEN"]

    def stop(self) -> str:
        """Close its input and return the last line it says, when it says one in time."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        words = self._last_words()
        for output in (self._process.stdout, self._process.stderr):
            if output is not None:
                output.close()
        return words

    def _last_words(self) -> str:
        try:
            self._process.wait(LAST_WORDS_SECONDS)
        except subprocess.TimeoutExpired:
            return "The local hub stops, its jobs with it."
        assert self._process.stderr is not None
        lines = self._process.stderr.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""
