"""The one folder of a hub, and what hubs that were killed left behind.

The folder is locked for as long as its hub lives. The lock goes with the process, whatever ended it, so a
folder whose lock can be had belongs to nobody.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from .strays import end_marked

PREFIX = "hf-jobs-hub-"
LOCK = "hub.lock"


class HubFolder:
    """A new folder that only the user can read, locked."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        unnamed = self.path / f".{LOCK}"
        try:
            self._lock = os.open(unnamed, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            unnamed.rename(self.path / LOCK)
        except OSError:
            remove_folder(self.path)
            raise

    def remove(self) -> None:
        """Remove the folder and all that is in it."""
        _remove_hub_folder(self.path)
        os.close(self._lock)


def remove_abandoned_folders() -> None:
    """Remove the folders of the user's hubs that are dead."""
    for path in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        with suppress(OSError):
            _remove_if_abandoned(path)


def _remove_if_abandoned(path: Path) -> None:
    status = path.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        return
    lock = os.open(path / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        end_marked(str(path))
        _remove_hub_folder(path)
    finally:
        os.close(lock)


def _remove_hub_folder(path: Path) -> None:
    """The lock goes last: an interrupted removal is then finished by the next hub."""
    for entry in path.iterdir():
        if entry.name != LOCK:
            remove_folder(entry)
    with suppress(OSError):
        (path / LOCK).unlink()
        path.rmdir()


def remove_folder(folder: Path) -> None:
    """Remove what the hub or a job wrote, also where a job took away the right to; follows no link."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        _allow_removal(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _allow_removal(folder: Path) -> None:
    with suppress(OSError):
        folder.chmod(0o700)
    for parent, names, _ in os.walk(folder):
        for name in names:
            inner = Path(parent, name)
            if not inner.is_symlink():
                with suppress(OSError):
                    inner.chmod(0o700)
