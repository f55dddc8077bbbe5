"""The machine as the spec builder may see it: variables, files, the stored login, the clock."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from .spec.secret import Secret


class MachineEnvironment:
    """Satisfies `tui.spec.environment.Environment` with the real thing."""

    def __init__(self, clock: Callable[[], datetime], stored_token: Callable[[], str | None]) -> None:
        self._clock = clock
        self._stored_token = stored_token
        self.fetched: dict[str, bytes] = {}
        """Scripts on the web as they were fetched, by address: what was judged is what is sent."""

    def variable(self, name: str) -> str | None:
        """The environment variable, None when unset."""
        return os.environ.get(name)

    def secret(self, name: str) -> Secret | None:
        """The variable of that name; for HF_TOKEN else the token in use (configuration.md)."""
        value = os.environ.get(name)
        if value is None and name == "HF_TOKEN":
            value = self._stored_token()
        return None if value is None else Secret(value)

    def expand(self, path: str) -> str:
        """The path with a leading `~` replaced."""
        return os.path.expanduser(path)

    def is_file(self, path: str) -> bool:
        """Whether a file is there."""
        return _ask(Path.is_file, path)

    def is_dir(self, path: str) -> bool:
        """Whether a folder is there."""
        return _ask(Path.is_dir, path)

    def read_text(self, path: str) -> str:
        """The file as UTF-8 without a byte order mark. Raises OSError, or UnicodeDecodeError."""
        return Path(path).read_text(encoding="utf-8-sig")

    def file_mode(self, path: str) -> int | None:
        """The permission bits of a file; None on Windows, which has others."""
        if os.name != "posix":
            return None
        try:
            return Path(path).stat().st_mode & 0o777
        except (OSError, ValueError):
            return None

    def fetched_script(self, url: str) -> str | None:
        """The text of a script on the web, None until it has been fetched."""
        content = self.fetched.get(url)
        return None if content is None else content.decode("utf-8", "replace")

    def now(self) -> datetime:
        """The present."""
        return self._clock()


def _ask(question: Callable[[Path], bool], path: str) -> bool:
    try:
        return question(Path(path))
    except (OSError, ValueError):  # too long, or a null byte: no path at all
        return False
