"""Gathers what a job left in a folder, without believing what lies there.

Only plain files count. Every step goes from an open folder to a name in it and follows no link, so a link
that a job made leads nowhere.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from .buckets import is_file_path

FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
MTIME_SLACK_SECONDS = 0.001


@dataclass(frozen=True, slots=True)
class Before:
    """What a file was like before the job."""

    size_bytes: int
    modified_at: float


@dataclass(frozen=True, slots=True)
class Harvested:
    """A file that was moved out of the job's reach."""

    path: Path
    modified_at: float


@dataclass(slots=True)
class Harvest:
    """What became of a folder, by path in it."""

    changed: dict[str, Harvested] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    left_out: int = 0
    """Entries that cannot be saved: neither plain files nor folders, unreadable, or with an odd name."""


class Harvester:
    """Moves the new and changed files of a folder to another one."""

    def __init__(self, before: Mapping[str, Before], apart: Collection[str], incoming: Path) -> None:
        """`apart` are the paths of folders in it that are not part of it."""
        self._before = before
        self._apart = apart
        self._incoming = incoming
        self._found = Harvest(missing=set(before))

    def harvest(self, job_folder: Path, path_in_it: PurePath) -> Harvest:
        """Go through a folder below the job's own."""
        try:
            top = _open_below(job_folder, path_in_it)
        except OSError:
            self._leave_out("")
        else:
            self._go_through("", top)
        return self._found

    def _go_through(self, prefix: str, descriptor: int) -> None:
        try:
            for name in sorted(os.listdir(descriptor)):
                try:
                    self._look_at(prefix + name, name, descriptor)
                except OSError:
                    self._leave_out(prefix + name)
        finally:
            os.close(descriptor)

    def _look_at(self, path: str, name: str, descriptor: int) -> None:
        status = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
        if stat.S_ISDIR(status.st_mode):
            if path not in self._apart:
                self._go_through(f"{path}/", os.open(name, FOLDER_FLAGS, dir_fd=descriptor))
        elif stat.S_ISREG(status.st_mode) and is_file_path(path):
            self._found.missing.discard(path)
            if not self._is_unchanged(path, status):
                self._take(path, name, descriptor)
        else:
            self._found.left_out += 1

    def _is_unchanged(self, path: str, status: os.stat_result) -> bool:
        before = self._before.get(path)
        return (
            before is not None
            and before.size_bytes == status.st_size
            and abs(before.modified_at - status.st_mtime) < MTIME_SLACK_SECONDS
        )

    def _take(self, path: str, name: str, descriptor: int) -> None:
        """What was moved is looked at again: only now can nobody exchange it."""
        target = self._incoming / str(len(self._found.changed))
        os.rename(name, target, src_dir_fd=descriptor)
        status = target.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise OSError("exchanged")
        target.chmod(0o600)
        self._found.changed[path] = Harvested(target, status.st_mtime)

    def _leave_out(self, path: str) -> None:
        """What cannot be looked at is not known to be gone."""
        self._found.left_out += 1
        below = f"{path}/" if path else ""
        self._found.missing = {
            name for name in self._found.missing if name != path and not name.startswith(below)
        }


def _open_below(folder: Path, path: PurePath) -> int:
    """A folder below another by its parts, none of which may be a link."""
    descriptor = os.open(folder, FOLDER_FLAGS)
    for part in path.parts:
        try:
            inner = os.open(part, FOLDER_FLAGS, dir_fd=descriptor)
        finally:
            os.close(descriptor)
        descriptor = inner
    return descriptor
