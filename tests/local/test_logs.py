"""The log stream: its exact form, replay, tail, what comes live, silence, and readers that do not read."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.local.conftest import Caller
from tests.local_hub import LocalHub
from tests.waiting import until
from tui.local.lines import LINE_MAX_BYTES, LineCutter
from tui.local.logs import SCAN_BYTES, JobLog

MARKER = re.compile(
    r'data: \{"data":"===== Job started at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d =====",'
    r'"timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"\}'
)
LINE = re.compile(r'data: \{"data":(".*"),"timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"\}')


def texts(events: list[str]) -> list[str]:
    """What the events say, markers included."""
    return [json.loads(event.removeprefix("data: "))["data"] for event in events]


@contextmanager
def reading(caller: Caller, job_id: str, **query: int) -> Iterator[Iterator[str]]:
    """The lines of a stream as they come."""
    with caller.http.stream("GET", f"/api/jobs/ada/{job_id}/logs", params=query) as reply:
        assert reply.headers["content-type"].startswith("text/event-stream")
        yield (line for line in reply.iter_lines() if line)


def test_the_form_is_what_the_reference_client_reads(caller: Caller) -> None:
    job_id = caller.hub.add_job(
        stage="COMPLETED", lines=["plain", "", 'a "b" \\ \t é 🤗', "\x1b[31mred\x1b[0m"]
    )
    marker, *events = caller.events(job_id)
    assert MARKER.fullmatch(marker)
    assert all(LINE.fullmatch(event) for event in events)
    assert texts(events) == ["plain", "", 'a "b" \\ \t é 🤗', "\x1b[31mred\x1b[0m"]
    assert "é 🤗" in events[2]


def test_each_connection_replays_from_the_start(caller: Caller) -> None:
    job_id = caller.hub.add_job(stage="COMPLETED", lines=["one", "two"])
    assert caller.events(job_id) == caller.events(job_id)


@pytest.mark.parametrize(
    ("tail", "wanted"), [(0, []), (1, ["c"]), (2, ["b", "c"]), (3, ["a", "b", "c"]), (9, ["a", "b", "c"])]
)
def test_tail_does_not_count_the_marker(caller: Caller, tail: int, wanted: list[str]) -> None:
    job_id = caller.hub.add_job(stage="COMPLETED", lines=["a", "b", "c"])
    marker, *events = caller.events(job_id, tail=tail)
    assert MARKER.fullmatch(marker)
    assert texts(events) == wanted


@pytest.mark.parametrize("tail", ["-1", "1.5", "x", "", "٣"])
def test_a_tail_that_is_no_number_is_refused(caller: Caller, tail: str) -> None:
    job_id = caller.hub.add_job()
    reply = caller.http.get(f"/api/jobs/ada/{job_id}/logs", params={"tail": tail})
    assert (reply.status_code, "tail" in reply.text) == (400, True)


def test_the_log_of_no_job_is_404(caller: Caller) -> None:
    assert caller.http.get("/api/jobs/ada/0123/logs").status_code == 404


def test_a_running_job_is_followed_to_its_end(caller: Caller) -> None:
    job_id = caller.hub.add_job(lines=["before"])
    with reading(caller, job_id) as lines:
        assert MARKER.fullmatch(next(lines))
        assert texts([next(lines)]) == ["before"]
        caller.hub.log(job_id, "live", "and more")
        assert texts([next(lines), next(lines)]) == ["live", "and more"]
        caller.hub.log(job_id, "last")
        caller.hub.set_stage(job_id, "COMPLETED")
        assert texts(list(lines)) == ["last"]


def test_a_tail_goes_on_live(caller: Caller) -> None:
    job_id = caller.hub.add_job(lines=["a", "b"])
    with reading(caller, job_id, tail=1) as lines:
        assert texts([next(lines), next(lines)])[1] == "b"
        caller.hub.log(job_id, "c")
        assert texts([next(lines)]) == ["c"]


def test_a_job_that_waits_has_nothing_to_say_until_it_runs(caller: Caller) -> None:
    job_id = caller.hub.add_job(stage="SCHEDULING")
    with reading(caller, job_id) as lines:
        caller.hub.set_stage(job_id, "RUNNING")
        assert MARKER.fullmatch(next(lines))


def test_a_restart_is_a_second_marker(caller: Caller) -> None:
    job_id = caller.hub.add_job(lines=["first try"])
    caller.hub.restart_marker(job_id)
    caller.hub.log(job_id, "second try")
    caller.hub.set_stage(job_id, "COMPLETED")
    events = caller.events(job_id)
    assert [bool(MARKER.fullmatch(event)) for event in events] == [True, False, True, False]


def test_silence_is_filled_with_keep_alives() -> None:
    with LocalHub(keep_alive_seconds=0.05) as hub:
        caller = Caller(hub)
        with caller.http, reading(caller, hub.add_job()) as lines:
            assert MARKER.fullmatch(next(lines))
            assert [next(lines), next(lines)] == [": keep-alive", ": keep-alive"]


def test_output_of_a_job_keeps_returns_and_its_last_line(caller: Caller) -> None:
    code = r"""
import sys
out = sys.stdout.buffer
out.write(b"\r 10%|#\r 20%|##\r\n" + b"bad \xff byte\n" + "é".encode()[:1])
out.flush()
out.write("é".encode()[1:] + b"\nno end")
"""
    events = caller.events(caller.start("python", "-c", code))
    assert texts(events)[1:] == ["\r 10%|#\r 20%|##\r", "bad � byte", "é", "no end"]


def test_stdout_and_stderr_are_one_stream_in_order(caller: Caller) -> None:
    job_id = caller.start("sh", "-c", "for i in 1 2 3; do echo out $i; echo err $i >&2; done")
    assert texts(caller.events(job_id))[1:] == [f"{side} {i}" for i in (1, 2, 3) for side in ("out", "err")]


def test_output_is_seen_while_the_job_runs(caller: Caller) -> None:
    job_id = caller.start("python", "-c", "print('now'); input; import time; time.sleep(600)")
    with reading(caller, job_id) as lines:
        assert texts([next(lines), next(lines)])[1] == "now"
        assert caller.job(job_id)["status"]["stage"] == "RUNNING"


def test_100_000_lines_come_whole_and_in_order(caller: Caller) -> None:
    job_id = caller.start("python", "-c", "for i in range(100_000): print('line', i)")
    assert texts(caller.events(job_id))[1:] == [f"line {i}" for i in range(100_000)]


def test_a_reader_that_never_reads_holds_up_nobody(caller: Caller) -> None:
    job_id = caller.hub.add_job(lines=["x" * 1000] * 20_000)
    request = (
        f"GET /api/jobs/ada/{job_id}/logs HTTP/1.1\r\nHost: 127.0.0.1:{caller.hub.port}\r\n"
        f"Authorization: Bearer {caller.hub.token}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", caller.hub.port)) as deaf:
        deaf.sendall(request.encode())
        until(lambda: caller.hub.requests)
        caller.hub.set_stage(job_id, "COMPLETED")
        assert len(caller.events(job_id)) == 20_001
        assert caller.http.get("/api/whoami-v2").status_code == 200
        caller.hub.close()


def test_readers_that_leave_are_forgotten(caller: Caller) -> None:
    job_id = caller.hub.add_job(lines=["one"])
    log = caller.hub.job(job_id).log
    for _ in range(5):
        with reading(caller, job_id) as lines:
            next(lines)
    until(lambda: not log._watchers)


def test_100_readers_each_get_all_of_100_000_lines(caller: Caller) -> None:
    """Their bytes are those of one more reader, whose lines are looked at."""
    job_id = caller.hub.add_job()
    digests: list[str] = []

    def read() -> None:
        connection = HTTPConnection("127.0.0.1", caller.hub.port, timeout=50)
        connection.request("GET", f"/api/jobs/ada/{job_id}/logs", headers=caller.hub.headers)
        reply, digest = connection.getresponse(), sha256()
        while block := reply.read1(1 << 20):
            digest.update(block)
        connection.close()
        digests.append(digest.hexdigest())

    readers = [threading.Thread(target=read) for _ in range(100)]
    for reader in readers:
        reader.start()
    for begin in range(0, 100_000, 5_000):
        caller.hub.log(job_id, *(f"line {number}" for number in range(begin, begin + 5_000)))
    caller.hub.set_stage(job_id, "COMPLETED")
    for reader in readers:
        reader.join(50)
    log = caller.http.get(f"/api/jobs/ada/{job_id}/logs").content
    assert texts(log.decode().split("\n\n")[1:-1]) == [f"line {number}" for number in range(100_000)]
    assert digests == [sha256(log).hexdigest()] * 100


def test_tails_are_found_across_blocks_of_the_file(tmp_path: Path) -> None:
    log = JobLog(tmp_path / "log")
    log.mark_start(0)
    lengths = [1, SCAN_BYTES - 70, 3, SCAN_BYTES * 2, 7, 0, SCAN_BYTES - 59, 1]
    log.append(["x" * length for length in lengths], 0)
    log.end()
    content = (tmp_path / "log").read_bytes()
    with open(tmp_path / "log", "rb") as file:
        for count in range(len(lengths) + 1):
            _, start = log.starts_of_tail(file.fileno(), count)
            tail = content[start:].decode().split("\n\n")[:-1]
            assert [len(text) for text in texts(tail)] == lengths[len(lengths) - count :]


def test_lines_are_cut_where_they_end_whatever_the_blocks() -> None:
    data = "one\n\ntwo é\nthree".encode()
    for size in range(1, len(data) + 1):
        cutter = LineCutter()
        lines = [
            line for start in range(0, len(data), size) for line in cutter.feed(data[start : start + size])
        ]
        assert lines + cutter.flush() == ["one", "", "two é", "three"]
    assert cutter.flush() == []


def test_lines_without_end_are_bounded() -> None:
    cutter = LineCutter()
    lines = [line for _ in range(5) for line in cutter.feed(b"x" * (LINE_MAX_BYTES // 2))]
    lines += cutter.feed(b"\n" + b"y" * (LINE_MAX_BYTES * 2) + b"\n") + cutter.flush()
    assert {len(line) for line in lines} <= {LINE_MAX_BYTES, LINE_MAX_BYTES // 2}
    assert "".join(lines) == "x" * (5 * (LINE_MAX_BYTES // 2)) + "y" * (LINE_MAX_BYTES * 2)
