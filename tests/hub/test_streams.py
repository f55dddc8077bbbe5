"""Following a log over real HTTP, with every kind of cut."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.hub.conftest import Run
from tests.local_hub import LocalHub
from tests.waiting import until
from tui.domain.job import Job
from tui.domain.stream import LogLine, StreamPhase, StreamState
from tui.hub.client import HubClient
from tui.hub.credentials import Token
from tui.hub.log_connection import Patience
from tui.hub.streams import follow_log
from tui.hub.thread import Handle, HubThread

HASTY = Patience(
    silent_seconds=0.02,
    cut_seconds=0.06,
    waiting_seconds=0.02,
    lineless_seconds=0.02,
    ended_seconds=0.05,
    first_retry_seconds=0.005,
    most_retry_seconds=0.02,
)
CALM = Patience(first_retry_seconds=0.005, most_retry_seconds=0.02)
TEXTS = ["one", "two", "three", "four", "five", "six"]


class Notebook:
    """A sink that writes everything down."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: list[LogLine] = []
        self.states: list[StreamState] = []
        self.restarts = 0

    def lines(self, lines: list[LogLine]) -> None:
        with self._lock:
            self._lines += lines

    def state(self, state: StreamState) -> None:
        self.states.append(state)

    def restarted(self) -> None:
        with self._lock:
            self._lines.clear()
        self.restarts += 1

    @property
    def texts(self) -> list[str]:
        """The lines so far, markers left out."""
        with self._lock:
            return [line.text for line in self._lines if not line.text.startswith("=====")]

    @property
    def markers(self) -> int:
        with self._lock:
            return sum(line.text.startswith("=====") for line in self._lines)

    @property
    def phases(self) -> list[StreamPhase]:
        return [state.phase for state in self.states]

    @property
    def over(self) -> bool:
        return bool(self.states) and self.states[-1].final


Follow = Callable[..., Notebook]


@pytest.fixture
def follow(client: HubClient, hub: LocalHub, hub_thread: HubThread, run: Run[Any]) -> Iterator[Follow]:
    handles: list[Handle[None]] = []

    def start(job_id: str, *, tail: int | None = None, patience: Patience = CALM) -> Notebook:
        job: Job = run(client.get_job(hub.user, job_id))
        notebook = Notebook()
        reading = follow_log(client, job, notebook, tail=tail, patience=patience)
        handles.append(hub_thread.submit(reading))
        return notebook

    yield start
    for handle in handles:
        handle.cancel()


def wait_until_over(notebook: Notebook) -> None:
    until(lambda: notebook.over, 10, "the log is over")


def logs_asked(hub: LocalHub) -> list[str]:
    return [
        dict(request.query).get("tail", "all") for request in hub.requests if request.path.endswith("/logs")
    ]


def test_lines_come_as_they_are_written(hub: LocalHub, follow: Follow) -> None:
    job_id = hub.add_job(lines=["one"])
    notebook = follow(job_id)
    until(lambda: notebook.texts == ["one"])
    hub.log(job_id, "two", "three")
    until(lambda: notebook.texts == ["one", "two", "three"])
    hub.set_stage(job_id, "COMPLETED")
    wait_until_over(notebook)
    assert notebook.texts == ["one", "two", "three"]
    assert notebook.markers == 1
    assert notebook.phases[:2] == [StreamPhase.CONNECTING, StreamPhase.LIVE]
    assert notebook.phases[-1] is StreamPhase.ENDED


def test_an_ended_log_is_read_once_and_its_end_checked(hub: LocalHub, follow: Follow) -> None:
    job_id = hub.add_job(stage="COMPLETED", lines=TEXTS)
    notebook = follow(job_id)
    wait_until_over(notebook)
    assert notebook.texts == TEXTS
    assert logs_asked(hub) == ["all", "64"]


def test_an_empty_log_of_an_ended_job_ends(hub: LocalHub, follow: Follow) -> None:
    notebook = follow(hub.add_job(stage="CANCELED"))
    wait_until_over(notebook)
    assert notebook.texts == []


@pytest.mark.parametrize("reset", [True, False], ids=["broken", "ended"])
@pytest.mark.parametrize("stage", ["COMPLETED", "RUNNING"])
@pytest.mark.parametrize("after", [0, 1, 3, 6, 7])
def test_a_cut_costs_no_line_and_doubles_none(
    hub: LocalHub, follow: Follow, reset: bool, stage: Any, after: int
) -> None:
    job_id = hub.add_job(stage=stage, lines=TEXTS)
    hub.fail("GET", "*/logs", lines=after, reset=reset, times=1)
    notebook = follow(job_id)
    until(lambda: len(notebook.texts) >= len(TEXTS), 10)
    if stage == "RUNNING":
        hub.set_stage(job_id, "COMPLETED")
    wait_until_over(notebook)
    assert notebook.texts == TEXTS
    assert (notebook.markers, notebook.restarts) == (1, 0)


@pytest.mark.parametrize("reset", [True, False], ids=["broken", "ended"])
def test_many_cuts_of_equal_lines_with_equal_times(hub: LocalHub, follow: Follow, reset: bool) -> None:
    same = ["same"] * 9
    job_id = hub.add_job(stage="COMPLETED", lines=same)
    for after in (2, 5, 5, 1, 8):
        hub.fail("GET", "*/logs", lines=after, reset=reset, times=1)
    notebook = follow(job_id)
    wait_until_over(notebook)
    assert notebook.texts == same


def test_a_tail_is_taken_up_again_where_it_was_cut(hub: LocalHub, follow: Follow) -> None:
    job_id = hub.add_job(lines=TEXTS)
    hub.fail("GET", "*/logs", lines=3, reset=True, times=1)
    notebook = follow(job_id, tail=2)
    until(lambda: notebook.texts == ["five", "six"])
    hub.log(job_id, "seven", "seven")
    until(lambda: notebook.texts == ["five", "six", "seven", "seven"])
    hub.set_stage(job_id, "COMPLETED")
    wait_until_over(notebook)
    assert notebook.texts == ["five", "six", "seven", "seven"]
    assert notebook.markers == 1


def test_a_tail_cut_before_its_first_line_stays_a_tail(hub: LocalHub, follow: Follow) -> None:
    job_id = hub.add_job(lines=TEXTS)
    hub.fail("GET", "*/logs", lines=1, times=1)
    notebook = follow(job_id, tail=2)
    until(lambda: notebook.texts == ["five", "six"])
    assert logs_asked(hub)[:2] == ["2", "2"]


def test_a_restart_of_the_job_is_a_second_marker(hub: LocalHub, follow: Follow) -> None:
    job_id = hub.add_job(lines=["one"])
    notebook = follow(job_id)
    until(lambda: notebook.texts == ["one"])
    hub.restart_marker(job_id)
    hub.log(job_id, "two")
    until(lambda: notebook.texts == ["one", "two"])
    assert notebook.markers == 2


def test_waiting_for_a_container_is_no_end(hub: LocalHub, follow: Follow) -> None:
    job_id = hub.add_job(stage="SCHEDULING", message="waiting for a GPU")
    notebook = follow(job_id, patience=HASTY)
    until(lambda: StreamPhase.WAITING in notebook.phases)
    assert notebook.states[-1].detail == "waiting for a GPU"
    hub.set_stage(job_id, "SCHEDULING", "pulling the image")
    until(lambda: notebook.states[-1].detail == "pulling the image")
    hub.set_stage(job_id, "RUNNING")
    hub.log(job_id, "one")
    until(lambda: notebook.texts == ["one"])
    assert StreamPhase.ENDED not in notebook.phases


def test_silence_is_said_and_then_taken_for_a_cut(hub: LocalHub, follow: Follow) -> None:
    job_id = hub.add_job(lines=["one"])
    notebook = follow(job_id, patience=HASTY)
    until(lambda: StreamPhase.SILENT in notebook.phases)
    until(lambda: StreamPhase.RECONNECTING in notebook.phases)
    hub.log(job_id, "two")
    until(lambda: notebook.texts == ["one", "two"])


def test_a_stream_that_never_ends_does_not_hide_the_end_of_the_job(hub: LocalHub, follow: Follow) -> None:
    job_id = hub.add_job(lines=["one"])
    notebook = follow(job_id, patience=HASTY)
    until(lambda: notebook.texts == ["one"])

    def end_without_ending_the_log() -> None:
        hub.job(job_id).stage = "COMPLETED"

    hub.call(end_without_ending_the_log)
    wait_until_over(notebook)
    assert notebook.phases[-1] is StreamPhase.ENDED


def test_a_server_in_trouble_is_asked_again_and_again(hub: LocalHub, follow: Follow) -> None:
    job_id = hub.add_job(stage="COMPLETED", lines=TEXTS)
    hub.fail("GET", "*/logs", status=503, times=2)
    notebook = follow(job_id)
    wait_until_over(notebook)
    assert notebook.texts == TEXTS
    assert "503" in next(state for state in notebook.states if state.phase is StreamPhase.RECONNECTING).detail


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_is_said_once_with_what_to_do(hub: LocalHub, follow: Follow, status: int) -> None:
    job_id = hub.add_job(lines=TEXTS)
    hub.fail("GET", "*/logs", status=status)
    notebook = follow(job_id)
    wait_until_over(notebook)
    assert notebook.phases == [StreamPhase.CONNECTING, StreamPhase.REFUSED]
    assert len(notebook.states[-1].detail.split()) > 8
    assert logs_asked(hub) == ["all"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 410])
@pytest.mark.parametrize("lines", [TEXTS, []], ids=["six lines", "no line"])
def test_a_log_read_to_its_end_is_complete_as_far_as_can_be_told_when_only_the_check_is_refused(
    hub: LocalHub, follow: Follow, status: int, lines: list[str]
) -> None:
    job_id = hub.add_job(stage="COMPLETED", lines=lines)
    hub.fail("GET", "*/logs", lines=len(lines) + 1, times=1)
    hub.fail("GET", "*/logs", status=status)
    notebook = follow(job_id)
    wait_until_over(notebook)
    assert notebook.texts == lines
    assert notebook.phases[-1] is StreamPhase.ENDED
    assert notebook.states[-1].detail.startswith("complete as far as can be told: Could not read the log")


def test_a_live_log_whose_end_is_refused_is_complete_as_far_as_can_be_told(
    hub: LocalHub, follow: Follow
) -> None:
    job_id = hub.add_job(lines=TEXTS)
    notebook = follow(job_id)
    until(lambda: notebook.texts == TEXTS)
    hub.fail("GET", "*/logs", status=404)
    hub.set_stage(job_id, "COMPLETED")
    wait_until_over(notebook)
    assert notebook.texts == TEXTS
    assert notebook.phases[-1] is StreamPhase.ENDED


def test_a_refusal_after_a_torn_stream_does_not_pass_for_the_end(hub: LocalHub, follow: Follow) -> None:
    job_id = hub.add_job(stage="COMPLETED", lines=TEXTS)
    hub.fail("GET", "*/logs", lines=3, reset=True, times=1)
    hub.fail("GET", "*/logs", status=404)
    notebook = follow(job_id)
    wait_until_over(notebook)
    assert notebook.phases[-1] is StreamPhase.REFUSED


@pytest.mark.parametrize("after", [0, 1, 4])
def test_a_check_that_brings_the_whole_log_is_used(hub: LocalHub, follow: Follow, after: int) -> None:
    job_id = hub.add_job(stage="COMPLETED", lines=TEXTS)
    hub.fail("GET", "*/logs", lines=after, times=1)
    notebook = follow(job_id)
    wait_until_over(notebook)
    assert notebook.texts == TEXTS
    assert notebook.states[-1].detail == ""
    assert logs_asked(hub) == ["all", "64", "64", "64"]


def test_a_check_that_is_cut_in_a_long_log_hides_no_line(hub: LocalHub, follow: Follow) -> None:
    texts = [f"line {number}" for number in range(200)]
    job_id = hub.add_job(stage="COMPLETED", lines=texts)
    for cut in (4, 11):
        hub.fail("GET", "*/logs", lines=cut, times=1)
    notebook = follow(job_id)
    wait_until_over(notebook)
    assert notebook.texts == texts


def test_a_page_that_is_no_stream_is_no_log(hub: LocalHub, follow: Follow) -> None:
    job_id = hub.add_job(stage="COMPLETED", lines=TEXTS)
    page = {"content-type": "text/html"}
    hub.fail("GET", "*/logs", status=200, body="<html>log in</html>", headers=page, times=1)
    notebook = follow(job_id)
    wait_until_over(notebook)
    assert notebook.texts == TEXTS


def test_a_log_that_cannot_be_checked_says_so(hub: LocalHub, follow: Follow) -> None:
    job_id = hub.add_job(stage="COMPLETED", lines=TEXTS)
    hub.fail("GET", "*/logs", lines=3, reset=True)
    notebook = follow(job_id)
    wait_until_over(notebook)
    assert notebook.texts == TEXTS[:2]
    assert "could not be checked" in notebook.states[-1].detail


def test_cancelling_closes_the_socket_at_once(
    hub: LocalHub, client: HubClient, hub_thread: HubThread, run: Run[Any]
) -> None:
    job_id = hub.add_job(lines=["one"])
    job = run(client.get_job(hub.user, job_id))
    notebook = Notebook()
    handle = hub_thread.submit(follow_log(client, job, notebook))
    until(lambda: notebook.texts == ["one"])
    watchers = hub.job(job_id).log._watchers
    assert len(watchers) == 1
    handle.cancel()
    until(lambda: not watchers, 1.0, "the server sees the reader leave")


def test_a_long_log_arrives_whole(hub: LocalHub, follow: Follow) -> None:
    texts = [f"line {n} äöü \x1b[31mred\x1b[0m\r{'#' * (n % 97)}" for n in range(20_000)]
    job_id = hub.add_job(stage="COMPLETED", lines=texts)
    for after in (15_000, 777):
        hub.fail("GET", "*/logs", lines=after, reset=True, times=1)
    notebook = follow(job_id)
    wait_until_over(notebook)
    assert notebook.texts == texts


def test_a_wrong_token_is_said_and_not_shown(hub: LocalHub, hub_thread: HubThread) -> None:
    client = HubClient(hub.endpoint, lambda: Token("hf_wrong_token", "the test"))
    notebook = Notebook()
    hub_thread.submit(follow_log(client, Job("x", "RUNNING", hub.user), notebook))
    wait_until_over(notebook)
    assert notebook.phases[-1] is StreamPhase.REFUSED
    assert "hf_wrong_token" not in str(notebook.states)
    hub_thread.submit(client.close()).result(5)
