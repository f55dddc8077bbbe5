"""A log, or a part of it, written to a file of the user's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.message import Message

from ..domain.log_excerpt import Excerpt
from ..hub.thread import run_blocking
from ..messages import LogNotSaved, LogSaved


async def save_log(path: Path, excerpt: Excerpt, *, times: bool, post: Callable[[Message], object]) -> None:
    """Write the lines to a new file; a file that is there already is never written over."""
    try:
        count = await run_blocking(lambda: write_lines(path, excerpt, times=times))
    except FileExistsError:
        post(LogNotSaved(str(path), "there is a file of that name already"))
    except (OSError, ValueError) as error:
        post(LogNotSaved(str(path), getattr(error, "strerror", None) or str(error)))
    else:
        post(LogSaved(str(path), count))


def write_lines(path: Path, excerpt: Excerpt, *, times: bool) -> int:
    """Write every line and say how many there were. Raises OSError."""
    count = 0
    with path.expanduser().open("x", encoding="utf-8") as file:
        for line in excerpt.lines(times=times):
            file.write(f"{line}\n")
            count += 1
    return count
