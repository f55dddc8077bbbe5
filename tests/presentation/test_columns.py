"""Columns as chosen, folds, and what the cells say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.domain.jobs import NOON, job
from tui.domain.hardware import bundled_catalogue
from tui.domain.job import Account
from tui.presentation.cells import Cell
from tui.presentation.column_choice import ColumnChoice
from tui.presentation.folding import Fold, fold_key, folded_rows
from tui.presentation.job_cells import bar
from tui.presentation.job_columns import job_columns
from tui.presentation.table_setup import TableSetup, setup_from_json

COLUMNS = job_columns(bundled_catalogue())


def ids(choice: ColumnChoice) -> list[str]:
    return [column.id for column in choice.shown(COLUMNS)]


def test_columns_are_hidden_shown_and_moved() -> None:
    assert ids(ColumnChoice())[:3] == ["state", "name", "flavor"]
    assert "flavor" not in ids(ColumnChoice().with_turned("flavor"))
    assert "labels" in ids(ColumnChoice().with_turned("labels"))
    assert ids(ColumnChoice().with_moved(COLUMNS, "name", 1))[:3] == ["state", "flavor", "name"]
    assert ids(ColumnChoice().with_moved(COLUMNS, "state", -5)) == ids(ColumnChoice())


def test_a_column_a_file_does_not_know_keeps_its_neighbour() -> None:
    old = ColumnChoice(("name", "state", "gone", "run"))
    assert ids(old)[:3] == ["name", "flavor", "wait"]
    assert len(old.ordered(COLUMNS)) == len(COLUMNS)


def test_what_was_switched_on_last_is_the_last_to_go() -> None:
    choice = ColumnChoice()
    for column_id in ("labels", "rate", "id"):
        choice = choice.with_turned(column_id).with_wanted(column_id)
    shown = sorted((column for column in choice.shown(COLUMNS) if column.drop), key=lambda one: one.drop)
    assert [column.id for column in shown][:4] == ["id", "rate", "labels", "created"]
    assert choice.with_turned("id").wanted == ("labels", "rate")


def test_never_no_column_at_all() -> None:
    nothing = ColumnChoice(turned=frozenset(column.id for column in COLUMNS if column.chosen))
    assert ids(nothing) == ["state"]


def test_a_setup_survives_its_file() -> None:
    setup = TableSetup(
        ("cost", True),
        ColumnChoice(("name", "state"), frozenset({"owner"}), ("labels", "rate")),
        Fold(frozenset({"a"}), True),
        {"x": "y"},
    )
    assert setup_from_json(setup.as_json()) == setup
    assert setup_from_json(None) == TableSetup()


def test_folded_runs_stand_where_their_first_one_would() -> None:
    jobs = [job(1, labels={"name": "a"}), job(2), job(3, labels={"name": "a"}), job(4, labels={})]
    shown = folded_rows(jobs, Fold(all_but=True))
    assert list(shown.rows) == [fold_key("a"), jobs[1].id, jobs[3].id]
    assert shown.runs[fold_key("a")] == (jobs[0], jobs[2]) == shown.runs[jobs[0].id]
    assert list(folded_rows(jobs, Fold()).rows) == [one.id for one in jobs]
    assert len(folded_rows(jobs, Fold(all_but=True).turned("a")).rows) == 4


@pytest.mark.parametrize(
    ("column_id", "different", "says"),
    [
        ("left", {}, Cell("━╸   30m", "plain")),
        ("left", {"timeout_seconds": 1900.0}, Cell("1m!", "bad")),
        (
            "left",
            {"timeout_seconds": 10_000.0, "started_at": NOON - timedelta(seconds=9_000)},
            Cell("╸  16m!", "warn"),
        ),
        ("left", {"stage": "SCHEDULING", "started_at": None}, Cell("–", "dim")),
        ("state", {"stage": "ERROR", "message": "Job timeout"}, Cell("✗ timed out", "bad")),
        ("state", {"stage": "CANCELED", "cancel_reason": "NO_CREDITS"}, Cell("✗ no credit", "bad")),
        ("state", {"stage": "PAUSED"}, Cell("? paused", "warn")),
        ("what", {"command": ("uv", "run", "/data/x.py")}, Cell("x.py", "dim")),
        ("what", {"image": "ghcr.io/astral-sh/uv:python3.12-bookworm"}, Cell("uv", "dim")),
        ("by", {"initiator": Account("nightly", "scheduled-job")}, Cell("scheduled-job nightly", "dim")),
        ("labels", {"labels": {"name": "n", "team": "ml", "x": ""}}, Cell("team=ml x", "dim")),
        ("rate", {"flavor": "no-such"}, Cell("–", "plain")),
    ],
)
def test_cells(column_id: str, different: dict[str, Any], says: Cell) -> None:
    column = next(column for column in COLUMNS if column.id == column_id)
    cell = column.cell(job(**different), NOON)
    assert (cell.text.split(), cell.tone) == (says.text.split(), says.tone)


def test_bars() -> None:
    assert [bar(share, ascii_only=False) for share in (0, 0.5, 1, 7)] == ["   ", "━╸ ", "━━━", "━━━"]
    assert [bar(share, ascii_only=True) for share in (0, 0.5, 1)] == ["...", "##.", "###"]
