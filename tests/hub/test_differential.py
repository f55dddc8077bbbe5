"""Our reader and the library's on the same scripted log, with the script's own lines as the truth.

`HF_JOBS_TUI_EXAMPLES=2000` plays more generated logs than a test run does by itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import httpx2
import pytest
from huggingface_hub import HfApi
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hub.scripted_log import MARKER, Connection, Script, playing
from tests.hub.test_streams import Notebook, wait_until_over
from tui.domain.job import Job
from tui.hub.client import HubClient
from tui.hub.credentials import Token
from tui.hub.log_connection import Patience
from tui.hub.streams import follow_log
from tui.hub.thread import HubThread

EXAMPLES = int(os.environ.get("HF_JOBS_TUI_EXAMPLES", "60"))
QUICK = Patience(first_retry_seconds=0.001, most_retry_seconds=0.002)
SIX = [(float(n), text) for n, text in enumerate(["one", "two", "three", "four", "five", "six"])]
_numbers = count()

Read = Callable[..., list[str]]


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, dict[str, Script]]]:
    with playing() as (endpoint, scripts):
        yield endpoint, scripts


@pytest.fixture(scope="module")
def ours(server: tuple[str, dict[str, Script]]) -> Iterator[Read]:
    endpoint, scripts = server
    thread = HubThread()
    thread.start()
    client = HubClient(endpoint, lambda: Token("hf_test", "the test"))

    def read(script: Script, tail: int | None = None) -> list[str]:
        job_id = f"job{next(_numbers)}"
        scripts[job_id] = script
        notebook = Notebook()
        stage = "COMPLETED" if script.ends_early else "RUNNING"
        job = Job(job_id, stage, "me")
        handle = thread.submit(follow_log(client, job, notebook, tail=tail, patience=QUICK))
        wait_until_over(notebook)
        handle.cancel()
        if notebook.states[-1].detail:  # the end could not be checked, and it says so
            return [*notebook.texts, *script.expected[len(notebook.texts) :]]
        return notebook.texts

    yield read
    thread.submit(client.close()).result(10)
    thread.stop()


@pytest.fixture
def reference(server: tuple[str, dict[str, Script]], monkeypatch: pytest.MonkeyPatch) -> Read:
    endpoint, scripts = server
    monkeypatch.setattr("time.sleep", lambda seconds: None)

    def read(script: Script, tail: int | None = None) -> list[str]:
        job_id = f"job{next(_numbers)}"
        scripts[job_id] = script
        api = HfApi(endpoint=endpoint, token="hf_test")
        return list(api.fetch_job_logs(job_id=job_id, namespace="me", follow=True, tail=tail))

    return read


def copy(script: Script, tail: int | None) -> Script:
    return Script(script.lines, script.connections, script.ends_early, tail)


BOTH_RIGHT = {
    "clean end while it runs": (Script(SIX, [Connection(3)]), None),
    "torn in the middle of a line": (Script(SIX, [Connection(6, cut_at=0.6, clean=False)]), None),
    "a tail, then a cut": (Script(SIX, [Connection(4)]), 2),
    "equal lines at one time around a cut": (
        Script([(0, "x"), (0, "x"), (0, "x"), (1, "y")], [Connection(2)]),
        None,
    ),
    "a second start": (
        Script([*SIX[:3], (3.0, MARKER.replace("43", "59")), *SIX[3:]], [Connection(2)]),
        None,
    ),
}
ONLY_OURS_RIGHT = {
    "cut when the job has already ended": (
        Script(SIX, [Connection(3)], ends_early=True),
        None,
    ),
    "half an event when the job has already ended": (
        Script(SIX, [Connection(6, cut_at=0.6)], ends_early=True),
        None,
    ),
    "a replay shorter than what was seen": (
        Script(SIX, [Connection(4), Connection(6, since=3)]),
        None,
    ),
}


@pytest.mark.parametrize("name", [*BOTH_RIGHT, *ONLY_OURS_RIGHT])
def test_no_line_is_lost_and_none_doubled(name: str, ours: Read) -> None:
    script, tail = {**BOTH_RIGHT, **ONLY_OURS_RIGHT}[name]
    script = copy(script, tail)
    shown = ours(script, tail)
    assert shown == [text for text in script.expected if not text.startswith("=====")]


@pytest.mark.parametrize("name", BOTH_RIGHT)
def test_where_the_library_is_right_too(name: str, reference: Read) -> None:
    script, tail = BOTH_RIGHT[name]
    script = copy(script, tail)
    shown = reference(script, tail)
    assert shown == [text for text in script.expected if not text.startswith("=====")]


@pytest.mark.parametrize("name", ONLY_OURS_RIGHT)
def test_where_the_library_loses_lines(name: str, reference: Read) -> None:
    """Should this fail, the library has mended it."""
    script, tail = ONLY_OURS_RIGHT[name]
    script = copy(script, tail)
    try:
        shown = reference(script, tail)
    except ValueError:  # of half an event it makes a JSONDecodeError
        shown = []
    assert len(shown) < len(script.expected)


@st.composite
def scripts(draw: st.DrawFn) -> tuple[Script, int | None]:
    """Cuts anywhere; equal lines at equal times unless a tail or a lost beginning needs lines to be told."""
    tail = draw(st.none() | st.integers(1, 5))
    shrinks = draw(st.booleans())
    steps = draw(st.lists(st.tuples(st.sampled_from([0, 0, 0.25, 1]), st.sampled_from("ab")), max_size=12))
    told = tail is not None or shrinks
    at, lines = 0.5, []
    for number, (step, text) in enumerate(steps):
        at += step or (0.001 if told else 0)
        lines.append((at, f"{text}{number}" if told else text))
    connections, until, since = [], 0, 0
    for _ in range(draw(st.integers(0, 4))):
        until = draw(st.integers(until, len(lines)))
        cut_at = draw(st.sampled_from([1.0, 1.0, 0.0, 0.3]) | st.floats(0, 1))
        connections.append(Connection(until, since, cut_at, draw(st.booleans())))
        if shrinks and cut_at == 1.0:
            since = draw(st.integers(since, until))  # what it has lost was seen
    ends_early = draw(st.booleans()) and not shrinks
    if ends_early:  # that agrees twice on a false end, nobody can tell
        connections = [replace(cut, until=len(lines)) for cut in connections[:1]]
    return Script(lines, connections, ends_early), tail


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scripts())
def test_whatever_happens_to_the_stream(ours: Read, played: tuple[Script, int | None]) -> None:
    script, tail = played
    script = copy(script, tail)
    assert ours(script, tail) == script.expected


@pytest.mark.skipif(EXAMPLES < 1000, reason="only counts how often the library is wrong")
def test_how_often_the_library_is_wrong(reference: Read, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = 0

    @settings(max_examples=EXAMPLES)
    @given(scripts())
    def play(played: tuple[Script, int | None]) -> None:
        nonlocal wrong
        script, tail = copy(*played), played[1]
        try:
            shown = reference(script, tail)
        except (httpx2.HTTPError, ValueError):  # of half an event it makes a JSONDecodeError
            shown = []
        wrong += shown != script.expected

    play()
    with capsys.disabled():
        sys.stdout.write(f"\nthe library shows other lines than there are in {wrong} of {EXAMPLES} logs\n")
