"""A hub's folder is the user's alone, goes with the hub, and is found again when the hub was killed."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from tests.local.test_serve import serving, start_sleepers
from tests.waiting import until
from tui.local.folders import LOCK, PREFIX, HubFolder, remove_abandoned_folders, remove_folder


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for temporary files that holds those of this test only."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path


def abandoned(temporary: Path, name: str = "x") -> Path:
    """A folder as a hub leaves it that is killed."""
    folder = temporary / f"{PREFIX}{name}"
    (folder / "jobs/1/locked").mkdir(parents=True)
    (folder / "jobs/1/locked/file").write_text("x")
    (folder / "jobs/1/locked").chmod(0)
    (folder / LOCK).touch()
    return folder


def test_a_hub_folder_is_the_users_alone() -> None:
    folder = HubFolder()
    assert folder.path.stat().st_mode & 0o777 == 0o700
    folder.remove()
    assert not folder.path.exists()


def test_what_a_killed_hub_left_is_removed_by_the_next(temporary: Path) -> None:
    with serving() as killed:
        start_sleepers(killed, 1)
        (left,) = temporary.iterdir()
        killed.process.kill()
        killed.process.wait()
        assert left.exists()
        with serving() as following:
            until(lambda: not left.exists())
            (own,) = temporary.iterdir()
            assert own.name.startswith(PREFIX)
            following.process.terminate()
            following.leave()
    assert list(temporary.iterdir()) == []


def test_a_hub_that_lives_keeps_its_folder() -> None:
    living = HubFolder()
    remove_abandoned_folders()
    assert (living.path / LOCK).exists()
    living.remove()


def test_only_what_is_provably_abandoned_is_removed(temporary: Path) -> None:
    dead = abandoned(temporary)
    held = abandoned(temporary, "held")
    starting = temporary / f"{PREFIX}starting"
    starting.mkdir()
    (temporary / f"{PREFIX}file").touch()
    elsewhere = abandoned(temporary / "elsewhere")
    (temporary / f"{PREFIX}link").symlink_to(elsewhere)
    linked_lock = temporary / f"{PREFIX}lock"
    linked_lock.mkdir()
    (linked_lock / LOCK).symlink_to(elsewhere / LOCK)
    with open(held / LOCK, "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        remove_abandoned_folders()
    names = {path.name.removeprefix(PREFIX) for path in temporary.iterdir()}
    assert names == {"held", "starting", "file", "elsewhere", "link", "lock"}
    assert not dead.exists()
    assert (elsewhere / "jobs").exists()


def test_an_interrupted_removal_is_finished_by_the_next(temporary: Path) -> None:
    folder = temporary / f"{PREFIX}half"
    folder.mkdir()
    (folder / LOCK).touch()
    remove_abandoned_folders()
    assert not folder.exists()


def test_removal_needs_no_permission_and_follows_no_link(temporary: Path) -> None:
    outside = temporary / "outside"
    outside.mkdir(0o500)
    (temporary / "file").touch(0o400)
    folder = abandoned(temporary)
    (folder / "to-folder").symlink_to(outside)
    (folder / "to-file").symlink_to(temporary / "file")
    folder.chmod(0o500)
    remove_folder(folder)
    assert not folder.exists()
    assert outside.stat().st_mode & 0o777 == 0o500
    link = temporary / "link"
    link.symlink_to(outside)
    remove_folder(link)
    assert not link.is_symlink()
    assert sorted(os.listdir(temporary)) == ["file", "outside"]
