"""Every heading is a field of the filter, and what a cell shows is a value that finds its row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.domain.jobs import NOON, job
from tui.domain.activity import Outcome, SentRequest
from tui.domain.hardware import bundled_catalogue
from tui.domain.job import Account, Ending, Job
from tui.domain.query import QueryError, compile_query
from tui.domain.query_fields import Fields
from tui.domain.schedule import ScheduledJob
from tui.domain.waits import Waits
from tui.presentation.activity_columns import activity_columns, activity_fields
from tui.presentation.cells import Cell, Column, Row
from tui.presentation.glyphs import state_of
from tui.presentation.hardware_columns import hardware_columns, hardware_fields, offers
from tui.presentation.job_columns import job_columns
from tui.presentation.job_fields import job_fields
from tui.presentation.schedule_columns import ScheduleCells, schedule_columns
from tui.presentation.schedule_fields import schedule_fields

CATALOGUE = bundled_catalogue()
LINES = {job(1).id: "loss 0.187: eta 3h"}
COLUMNS = job_columns(CATALOGUE, watched={job(2).id}, last_lines=LINES)
FIELDS = job_fields(COLUMNS, CATALOGUE)
ENDED = {"finished_at": NOON - timedelta(minutes=5)}
JOBS = (
    job(1, labels={"name": "my run", "team": "ml", "bare": ""}, created_by="ada"),
    job(2, stage="SCHEDULING", started_at=None, labels={}, image="ghcr.io/acme/x:1", namespace="acme"),
    job(3, stage="ERROR", message="Job timeout", initiator=Account("nightly", "scheduled-job"), **ENDED),
    job(4, stage="ERROR", message="OOMKilled", flavor="h200x8", **ENDED),
    job(5, stage="ERROR", message="exit code: 1", flavor="no-such", **ENDED),
    job(6, stage="CANCELED", cancel_reason="NO_CREDITS", command=("uv", "run", "/data/x.py"), **ENDED),
    job(7, stage="CANCELED", space_id="acme/space", image="", **ENDED),
    job(8, stage="DELETED", flavor="", **ENDED),
    job(9, stage="COMPLETED", ended_running_seconds=1.0, flavor="cpu-basic", **ENDED),
    job(10, stage="PAUSED"),
    job(11, cancelling=True),
    job(12, timeout_seconds=1900.0),
    job(13, created_at=NOON - timedelta(days=3), started_at=NOON - timedelta(hours=30), timeout_seconds=None),
)
SCHEDULES = (
    ScheduledJob("a" * 24, "0 9 * * 1", next_run_at=NOON + timedelta(hours=3), namespace="ada", what=job(1)),
    ScheduledJob("b" * 24, "@daily", suspended=True, namespace="acme", what=job(2), last_job_id=job(3).id),
    ScheduledJob("c" * 24, "5 4 * * *", last_run_at=NOON - timedelta(days=1), last_job_id="x", what=job(4)),
)
SENT = (
    SentRequest(
        1, NOON, "cancel job x of ada", "POST", "/api/jobs/x", Outcome.DONE, 200, "", 0.04, "hf jobs cancel x"
    ),
    SentRequest(
        2, NOON, "start a job", "POST", "/api/jobs", Outcome.UNKNOWN, None, "", 15.0, "", name="train"
    ),
    SentRequest(
        3, NOON, "start", "POST", "/api", Outcome.REFUSED, 403, "not by this token", 1.0, "hf jobs run x"
    ),
)


def kept(fields: Fields[Row], rows: Sequence[Row], text: str) -> list[Row]:
    keeps = compile_query(text, fields, rows=lambda: rows, now=NOON)(NOON)
    return [row for row in rows if keeps(row)]


def assert_cells_are_values(columns: Iterable[Column[Row]], fields: Fields[Row], rows: Sequence[Row]) -> None:
    for column in columns:
        for row in rows:
            if not (shown := column.cell(row, NOON).text.strip()):
                continue
            for value in (shown, shown.partition(" ")[2] or shown):
                text = f'{column.title.lower() or column.id}:"{value}"'
                assert row in kept(fields, rows, text), text


def test_every_column_of_the_jobs_table_is_a_field_and_its_cells_are_values() -> None:
    assert_cells_are_values(COLUMNS, FIELDS, JOBS)
    for title in (column.title for column in COLUMNS):
        assert FIELDS.get(title) is FIELDS.get(title.lower().replace(" ", "-")), title


def test_a_new_column_is_a_field_by_itself() -> None:
    def dock(row: Job, now: datetime) -> Cell:
        return Cell(f"berth {row.id[-2:]}")

    columns = (*COLUMNS, Column("dock", "DOCK / PIER", dock, lambda row, now: "", 9))
    fields = job_fields(columns, CATALOGUE)
    for name in ("dock", "DOCK", "pier", "dock / pier", '"dock / pier"'):
        assert kept(fields, JOBS, f'{name}:"berth 04"') == [JOBS[3]], name
    assert kept(fields, JOBS, "pier:04") == [JOBS[3]]


def test_the_same_holds_for_the_other_tables() -> None:
    cells = ScheduleCells(False, {one.id: one for one in JOBS}, {})
    schedules = schedule_fields(cells, lambda: CATALOGUE)
    assert_cells_are_values(schedule_columns(cells), schedules, SCHEDULES)
    offered = tuple(offers(CATALOGUE, {"t4-small": Waits((30.0, 60.0))}).values())
    assert_cells_are_values(hardware_columns(), hardware_fields(), offered[:8])
    assert_cells_are_values(activity_columns(), activity_fields(), SENT)


def test_failed_is_everything_that_is_painted_as_a_failure() -> None:
    red = [one for one in JOBS if state_of(one).tone == "bad"]
    assert {one.ending for one in red} == {
        Ending.FAILED,
        Ending.TIMED_OUT,
        Ending.OUT_OF_MEMORY,
        Ending.NO_CREDITS,
    }
    assert kept(FIELDS, JOBS, "status:failed") == kept(FIELDS, JOBS, "failed") == red


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("status:oom", [4]),
        ('status:"out of memory"', [4]),
        ("status:timeout", [3]),
        ('status:"timed out"', [3]),
        ('status:"out of credits"', [6]),
        ("status:credits", [6]),
        ("status:cancelled", [6, 7]),
        ("status:queued|paused", [2, 10]),
        ("status:canceling", [11]),
        ("flavor:cpu", [9]),
        ("flavor:tpu", []),
        ("label:team", [1]),
        ("label:bare", [1]),
        ("last:loss", [1]),
        ("created:3d", [13]),
        ("by:nightly", [3]),
        ("left:none", None),
    ],
)
def test_words(text: str, numbers: list[int] | None) -> None:
    if numbers is None:
        with pytest.raises(QueryError, match="a duration like"):
            kept(FIELDS, JOBS, text)
    else:
        assert [int(one.id, 16) for one in kept(FIELDS, JOBS, text)] == numbers


@pytest.mark.parametrize(
    ("table", "text", "count"),
    [
        ("schedules", "status:active", 2),
        ("schedules", "last:failed", 1),
        ("schedules", "next:<4h", 1),
        ("schedules", "next:<2h", 0),
        ("schedules", "when:monday", 1),
        ("hardware", "kind:cpu vcpu:>4", None),
        ("hardware", "vram:>=80 price:<5", None),
        ("hardware", 'ram:"16 GB"', None),
        ("activity", "answer:403", 1),
        ("activity", "took:>10s", 1),
        ("activity", "hf:cancel", 1),
        ("activity", "time:2026-11-01", 3),
    ],
)
def test_fields_of_the_other_tables(table: str, text: str, count: int | None) -> None:
    cells = ScheduleCells(False, {one.id: one for one in JOBS}, {})
    tables: dict[str, tuple[Any, Sequence[Any]]] = {
        "schedules": (schedule_fields(cells, lambda: CATALOGUE), SCHEDULES),
        "hardware": (hardware_fields(), tuple(offers(CATALOGUE, {}).values())),
        "activity": (activity_fields(), SENT),
    }
    found = kept(*tables[table], text)
    assert len(found) == count if count is not None else found


@pytest.mark.parametrize("text", ["foo:bar", "statuss:active", "status:runing"])
def test_a_mistake_is_one_in_every_table(text: str) -> None:
    cells = ScheduleCells(False, {}, {})
    every: tuple[Fields[Any], ...] = (
        FIELDS,
        schedule_fields(cells, lambda: CATALOGUE),
        hardware_fields(),
        activity_fields(),
    )
    for fields in every[:2] if text.startswith("status:") else every:
        with pytest.raises(QueryError):
            compile_query(text, fields)


def test_a_day_is_one_of_local_time() -> None:
    late = datetime(2026, 11, 1, 23, 59).astimezone(UTC)
    row = job(1, created_at=late)
    assert kept(FIELDS, [row], "created:2026-11-01 created:<2026-11-02 created:<=2026-11-01") == [row]
    assert not kept(FIELDS, [row], "created:2026-11-02")
    assert not kept(FIELDS, [row], "created:>2026-11-01")
