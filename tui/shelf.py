"""What is remembered of jobs that were composed: presets, the last submissions, a draft left behind.

Plain TOML below the state folder, one file a thing, so that two dashboards never write into the same one at
once but for the draft, where the last one wins. No file ever holds a secret's value.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .spec.draft import Draft
from .spec.draft_text import read_draft, write_draft
from .state_files import read_file, write_whole

MOST_SUBMISSIONS = 50
_MOST_BYTES = 1 << 20
_NAME = re.compile(r"[^\W_][\w .+-]{0,60}")
_SUFFIX = ".toml"


class ShelfError(Exception):
    """Something cannot be kept or found again: why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that was kept."""

    name: str
    """Of a preset; of a submission, the job's."""

    path: Path
    draft: Draft | None
    fault: str = ""
    """Why the file cannot be read."""


class Shelf:
    """The files of one state folder. Every call reads or writes little."""

    def __init__(self, folder: Path) -> None:
        self.presets_folder = folder / "presets"
        self._submissions = folder / "submissions"
        self._draft = folder / "draft.toml"
        self.draft_fault = ""
        """Why the draft left behind could not be read, and where it lies now, in a sentence."""

    # The draft left behind

    def draft(self) -> Draft | None:
        """The draft of the last time, None when it was submitted or never begun.

        One that cannot be read is put aside, so that the next one does not replace it.
        """
        kept = _read(self._draft)
        if kept.draft is None and os.path.lexists(self._draft):
            aside = self._draft.with_name(f"draft.unreadable{_SUFFIX}")
            with suppress(OSError):
                os.replace(self._draft, aside)
                self.draft_fault = (
                    f"The draft of the last session cannot be read ({kept.fault}); it is now {aside}"
                )
        return kept.draft

    def keep_draft(self, draft: Draft | None) -> None:
        """Keep a draft, or forget it; a disk that cannot be written to is no reason to stop."""
        with suppress(OSError):
            if draft is None or draft == Draft():
                self._draft.unlink(missing_ok=True)
            else:
                _write(self._draft, write_draft(draft))

    # Presets

    def presets(self) -> tuple[Kept, ...]:
        """All presets by name."""
        return tuple(_read(path) for path in _files(self.presets_folder))

    def keep_preset(self, name: str, draft: Draft, *, replace: bool = False) -> None:
        """Keep a draft under a name. Raises ShelfError."""
        path = self._preset(name)
        if path.exists() and not replace:
            raise ShelfError(f"there is a preset “{name}” already")
        try:
            _write(path, write_draft(draft))
        except OSError as error:
            raise ShelfError(f"{path} cannot be written: {error.strerror}") from None

    def rename_preset(self, name: str, new_name: str) -> None:
        """Give a preset another name. Raises ShelfError."""
        path = self._preset(new_name)
        if path.exists():
            raise ShelfError(f"there is a preset “{new_name}” already")
        try:
            self._preset(name).rename(path)
        except OSError as error:
            raise ShelfError(f"“{name}” cannot be renamed: {error.strerror}") from None

    def forget_preset(self, name: str) -> None:
        """Delete a preset. Raises ShelfError."""
        try:
            self._preset(name).unlink(missing_ok=True)
        except OSError as error:
            raise ShelfError(f"“{name}” cannot be deleted: {error.strerror}") from None

    def _preset(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ShelfError("a name is letters, digits, blanks and . + - _, a letter or digit first")
        return self.presets_folder / f"{name}{_SUFFIX}"

    # The last submissions

    def submissions(self) -> tuple[Kept, ...]:
        """The last jobs that were sent, newest first."""
        return tuple(_read(path) for path in reversed(_files(self._submissions)))

    def keep_submission(self, draft: Draft, job_name: str, at: datetime) -> None:
        """Remember what was sent; the oldest beyond `MOST_SUBMISSIONS` go."""
        name = re.sub(r"[^\w.-]", "-", job_name)[:60]
        with suppress(OSError):
            _write(self._submissions / f"{at:%Y%m%dT%H%M%S%f} {name}{_SUFFIX}", write_draft(draft))
            for path in _files(self._submissions)[:-MOST_SUBMISSIONS]:
                path.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == _SUFFIX and path.name[0] != ".")
    except OSError:
        return []


def _read(path: Path) -> Kept:
    name = path.name.removesuffix(_SUFFIX)
    try:
        return Kept(name, path, read_draft(read_file(path, _MOST_BYTES).decode()))
    except OSError as error:
        return Kept(name, path, None, error.strerror or "cannot be read")
    except UnicodeDecodeError:
        return Kept(name, path, None, "not UTF-8 text")
    except ValueError as error:
        return Kept(name, path, None, str(error))


def _write(path: Path, text: str) -> None:
    write_whole(path, text.encode())
