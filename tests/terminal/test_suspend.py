"""ctrl+z: back to the shell and here again, in a real terminal with a real shell."""

from __future__ import annotations

import os
import shutil
import sys

import pytest

from tests.local_hub import LocalHub
from tests.terminal.terminal import BEGIN, LEAVES_ALTERNATE_SCREEN, Terminal
from tests.terminal.test_program import hub_environment
from tui.job_control import NO_SHELL

CTRL_Z = "\x1a"
PROGRAM = f"{sys.executable} -m tui"
WRAPPED = f"sh -c '{PROGRAM}; true'"
"""As `uvx` does it: what the shell has started waits for the program."""


class Shell(Terminal):
    """A terminal with a shell in it."""

    def _command(self, arguments: tuple[str, ...], prelude: str) -> list[str]:
        bash = ["bash", "--norc", "--noprofile", "-i"]
        return [sys.executable, "-c", f"import os; {BEGIN}; os.execvp('bash', {bash})"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash is installed")
@pytest.mark.parametrize("command", [PROGRAM, WRAPPED], ids=["alone", "wrapped"])
def test_the_shell_is_there_after_ctrl_z_and_the_program_after_fg(hub: LocalHub, command: str) -> None:
    environment = {**hub_environment(hub), "PS1": "$ ", "PYTHONPATH": os.getcwd()}
    with Shell(size=(100, 30), environment=environment) as t:
        t.sees("$")
        t.press(command + "\r")
        t.sees("no jobs here yet")
        t.press("n", "F2")
        t.sees("enter fills the form")
        t.press("something", CTRL_Z)
        t.no_longer_sees("something")  # in a text it takes back what was typed
        t.press("escape")
        t.no_longer_sees("enter fills the form")
        t.press(CTRL_Z)
        t.sees("no other draft was set aside")
        t.press("escape")
        t.sees("no jobs here yet")
        t.press("?")
        t.sees("Keys ─")
        t.press(CTRL_Z)  # in a dialog too
        t.sees("Stopped")
        assert LEAVES_ALTERNATE_SCREEN in t.raw
        t.press("echo $((6*7)) answers; stty -a\r")
        t.sees("42 answers")
        t.sees("isig icanon")  # the terminal reads lines and sends signals again
        t.press("fg\r")
        t.reads(b"fg\r\n")
        t.reads(b"Keys", after=b"fg\r\n")
        t.press("ctrl+c")
        t.reads(LEAVES_ALTERNATE_SCREEN, after=b"fg\r\n")
        t.reads(b"$ ", after=LEAVES_ALTERNATE_SCREEN)
        t.press("echo code $?\r")
        t.sees("code 0")


def test_without_a_shell_ctrl_z_says_so_and_stops_nothing(hub: LocalHub) -> None:
    with Terminal(size=(120, 40), environment=hub_environment(hub)) as t:
        t.sees("no jobs here yet")
        t.press(CTRL_Z)
        t.sees(NO_SHELL[:30])
        t.press("n")
        t.sees("New job")
