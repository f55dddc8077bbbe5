"""Logs as messages: batches, states, and never two readers for one job."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from textual.message import Message

from tests.feeds.conftest import Mailbox
from tests.hub.conftest import Run
from tests.local_hub import LocalHub
from tests.waiting import until
from tui.domain.job import Job
from tui.domain.stream import LogLine, StreamPhase, StreamState
from tui.feeds.log_feed import BATCH_LINES, LogFeed, _Batches
from tui.hub.client import HubClient
from tui.hub.thread import HubThread
from tui.messages import LogLinesArrived, LogRestarted, LogStateChanged


@pytest.fixture
def feed(client: HubClient, mailbox: Mailbox, hub_thread: HubThread) -> Iterator[LogFeed]:
    feed = LogFeed(client, mailbox.post, hub_thread)
    yield feed
    for job_id in list(feed._readers):
        feed.close(job_id)


def job(hub: LocalHub, job_id: str) -> Job:
    return Job(job_id, hub.job(job_id).stage, hub.user)


def texts(mailbox: Mailbox) -> list[str]:
    lines = [line.text for message in mailbox.all(LogLinesArrived) for line in message.lines]
    return [text for text in lines if not text.startswith("=====")]


def readers(hub: LocalHub, job_id: str) -> int:
    return len(hub.job(job_id).log._watchers)


def test_lines_and_states_arrive_until_the_end(hub: LocalHub, feed: LogFeed, mailbox: Mailbox) -> None:
    job_id = hub.add_job(lines=["one", "two"])
    feed.open(job(hub, job_id))
    until(lambda: texts(mailbox) == ["one", "two"])
    hub.log(job_id, "three")
    until(lambda: texts(mailbox) == ["one", "two", "three"])
    hub.set_stage(job_id, "COMPLETED")
    mailbox.wait_for(LogStateChanged, lambda message: message.state.phase is StreamPhase.ENDED)
    assert {message.job_id for message in mailbox.all(LogLinesArrived)} == {job_id}
    assert mailbox.all(LogRestarted) == []


def test_many_lines_are_few_messages(hub: LocalHub, feed: LogFeed, mailbox: Mailbox) -> None:
    many = [f"line {n}" for n in range(30_000)]
    feed.open(job(hub, hub.add_job(stage="COMPLETED", lines=many)))
    mailbox.wait_for(LogStateChanged, lambda message: message.state.final)
    assert texts(mailbox) == many
    assert len(mailbox.all(LogLinesArrived)) < 100


def test_a_closed_log_says_nothing_more(hub: LocalHub, feed: LogFeed, mailbox: Mailbox) -> None:
    job_id = hub.add_job(lines=["one"])
    feed.open(job(hub, job_id))
    until(lambda: texts(mailbox) == ["one"])
    feed.close(job_id)
    until(lambda: readers(hub, job_id) == 0)
    hub.log(job_id, "two")
    feed.close(job_id)
    assert texts(mailbox) == ["one"]


def test_opening_again_begins_anew_with_one_reader(hub: LocalHub, feed: LogFeed, mailbox: Mailbox) -> None:
    job_id = hub.add_job(lines=["one", "two", "three"])
    feed.open(job(hub, job_id), tail=1)
    until(lambda: texts(mailbox) == ["three"])
    mailbox.clear()
    feed.open(job(hub, job_id))
    until(lambda: texts(mailbox) == ["one", "two", "three"])
    assert len(mailbox.all(LogRestarted)) == 1
    until(lambda: readers(hub, job_id) == 1)


def test_lines_on_their_way_from_an_earlier_reader_come_before_the_new_beginning(
    hub: LocalHub, client: HubClient, mailbox: Mailbox, hub_thread: HubThread
) -> None:
    on_their_way = Mailbox()

    def post(message: Message) -> None:
        """As an application: what another thread posts takes a turn of the loop longer."""
        own_thread = threading.current_thread() is threading.main_thread()
        (mailbox if own_thread else on_their_way).post(message)

    feed = LogFeed(client, post, hub_thread)
    job_id = hub.add_job(lines=["one"])
    feed.open(job(hub, job_id))
    until(lambda: texts(on_their_way) == ["one"])
    feed.open(job(hub, job_id))
    until(lambda: texts(on_their_way) == ["one", "one"])
    feed.close(job_id)
    shown: list[str] = []
    for message in mailbox.all(Message) + on_their_way.all(Message):
        if isinstance(message, LogRestarted):
            shown.clear()
        elif isinstance(message, LogLinesArrived):
            shown += [line.text for line in message.lines]
    assert shown[1:] == ["one"]


def test_two_logs_keep_apart(hub: LocalHub, feed: LogFeed, mailbox: Mailbox) -> None:
    first, second = hub.add_job(lines=["a"]), hub.add_job(lines=["b"])
    feed.open(job(hub, first))
    feed.open(job(hub, second))
    until(lambda: sorted(texts(mailbox)) == ["a", "b"])
    feed.close(first)
    hub.log(second, "c")
    until(lambda: sorted(texts(mailbox)) == ["a", "b", "c"])


def test_a_batch_is_posted_when_full_or_before_a_state(run: Run[Any], mailbox: Mailbox) -> None:
    async def fill() -> None:
        batches = _Batches("x", mailbox.post)
        batches.lines([LogLine(1.0, "a")] * (BATCH_LINES - 1))
        assert mailbox.all(LogLinesArrived) == []
        batches.lines([LogLine(1.0, "b")])
        assert len(mailbox.all(LogLinesArrived)[0].lines) == BATCH_LINES
        batches.lines([LogLine(2.0, "c")])
        batches.state(StreamState(StreamPhase.ENDED))
        assert mailbox.all(LogLinesArrived)[1].lines == [LogLine(2.0, "c")]
        batches.lines([LogLine(3.0, "void")])
        batches.restarted()
        batches.state(StreamState(StreamPhase.LIVE))
        assert len(mailbox.all(LogLinesArrived)) == 2
        await asyncio.sleep(0)

    run(fill())
