"""The value of a secret, given by every route: it goes into the request, and nothing else holds it."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from tests.local_hub import LocalHub
from tests.terminal.terminal import Terminal

PASTED, FILED, EXPORTED, TYPED, EDITED = VALUES = tuple(
    f"v4lue-{route}-9Q" for route in ("pasted", "filed", "exported", "typed", "edited")
)
CRASH_WHEN_FILLED = """
from tui.widgets.pair_row import PairRow
def crash(row, name, value):
    raise RuntimeError("on purpose")
PairRow.show = crash
"""


@pytest.fixture
def secrets_file(tmp_path: Path) -> Path:
    path = tmp_path / "some.secrets"
    path.write_text(f"FILED={FILED}\n")
    return path


@pytest.fixture
def environment(hub: LocalHub, own_environment: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Whatever the program writes lies below the home of the test."""
    places = {"HOME": "", "TMPDIR": "tmp", "XDG_STATE_HOME": "state", "XDG_CACHE_HOME": "cache"}
    for name in places.values():
        (own_environment / name).mkdir(exist_ok=True)
    monkeypatch.setenv("EXPORTED", EXPORTED)
    return {
        "HF_ENDPOINT": hub.endpoint,
        "HF_TOKEN": hub.token,
        **{name: str(own_environment / place) for name, place in places.items()},
    }


def files_below(folder: Path) -> dict[str, bytes]:
    """What was written, by name."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def leaks(*texts: str | bytes) -> list[str]:
    """The values that stand in any of these."""
    joined = "\n".join(text if isinstance(text, str) else text.decode("utf-8", "replace") for text in texts)
    return [value for value in VALUES if value in joined]


class Watched:
    """What could be seen of a run: the screen at each step, the argument lists of all processes."""

    def __init__(self, t: Terminal) -> None:
        self._t = t
        self.seen: list[str] = []

    def look(self) -> None:
        """Keep what can be seen now."""
        tree = psutil.Process().children(recursive=True)
        assert self._t.process.pid in [process.pid for process in tree]
        for process in tree:
            try:
                self.seen += [*process.cmdline(), process.name()]
            except psutil.NoSuchProcess:
                continue
        self.seen.append(self._t.text)


def compose_with_every_route(t: Terminal, watched: Watched, secrets_file: Path) -> None:
    """A pasted line, a secrets file, a bare name, a value added by F2, a value typed in its row."""
    t.sees("no jobs here yet")
    t.paste(
        f"hf jobs run --name quiet -s PASTED={PASTED} -s EXPORTED --secrets-file {secrets_file} ubuntu true"
    )
    t.sees("PASTED", beside="•••")
    watched.look()
    t.press("F2")
    t.sees("enter fills the form")
    watched.look()
    t.press("\x1b[A" * 3, "\x1b[H", "\x1b[C" * len("hf jobs run "), f"-s EDITED={EDITED} ", "enter")
    t.sees("EDITED", beside="•••")
    t.press(*"\t" * 10)  # from the kind to the secrets
    t.sees("encrypted; empty")
    t.press(*"\t" * 6, "TYPED", "\t", TYPED)
    t.sees("TYPED", beside="•••")
    watched.look()


def test_only_the_request_holds_it(
    hub: LocalHub, environment: dict[str, str], own_environment: Path, secrets_file: Path
) -> None:
    log = own_environment / "program.log"
    with Terminal("--log-file", str(log), size=(120, 40), environment=environment) as t:
        watched = Watched(t)
        compose_with_every_route(t, watched, secrets_file)
        t.press("\x1bOR", "\x1bOR")
        t.sees("POST /api/jobs/")
        watched.look()
        t.press("\x13")
        t.sees("Save as a preset")
        t.press("enter")
        t.sees("saved the preset")
        t.press("ctrl+j")
        t.sees("Submit this job?")
        watched.look()
        t.press("y")
        t.sees("completed", beside="quiet")
        watched.look()
        t.press("ctrl+c")
        code, last_words = t.ends()
    assert code == 0
    (sent,) = [one for one in hub.requests if one.method == "POST" and one.path == f"/api/jobs/{hub.user}"]
    assert sorted(sent.json["secrets"].values()) == sorted(VALUES)
    assert [text for text in (last_words, *watched.seen) if leaks(text)] == []
    assert set(leaks(t.raw)) <= {EDITED}, "a value stands on the screen only where it is typed as text"
    assert log.stat().st_size
    assert {
        name: found for name, text in files_below(own_environment).items() if (found := leaks(text))
    } == {}


def test_a_crash_shows_none(environment: dict[str, str], own_environment: Path, secrets_file: Path) -> None:
    log = own_environment / "program.log"
    with Terminal("--log-file", str(log), environment=environment, prelude=CRASH_WHEN_FILLED) as t:
        watched = Watched(t)
        t.sees("no jobs here yet")
        watched.look()
        t.paste(f"hf jobs run -s PASTED={PASTED} -s EXPORTED --secrets-file {secrets_file} ubuntu true")
        code, last_words = t.ends()
    assert code == 1
    assert "on purpose" in last_words
    assert leaks(t.raw, *watched.seen, *files_below(own_environment).values()) == []
