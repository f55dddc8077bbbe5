"""An `Environment` of plain dictionaries."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tui.spec.secret import Secret

HOME = "/home/ada"


@dataclass
class FakeEnvironment:
    """A machine with the variables, files and folders a test names, and nothing else."""

    variables: dict[str, str] = field(default_factory=dict)
    login: str | None = None
    """The token of `hf auth login`."""

    files: dict[str, str] = field(default_factory=dict)
    modes: dict[str, int] = field(default_factory=dict)
    """The permission bits of files, where they are not 600."""

    fetched: dict[str, str] = field(default_factory=dict)
    """The text of scripts on the web, by their address."""

    folders: set[str] = field(default_factory=set)

    def variable(self, name: str) -> str | None:
        return self.variables.get(name)

    def secret(self, name: str) -> Secret | None:
        value = self.variables.get(name, self.login if name == "HF_TOKEN" else None)
        return None if value is None else Secret(value)

    def expand(self, path: str) -> str:
        return HOME + path[1:] if path.startswith("~/") else path

    def is_file(self, path: str) -> bool:
        return path in self.files

    def is_dir(self, path: str) -> bool:
        return path in self.folders

    def read_text(self, path: str) -> str:
        if path not in self.files:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)
        return self.files[path].removeprefix("\ufeff")

    def file_mode(self, path: str) -> int | None:
        return self.modes.get(path, 0o600) if path in self.files else None

    def fetched_script(self, url: str) -> str | None:
        return self.fetched.get(url)

    def now(self) -> datetime:
        return datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
