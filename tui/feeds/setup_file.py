"""The arrangement of the jobs table in a file of the state folder."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from ..hub.thread import run_blocking
from ..presentation.table_setup import TableSetup, setup_from_json
from ..state_files import read_or_none, write_whole


def read_setup(path: Path) -> TableSetup:
    """The arrangement of the last session; as at first when there is none that can be read."""
    try:
        return setup_from_json(json.loads(read_or_none(path) or b"{}"))
    except (ValueError, RecursionError):
        return TableSetup()


async def keep_setup(path: Path, setup: TableSetup) -> None:
    """Write it down; a full disk is no reason to bother anybody about the width of a column."""
    content = json.dumps(setup.as_json(), indent=1).encode()
    with contextlib.suppress(OSError):
        await run_blocking(lambda: write_whole(path, content))
