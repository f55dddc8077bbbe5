"""Reading scheduled jobs: one message a reading, answers in the order they were asked for."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.feeds.conftest import Mailbox
from tests.hub.conftest import Run
from tests.local_hub import LocalHub
from tui.domain.labels import LabelEdit
from tui.domain.schedule import ScheduledJob
from tui.feeds.schedule_actions import ScheduleActions
from tui.feeds.schedule_feed import ScheduleFeed
from tui.hub.client import HubClient
from tui.messages.places import ScheduleActed, ScheduleActionFailed, SchedulesRead


@pytest.fixture
def feed(client: HubClient, mailbox: Mailbox) -> ScheduleFeed:
    return ScheduleFeed(client, mailbox.post)


def test_every_namespace_is_read_once(
    hub: LocalHub, feed: ScheduleFeed, run: Run[Any], mailbox: Mailbox
) -> None:
    ours, theirs = hub.add_schedule(), hub.add_schedule(namespace="acme")
    run(feed.read())
    (message,) = mailbox.all(SchedulesRead)
    assert set(message.schedules.by_id) == {ours.id, theirs.id}
    assert message.schedules.complete
    paths = [one.path for one in hub.requests if "scheduled" in one.path]
    assert sorted(paths) == sorted(f"/api/scheduled-jobs/{name}" for name in (hub.user, *hub.organisations))


def test_a_namespace_that_is_named_is_the_only_one(
    hub: LocalHub, client: HubClient, run: Run[Any], mailbox: Mailbox
) -> None:
    hub.add_schedule()
    run(ScheduleFeed(client, mailbox.post, namespaces=("acme",)).read())
    assert mailbox.all(SchedulesRead)[0].schedules.by_id == {}


def test_what_cannot_be_read_stays_as_it_was(
    hub: LocalHub, feed: ScheduleFeed, run: Run[Any], mailbox: Mailbox
) -> None:
    ours, theirs = hub.add_schedule(), hub.add_schedule(namespace="acme")
    run(feed.read())
    hub.fail("GET", "/api/scheduled-jobs/acme", status=503)
    hub.call(lambda: hub.state.scheduler.remove(ours))
    run(feed.read())
    last = mailbox.all(SchedulesRead)[-1]
    assert set(last.schedules.by_id) == {theirs.id}
    assert last.error is not None


def test_a_namespace_that_refuses_is_named_and_forgiven(
    hub: LocalHub, feed: ScheduleFeed, run: Run[Any], mailbox: Mailbox
) -> None:
    hub.fail("GET", "/api/scheduled-jobs/acme", status=403, times=1)
    run(feed.read())
    run(feed.read())
    first, second = mailbox.all(SchedulesRead)
    assert (first.error, first.schedules.refused) == (None, (("acme", "not allowed 403"),))
    assert second.schedules.refused == ()


def test_an_older_answer_does_not_undo_a_newer_one(run: Run[Any], mailbox: Mailbox) -> None:
    class SlowFirst(HubClient):
        """Answers the first reading after the second one."""

        def __init__(self) -> None:
            super().__init__("http://127.0.0.1:1", lambda: None)
            self.second_read = asyncio.Event()
            self.asked = 0

        async def list_schedules(self, namespace: str) -> tuple[ScheduledJob, ...]:
            self.asked += 1
            if self.asked > 1:
                self.second_read.set()
                return ()
            await self.second_read.wait()
            await asyncio.sleep(0)
            return (ScheduledJob("old", "@daily", namespace=namespace),)

    async def overtaken() -> None:
        feed = ScheduleFeed(SlowFirst(), mailbox.post, namespaces=("ada",))
        slow = asyncio.create_task(feed.read())
        await asyncio.sleep(0)
        await feed.read_namespace("ada")
        await slow

    run(overtaken())
    assert [message.schedules.by_id for message in mailbox.all(SchedulesRead)] == [{}, {}]


def test_asked_for_while_it_reads_it_reads_once_more(
    hub: LocalHub, feed: ScheduleFeed, run: Run[Any], mailbox: Mailbox
) -> None:
    async def thrice() -> None:
        await asyncio.gather(feed.read(), feed.read(), feed.read())

    run(thrice())
    assert len(mailbox.all(SchedulesRead)) == 2


def test_labels_written_by_another_meanwhile_are_kept(
    hub: LocalHub, client: HubClient, feed: ScheduleFeed, run: Run[Any], mailbox: Mailbox
) -> None:
    there = hub.add_schedule(labels={"a": "1", "b": "1"})
    run(feed.read())
    seen: ScheduledJob = mailbox.all(SchedulesRead)[0].schedules.by_id[there.id]
    hub.call(lambda: there.relabel({"a": "2", "b": "1", "c": "3"}))
    edit = LabelEdit(written={"b": "9"})
    run(ScheduleActions(client, feed, mailbox.post).label(seen, edit))
    assert there.request.labels == {"a": "2", "b": "9", "c": "3"}
    merged = mailbox.all(ScheduleActed)[0].merge
    assert merged is not None
    assert set(merged.theirs) == {"a", "c"}


def test_labels_that_another_wrote_alike_are_not_written_again(
    hub: LocalHub, client: HubClient, feed: ScheduleFeed, run: Run[Any], mailbox: Mailbox
) -> None:
    there = hub.add_schedule(labels={"a": "1"})
    run(feed.read())
    seen = mailbox.all(SchedulesRead)[0].schedules.by_id[there.id]
    hub.call(lambda: there.relabel({"a": "2"}))
    run(ScheduleActions(client, feed, mailbox.post).label(seen, LabelEdit(written={"a": "2"})))
    assert len(mailbox.all(ScheduleActed)) == 1
    assert all(one.method == "GET" for one in hub.requests)


def test_labels_that_cannot_be_read_are_not_written(
    hub: LocalHub, client: HubClient, feed: ScheduleFeed, run: Run[Any], mailbox: Mailbox
) -> None:
    there = hub.add_schedule()
    run(feed.read())
    seen = mailbox.all(SchedulesRead)[0].schedules.by_id[there.id]
    hub.fail("GET", f"*/{there.id}", status=503, times=1)
    run(ScheduleActions(client, feed, mailbox.post).label(seen, LabelEdit(written={"b": "9"})))
    assert mailbox.all(ScheduleActionFailed)[0].error.status == 503
    assert all(one.method == "GET" for one in hub.requests)
