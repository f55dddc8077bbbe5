"""The file in which a hub keeps its state: JSON by kind and id, in an SQLite database."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
STATE_FILE = "state.db"
BESIDE = ("", "-wal", "-journal", "-shm")
"""What SQLite may have beside the file."""
APPLICATION_ID = 0x68664A74
HEAD = b"SQLite format 3\0"
VERSION = 1
VALUE_MAX_BYTES = 256 << 20
_SCHEMA = "CREATE TABLE kept (kind TEXT, id TEXT, value BLOB NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID"

Change = tuple[str, str, bytes | None]
"""Kind, id and value; None for what is gone."""


class StateError(Exception):
    """The state cannot be used: why, in a sentence."""


class StateFile:
    """An open database, of this program alone until it is closed."""

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            StateError: It cannot be read, is another program's, or of a later version.
        """
        self._path = path
        for suffix in BESIDE:
            _refuse_if_odd(path.with_name(path.name + suffix))
        _refuse_if_other(path)
        try:
            self._database = sqlite3.connect(path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
            raise StateError(f"{path} cannot be opened: {error}") from error
        try:
            self._prepare()
        except sqlite3.Error as error:
            self.close()
            raise StateError(f"{path} cannot be read: {error}") from error
        except BaseException:
            self.close()
            raise

    def read(self, kind: str) -> list[tuple[str, bytes]]:
        """Ids and values of a kind, by id."""
        try:
            rows = self._database.execute("SELECT id, value FROM kept WHERE kind = ? ORDER BY id", (kind,))
            return [(_checked(row[0], str), _checked(row[1], bytes)) for row in rows]
        except (sqlite3.Error, TypeError) as error:
            raise StateError(f"{self._path} cannot be read: {error}") from error

    def write(self, changes: Iterable[Change]) -> None:
        """Make all changes, or none.

        Raises:
            sqlite3.Error: They cannot be written.
        """
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            for kind, kept_id, value in changes:
                if value is None:
                    self._database.execute("DELETE FROM kept WHERE kind = ? AND id = ?", (kind, kept_id))
                else:
                    self._database.execute("REPLACE INTO kept VALUES (?, ?, ?)", (kind, kept_id, value))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _prepare(self) -> None:
        self._database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_MAX_BYTES)
        self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
        (application,) = self._database.execute("PRAGMA application_id").fetchone()
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        (tables,) = self._database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if (application, version, tables) == (0, 0, 0):
            self._make()
        elif application != APPLICATION_ID:
            raise StateError(f"{self._path} is not the state of a local hub")
        elif version > VERSION:
            raise StateError(f"{self._path} was written by a later version of hf-jobs-tui")
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        (found,) = self._database.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise StateError(f"{self._path} is damaged: {' '.join(str(found).split())}")

    def _make(self) -> None:
        with self._database:
            self._database.execute("BEGIN EXCLUSIVE")
            self._database.execute(_SCHEMA)
            self._database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._database.execute(f"PRAGMA user_version = {VERSION}")
        self._path.chmod(0o600)


def _checked(value: object, kind: type[T]) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"a {type(value).__name__} is in place of a {kind.__name__}")
    return value


def _refuse_if_odd(path: Path) -> None:
    """A named pipe would be waited for without end, a link lead out of the folder."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise StateError(f"{path} cannot be read: {error.strerror}") from error
    if not stat.S_ISREG(mode):
        raise StateError(f"{path} is not a regular file")


def _refuse_if_other(path: Path) -> None:
    """SQLite takes a file of a few bytes for an empty one, and writes over it."""
    try:
        with path.open("rb") as file:
            head = file.read(len(HEAD))
    except FileNotFoundError:
        return
    except OSError as error:
        raise StateError(f"{path} cannot be read: {error.strerror}") from error
    if head and head != HEAD:
        raise StateError(f"{path} is not the state of a local hub")
