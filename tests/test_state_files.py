"""Files of the state folder and the configuration: whatever lies there, a start goes on or says why not."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.domain.jobs import job
from tui.domain.snapshot import Snapshot
from tui.domain.stream import LogLine
from tui.feeds.log_memory import LogMemory
from tui.feeds.row_memory import RowMemory
from tui.feeds.setup_file import read_setup
from tui.presentation.table_setup import TableSetup
from tui.settings import SettingsError, load_settings
from tui.shelf import Shelf
from tui.state_files import MOST_BYTES, read_file, write_whole

HUB = "https://hub.example"
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
DEEP = 100_000


def garbage(path: Path) -> None:
    path.write_bytes(b"\x00\xff\xfe = [\n\x1b]52;c;")


def deep_toml(path: Path) -> None:
    path.write_text("kind = " + "[" * DEEP)


def deep_json(path: Path) -> None:
    path.write_text("[" * DEEP)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MOST_BYTES * 64)


def named_pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def dangling_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def link_in_a_circle(path: Path) -> None:
    path.symlink_to(path)


def link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def wrong_type(path: Path) -> None:
    path.write_text('{"version": "x", "columns": 7, "kind": {}}')


def newer_version(path: Path) -> None:
    path.write_text('{"version": 99, "kind": "quantum", "from_the_future": []}')


def unreadable(path: Path) -> None:
    path.write_text("x")
    path.chmod(0)


EVIL: tuple[Callable[[Path], None], ...] = (
    garbage,
    deep_toml,
    deep_json,
    huge,
    named_pipe,
    folder,
    dangling_link,
    link_in_a_circle,
    link_to_a_device,
    wrong_type,
    newer_version,
    unreadable,
)

evil = pytest.mark.parametrize("spoil", EVIL, ids=lambda spoil: spoil.__name__)


@evil
def test_a_spoiled_draft_gives_way_and_is_put_aside(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(tmp_path / "draft.toml")
    shelf = Shelf(tmp_path)
    assert shelf.draft() is None
    assert str(tmp_path / "draft.unreadable.toml") in shelf.draft_fault
    assert os.path.lexists(tmp_path / "draft.unreadable.toml")
    assert not os.path.lexists(tmp_path / "draft.toml")


@evil
def test_a_spoiled_preset_or_submission_is_listed_with_its_fault(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    shelf = Shelf(tmp_path)
    for name in ("presets", "submissions"):
        (tmp_path / name).mkdir()
        spoil(tmp_path / name / "one.toml")
    for kept in (*shelf.presets(), *shelf.submissions()):
        assert kept.draft is None
        assert kept.fault


@evil
def test_a_spoiled_arrangement_is_as_at_first(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(tmp_path / "table.json")
    assert read_setup(tmp_path / "table.json") == TableSetup()


@evil
@pytest.mark.parametrize("name", ["user", "*/*.json"])
def test_spoiled_rows_are_left_aside(tmp_path: Path, name: str, spoil: Callable[[Path], None]) -> None:
    one = job(1)
    asyncio.run(RowMemory(tmp_path, HUB).save("ada", [one.namespace], Snapshot({one.id: one}), NOON))
    (path,) = tmp_path.glob(f"rows/*/{name}")
    path.unlink()
    spoil(path)
    assert asyncio.run(RowMemory(tmp_path, HUB).load()).jobs == {}


@evil
def test_a_spoiled_log_is_not_kept(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    memory, one = LogMemory(tmp_path, HUB), job(1, stage="COMPLETED")
    memory.save(one, [LogLine(0.0, "line")])
    (path,) = tmp_path.rglob("*.log.z")
    path.unlink()
    spoil(path)
    assert memory.read(one) is None


@pytest.mark.parametrize(
    "spoil", [spoil for spoil in EVIL if spoil is not dangling_link], ids=lambda spoil: spoil.__name__
)
def test_a_spoiled_configuration_is_refused_in_a_sentence(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(tmp_path / "config.toml")
    with pytest.raises(SettingsError) as refused:
        load_settings({}, {"HF_JOBS_TUI_HOME": str(tmp_path)})
    assert str(refused.value).startswith(str(tmp_path / "config.toml"))
    assert "\n" not in str(refused.value)


def test_a_link_to_a_plain_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").write_bytes(b"refresh = 9")
    (tmp_path / "config.toml").symlink_to(tmp_path / "dotfiles")
    assert read_file(tmp_path / "config.toml") == b"refresh = 9"


def test_folders_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_whole(tmp_path / "state" / "rows" / "x" / "file", b"")
    finally:
        os.umask(before)
    for path in (tmp_path / "state").rglob("*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077
    assert not stat.S_IMODE((tmp_path / "state").stat().st_mode) & 0o077
