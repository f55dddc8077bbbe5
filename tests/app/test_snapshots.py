"""The looks, kept as text: each layout as a plain screen, each theme with its colours.

Look at what has changed, then take it over: `pytest tests/app/test_snapshots.py --snapshot-update`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from time import monotonic, tzset

import pytest
from rich.segment import Segment
from rich.style import Style
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from tests.domain.jobs import NOON, job
from tests.driver import SMALL, USUAL, WIDE
from tui.app import JobsApp
from tui.backend import Backend
from tui.domain.errors import ErrorKind, HubError
from tui.domain.identity import Identity, Payer
from tui.domain.job import Job
from tui.domain.snapshot import Snapshot
from tui.environment import MachineEnvironment
from tui.hub.client import HubClient
from tui.hub.thread import HubThread
from tui.messages import FetchFailed, IdentityKnown, SnapshotFetched
from tui.settings import Settings
from tui.themes import THEMES

SIZES = ((60, 15), SMALL, (100, 30), USUAL, WIDE)
ROWS: tuple[Job, ...] = (
    job(1, labels={"name": "sft-qwen3", "team": "ml"}, flavor="a100-large"),
    job(2, labels={"name": "almost-over"}, started_at=NOON - timedelta(minutes=57)),
    job(3, labels={"name": "in-the-queue"}, stage="SCHEDULING", started_at=None, flavor="h200x8"),
    job(4, labels={"name": "done"}, stage="COMPLETED", finished_at=NOON - timedelta(minutes=9)),
    job(5, labels={"name": "too-long"}, stage="ERROR", message="Job timeout", finished_at=NOON),
    job(6, labels={"name": "too-big"}, stage="ERROR", message="OOMKilled", finished_at=NOON),
    job(7, labels={"name": "stopped"}, stage="CANCELED", finished_at=NOON),
    job(8, labels={"name": "日本語 [red]markup[/x]"}, stage="DELETED", finished_at=NOON),
    job(9, labels={}, stage="QUANTUM", image="", space_id="acme/render"),
)


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Local times are shown: let them be the same everywhere."""
    monkeypatch.setenv("TZ", "UTC")
    tzset()
    yield
    monkeypatch.undo()
    tzset()


@pytest.fixture(autouse=True)
def no_log_beside_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """The preview opens a log a quarter of a second after the cursor rests, which may be too soon."""
    monkeypatch.setattr("tui.widgets.job_preview.REST_SECONDS", 3600.0)


@asynccontextmanager
async def still(
    theme: str, size: tuple[int, int], **settings: object
) -> AsyncIterator[tuple[JobsApp, Pilot[int]]]:
    """A dashboard at noon of one day, with no hub: nothing on it depends on when or where it is looked at."""
    chosen = replace(Settings(), theme=theme, refresh=5.0, **settings)  # type: ignore[arg-type]
    thread = HubThread()  # never started: what is sent to it is dropped
    backend = Backend(thread, HubClient(chosen.endpoint, lambda: None), namespace="", refresh_seconds=5.0)
    app = JobsApp(
        chosen,
        backend,
        MachineEnvironment(lambda: NOON, lambda: None),
        endpoint_label="demo",
        clock=lambda: NOON,
        monotonic=monotonic,
    )
    async with app.run_test(size=size) as pilot:
        app.post_message(IdentityKnown(Identity(Payer("ada", "user"))))
        rows = Snapshot({one.id: one for one in ROWS}, complete=True)
        app.post_message(SnapshotFetched(rows, NOON, 0, 13))
        await pilot.pause()
        await pilot.press("down")
        yield app, pilot


def plain(app: JobsApp) -> str:
    """The screen as lines of text."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips(app.size))


def coloured(app: JobsApp) -> str:
    """The screen as lines of text with each change of looks named before it."""
    lines = []
    for strip in app.screen._compositor.render_strips(app.size):
        parts = groupby(Segment.simplify(strip), key=lambda part: looks(part.style))
        pieces = [f"⟨{name}⟩{''.join(part.text for part in run)}" for name, run in parts]
        lines.append("".join(pieces).rstrip())
    return "\n".join(lines)


def looks(style: Style | None) -> str:
    """Colour, background and weight in a few letters."""
    if style is None:
        return ""
    front = "" if style.color is None or style.color.is_default else style.color.name
    back = "" if style.bgcolor is None or style.bgcolor.is_default else f" on {style.bgcolor.name}"
    weight = "".join(sign for sign, has in (("b", style.bold), ("d", style.dim), ("r", style.reverse)) if has)
    return f"{front}{back} {weight}".strip()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_layout(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with still("mono", size) as (app, _):
        assert plain(app) == snapshot


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_theme(theme: str, snapshot: SnapshotAssertion) -> None:
    async with still(theme, SMALL) as (app, _):
        assert coloured(app) == snapshot


async def test_letters_for_signs(snapshot: SnapshotAssertion) -> None:
    async with still("mono", USUAL, ascii=True) as (app, _):
        assert plain(app) == snapshot


async def test_trouble(snapshot: SnapshotAssertion) -> None:
    async with still("terminal", SMALL) as (app, pilot):
        error = HubError(ErrorKind.SERVER, "The Hub is in trouble (503)", advice="It is tried again.")
        app.post_message(FetchFailed(error, 0, 8.0))
        await pilot.pause()
        assert coloured(app) == snapshot
