"""Logs on disk: as they were, private, no more of them than the limit, never half of one."""

from __future__ import annotations

import os
import zlib
from itertools import chain
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feeds.conftest import Mailbox
from tests.local_hub import LocalHub
from tui.domain.job import Job
from tui.domain.log_excerpt import whole_log
from tui.domain.logbook import LogBook
from tui.domain.stream import LogLine, StreamPhase
from tui.feeds.log_feed import LogFeed
from tui.feeds.log_memory import _LENGTH, _MAGIC, MOST_BATCH_BYTES, KeptLogError, LogMemory
from tui.hub.client import HubClient
from tui.hub.thread import HubThread
from tui.messages import LogLinesArrived, LogRestarted, LogStateChanged

JOB = Job("abc/../x", "COMPLETED", "me")
LINES = [LogLine(1_000.0 + number, f"line {number} \x1b[31mä\r{number}") for number in range(12_000)]


def read(memory: LogMemory, job: Job = JOB) -> list[LogLine] | None:
    batches = memory.read(job)
    return None if batches is None else list(chain.from_iterable(batches))


def test_a_log_comes_back_as_it_was(tmp_path: Path) -> None:
    memory = LogMemory(tmp_path, "http://hub")
    assert read(memory) is None
    memory.save(JOB, iter(LINES))
    assert read(memory) == LINES
    assert read(LogMemory(tmp_path, "http://another")) is None
    assert read(memory, Job("abc/../x", "COMPLETED", "you")) is None
    memory.save(JOB, [])
    assert read(memory) == []


def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    memory = LogMemory(tmp_path, "http://hub")
    memory.save(JOB, LINES[:3])
    (path,) = tmp_path.rglob("*.log.z")
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.parent.parent == tmp_path


@pytest.mark.parametrize("kept", [0, 5, 200, -1])
def test_half_a_file_is_no_log(tmp_path: Path, kept: int) -> None:
    memory = LogMemory(tmp_path, "http://hub")
    memory.save(JOB, LINES)
    (path,) = tmp_path.rglob("*.log.z")
    path.write_bytes(path.read_bytes()[:kept])
    assert read(memory) is None


def test_what_was_not_opened_for_longest_goes_first(tmp_path: Path) -> None:
    jobs = [Job(f"job{number}", "COMPLETED", "me") for number in range(3)]
    memory = LogMemory(tmp_path, "http://hub")
    for age, job in enumerate(jobs):
        memory.save(job, LINES)
        (path,) = tmp_path.rglob(f"{job.id}*.log.z")
        os.utime(path, (1_000 + age, 1_000 + age))
        size_bytes = path.stat().st_size
    assert read(memory, jobs[0]) is not None
    small = LogMemory(tmp_path, "http://hub", limit_bytes=3 * size_bytes)
    small.save(Job("new", "COMPLETED", "me"), LINES)
    assert [read(small, job) is not None for job in jobs] == [True, False, True]


@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])), max_size=30))
def test_a_book_gives_every_line_as_it_came(texts: list[str]) -> None:
    book = LogBook()
    book.append([LogLine(1.0, text) for text in texts])
    held = whole_log(book)
    assert [line.text for line in held or ()] == texts


def test_a_book_that_let_go_of_lines_is_not_whole() -> None:
    book = LogBook(limit_bytes=100_000)
    book.append(LINES)
    assert book.first > 0
    assert whole_log(book) is None


def damaged(path: Path, how: str) -> None:
    """Spoil the second batch of a log of several, and leave the file as long as it says."""
    content = path.read_bytes()
    first = len(_MAGIC) + _LENGTH.size + _LENGTH.unpack_from(content, len(_MAGIC))[0]
    (length,) = _LENGTH.unpack_from(content, first)
    start = first + _LENGTH.size
    if how == "bits":
        piece = bytes(length)
    elif how == "another thing":
        piece = zlib.compress(msgspec.msgpack.encode({"no": "lines"}))
    else:
        piece = zlib.compress(b"\xdc\xff\xff" + b"\x00" * (2 * MOST_BATCH_BYTES), 9)
    path.write_bytes(content[:first] + _LENGTH.pack(len(piece)) + piece + content[start + length :])


DAMAGES = ("bits", "another thing", "bomb")


@pytest.mark.parametrize("how", DAMAGES)
def test_a_log_damaged_inside_is_said_to_be(tmp_path: Path, how: str) -> None:
    memory = LogMemory(tmp_path, "http://hub")
    memory.save(JOB, LINES)
    (path,) = tmp_path.rglob("*.log.z")
    damaged(path, how)
    with pytest.raises(KeptLogError):
        read(memory)
    memory.forget(JOB)
    assert read(memory) is None


@pytest.mark.parametrize("how", DAMAGES)
def test_the_hub_is_asked_for_a_log_that_is_damaged_here(
    tmp_path: Path, hub: LocalHub, client: HubClient, hub_thread: HubThread, mailbox: Mailbox, how: str
) -> None:
    memory = LogMemory(tmp_path, "http://hub")
    job_id = hub.add_job(stage="COMPLETED", lines=["from the hub"])
    job = Job(job_id, "COMPLETED", hub.user)
    memory.save(job, LINES)
    damaged(next(tmp_path.rglob("*.log.z")), how)
    feed = LogFeed(client, mailbox.post, hub_thread, memory=memory)
    feed.open(job)
    mailbox.wait_for(LogStateChanged, lambda message: message.state.phase is StreamPhase.ENDED)
    feed.close(job_id)
    mailbox.wait_for(LogRestarted, lambda message: message.job_id == job_id)
    last = mailbox.all(LogLinesArrived)[-1].lines
    assert [line.text for line in last][-1] == "from the hub"
    assert list(tmp_path.rglob("*.log.z")) == []


def test_what_is_larger_than_is_read_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.feeds.log_memory.MOST_LOG_BYTES", 1_000)
    with pytest.raises(OSError, match="too large"):
        LogMemory(tmp_path, "http://hub").save(JOB, LINES)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
