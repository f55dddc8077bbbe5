"""A log keeps its beginning, says where it was full, and ends with the last lines of the job."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from tests.local.test_logs import MARKER, reading, texts
from tests.local.test_queue import calling
from tests.waiting import until
from tui.local.log_limit import LogLimit
from tui.local.logs import JobLog

LIMIT = LogLimit(64_000)
COUNT = "for i in range({}): print('line', i)"
NOTICE = (
    "local hub: this log has reached its limit of 62.5K (--max-log); of the lines that follow, the last 3.9K "
    "are shown when the job has ended"
)


def filled(path: Path, *texts: str, limit: LogLimit = LIMIT) -> list[str]:
    """What a log of one attempt with these lines says, its marker left out."""
    log = JobLog(path, limit)
    log.mark_start(0)
    for text in texts:
        log.append([text], 1)
    log.end()
    return said(path)[1:]


def said(path: Path) -> list[str]:
    return [json.loads(event[6:])["data"] for event in path.read_text().split("\n\n")[:-1]]


def test_the_beginning_and_the_end_are_kept_and_the_gap_is_counted() -> None:
    with calling(log_limit=LIMIT) as caller:
        job_id = caller.start("python", "-c", COUNT.format(100_000) + "\nraise SystemExit('the cause')")
        assert caller.wait_for(job_id)["status"]["stage"] == "ERROR"
        lines = texts(caller.events(job_id))
        size = caller.hub.job(job_id).log.size_bytes
    assert LIMIT.max_bytes * 0.9 < size < LIMIT.max_bytes + 500
    gap = lines.index(NOTICE)
    assert MARKER.fullmatch(lines[0]) is None
    assert lines[1:gap] == [f"line {i}" for i in range(gap - 1)]
    dropped, *last, cause = lines[gap + 1 :]
    assert cause == "the cause"
    assert last == [f"line {i}" for i in range(100_000 - len(last), 100_000)]
    missing = 100_000 - len(last) - (gap - 1)
    assert dropped == f"local hub: {missing:,} lines dropped here"


def test_a_log_within_its_limit_is_left_alone(tmp_path: Path) -> None:
    assert filled(tmp_path / "log", "a", "b") == ["a", "b"]


def test_a_log_that_is_just_full_drops_nothing(tmp_path: Path) -> None:
    lines = filled(tmp_path / "log", *["x" * 1000] * 57, "y", "z")
    assert lines == [*["x" * 1000] * 56, NOTICE, "x" * 1000, "y", "z"]


@pytest.mark.parametrize("size", [0, 1, 200, 4096])
def test_a_limit_that_holds_nothing_keeps_the_end_of_the_last_line(tmp_path: Path, size: int) -> None:
    log = JobLog(tmp_path / "log", LogLimit(size))
    log.mark_start(0)
    log.append(["x" * 10_000, "the end"], 1)
    log.end()
    lines = said(tmp_path / "log")
    assert lines[-1].endswith("d")
    assert any(line.startswith("local hub: this log has reached its limit") for line in lines)
    assert log.size_bytes < size + 1000


@pytest.mark.parametrize("char", ["\0", "é", "\ud800", "🤗"], ids=ascii)
def test_a_line_longer_than_the_room_keeps_its_end(tmp_path: Path, char: str) -> None:
    text = char * 100_000
    lines = filled(tmp_path / "log", text, "short", text)
    assert lines[0] == NOTICE
    assert lines[-1][0] == "…"
    assert (tmp_path / "log").stat().st_size < LIMIT.max_bytes


def test_a_reader_in_the_middle_and_one_who_comes_late_read_the_same() -> None:
    """What a reader has got stays as it was: positions in a log never move."""
    with calling(log_limit=LIMIT) as caller:
        job_id = caller.hub.add_job()
        log = caller.hub.job(job_id).log
        log._limit = LIMIT
        caller.hub.log(job_id, *[f"line {i}" for i in range(100)])
        with reading(caller, job_id) as lines:
            early = [next(lines) for _ in range(50)]
            caller.hub.log(job_id, *[f"line {i}" for i in range(100, 5_000)])
            until(lambda: log._last_lines is not None)
            size = log.size_bytes
            caller.hub.log(job_id, *[f"line {i}" for i in range(5_000, 9_000)])
            assert log.size_bytes == size
            caller.hub.set_stage(job_id, "COMPLETED")
            early += list(lines)
        assert early == caller.events(job_id)
        tail = texts(caller.events(job_id, tail=3))
        assert tail[1:] == ["line 8997", "line 8998", "line 8999"]
        assert len(caller.events(job_id, tail=10**6)) == len(early)


def test_attempts_after_the_limit_are_marked_among_the_last_lines() -> None:
    with calling(log_limit=LIMIT) as caller:
        job_id = caller.start("sh", "-c", "seq 5000; exit 1", attempts=2)
        caller.wait_for(job_id)
        lines = texts(caller.events(job_id))
        assert lines[-1] == "5000"
        assert NOTICE in lines


def test_a_flood_is_taken_in_while_the_hub_answers() -> None:
    log_limit = LogLimit(1 << 20)
    with calling(log_limit=log_limit) as caller:
        job_id = caller.start("sh", "-c", "yes")
        log = caller.hub.job(job_id).log
        until(lambda: log._last_lines is not None, seconds=20)
        slowest = 0.0
        for _ in range(20):
            asked_at = time.monotonic()
            caller.job(job_id)
            slowest = max(slowest, time.monotonic() - asked_at)
        assert slowest < 2
        caller.http.post(f"/api/jobs/ada/{job_id}/cancel")
        assert texts(caller.events(job_id))[-1] == "y"
        assert log.size_bytes < log_limit.max_bytes + 500


def test_the_limit_is_on_by_default() -> None:
    from tui.local.terms import Terms

    assert Terms().log_limit == LogLimit(256 << 20)
