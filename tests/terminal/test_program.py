"""The program as its users start it, in a real terminal."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.domain.jobs import NOON, job
from tests.local_hub import LocalHub
from tests.terminal.terminal import Terminal
from tui.domain.snapshot import Snapshot
from tui.feeds.row_memory import RowMemory
from tui.settings import state_dir

LINE = """hf jobs run --name x python:3.12 python -c 'print(6*7, "answer")'"""


def hub_environment(hub: LocalHub) -> dict[str, str]:
    return {"HF_ENDPOINT": hub.endpoint, "HF_TOKEN": hub.token}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def test_the_demo_does_the_main_job() -> None:
    with Terminal("--demo", size=(120, 40)) as t:
        t.sees("demo")
        t.sees("running")
        t.press("n")
        t.sees("New job")
        t.press("F2")
        t.sees("enter fills the form")
        t.press(LINE, "enter")
        t.sees("python:3.12", beside="Image")
        t.press("ctrl+j")
        t.sees("Submit this job?")
        t.press("y")
        t.sees("completed", beside=" x ")
        t.press("l")
        t.sees("42 answer")
        t.press("ctrl+c")
        code, last_words = t.ends()
    assert code == 0
    assert "local hub" in last_words.lower()


def test_a_hub_of_its_own_does_the_same(hub: LocalHub) -> None:
    with Terminal(environment=hub_environment(hub)) as t:
        t.sees("no jobs here yet")
        t.press("n", "F2")
        t.sees("enter fills the form")
        t.press(LINE, "enter")
        t.sees("python:3.12", beside="Image")
        t.press("ctrl+j")
        t.sees("Submit this job?")
        t.press("y")
        t.sees("completed", beside=" x ")
        t.press("l")
        t.sees("42 answer")


@pytest.mark.parametrize("keys", [("q",), ("ctrl+c",)])
def test_leaving_gives_the_terminal_back_at_once_while_a_request_hangs(
    hub: LocalHub, keys: tuple[str, ...]
) -> None:
    with Terminal(environment=hub_environment(hub)) as t:
        t.sees("no jobs here yet")
        hub.fail("GET", "/api/jobs/*", hang=True)
        t.press("r")
        t.press(*keys)
        assert t.seconds_until_restored() < 2
        assert t.ends()[0] == 0


def test_the_rows_of_the_last_session_need_no_answer_of_the_hub(hub: LocalHub) -> None:
    yesterday = job(labels={"name": "yesterday"}, namespace=hub.user)
    rows = Snapshot({yesterday.id: yesterday}, complete=True)
    asyncio.run(RowMemory(state_dir(), hub.endpoint).save(hub.user, [hub.user], rows, NOON))
    hub.fail("GET", "/api/*", hang=True)
    with Terminal(environment=hub_environment(hub)) as t:
        t.sees("yesterday")
        t.sees("from the last session")


def send_from_the_form(t: Terminal, line: str) -> None:
    """Submit a line, up to the yes."""
    t.sees("no jobs here yet")
    t.press("n", "F2")
    t.sees("enter fills the form")
    t.press(line, "enter")
    t.sees("python:3.12", beside="Image")
    t.press("ctrl+j")
    t.sees("Submit this job?")
    t.press("y")


@pytest.mark.parametrize("line", [LINE, LINE.replace("jobs run", "jobs scheduled run @daily")])
def test_leaving_while_a_job_is_sent_says_that_its_outcome_is_not_known(
    hub: LocalHub, own_environment: Path, line: str
) -> None:
    hub.fail("POST", "*jobs/*", hang=True)
    with Terminal(size=(120, 40), environment=hub_environment(hub)) as t:
        send_from_the_form(t, line)
        t.sees("sending the job")
        t.press("ctrl+c")
        assert t.seconds_until_restored() < 2
        code, last_words = t.ends()
    assert code == 0
    listing = "hf jobs scheduled ls -a" if "scheduled" in line else "hf jobs ls -a"
    assert f"{listing} --name x --namespace {hub.user}" in last_words
    assert "is not known" in last_words
    assert last_words.count("Left while") == 1
    assert "python:3.12" in (own_environment / "tui" / "draft.toml").read_text()


def test_leaving_during_an_upload_says_that_nothing_was_sent(
    hub: LocalHub, tmp_path: Path, own_environment: Path
) -> None:
    (tmp_path / "inputs").mkdir()
    hub.fail("POST", "/api/buckets/*", hang=True)
    with Terminal(size=(120, 40), environment=hub_environment(hub)) as t:
        send_from_the_form(t, f"hf jobs run --name x -v {tmp_path}/inputs:/in python:3.12 python -V")
        t.sees("esc stops it")
        t.press("escape")
        t.sees("not submitted")
        t.press("ctrl+j")
        t.sees("Submit this job?")
        t.press("y")
        t.sees("esc stops it")
        t.press("ctrl+c")
        assert t.seconds_until_restored() < 2
        code, last_words = t.ends()
    assert code == 0
    assert "job “x” was sent: nothing was created" in last_words
    assert not [one for one in hub.requests if one.method == "POST" and one.path.startswith("/api/jobs")]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_gives_the_terminal_back(hub: LocalHub, number: signal.Signals, code: int) -> None:
    with Terminal(environment=hub_environment(hub)) as t:
        t.sees("no jobs here yet")
        t.process.send_signal(number)
        t.seconds_until_restored()
        assert t.ends()[0] == code


SCREENS = {
    "table": ("", "scout"),
    "form": ("n", "New job"),
    "log": ("l", "complete"),
    "details": ("d", "What runs"),
    "schedules": ("3", "chedules"),
    "hardware": ("4", "a10g-small"),
    "activity": ("5", "ctivity"),
    "help": ("?", "esc closes"),
    "palette": (":", "Search"),
    "dialog": ("R", "gain"),
}
SOON_SECONDS = 4.0


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    ("place", "way"),
    [
        *((place, signal.SIGTERM) for place in SCREENS),
        *((place, way) for place in ("table", "form", "log") for way in (signal.SIGHUP, None)),
    ],
)
def test_a_terminal_that_takes_nothing_more_holds_nothing(
    hub: LocalHub, place: str, way: signal.Signals | None
) -> None:
    hub.add_job(name="scout", stage="COMPLETED", lines=["a line of it"])
    keys, seen = SCREENS[place]
    with Terminal(size=(120, 40), environment=hub_environment(hub)) as t:
        t.sees("scout")
        t.press(*keys)
        t.sees(seen)
        for turn in range(14):  # more than the terminal and the queue before it hold, and nothing is read
            t.resize(120 - turn % 2, 40)
            t.press("\t" * 5 if place in ("form", "dialog") else "jk" * 5)
            t.rests()
        if way is None:
            t.close()
        else:
            t.process.send_signal(way)
        code = t.process.wait(SOON_SECONDS)
    assert code == (129 if way is None else 128 + way)


def test_what_no_terminal_is_gets_one_sentence() -> None:
    done = run()
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--no-such-flag",), "unrecognized arguments"),
        (("--refresh", "soon"), "“soon”"),
        (("--endpoint", "nowhere"), "no address"),
        (("--config", "/no/such/file.toml"), "no such file"),
        (("hub", "--port", "99999"), "99999"),
    ],
)
def test_bad_usage_is_said_in_a_sentence(arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_version_and_help_need_no_terminal() -> None:
    assert run("--version").stdout.startswith("hf-jobs-tui ")
    assert "--read-only" in run("--help").stdout


def test_hostile_text_reaches_the_terminal_as_text_only(hub: LocalHub) -> None:
    hostile = "\x1b]52;c;c3RvbGVu\x07\x1b]0;stolen\x07[/x][red]\x9b31m"
    hub.add_job(name="plain", message=hostile, docker_image=hostile, lines=[hostile + "shown"])
    with Terminal(size=(160, 40), environment=hub_environment(hub)) as t:
        t.sees("plain")
        t.press("enter")
        t.sees("shown")
        t.press("ctrl+c")
        t.ends()
    assert b"c3RvbGVu" not in t.raw
    assert b";stolen" not in t.raw


def test_keys_that_come_all_at_once_act_in_their_order(hub: LocalHub) -> None:
    with Terminal(size=(120, 40), environment=hub_environment(hub)) as t:
        t.sees("no jobs here yet")
        t.press("n", "F2")
        t.sees("enter fills the form")
        t.press("hf jobs run pyx\x7fthon:3.12 tru\x1b[H\x1b[Fe\r")
        t.sees("python:3.12", beside="Image")
        t.sees("true", beside="Command")
        t.press("\tubux\x7fntu\x1b[D\x1b[D\x1b[D!\x7f\x1b[F:1")
        t.sees("ubuntu:1", beside="Image")


def test_typing_ahead_into_the_filter_goes_into_the_filter(hub: LocalHub) -> None:
    hub.add_job(name="scout")
    hub.add_job(name="other")
    with Terminal(size=(120, 40), environment=hub_environment(hub)) as t:
        t.sees("other")
        t.press("/scout\r")
        t.sees("1 of 2 jobs")
        t.press("/gone\r")
        t.sees("no job")
    assert [request.path for request in hub.requests if request.method == "POST"] == []


def test_typing_ahead_past_tab_goes_into_the_next_field(hub: LocalHub) -> None:
    with Terminal(size=(120, 40), environment=hub_environment(hub)) as t:
        t.sees("no jobs here yet")
        t.press("n", "F2")
        t.sees("enter fills the form")
        t.press("hf jobs run python:3.12 true", "enter")
        t.sees("python:3.12", beside="Image")
        t.press("\t", "ubuntu", "\t", "echo hello")
        t.sees("ubuntu", beside="Image")
        t.sees("echo hello", beside="Command")
