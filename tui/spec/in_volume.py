"""Scripts that lie in a volume of the job: they need no upload, and `hf jobs uv run` cannot name them.

It refuses a word that ends like a script and is not a file here (huggingface_hub 2.4), so the equivalent line
is one of `hf jobs run`, with uv's image and `uv run` spelled out. It sends the same request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from .checks import RefusedError
from .draft import Draft
from .quoting import split
from .volumes import HUB_PREFIX, split_mount

SCRIPT_SUFFIXES = (".py", ".sh", ".yaml", ".yml", ".toml")
"""A word that ends so must be a file here: `hf` refuses it otherwise, wherever it stands."""


def is_script(word: str) -> bool:
    """Return whether `hf` wants a word to be a file here."""
    return PurePosixPath(word).suffix in SCRIPT_SUFFIXES and not word.startswith(("http://", "https://"))


def mount_paths(volumes: Iterable[str]) -> tuple[str, ...]:
    """Return where volumes are mounted, those that cannot be read left out."""
    return tuple(_mount_paths(volumes))


def _mount_paths(volumes: Iterable[str]) -> Iterator[str]:
    for text in map(str.strip, volumes):
        try:
            yield split_mount(text.removeprefix(HUB_PREFIX))[1].rstrip("/")
        except RefusedError:
            continue


def is_in_volume(word: str, mounts: Iterable[str]) -> bool:
    """Return whether a word is a path below one of the places where volumes are mounted."""
    return ".." not in PurePosixPath(word).parts and any(word.startswith(f"{mount}/") for mount in mounts)


def runs_from_volume(draft: Draft) -> bool:
    """Return whether a uv job names a script that lies in one of its volumes."""
    if draft.kind not in ("uv-script", "uv-command"):
        return False
    mounts = mount_paths(draft.volumes)
    script = (draft.script.strip(),) if draft.kind == "uv-script" else ()
    words = (*(split(draft.uv_options) or ()), *script, *(split(draft.command) or ()))
    return any(is_script(word) and is_in_volume(word, mounts) for word in words)
