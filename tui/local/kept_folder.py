"""The folder of a hub that keeps its state, named by the user and used by one hub at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from contextlib import suppress
from pathlib import Path

from .folders import LOCK, remove_folder
from .state_file import STATE_FILE, StateError
from .strays import end_marked

PASSING = ("jobs", "harvests", "stores", "worker", "shims")
"""What only a hub that lives has a use for."""
LASTING = ("logs", "content", "uv-cache")


class KeptFolder:
    """A folder that is locked for as long as its hub lives, and stays."""

    def __init__(self, path: Path) -> None:
        """Take the folder, or make it.

        Raises:
            StateError: It is not the state of a local hub, in use by another, or cannot be had.
        """
        self.path = path.expanduser().resolve()
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._check()
            self._lock = self._take_lock()
        except OSError as error:
            raise StateError(f"{self.path} cannot be used: {error.strerror}") from error
        self._begun = False

    def begin(self) -> None:
        """Make it private, and end and remove what a hub left that was killed; the state in it is sound.

        Raises:
            StateError: That cannot be done.
        """
        self._begun = True
        try:
            self.path.chmod(0o700)
            end_marked(str(self.path))
            self._remove_passing()
        except OSError as error:
            raise StateError(f"{self.path} cannot be used: {error.strerror}") from error

    def remove(self) -> None:
        """Remove what is not kept, and let another hub have the folder."""
        if self._begun:
            self._remove_passing()
        os.close(self._lock)

    def _check(self) -> None:
        if self.path.stat().st_uid != os.geteuid():
            raise StateError(f"{self.path} belongs to another user")
        names = set(os.listdir(self.path))
        if names - {LOCK, STATE_FILE} and (STATE_FILE not in names or _is_empty(self.path / STATE_FILE)):
            words = "holds other files and no state of a local hub: name an empty folder or a new one"
            raise StateError(f"{self.path} {words}")
        for name in names & {*PASSING, *LASTING}:
            if not stat.S_ISDIR((self.path / name).lstat().st_mode):
                raise StateError(f"{self.path / name} is not a folder")

    def _take_lock(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        lock = os.open(self.path / LOCK, flags, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(lock).st_mode):
                raise StateError(f"{self.path / LOCK} is not a regular file")
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(lock, 0)
            with suppress(OSError):  # only a help for whoever is refused
                os.pwrite(lock, str(os.getpid()).encode(), 0)
        except OSError as error:
            words = StateError(f"{self.path} is in use by another local hub{_named(lock)}")
            os.close(lock)
            if error.errno in (errno.EAGAIN, errno.EACCES):
                raise words from error
            raise
        except StateError:
            os.close(lock)
            raise
        return lock

    def _remove_passing(self) -> None:
        for name in PASSING:
            remove_folder(self.path / name)


def _is_empty(path: Path) -> bool:
    status = path.lstat()
    return stat.S_ISREG(status.st_mode) and not status.st_size


def _named(lock: int) -> str:
    holder = os.pread(lock, 20, 0)
    return f" (process {holder.decode()})" if holder.isdigit() else ""
