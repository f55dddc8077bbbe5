"""Hundreds of jobs that change all the time, while keys come as they come."""

from __future__ import annotations

import gc
import os
import random
import tracemalloc

import pytest
from textual.keys import _character_to_key

from tests.driver import Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub
from tui.local.jobs import Stage

JOBS = 200
ROUNDS = int(os.environ.get("HF_STORM_ROUNDS", "4"))
KEYS = (*"jkgGSfFuwvA,. *", "down", "up", "pagedown", "pageup", "ctrl+d", "right", "left")
STAGES: tuple[Stage, ...] = ("RUNNING", "SCHEDULING", "COMPLETED", "ERROR", "CANCELED")
MOST_GROWTH_BYTES = 8_000_000
"""From the middle of the storm to its end: Textual's caches fill up, and nothing else may."""


def stir(hub: LocalHub, ids: list[str], chance: random.Random) -> None:
    """Move every job to some stage, in one go."""

    def move() -> None:
        for job_id in ids:
            hub._move(hub.job(job_id), chance.choice(STAGES), None, None)

    hub.call(move)


async def settle(t: Dashboard, hub: LocalHub, ids: list[str]) -> None:
    """Until the dashboard knows what the hub knows."""
    t.app.backend.jobs.refresh()
    wanted = {job_id: hub.job(job_id).stage for job_id in ids}
    await t.until(
        lambda: all(t.app.snapshot.jobs[job_id].stage == stage for job_id, stage in wanted.items()),
        "all stages as they are",
    )


@pytest.mark.timeout(900)
async def test_the_cursor_stays_on_its_job_and_a_cancel_goes_to_the_one_that_was_named(hub: LocalHub) -> None:
    chance = random.Random(20261109)  # noqa: S311 - the same keys in every run
    ids = [hub.add_job(name=f"run-{number % 150}", age_seconds=1000 + number) for number in range(JOBS)]
    async with dashboard(hub, namespace=hub.user, refresh=1.0, time=FakeTime()) as t:
        await t.listed()
        await settle(t, hub, ids)
        tracemalloc.start()
        held_bytes: list[int] = []
        for _ in range(ROUNDS):
            cursor_row = t.table.cursor_row
            key = t.table.cursor_key
            stir(hub, ids, chance)
            await settle(t, hub, ids)
            folded = t.table.cursor_key != key
            assert not folded or t.table.fold.names or t.table.fold.all_but
            if not folded:
                assert t.table.cursor_row is not None
                assert cursor_row is not None
                assert t.table.cursor_row.name == cursor_row.name
            for _ in range(8):
                pressed = chance.choice(KEYS)
                await t.press(_character_to_key(pressed) if len(pressed) == 1 else pressed)
            hub.requests.clear()
            gc.collect()
            held_bytes.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        assert held_bytes[-1] - held_bytes[ROUNDS // 2] < MOST_GROWTH_BYTES, held_bytes
        await cancel_while_it_storms(t, hub, ids, chance)


async def cancel_while_it_storms(t: Dashboard, hub: LocalHub, ids: list[str], chance: random.Random) -> None:
    """The job in the dialog is the one that is cancelled, whatever moves meanwhile."""
    assert t.time is not None
    t.table.clear_marks()
    while t.table.fold.names or t.table.fold.all_but:
        t.table.fold = type(t.table.fold)()
    live = next(job_id for job_id in ids if hub.job(job_id).stage == "RUNNING")
    t.table.move_to(live)
    await t.press("c")
    await t.sees("Cancel this job?")
    stir(hub, [job_id for job_id in ids if job_id != live], chance)
    await settle(t, hub, ids)
    t.time.seconds += 1
    await t.press("y")
    await t.until(lambda: hub.job(live).stage == "CANCELED", "the end of the job that was named")
    posts = [request.path for request in hub.requests if request.method == "POST"]
    assert posts == [f"/api/jobs/{hub.user}/{live}/cancel"]
