"""The program as the monkey starts it: harmless, and telling what it showed and what went wrong unseen."""

from __future__ import annotations

import random
from pathlib import Path

from tests.local_hub import LocalHub

PRELUDE = """
import faulthandler, logging, os, signal, sys, threading, traceback
os.chdir({folder!r})
_reached, _wrong, _home = open({reached!r}, "a", buffering=1), open({wrong!r}, "a", buffering=1), {home!r}

def _only_at_home(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        path = os.path.abspath(arguments[0])
        if not path.startswith((_home, "/dev/")):
            raise PermissionError(13, "the monkey may not write there", path)

sys.addaudithook(_only_at_home)
faulthandler.register(signal.SIGUSR1, file=_wrong)

def _tell_tasks(*_):
    import asyncio
    for task in asyncio.all_tasks(asyncio.get_running_loop()):
        task.print_stack(file=_wrong)

signal.signal(signal.SIGUSR2, _tell_tasks)

def _tell(kind, error, trace, *_):
    _wrong.write("".join(traceback.format_exception(kind, error, trace)))

sys.unraisablehook = lambda told: _tell(told.exc_type, told.exc_value, told.exc_traceback)
threading.excepthook = lambda told: _tell(told.exc_type, told.exc_value, told.exc_traceback)
logging.getLogger("asyncio").addHandler(logging.StreamHandler(_wrong))

from textual.app import App
_push = App.push_screen

def _push_and_tell(self, screen, *more, **named):
    told = _push(self, screen, *more, **named)
    shown = self._installed_screens.get(screen) if isinstance(screen, str) else screen
    _reached.write(type(shown).__name__ + "\\n")
    return told

App.push_screen = _push_and_tell
"""
SHIM = "#!/bin/sh\nexit 0\n"
SHIMS = ("ssh", "browser", "pager", "tmux", "xdg-open", "open", "www-browser")
TOOLS = ("sh", "true", "echo", "sleep", "cat")
"""What jobs of the monkey may run, besides Python."""


class Ground:
    """The folders of one run: nothing is written outside of them, and no other program is started."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.work = folder / "work"
        self.tools = folder / "bin"
        self.log = self.home / "tui.log"
        self.reached = self.home / "reached"
        self.wrong = self.home / "wrong"
        for made in (self.home, self.work, self.tools, self.home / "saved"):
            made.mkdir(parents=True, exist_ok=True)
        for name in SHIMS:
            (self.tools / name).write_text(SHIM)
            (self.tools / name).chmod(0o755)
        for name in TOOLS:
            (self.tools / name).symlink_to(Path("/bin") / name)
        (self.work / "train.py").write_text("print('trained')\n")
        for path in (self.log, self.reached, self.wrong):
            path.touch()

    def prelude(self, more: str = "") -> str:
        """What runs in the program before it begins."""
        return (
            PRELUDE.format(
                folder=str(self.work),
                reached=str(self.reached),
                wrong=str(self.wrong),
                home=str(self.home.parent),
            )
            + more
        )

    def environment(self, hub: LocalHub, rng: random.Random) -> dict[str, str]:
        """Variables of one start; what may differ between users' terminals differs between starts."""
        seen = {"BROWSER": str(self.tools / "browser"), "SSH_CONNECTION": ""}
        far = {"BROWSER": "", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}
        return {
            "HOME": str(self.home),
            "HF_HOME": str(self.home / "hf"),
            "HF_JOBS_TUI_HOME": str(self.home / "tui"),
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "HF_ENDPOINT": hub.endpoint,
            "HF_TOKEN": hub.token,
            "PATH": str(self.tools),
            "PAGER": "cat",
            "DISPLAY": "",
            "WAYLAND_DISPLAY": "",
            "TMUX": "",
            "TEXTUAL_ANIMATIONS": "none",
            "PYTHONPATH": str(Path.cwd()),
            "PYTHONIOENCODING": rng.choice(("", "", "", "", "latin-1")) or "utf-8",
            **rng.choice((seen, far)),
        }

    def arguments(self, rng: random.Random) -> tuple[str, ...]:
        """Flags of one start."""
        themes = ((), (), (), ("--theme", "mono"), ("--theme", "dark"), ("--ascii",), ("--low-bandwidth",))
        return ("--refresh", "1", "--log-file", str(self.log), *rng.choice(themes))

    def reached_screens(self) -> set[str]:
        """The classes of the screens that were shown, by name."""
        return set(self.reached.read_text(encoding="utf-8").split())

    def went_wrong(self) -> str:
        """A traceback that did not reach the terminal, empty when there is none."""
        told = self.wrong.read_text(encoding="utf-8", errors="replace")
        log = self.log.read_text(encoding="utf-8", errors="replace")
        return told or ("Traceback (most recent call last)" in log and log[-4000:]) or ""
