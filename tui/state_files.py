"""Files the program keeps for itself or is configured by.

Written whole or not at all, readable by their owner only. Read only when they are regular files of bounded
size: a named pipe would never end, and a file of gigabytes fill the memory.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

MOST_BYTES = 16 << 20
"""Above every file the program writes but kept logs: 2,000 rows of a namespace take some 2 MB."""
_FOLDER_MODE = 0o700


def write_whole(path: Path, content: bytes) -> None:
    """Put the content where the path says in one step, so that two programs never mix their halves."""
    import tempfile  # a start only reads

    private_folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def private_folder(path: Path) -> None:
    """Make the folder and those above it that are missing, for their owner only, whatever the umask."""
    missing = []
    while not path.is_dir():
        missing.append(path)
        path = path.parent
    for folder in reversed(missing):
        with contextlib.suppress(FileExistsError):  # made by another dashboard in this moment
            folder.mkdir(mode=_FOLDER_MODE)


def read_file(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """The content of a regular file, of what a link leads to where it is one.

    Raises:
        OSError: No such file, not a regular one, not readable, or larger than `most_bytes`.
    """
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        content = file.read(most_bytes + 1) if about.st_size <= most_bytes else b""
    if about.st_size > most_bytes or len(content) > most_bytes:
        raise OSError(errno.EFBIG, f"larger than {most_bytes >> 20} MB", str(path))
    return content


def read_or_none(path: Path, most_bytes: int = MOST_BYTES) -> bytes | None:
    """The content as `read_file` has it; None when it cannot be read."""
    try:
        return read_file(path, most_bytes)
    except OSError:
        return None
