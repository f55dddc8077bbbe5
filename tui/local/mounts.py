"""Paths of a job as they are on this machine: a mount path stands for a folder below the job's own.

There is no container, so `/data` itself does not come to be. What names it is rewritten instead: every
element of argv and every value of the environment in which the path stands for itself, also in the middle
(`--out=/data/model`, `sh -c "ls /data"`), but not as part of a longer path or word (`/data2`, `./data`,
`https://host/data`). Secrets are never touched, and a path in the code of a script is beyond reach.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

BEFORE = r"(?<![\w.~/$*?%+\-)\]}])"
AFTER = r"(?![\w.~@%+\-])"


class Mounts:
    """Which folder stands for which mount path in one job."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self._folders = {path: str(folder) for path, folder in folders.items()}
        longest_first = sorted(map(re.escape, folders), key=len, reverse=True)
        self._pattern = re.compile(f"{BEFORE}(?:{'|'.join(longest_first)}){AFTER}") if folders else None

    @property
    def paths(self) -> Collection[str]:
        """Every mount path."""
        return self._folders.keys()

    def rewrite(self, text: str) -> str:
        """A text with every mount path in it replaced."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: self._folders[found[0]], text)

    def argv(self, argv: Sequence[str]) -> list[str]:
        """What is executed."""
        return [self.rewrite(element) for element in argv]

    def environment(self, variables: Mapping[str, str]) -> dict[str, str]:
        """The variables that are no secrets."""
        return {name: self.rewrite(value) for name, value in variables.items()}


def is_mount_path(path: str) -> bool:
    """Whether a mount path names a folder that can be laid out below another without leaving it."""
    parts = path.removesuffix("/").split("/")
    return parts[0] == "" and len(parts) > 1 and not any(part in ("", ".", "..") for part in parts[1:])
