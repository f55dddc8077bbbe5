"""Reads the file of a log that another hub wrote, as far as it is one."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

EVENT_END = b"\n\n"
MARKER_START = b'data: {"data":"===== Job started at '
MARKER_MAX_BYTES = 256
BLOCK_BYTES = 1 << 20
EVENT_MAX_BYTES = 16 << 20
"""More than the longest line takes, all of it escaped."""


def whole_events(path: Path) -> tuple[int, int]:
    """Bytes up to the end of the last whole event, and of the marker at the top.

    Raises:
        OSError: No such file, not a regular one, not readable, or not a log.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        top = os.pread(descriptor, MARKER_MAX_BYTES, 0)
        if top and not top.startswith(MARKER_START):
            raise OSError(errno.EINVAL, "not the log of a job")
        return _last_end(descriptor, status.st_size), top.find(EVENT_END) + len(EVENT_END) if top else 0
    finally:
        os.close(descriptor)


def _last_end(descriptor: int, size_bytes: int) -> int:
    """Where the last event ends; one that was half written when its hub was killed is left out."""
    end = size_bytes
    while end > 0:
        if size_bytes - end > EVENT_MAX_BYTES:
            raise OSError(errno.EINVAL, "the log is damaged at its end")
        begin = max(0, end - BLOCK_BYTES)
        found = os.pread(descriptor, end - begin, begin).rfind(EVENT_END)
        if found >= 0:
            return begin + found + len(EVENT_END)
        end = begin + 1 if begin else 0
    return 0
