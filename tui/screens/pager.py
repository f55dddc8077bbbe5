"""A log read in the user's own pager, while the dashboard steps aside."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.log_excerpt import Excerpt
from .handover import hand_over

if TYPE_CHECKING:
    from textual.app import App


def open_pager(app: App[int], excerpt: Excerpt) -> str:
    """Show lines in `$PAGER`, else in less; why it did not work, or nothing."""
    command = shlex.split(os.environ.get("PAGER") or "less")
    if not command or shutil.which(command[0]) is None:
        return f"there is no {command[0] if command else 'pager'} here; set PAGER to one"
    with tempfile.TemporaryDirectory(prefix="hf-jobs-log-") as folder:
        path = Path(folder) / "job.log"
        try:
            with path.open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in excerpt.lines())
        except OSError as error:
            return f"the log could not be written for the pager: {error.strerror}"
        code, fault = hand_over(app, [*command, str(path)])
        return f"{command[0]} ended with exit code {code}" if code else fault
