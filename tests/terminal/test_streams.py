"""What the program is started on: no terminal at all, terminals that show little, other encodings."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.local_hub import LocalHub
from tests.terminal.terminal import Terminal

FULL_SCREEN = b"\x1b[?1049h"
NO_COERCION = {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
OTHER_ENCODINGS = [
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "utf-16"},
    {"PYTHONIOENCODING": "cp037"},
    {**NO_COERCION, "LC_ALL": "C"},
    {**NO_COERCION, "LC_ALL": "POSIX"},
]


def hub_environment(hub: LocalHub) -> dict[str, str]:
    return {"HF_ENDPOINT": hub.endpoint, "HF_TOKEN": hub.token}


def started(redirection: str, before: str = "") -> tuple[int, bytes]:
    """Run the program on a terminal but for what a shell redirects; its exit code and all it wrote there."""
    own_end, program_end = pty.openpty()
    process = subprocess.Popen(
        ["bash", "-c", f"{before} {sys.executable} -m tui {redirection}; exit ${{PIPESTATUS[0]}}"],
        stdin=program_end,
        stdout=program_end,
        stderr=program_end,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    os.close(program_end)
    written = b""
    try:
        status = process.wait(20)
        while True:
            try:
                written += os.read(own_end, 65536)
            except OSError:
                break
    finally:
        process.kill()
        process.wait()
        os.close(own_end)
    return status, written


@pytest.mark.parametrize(
    "redirection", ["| cat", "> out", "2> out", "2>&1 | cat", "< /dev/null", ">&-", "<&-"]
)
def test_a_stream_that_is_not_a_terminal_gets_one_sentence(redirection: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    status, written = started(redirection.replace("out", str(out)))
    words = written + (out.read_bytes() if "2> out" in redirection else b"")
    assert status == 2
    assert b"needs a terminal" in words
    assert words.count(b"\n") == 1
    assert FULL_SCREEN not in words


def test_without_stderr_there_is_only_the_exit_code() -> None:
    assert started("2>&-") == (2, b"")


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("TERM=dumb", b"TERM is dumb."),
        ("TERM=unknown", b"TERM is unknown."),
        ("TERM=", b"TERM is not set."),
        ("env -u TERM", b"TERM is not set."),
    ],
)
def test_a_terminal_without_a_full_screen_gets_one_sentence(before: str, words: bytes) -> None:
    status, written = started("", before=before)
    assert status == 2
    assert b"needs a full-screen terminal: " + words in written
    assert written.count(b"\n") == 1
    assert FULL_SCREEN not in written


def sees_every_place(t: Terminal) -> None:
    """Walk through what has frames, marks, bars and text of people."""
    t.sees("running", beside="tr")
    t.press("?")
    t.sees("esc closes")
    t.press("q")
    t.no_longer_sees("esc closes")
    t.press("c")
    t.sees("Cancel this job?")
    t.press("n")
    t.no_longer_sees("Cancel this job?")
    t.press("l")
    t.sees("50%")
    t.press("q", "n")
    t.sees("New job")
    t.press("tab")


@pytest.mark.parametrize("variables", OTHER_ENCODINGS, ids=lambda one: "-".join(one.values()))
def test_an_encoding_without_glyphs_is_given_ascii(hub: LocalHub, variables: dict[str, str]) -> None:
    hub.add_job(name="trainé-日本", lines=["50%|█████     | 5/10 Zürich 日本"])
    with Terminal(size=(120, 40), environment={**hub_environment(hub), **variables}) as t:
        t.sees("not UTF-8: using --ascii.")
        sees_every_place(t)
        t.press("ctrl+c")
        assert t.ends()[0] == 0
    assert t.raw.isascii()
    assert b"traine-????" in t.raw
    assert b"Zurich ????" in t.raw
    assert b"\\u" not in t.raw
    assert b"\0" not in t.raw
    assert t.raw.partition(FULL_SCREEN)[0].count(b"using --ascii") == 1


def test_ascii_by_choice_says_nothing_of_it(hub: LocalHub) -> None:
    hub.add_job(name="train", lines=["50%|#####     | 5/10"])
    environment = {**hub_environment(hub), "PYTHONIOENCODING": "latin-1"}
    with Terminal("--ascii", size=(120, 40), environment=environment) as t:
        sees_every_place(t)
        t.press("ctrl+c")
        assert t.ends()[0] == 0
    assert b"UTF-8" not in t.raw
    assert t.raw.isascii()


def test_errors_are_said_in_letters_too() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--endpoint", "nowhére日"],
        capture_output=True,
        timeout=30,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 2
    assert b'"nowhere??"' in done.stderr
    assert b"\\u" not in done.stderr


@pytest.mark.parametrize("typed", [b"\xe9x", b"\xff\xfe", b"\xc3\x28", b"\x80" * 40])
def test_bytes_that_are_not_utf8_end_nothing(hub: LocalHub, typed: bytes) -> None:
    hub.add_job(name="train")
    with Terminal(environment=hub_environment(hub)) as t:
        t.sees("running", beside="train")
        t.press("/")
        t.sees("words  status:running")
        t.send(typed)
        t.press("escape")
        t.no_longer_sees("words  status:running")
        t.press("ctrl+c")
        assert t.ends()[0] == 0


def test_a_latin_1_terminal_types_its_own_letters(hub: LocalHub) -> None:
    hub.add_job(name="café")
    hub.add_job(name="train")
    environment = {**hub_environment(hub), "PYTHONIOENCODING": "latin-1"}
    with Terminal(environment=environment) as t:
        t.sees("running", beside="train")
        t.press("/")
        t.sees("words  status:running")
        t.send(b"caf\xe9")
        t.no_longer_sees("train")
        t.sees("running", beside="cafe")
