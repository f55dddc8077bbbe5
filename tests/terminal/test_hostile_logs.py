"""Lines of logs that would set the clipboard, the title or the modes of a terminal, in every view."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from tests.local_hub import LocalHub
from tests.terminal.terminal import Terminal

ATTACKS = {
    "clipboard": "\x1b]52;c;c3RvbGVu\x07",
    "clipboard-8bit": "\x9d52;c;c3RvbGVu\x9c",
    "title": "\x1b]2;stolen\x1b\\",
    "clear": "\x1b[2J\x1b[3J\x1b[H",
    "mouse": "\x1b[?1000h\x1b[?1003h\x1b[?1006h",
    "paste": "\x1b[?2004h\x1b[?2004l",
    "screen": "\x1b[?1049l\x1bc",
    "keys": "\x1bP$qm\x1b\\\x1b[6n\x1b[c",
}
LINES = [
    *[f"{name} {attack}after-{name}" for name, attack in ATTACKS.items()],
    *[f"{{'loss': 0.5, 'field': '{attack}in-{name}'}}" for name, attack in ATTACKS.items()],
    "".join(f"\rbar {attack}state-{name}" for name, attack in ATTACKS.items()),
    "long " + "".join(ATTACKS.values()) * 60 + "end-of-long",
]
AFTER = b"(?:after|in|state|end|bar|long)-"
FORBIDDEN = re.compile(
    b"c3RvbGVu|stolen|\xc2[\x80-\x9f]|"
    + b"|".join(re.escape(attack.encode()) for attack in ATTACKS.values())
    + b"|(?:\x1b\\[2J|\x1b\\[H|\x1b\\[\\?[0-9]+[hl]|\x1bc|\x1b\\[6n|\x1b\\[c)"
    + AFTER
)
PAGER = "sh -c 'cat \"$1\"; echo PAGER-IS-DONE' sh"
ENTERS_FULL_SCREEN = b"\x1b[?1049h"
OWN_CLIPBOARD = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def copied(raw: bytes) -> list[str]:
    """What the program has put on the clipboard."""
    return [base64.b64decode(found).decode() for found in OWN_CLIPBOARD.findall(raw)]


def variables(hub: LocalHub, **more: str) -> dict[str, str]:
    return {"HF_ENDPOINT": hub.endpoint, "HF_TOKEN": hub.token, **more}


@pytest.mark.parametrize("theme", ["terminal", "mono"])
def test_it_is_text_in_every_view_of_a_log(hub: LocalHub, tmp_path: Path, theme: str) -> None:
    hub.add_job(name="bad", lines=LINES)
    target = tmp_path / "saved.log"
    with Terminal("--theme", theme, size=(180, 40), environment=variables(hub, PAGER=PAGER)) as t:
        t.sees("after-clipboard")  # the preview
        t.press("l")
        t.sees("follow on")
        t.sees("after-clear")
        t.press("t", "#", "w")
        t.sees("wrap on")
        t.sees("end-of-long")
        t.press("&")
        t.sees("only lines with")
        t.press("after", "enter")
        t.sees("only “after”")
        t.press("escape")
        t.no_longer_sees("only “after”")
        t.press("/")
        t.sees("search: lower case")
        t.press("/field.*in-/", "enter")
        t.sees("of 8 “/field.*in-/”")
        t.press("enter")  # unfolds the object
        t.sees('"field": "in-clipboard"')
        t.press("escape", "0", "G", "w", "g", *["j"] * 3, "v", *["j"] * 20)
        t.sees("lines marked")
        t.press("\x13")  # save
        t.sees("Save the log")
        t.press("\x15", str(target), "enter")  # in place of the name it offers
        t.sees("saved")
        t.press("y")
        t.sees("copied")
        t.press("o")
        t.reads(b"PAGER-IS-DONE")
        t.reads(ENTERS_FULL_SCREEN, after=b"PAGER-IS-DONE")
        t.reads(b"wrap o", after=ENTERS_FULL_SCREEN)
        t.press("t")
        t.sees("ts UTC")
        t.press("ctrl+c")
        code, _ = t.ends()
    assert code == 0
    assert FORBIDDEN.findall(t.raw) == []
    clipboards = copied(t.raw)
    assert len(clipboards) == 1
    assert "after-paste" in clipboards[0]
    for text in (clipboards[0], target.read_text()):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)
        assert "stolen" not in text


def test_it_is_text_where_logs_are_merged(hub: LocalHub) -> None:
    hub.add_job(name="bad", lines=LINES)
    hub.add_job(name=f"worse{''.join(ATTACKS.values())}", lines=LINES)
    with Terminal(size=(120, 40), environment=variables(hub)) as t:
        t.sees("worse")
        t.press("*", "l")
        t.sees("2 of 2 jobs")
        t.sees("after-clear")
        t.press("w", "J")
        t.sees("Jobs on this page")
        t.press(" ", " ", "enter")
        t.no_longer_sees("Jobs on this page")
        t.press("g", "v", "j", "j", "j", "y")
        t.sees("copied")
        t.press("ctrl+c")
        code, _ = t.ends()
    assert code == 0
    assert FORBIDDEN.findall(t.raw) == []
    assert len(copied(t.raw)) == 1
    assert "\x1b" not in copied(t.raw)[0]


@pytest.mark.parametrize(
    ("pager", "words"),
    [
        ("sh -c 'echo IN-THE-PAGER; cat' sh", ""),
        ("false", "false ended with exit code 1"),
        ("sh -c 'kill -9 $$'", "sh ended with exit code -9"),
        ("no-such-pager", "there is no no-such-pager here"),
    ],
)
def test_the_page_comes_back_from_the_pager(hub: LocalHub, pager: str, words: str) -> None:
    job = hub.add_job(name="train", lines=["one line"])
    with Terminal(environment=variables(hub, PAGER=pager)) as t:
        t.sees("train")
        t.press("l")
        t.sees("one line")
        t.press("o")
        if words:
            t.sees(words)
        else:
            t.reads(b"IN-THE-PAGER")
            t.press("\x04")  # the pager reads from the terminal until its end
        hub.log(job, "and another")
        t.sees("and another")
        t.press("t")
        t.sees("ts local")
        t.press("ctrl+c")
        code, _ = t.ends()
    assert code == 0
