"""The jobs feed against the local hub, on a clock that moves only when told to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.feeds.clock import ManualClock
from tests.feeds.conftest import Mailbox
from tests.local_hub import LocalHub
from tests.waiting import until
from tui.domain.errors import ErrorKind
from tui.domain.job import Job
from tui.domain.job_reference import JobReference
from tui.domain.snapshot import Snapshot
from tui.feeds.jobs_feed import JobsFeed
from tui.hub.client import HubClient
from tui.hub.convert import job_from_json
from tui.hub.credentials import Token
from tui.hub.thread import HubThread
from tui.messages import FetchFailed, IdentityKnown, JobSought, NamespaceRefused, SnapshotFetched

Start = Callable[..., JobsFeed]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def start(client: HubClient, hub_thread: HubThread, mailbox: Mailbox, clock: ManualClock) -> Start:
    def start_feed(
        namespaces: tuple[str, ...] | None = ("ada",), refresh_seconds: float | None = 5.0
    ) -> JobsFeed:
        feed = JobsFeed(
            client,
            mailbox.post,
            namespaces=namespaces,
            refresh_seconds=refresh_seconds,
            clock=clock,
            jitter=lambda: 1.0,
        )
        hub_thread.submit(feed.run())
        return feed

    return start_feed


def latest(mailbox: Mailbox) -> Snapshot:
    return mailbox.all(SnapshotFetched)[-1].snapshot


def polls(hub: LocalHub) -> list[str]:
    """The job requests so far, in short."""
    words = []
    for request in hub.requests:
        query = "live" if ("stage", "RUNNING") in request.query else "page"
        words.append(f"{request.path.removeprefix('/api/jobs/')} {query}")
    return [word for word in words if not word.startswith("/api/")]


def test_first_the_whole_list_page_by_page(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    for n in range(150):
        hub.add_job(stage="COMPLETED", age_seconds=100 + n)
    start()
    assert clock.next_wait() == 5.0
    sizes = [
        (len(fetched.snapshot.jobs), fetched.snapshot.complete) for fetched in mailbox.all(SnapshotFetched)
    ]
    assert sizes == [(100, False), (150, True)]
    assert mailbox.all(IdentityKnown)[0].identity.name == hub.user


class HastyClock(ManualClock):
    """Moves on by a second whenever it is looked at."""

    def monotonic(self) -> float:
        self.advance(1.0)
        return super().monotonic()


def test_pages_that_take_their_time_are_shown_one_by_one(
    hub: LocalHub, client: HubClient, hub_thread: HubThread, mailbox: Mailbox
) -> None:
    for n in range(250):
        hub.add_job(stage="COMPLETED", age_seconds=100 + n)
    clock = HastyClock()
    feed = JobsFeed(client, mailbox.post, clock=clock, namespaces=(hub.user,))
    hub_thread.submit(feed.run())
    clock.next_wait()
    sizes = [len(fetched.snapshot.jobs) for fetched in mailbox.all(SnapshotFetched)]
    assert sizes == [100, 200, 250, 250]


def test_then_only_what_can_change(hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock) -> None:
    hub.add_job(stage="COMPLETED")
    running = hub.add_job()
    start()
    clock.next_wait()
    hub.requests.clear()
    hub.set_stage(running, "COMPLETED")
    clock.pass_wait()
    clock.next_wait()
    assert polls(hub) == [f"{hub.user} live", f"{hub.user}/{running} page"]
    assert latest(mailbox).jobs[running].stage == "COMPLETED"
    hub.requests.clear()
    clock.pass_wait()
    clock.next_wait()
    assert polls(hub) == [f"{hub.user} live"]


def test_once_a_minute_the_newest_page_shows_what_others_did(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    for n in range(150):
        hub.add_job(stage="COMPLETED", age_seconds=1000 + n)
    start()
    clock.next_wait()
    short_lived = hub.add_job(stage="COMPLETED", age_seconds=1)
    hub.requests.clear()
    clock.advance(60)
    clock.pass_wait()
    clock.next_wait()
    assert polls(hub) == [f"{hub.user} page", f"{hub.user} page", f"{hub.user} live"]
    assert short_lived in latest(mailbox).jobs
    hub.requests.clear()
    clock.advance(60)
    clock.pass_wait()
    clock.next_wait()
    assert polls(hub) == [f"{hub.user} page", f"{hub.user} live"]


def test_a_job_that_is_no_more_leaves_the_snapshot(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    gone = hub.add_job()
    start()
    clock.next_wait()
    hub.fail("GET", f"/api/jobs/*/{gone}", status=404)
    hub.fail("GET", "/api/jobs/*", status=200, body=[])
    clock.pass_wait()
    clock.next_wait()
    assert gone not in latest(mailbox).jobs
    assert mailbox.all(FetchFailed) == []


def test_a_refresh_reads_everything_and_forgets_what_is_gone(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    gone = hub.add_job(stage="COMPLETED")
    feed = start(refresh_seconds=None)
    assert clock.next_wait() is None
    assert gone in latest(mailbox).jobs
    hub.fail("GET", "/api/jobs/*", status=200, body=[], times=1)
    feed.refresh()
    assert clock.next_wait() is None
    assert latest(mailbox).jobs == {}


def test_failures_keep_the_rows_and_wait_longer_each_time(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    hub.add_job()
    start()
    clock.next_wait()
    hub.fail("GET", "/api/jobs/*", status=503)
    waits = []
    for _ in range(6):
        clock.pass_wait()
        waits.append(clock.next_wait())
    assert waits == [5.0, 10.0, 20.0, 40.0, 60.0, 60.0]
    assert [failed.retry_in_seconds for failed in mailbox.all(FetchFailed)] == waits
    assert mailbox.all(FetchFailed)[0].error.kind is ErrorKind.SERVER
    assert len(latest(mailbox).jobs) == 1
    hub.heal()
    clock.pass_wait()
    assert clock.next_wait() == 5.0


def test_a_broken_first_list_is_read_anew(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    for n in range(120):
        hub.add_job(stage="COMPLETED", age_seconds=100 + n)
    fault = hub.fail("GET", "/api/jobs/*", reset=True, times=1)
    start()
    clock.next_wait()
    assert fault.times == 0
    assert mailbox.all(FetchFailed)[0].error.kind is ErrorKind.UNREACHABLE
    clock.pass_wait()
    clock.next_wait()
    assert len(latest(mailbox).jobs) == 120
    assert latest(mailbox).complete


def test_the_hub_says_how_long_to_wait(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    hub.fail("GET", "/api/jobs/*", status=429, headers={"Retry-After": "123"}, times=1)
    start()
    assert clock.next_wait() == 123.0
    hub.fail("GET", "/api/jobs/*", status=429, headers={"RateLimit": '"api";r=40;t=222'}, times=1)
    clock.pass_wait()
    assert clock.next_wait() == 10.0


def test_little_left_of_the_rate_limit_slows_the_polls(
    hub: LocalHub, start: Start, clock: ManualClock
) -> None:
    limits = {"RateLimit": '"api";r=4;t=60', "RateLimit-Policy": '"api";q=1000;w=300'}
    hub.fail("GET", "/api/jobs/*", status=200, body=[], headers=limits)
    start()
    assert clock.next_wait() == pytest.approx(30.0, abs=5.0)


def test_a_refused_token_stops_the_polls_until_asked(
    hub: LocalHub, hub_thread: HubThread, mailbox: Mailbox, clock: ManualClock
) -> None:
    token = [Token("hf_wrong", "the test")]
    client = HubClient(hub.endpoint, lambda: token[0])
    feed = JobsFeed(client, mailbox.post, clock=clock)
    hub_thread.submit(feed.run())
    assert clock.next_wait() is None
    failed = mailbox.all(FetchFailed)[0]
    assert (failed.error.kind, failed.retry_in_seconds) == (ErrorKind.UNAUTHORIZED, None)
    token[0] = Token(hub.token, "the test")
    feed.resume()
    assert clock.next_wait() is None
    feed.refresh()
    assert clock.next_wait() == 5.0
    assert latest(mailbox).complete
    hub_thread.submit(client.close()).result(10)


def test_one_refusing_namespace_does_not_hide_the_others(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    organisation = hub.organisations[0]
    mine = hub.add_job()
    hub.add_job(namespace=organisation)
    hub.fail("GET", f"/api/jobs/{organisation}", status=403)
    start((hub.user, organisation))
    assert clock.next_wait() == 5.0
    assert set(latest(mailbox).jobs) == {mine}
    assert latest(mailbox).refused == ((organisation, "not allowed 403"),)
    assert [refusal.error.kind for refusal in mailbox.all(NamespaceRefused)] == [ErrorKind.FORBIDDEN]
    assert organisation in mailbox.all(NamespaceRefused)[0].error.title
    clock.pass_wait()
    clock.next_wait()
    assert len(mailbox.all(NamespaceRefused)) == 1
    assert mailbox.all(FetchFailed) == []


def test_a_namespace_nobody_may_see_stops_the_polls(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    start(("nobody",))
    assert clock.next_wait() is None
    assert mailbox.all(FetchFailed)[0].error.kind is ErrorKind.NOT_FOUND


def test_another_choice_of_namespaces_breaks_off_a_hanging_request(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    organisation = hub.organisations[0]
    theirs = hub.add_job(namespace=organisation)
    hub.add_job()
    hub.fail("GET", f"/api/jobs/{hub.user}", hang=True)
    feed = start((hub.user,))
    until(lambda: polls(hub), what="the hanging request")
    assert feed.use_namespaces((organisation,)) == 1
    fetched = mailbox.wait_for(SnapshotFetched, lambda message: message.snapshot.complete)
    assert (fetched.generation, set(fetched.snapshot.jobs)) == (1, {theirs})


def test_while_paused_nothing_is_asked(hub: LocalHub, start: Start, clock: ManualClock) -> None:
    feed = start()
    clock.next_wait()
    feed.pause()
    assert clock.next_wait() is None
    hub.requests.clear()
    feed.resume()
    assert clock.next_wait() == 5.0
    assert polls(hub) == [f"{hub.user} live"]


async def answered(feed: JobsFeed, job: Job) -> None:
    """The Hub has answered an action with this job."""
    feed.merge(job)


def test_an_answer_older_than_an_action_does_not_undo_it(
    hub: LocalHub, hub_thread: HubThread, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    job_id = hub.add_job()
    feed = start()
    clock.next_wait()
    hub.fail("GET", f"/api/jobs/{hub.user}", delay_seconds=0.2, times=1)
    hub.requests.clear()
    clock.pass_wait()
    until(lambda: polls(hub), what="the poll is on its way")
    cancelled = job_from_json({"id": job_id, "status": {"stage": "CANCELED"}}, hub.user)
    assert cancelled is not None
    hub_thread.submit(answered(feed, cancelled)).result(10)
    clock.next_wait()
    assert latest(mailbox).jobs[job_id].stage == "CANCELED"


def test_a_job_created_while_the_list_is_read_stays(
    hub: LocalHub, hub_thread: HubThread, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    feed = start()
    clock.next_wait()
    hub.fail("GET", f"/api/jobs/{hub.user}", delay_seconds=0.2, times=1)
    hub.requests.clear()
    feed.refresh()
    until(lambda: polls(hub), what="the list is on its way")
    created = job_from_json({"id": "new", "status": {"stage": "SCHEDULING"}}, hub.user)
    assert created is not None
    hub_thread.submit(answered(feed, created)).result(10)
    clock.next_wait()
    assert set(latest(mailbox).jobs) == {"new"}
    clock.advance(1)
    feed.refresh()
    clock.next_wait()
    assert set(latest(mailbox).jobs) == set()


def test_another_pace_counts_from_now_on(hub: LocalHub, start: Start, clock: ManualClock) -> None:
    feed = start()
    assert clock.next_wait() == 5.0
    feed.pace(30.0)
    assert clock.next_wait() == 30.0
    feed.pace(None)
    assert clock.next_wait() is None


def test_somebody_else_may_log_in_after_a_refusal(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    mine = hub.add_job()
    feed = start(None)
    clock.next_wait()
    assert set(latest(mailbox).jobs) == {mine}
    hub.fail("GET", "/api/jobs/*", status=401)
    clock.pass_wait()
    assert clock.next_wait() is None
    organisation = hub.organisations[0]
    theirs = hub.add_job(namespace=organisation)
    hub.heal()
    hub.fail("GET", "/api/whoami-v2", status=200, body={"name": organisation})
    feed.refresh()
    assert clock.next_wait() == 5.0
    assert set(latest(mailbox).jobs) == {theirs}
    assert [known.identity.name for known in mailbox.all(IdentityKnown)] == [hub.user, organisation]


@pytest.mark.parametrize(("status", "known"), [(None, 1), (429, 0)])
def test_given_namespaces_do_not_wait_for_the_name_of_the_user(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock, status: int | None, known: int
) -> None:
    if status:
        hub.fail("GET", "/api/whoami-v2", status=status)
    start((hub.organisations[0],))
    assert clock.next_wait() == 5.0
    assert latest(mailbox).complete
    assert len(mailbox.all(IdentityKnown)) == known


def test_you_and_your_organisations_are_shown_together(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    acme, penniless = hub.organisations
    mine, theirs = hub.add_job(), hub.add_job(namespace=acme)
    start(None)
    assert clock.next_wait() == 5.0
    assert set(latest(mailbox).jobs) == {mine, theirs}
    hub.requests.clear()
    clock.pass_wait()
    clock.next_wait()
    assert sorted(polls(hub)) == [f"{acme} live", f"{hub.user} live"]
    hub.requests.clear()
    clock.advance(60)
    clock.pass_wait()
    clock.next_wait()
    assert f"{penniless} page" in polls(hub)


def test_a_job_its_namespace_does_not_know_is_looked_for_in_the_others(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    acme = hub.organisations[0]
    theirs = hub.add_job(namespace=acme, stage="COMPLETED")
    feed = start()
    clock.next_wait()
    assert latest(mailbox).jobs == {}
    feed.look_for(JobReference(theirs))
    found = mailbox.wait_for(JobSought)
    assert found.job is not None
    assert found.job.namespace == acme
    assert theirs in latest(mailbox).jobs
    feed.look_for(JobReference("0" * 24))
    assert mailbox.wait_for(JobSought, lambda message: message.reference.job_id == "0" * 24).job is None


def test_rows_are_as_old_as_the_last_answer_however_often_it_is_tried(
    hub: LocalHub, start: Start, mailbox: Mailbox, clock: ManualClock
) -> None:
    hub.add_job()
    start(namespaces=None)
    clock.next_wait()
    answered = latest_fetch(mailbox).fetched_at
    hub.fail("GET", "/api/jobs/*", status=503)
    for _ in range(3):
        clock.pass_wait()
        clock.next_wait()
    assert mailbox.all(FetchFailed)
    assert latest_fetch(mailbox).fetched_at == answered


def latest_fetch(mailbox: Mailbox) -> SnapshotFetched:
    return mailbox.all(SnapshotFetched)[-1]
