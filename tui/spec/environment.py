"""The only window of the spec builder on the machine it runs on."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from .secret import Secret


class Environment(Protocol):
    """Variables, files and the clock. `expand` is applied to every path before it is asked about."""

    def variable(self, name: str) -> str | None:
        """The environment variable, None when unset."""
        ...

    def secret(self, name: str) -> Secret | None:
        """The value for a secret given by name only: the variable; for HF_TOKEN else the stored login."""
        ...

    def expand(self, path: str) -> str:
        """The path with a leading `~` replaced, as a shell would."""
        ...

    def is_file(self, path: str) -> bool:
        """Whether a file is there; False for text that cannot be a path at all. Never raises."""
        ...

    def is_dir(self, path: str) -> bool:
        """Whether a folder is there; False for text that cannot be a path at all. Never raises."""
        ...

    def read_text(self, path: str) -> str:
        """The file as UTF-8, a byte order mark left out. Raises OSError, or UnicodeDecodeError."""
        ...

    def file_mode(self, path: str) -> int | None:
        """The permission bits of a file, as in 0o644; None where there are none, or no file. Never raises."""
        ...

    def fetched_script(self, url: str) -> str | None:
        """The text of a script on the web, None until it has been fetched."""
        ...

    def now(self) -> datetime:
        """The present, with a time zone."""
        ...
