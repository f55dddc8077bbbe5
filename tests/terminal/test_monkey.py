"""The monkey runs for a moment, and finds what is planted for it; `python -m tests.monkey` runs longer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.local_hub import RecordedRequest
from tests.monkey import run
from tests.monkey.frames import boxes
from tests.monkey.inputs import BOUND, Input, inputs, keys, typed
from tests.monkey.ledger import Ledger, UnconfirmedError
from tests.monkey.run import Monkey, MonkeyError, all_screens
from tests.monkey.world import Target

SEED = 3
WAIT = Input(pause_seconds=0.5)


def test_a_short_run_finds_nothing(tmp_path: Path) -> None:
    with Monkey(SEED, tmp_path) as monkey:
        monkey.run(seconds=8)
    assert monkey.steps > 2
    assert len(monkey.reached) > 2


# What it must find

CANCELS_AT_ONCE = """
from tui.messages import CancelRequested
from tui.screens.job_actions import JobActions
JobActions.action_cancel_job = lambda self: self.app.post_message(CancelRequested(self.target_jobs))
"""
CANCELS_ANOTHER = """
from tui.hub.client import HubClient
_cancel, _all = HubClient.cancel_job, []
HubClient.cancel_job = lambda self, namespace, job_id: _cancel(self, namespace, job_id[:-2] + "00")
"""
WRITES_ON_THE_SCREEN = """
import os, threading
_late = threading.Timer(1.0, os.write, [2, b"\\x1b[HTraceback (most recent call last):\\x1b[?2026l"])
_late.daemon = True
_late.start()
"""
FAILS_ON_A_KEY = """
from tui.app import JobsApp
JobsApp.action_help = lambda self: 1 / 0
"""
FAILS_UNSEEN = """
import threading
_late = threading.Timer(1.0, lambda: 1 / 0)
_late.daemon = True
_late.start()
"""
ENDS_WITH_ANOTHER_CODE = """
from tui.app import JobsApp
JobsApp.action_help = lambda self: self.exit(0, 3)
"""
KEEPS_A_MODE = """
from textual.drivers.linux_driver import LinuxDriver
LinuxDriver._disable_bracketed_paste = lambda self: None
"""
HANGS = """
import time
from tui.app import JobsApp
JobsApp.action_help = lambda self: time.sleep(600)
"""


@pytest.mark.parametrize(
    ("planted", "played", "words"),
    [
        (CANCELS_AT_ONCE, [*keys("c"), *[WAIT] * 8], "was not confirmed in a dialog"),
        (CANCELS_ANOTHER, [*keys("c"), WAIT, *keys("y"), *[WAIT] * 8], "was not confirmed in a dialog"),
        (WRITES_ON_THE_SCREEN, [WAIT] * 4, "a traceback on the screen"),
        (FAILS_ON_A_KEY, [*keys("question_mark"), *[WAIT] * 8], "ZeroDivisionError"),
        (FAILS_UNSEEN, [WAIT] * 4, "a traceback unseen"),
        (ENDS_WITH_ANOTHER_CODE, [*keys("question_mark"), *[WAIT] * 8], "exit code 3"),
        (KEEPS_A_MODE, [*keys("ctrl+c"), *[WAIT] * 8], "not given back"),
    ],
    ids=["unconfirmed", "another job", "traceback", "crash", "unseen", "exit code", "mode"],
)
def test_it_finds_what_is_planted(planted: str, played: list[Input], words: str, tmp_path: Path) -> None:
    with Monkey(SEED, tmp_path, planted=planted) as monkey, pytest.raises(MonkeyError) as failure:
        monkey.play([*keys("slash", "status:running", "enter", pause_seconds=0.3), *played])
    told = str(failure.value)
    assert words in told
    assert f"python -m tests.monkey --seed {SEED} --until 0" in told
    assert "Last inputs:" in told
    assert "Screen:" in told


def test_it_finds_a_program_that_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "ANSWER_SECONDS", 2.0)
    with Monkey(SEED, tmp_path, planted=HANGS) as monkey, pytest.raises(MonkeyError, match="does not answer"):
        monkey.run(seconds=0)


# What it types


def test_a_seed_and_a_step_are_the_same_inputs_again() -> None:
    assert [list(inputs(7, step)) for step in range(50)] == [list(inputs(7, step)) for step in range(50)]
    assert list(inputs(7, 1)) != list(inputs(8, 1))


def test_it_presses_every_key_that_does_something() -> None:
    pressed = {one.written for step in range(3_000) for one in inputs(1, step)}
    assert {key for key in BOUND if typed(key).encode() not in pressed} == set()


def test_every_screen_is_known_by_name() -> None:
    assert {"JobsScreen", "CancelDialog", "FlavorPicker", "Palette", "MessageDialog"} <= all_screens()
    assert not {"DashboardScreen", "QuestionDialog", "CountDialog"} & all_screens()


# What it takes for confirmed

JOB = Target("6a1b2c3d4e5f607182930a4b", "ada", {"train", "python:3.12"})
OTHER = Target("6a1b2c3d4e5f607182930a99", "ada", {"eval", "python:3.12"})
BARE = ["Jobs", " running train", ""]


def dialog(title: str, *lines: str) -> list[str]:
    width = 44
    inside = [f"   │{line:<{width}}│" for line in lines]
    return [*BARE, f"   ╭─ {title} {'─' * (width - len(title) - 3)}╮", *inside, f"   ╰{'─' * width}╯"]


CANCEL = dialog("Cancel this job?", "  train  (6a1b2c…4b)", "  No (esc)   y = yes, cancel it")
SUBMIT = dialog(
    "Submit this job?", " job  x", " runs python:3.12", " payer  ada", " flavor cpu-basic  $0.01/h"
)


def request(method: str, path: str, body: Any = None) -> RecordedRequest:
    return RecordedRequest(method, path, (), {}, body)


def cancel(job: Target = JOB) -> RecordedRequest:
    return request("POST", f"/api/jobs/ada/{job.id}/cancel")


@pytest.fixture
def ledger() -> Ledger:
    return Ledger({JOB.id: JOB, OTHER.id: OTHER}.get)


def shown(ledger: Ledger, *played: Sequence[str] | bytes) -> Ledger:
    for one in played:
        if isinstance(one, bytes):
            ledger.on_input(one)
        else:
            ledger.on_frame(list(one))
    return ledger


def test_a_dialog_that_names_the_job_confirms_one_request(ledger: Ledger) -> None:
    shown(ledger, BARE, b"c", CANCEL, b"y", BARE).on_request(cancel())
    with pytest.raises(UnconfirmedError, match="Cancel this job"):
        ledger.on_request(cancel())


@pytest.mark.parametrize(
    "played",
    [
        [BARE, b"cy"],
        [BARE, b"cy", CANCEL],
        [CANCEL, b"\x1b", BARE],
        [CANCEL, BARE, b"y"],
        [dialog("Run this job again?", " train  (6a1b2c…4b)"), b"y"],
    ],
    ids=["no dialog", "pressed before it was seen", "escape", "gone", "another dialog"],
)
def test_nothing_else_confirms(ledger: Ledger, played: list[list[str] | bytes]) -> None:
    shown(ledger, *played)
    with pytest.raises(UnconfirmedError):
        ledger.on_request(cancel())


def test_a_dialog_confirms_nothing_about_another_job(ledger: Ledger) -> None:
    shown(ledger, CANCEL, b"y")
    with pytest.raises(UnconfirmedError):
        ledger.on_request(cancel(OTHER))


@pytest.mark.parametrize(
    ("change", "taken"),
    [
        ({}, True),
        ({"flavor": "h200x8"}, False),
        ({"dockerImage": "other:1"}, False),
        ({"labels": {"name": "other"}}, False),
    ],
)
def test_a_submit_is_what_the_dialog_said(ledger: Ledger, change: Mapping[str, Any], taken: bool) -> None:
    shown(ledger, SUBMIT, b"y")
    body = {"flavor": "cpu-basic", "dockerImage": "python:3.12", "labels": {"name": "x"}, **change}
    if taken:
        ledger.on_request(request("POST", "/api/jobs/ada", body))
    else:
        with pytest.raises(UnconfirmedError):
            ledger.on_request(request("POST", "/api/jobs/ada", body))


def test_a_schedule_is_suspended_by_its_key_where_it_is_seen(ledger: Ledger) -> None:
    suspend = request("POST", f"/api/scheduled-jobs/ada/{JOB.id}/suspend")
    with pytest.raises(UnconfirmedError):
        shown(ledger, BARE, b"s").on_request(suspend)
    with pytest.raises(UnconfirmedError):
        shown(ledger, [" STATE NAME NEXT RUN", " active  eval"], b"s").on_request(suspend)
    shown(ledger, [" STATE NAME NEXT RUN", " active  train"], b"s").on_request(suspend)


def test_boxes_of_both_kinds_are_read() -> None:
    rows = dialog("One", " a b ", " c")
    plain = [row.translate(str.maketrans("╭╮╰╯│─", "++++|-")) for row in rows]
    assert [(box.title, box.text) for box in boxes(rows)] == [("One", "abc")]
    assert [(box.title, box.text) for box in boxes(plain)] == [("One", "abc")]


def test_a_message_over_a_dialog_does_not_end_it(ledger: Ledger) -> None:
    covered = [row[:14] + "▌ copied" if number > 2 else row for number, row in enumerate(CANCEL)]
    shown(ledger, CANCEL, covered, b"y", BARE).on_request(cancel())
