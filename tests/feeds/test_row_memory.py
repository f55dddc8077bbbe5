"""The rows of the last session: there at the next start, without a secret, by endpoint and user."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.domain.jobs import job
from tests.feeds.clock import START, ManualClock
from tests.feeds.conftest import Mailbox
from tests.local_hub import LocalHub
from tui.domain.snapshot import Snapshot
from tui.feeds.jobs_feed import JobsFeed
from tui.feeds.row_memory import MOST_ENDPOINTS, RowMemory
from tui.hub.client import HubClient
from tui.hub.thread import HubThread
from tui.messages import SnapshotFetched

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HUB = "https://hub.example"


def snapshot(*jobs_of: str, **different: object) -> Snapshot:
    jobs = [job(number, namespace=name, **different) for number, name in enumerate(jobs_of, 1)]
    return Snapshot({one.id: one for one in jobs}, complete=True)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def saved(folder: Path, rows: Snapshot, endpoint: str = HUB, user: str = "ada") -> None:
    namespaces = {one.namespace for one in rows.jobs.values()} or {user}
    await RowMemory(folder, endpoint).save(user, namespaces, rows, NOON)


async def test_what_was_saved_is_there_at_the_next_start(tmp_path: Path) -> None:
    rows = snapshot("ada", "acme")
    await saved(tmp_path, rows)
    memory = RowMemory(tmp_path, HUB)
    remembered = await memory.load()
    assert remembered.jobs == rows.jobs
    assert (remembered.remembered_at, remembered.complete, memory.user) == (NOON, False, "ada")
    assert (await RowMemory(tmp_path, "https://other.example").load()).jobs == {}


async def test_no_secret_is_written(tmp_path: Path) -> None:
    rows = snapshot(
        "ada",
        environment={"PLAIN": "very-secret"},
        command=("run", "--api-key=very-secret", "hf_abcdefghijklmnop", "WANDB_TOKEN=very-secret"),
        message="used hf_abcdefghijklmnop",
    )
    await saved(tmp_path, rows)
    text = "".join(path.read_text() for path in files(tmp_path))
    assert "PLAIN" in text
    assert "very-secret" not in text
    assert "hf_abc" not in text
    assert all(path.stat().st_mode & 0o077 == 0 for path in files(tmp_path))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version":2}', b"\xff"])
async def test_a_damaged_file_is_none(tmp_path: Path, content: bytes) -> None:
    await saved(tmp_path, snapshot("ada"))
    next(path for path in files(tmp_path) if path.suffix == ".json").write_bytes(content)
    assert (await RowMemory(tmp_path, HUB).load()).jobs == {}


async def test_only_the_last_endpoints_are_kept(tmp_path: Path) -> None:
    for number in range(MOST_ENDPOINTS + 3):
        await saved(tmp_path, snapshot("ada"), f"http://127.0.0.1:{9000 + number}")
    assert len(list((tmp_path / "rows").iterdir())) == MOST_ENDPOINTS


async def test_two_dashboards_that_save_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    await asyncio.gather(*(saved(tmp_path, snapshot(*["ada"] * count)) for count in (1, 50, 100)))
    assert len((await RowMemory(tmp_path, HUB).load()).jobs) in (1, 50, 100)
    assert not [path for path in files(tmp_path) if path.name.startswith(".")]


@pytest.fixture
def remembering(
    client: HubClient, hub_thread: HubThread, mailbox: Mailbox, clock: ManualClock, tmp_path: Path
) -> Callable[..., None]:
    def start(namespaces: tuple[str, ...] | None = None) -> None:
        memory = RowMemory(tmp_path, client.endpoint.url)
        feed = JobsFeed(client, mailbox.post, namespaces=namespaces, clock=clock, memory=memory)
        hub_thread.submit(feed.run())

    return start


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


async def test_a_start_shows_them_until_the_fresh_ones_are_there(
    hub: LocalHub, remembering: Callable[..., None], mailbox: Mailbox, clock: ManualClock, tmp_path: Path
) -> None:
    await saved(tmp_path, snapshot("ada"), hub.endpoint)
    fresh = hub.add_job()
    remembering()
    clock.next_wait()
    told = [message.snapshot for message in mailbox.all(SnapshotFetched)]
    assert (told[0].remembered_at, len(told[0].jobs)) == (NOON, 1)
    assert (told[-1].remembered_at, set(told[-1].jobs)) == (None, {fresh})
    again = await RowMemory(tmp_path, hub.endpoint).load()
    assert (set(again.jobs), again.remembered_at) == ({fresh}, START)


async def test_rows_of_another_user_go_as_soon_as_it_is_known_who_this_is(
    hub: LocalHub, remembering: Callable[..., None], mailbox: Mailbox, clock: ManualClock, tmp_path: Path
) -> None:
    await saved(tmp_path, snapshot("grace"), hub.endpoint, user="grace")
    hub.add_job()
    hub.fail("GET", "/api/jobs/*", status=503)
    remembering()
    clock.next_wait()
    assert mailbox.all(SnapshotFetched)[-1].snapshot.jobs == {}


async def test_a_narrowed_dashboard_remembers_what_it_shows(
    hub: LocalHub, remembering: Callable[..., None], mailbox: Mailbox, clock: ManualClock, tmp_path: Path
) -> None:
    await saved(tmp_path, snapshot("ada", "acme"), hub.endpoint)
    hub.fail("GET", "/api/jobs/*", status=503)
    remembering(("acme",))
    clock.next_wait()
    shown = mailbox.all(SnapshotFetched)[0].snapshot.jobs.values()
    assert [one.namespace for one in shown] == ["acme"]


@pytest.mark.parametrize(
    "moment", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)]
)
async def test_kept_rows_are_read_as_distrustfully_as_the_wire(tmp_path: Path, moment: datetime) -> None:
    await saved(tmp_path, snapshot("ada", created_at=moment, started_at=moment, ended_running_seconds=1e308))
    remembered = await RowMemory(tmp_path, HUB).load()
    (row,) = remembered.jobs.values()
    assert (row.created_at, row.started_at, row.ended_running_seconds) == (None, None, None)


async def test_rows_of_a_time_that_cannot_be_told_are_left_aside(tmp_path: Path) -> None:
    rows = snapshot("ada")
    await RowMemory(tmp_path, HUB).save("ada", ["ada"], rows, datetime(9999, 12, 31, 23, 59, tzinfo=UTC))
    assert (await RowMemory(tmp_path, HUB).load()).jobs == {}
