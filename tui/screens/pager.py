"""A log read in the user's own pager, while the dashboard steps aside."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from ..domain.log_excerpt import Excerpt

if TYPE_CHECKING:
    from textual.app import App


def open_pager(app: App[int], excerpt: Excerpt) -> str:
    """Show lines in `$PAGER`, else in less; why it did not work, or nothing.

    Whatever goes wrong is caught inside the suspension: an exception that leaves it freezes the interface
    for good, and so does a repaint while the terminal is another's.
    """
    command = shlex.split(os.environ.get("PAGER") or "less")
    if not command or shutil.which(command[0]) is None:
        return f"there is no {command[0] if command else 'pager'} here; set PAGER to one"
    fault = ""
    with tempfile.TemporaryDirectory(prefix="hf-jobs-log-") as folder:
        path = Path(folder) / "job.log"
        try:
            with path.open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in excerpt.lines())
            with app.batch_update(), app.suspend():
                try:
                    subprocess.run([*command, str(path)], check=False)
                except (OSError, ValueError, KeyboardInterrupt) as error:
                    fault = f"{command[0]} did not start: {error}"
        except SuspendNotSupported:
            fault = "this terminal cannot be handed over to a pager"
        except OSError as error:
            fault = f"the log could not be written for the pager: {error.strerror}"
    return fault
