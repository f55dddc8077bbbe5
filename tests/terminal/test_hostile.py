"""A job whose every text is an attack, in every place that shows it, in a real terminal."""

from __future__ import annotations

import re

from tests.local_hub import LocalHub
from tests.terminal.terminal import Terminal

ATTACK = (
    "\x1b]52;c;c3RvbGVu\x07\x1b]0;stolen\x07\x1b[2J\x1b[31m\x9b31m\x90q\x1b\\"
    "[/x][red][@click=app.quit]\u202egnp.exe\u202c\u200b\u2066\x00\x7f日本語👩‍👩‍👧"
)
NAME = f"bad{ATTACK}end"
RUNS = {
    "id": "6b" + "0" * 21 + "1",
    "status": {"stage": "RUNNING", "message": ATTACK, "unknown": {"deep": [ATTACK]}},
    "createdAt": "2026-11-01T12:00:00Z",
    "startedAt": "2026-11-01T12:00:05Z",
    "dockerImage": ATTACK,
    "command": ["sh", "-c", ATTACK + "x" * 20_000],
    "environment": {ATTACK: "value"},
    "secrets": [ATTACK],
    "labels": {"name": NAME, ATTACK: ATTACK},
    "flavor": ATTACK,
    "owner": {"name": "ada", "type": "user"},
    "initiator": {"type": ATTACK, "name": ATTACK},
    "unheardOf": ATTACK,
}
ENDED = {"stage": "ERROR", "message": ATTACK}
BARE = {"id": "6b" + "0" * 21 + "2", "status": {"stage": "NEVER" + ATTACK}}
FORBIDDEN = (
    b"\x1b]52",
    b"\x1b]0;stolen",
    b"\x1b[2J",
    b"\x90q",
    b"\x9b31m",
    "\u202e".encode(),
    "\u2066".encode(),
    b"\x00",
)


def test_it_is_text_wherever_it_is_shown(hub: LocalHub) -> None:
    hub.fail("GET", "/api/jobs/*/logs", status=404)
    hub.fail("GET", "/api/jobs/*", status=200, body=[RUNS, BARE, {"nonsense": ATTACK}, 7, None])
    hub.fail("POST", "/api/jobs/*", status=400, body={"error": ATTACK})
    variables = {"HF_ENDPOINT": hub.endpoint, "HF_TOKEN": hub.token}
    with Terminal(size=(180, 40), environment=variables) as t:
        t.sees("bad[/x][red]")
        t.sees("? never")
        t.press("C")
        t.sees("Columns")
        t.press(*["j"] * 12, " ", "enter")  # the column of labels
        t.press("*", "u", "w", "f", "F", "F", "/")
        t.sees("words  status:running")
        t.press("bad", "enter")
        t.sees("1 of 2 jobs")
        t.press("l")
        t.sees("follow on")
        t.sees("bad[/x][red]")
        t.press("\x13")  # save
        t.sees("Save the log")
        t.press("escape")
        t.no_longer_sees("Save the log")
        t.press("c")
        t.sees("Cancel this job?")
        t.press("escape")
        t.no_longer_sees("Cancel this job?")
        t.press("q", ":")
        t.sees("Search for")
        t.press("bad")
        t.sees("6b0000…01")
        t.press("escape")
        t.no_longer_sees("6b0000…01")
        t.press("escape")
        t.no_longer_sees("Search for")
        hub.heal()
        hub.fail("GET", "/api/jobs/*", status=200, body=[{**RUNS, "status": ENDED}, BARE])
        t.press("r")
        t.sees("bad[/x][red]", beside="✗ error")  # the row
        t.sees("✗ bad[/x][red]")  # the toast
        t.press("e")
        t.sees("New job")
        t.sees("@click=app.quit", beside="Image")
        t.press("F2")
        t.sees("enter fills the form")
        t.sees("@click=app.quit", beside="--flavor")
        t.press("ctrl+c")
        code, _ = t.ends()
    assert code == 0
    assert [found for found in FORBIDDEN if found in t.raw] == []
    titles = re.findall(rb"\x1b\]0;([^\x07\x1b]*)", t.raw)
    assert b"stolen" not in b"".join(titles)
