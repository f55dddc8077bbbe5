"""Keys that reach the program in one write, as a key held down, a slow line or a script sends them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.local_hub import LocalHub
from tests.terminal.terminal import Terminal
from tests.terminal.test_program import hub_environment

LINE = "hf jobs run python:3.12 python -V"


@pytest.fixture
def job_hub(hub: LocalHub) -> LocalHub:
    hub.add_job(name="one", lines=["Python 3.12"])
    hub.add_schedule(labels={"name": "nightly"})
    return hub


def test_keys_that_close_twice_leave_the_screens_below(
    job_hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where the log is saved
    with Terminal(size=(120, 40), environment=hub_environment(job_hub)) as t:
        t.sees("cpu-basic")
        t.press(":")
        t.sees("Search")
        t.press("hard")
        t.sees("Go to the hardware on offer")
        t.press("\r\r")
        t.sees("Hardware")
        t.press("3")
        t.sees("nightly")
        t.press("e")
        t.sees("When does it run?")
        t.press("\r\r\r")
        t.no_longer_sees("When does it run?")
        t.press("1")
        t.sees("cpu-basic")
        t.press("l")
        t.sees("Python")
        t.press("\x13")
        t.sees("Save the log")
        t.press("\r\r\r")
        t.no_longer_sees("Save the log")
        t.press("q")
        t.sees("STATE")
        t.press("n")
        t.sees("New job")
        t.press("F2")
        t.sees("enter fills the form")
        t.press(LINE + "\x1b\x1b\x1b\x1b")
        t.no_longer_sees("enter fills the form")
        t.sees("New job")
        t.press("ctrl+c")
        code, last_words = t.ends()
    assert code == 0
    assert "Traceback" not in last_words


def test_lines_pasted_without_a_mark_stay_in_the_command(hub: LocalHub) -> None:
    lines = ["hf jobs run \\", "  --name four \\", "  python:3.12 \\", "  python -c 'print(4)'", ""]
    with Terminal(size=(120, 40), environment=hub_environment(hub)) as t:
        t.sees("no jobs here yet")
        t.press("n", "F2")
        t.sees("enter fills the form")
        t.press("\r".join(lines))
        t.sees("python -c 'print(4)'")
        t.sees("enter fills the form")
        t.press("\x1b[H")  # some other key: what comes after it is not of the paste
        t.press("enter")
        t.sees("four", beside="Name")
        t.sees("python:3.12", beside="Image")
        assert "POST" not in {request.method for request in hub.requests}
