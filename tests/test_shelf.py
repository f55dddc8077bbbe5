"""Presets, submissions and the draft left behind, as files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tui.shelf import MOST_SUBMISSIONS, Shelf, ShelfError
from tui.spec.draft import Draft

DRAFT = Draft(kind="image", image="ubuntu", command="env")
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def test_a_preset_is_kept_renamed_and_forgotten(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep_preset("nightly run", DRAFT)
    with pytest.raises(ShelfError, match="already"):
        shelf.keep_preset("nightly run", Draft())
    shelf.rename_preset("nightly run", "daily")
    assert [(kept.name, kept.draft) for kept in shelf.presets()] == [("daily", DRAFT)]
    shelf.forget_preset("daily")
    assert shelf.presets() == ()


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "x" * 80])
def test_a_name_that_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ShelfError):
        Shelf(tmp_path).keep_preset(name, DRAFT)


def test_the_last_submissions_are_kept_newest_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number in range(MOST_SUBMISSIONS + 5):
        shelf.keep_submission(DRAFT, f"job {number}/x", NOON + timedelta(seconds=number))
    kept = shelf.submissions()
    assert len(kept) == MOST_SUBMISSIONS
    assert kept[0].name.endswith("job-54-x")
    assert kept[-1].name.endswith("job-5-x")


def test_a_file_that_cannot_be_read_is_listed_with_the_reason(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.presets_folder.mkdir()
    (shelf.presets_folder / "odd.toml").write_text("flavour = 'x'")
    (kept,) = shelf.presets()
    assert kept.draft is None
    assert "flavour" in kept.fault


def test_an_empty_form_leaves_no_draft(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep_draft(DRAFT)
    assert shelf.draft() == DRAFT
    shelf.keep_draft(Draft())
    assert shelf.draft() is None
