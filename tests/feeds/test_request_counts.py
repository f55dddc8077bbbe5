"""How many requests ten minutes cost: idle, busy, blurred, rate-limited, one namespace and three."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.feeds.clock import ManualClock
from tests.feeds.conftest import Mailbox
from tests.local_hub import LocalHub
from tui.feeds.jobs_feed import JobsFeed
from tui.hub.client import HubClient
from tui.hub.thread import HubThread

TEN_MINUTES = 600.0
BLURRED_SECONDS = 30.0
LOW = {"RateLimit": '"api";r=4;t=60', "RateLimit-Policy": '"api";q=1000;w=300'}


def ten_minutes(
    hub: LocalHub, client: HubClient, hub_thread: HubThread, each: Callable[[], None], **options: object
) -> int:
    """Ten minutes of a clock that the test moves; how many requests for jobs after the first list."""
    clock = ManualClock()
    feed = JobsFeed(client, Mailbox().post, clock=clock, jitter=lambda: 1.0, **options)  # type: ignore[arg-type]
    hub_thread.submit(feed.run())
    clock.next_wait()
    hub.requests.clear()
    start = clock.monotonic()
    while clock.monotonic() - start < TEN_MINUTES:
        each()
        clock.pass_wait()
        assert clock.next_wait() is not None
    return sum(request.path.startswith("/api/jobs/") for request in hub.requests)


@pytest.mark.parametrize(
    ("words", "options", "busy", "headers", "least", "most"),
    [
        ("one namespace, idle", {"namespaces": ("ada",)}, False, {}, 120, 140),
        ("one namespace, a job ends every round", {"namespaces": ("ada",)}, True, {}, 240, 280),
        ("blurred", {"namespaces": ("ada",), "refresh_seconds": BLURRED_SECONDS}, False, {}, 20, 35),
        ("rate-limited", {"namespaces": ("ada",)}, False, LOW, 15, 60),
        ("three namespaces nobody chose, two of them quiet", {"namespaces": None}, False, {}, 130, 180),
        (
            "three namespaces that were chosen",
            {"namespaces": ("ada", "acme", "penniless")},
            False,
            {},
            360,
            420,
        ),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else None,
)
def test_ten_minutes(
    hub: LocalHub,
    client: HubClient,
    hub_thread: HubThread,
    words: str,
    options: dict[str, object],
    busy: bool,
    headers: dict[str, str],
    least: int,
    most: int,
) -> None:
    ids = [hub.add_job() for _ in range(30)]
    if headers:
        hub.fail("GET", "/api/jobs/*", headers=headers)

    def each() -> None:
        if busy:
            hub.set_stage(ids.pop(), "COMPLETED")
            ids.insert(0, hub.add_job())

    count = ten_minutes(hub, client, hub_thread, each, **options)
    assert least <= count <= most, words
