"""Logs of ended jobs on disk, so that they open at once next time, offline too.

A job that has ended writes no more, so what was read to its end and checked is kept as it is: every line as
it came, with its time, compressed. Files lie in the state folder, readable by their owner only; when they
grow beyond a limit those that were not opened for longest go.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import struct
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from ..domain.convert import LATEST
from ..domain.job import Job
from ..domain.stream import LogLine
from ..state_files import private_folder, read_file

LIMIT_BYTES = 512 << 20
"""All kept logs together, compressed."""
BATCH_LINES = 5_000
MOST_BATCH_BYTES, MOST_LOG_BYTES = 64 << 20, 1 << 30
"""Of text, in one batch and in all: a log that is larger is not kept, a file that grows larger is no log."""
_MAGIC = b"hf-jobs-log 1\n"
_LENGTH = struct.Struct("<I")
_SUFFIX = ".log.z"
_LATEST = LATEST.timestamp()
_decode = msgspec.msgpack.Decoder(list[tuple[float, str]]).decode


class KeptLogError(Exception):
    """A kept log is damaged inside."""


class LogMemory:
    """The kept logs of one endpoint. Every call reads or writes files: none is for the interface thread."""

    def __init__(self, folder: Path, endpoint: str, *, limit_bytes: int = LIMIT_BYTES) -> None:
        self._all = folder / "logs"
        self._folder = self._all / hashlib.sha256(endpoint.encode()).hexdigest()[:12]
        self._limit_bytes = limit_bytes

    def save(self, job: Job, lines: Iterable[LogLine]) -> None:
        """Keep a log that is complete. Raises OSError when it cannot be written."""
        private_folder(self._folder)
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC)
                rest = iter(lines)
                room = MOST_LOG_BYTES
                while batch := list(islice(rest, BATCH_LINES)):
                    plain = msgspec.msgpack.encode(batch)
                    room -= len(plain)
                    if room < 0 or len(plain) > MOST_BATCH_BYTES:
                        raise OSError(errno.EFBIG, "too large to be kept", name)
                    packed = zlib.compress(plain, 1)
                    file.write(_LENGTH.pack(len(packed)) + packed)
                file.write(_LENGTH.pack(0))
            os.replace(name, self._path(job))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self._forget_oldest()

    def read(self, job: Job) -> Iterator[list[LogLine]] | None:
        """The log in batches, or None when it is not kept whole, which is known before any line comes.

        What is damaged inside a batch shows when it is its turn: KeptLogError.
        """
        path = self._path(job)
        try:
            content = read_file(path, self._limit_bytes)
            os.utime(path)
        except OSError:
            return None
        pieces = list(_pieces(content))
        return _batches(pieces) if pieces and not pieces[-1] else None

    def forget(self, job: Job) -> None:
        """Drop a log that cannot be used."""
        self._path(job).unlink(missing_ok=True)

    def _path(self, job: Job) -> Path:
        mark = hashlib.sha256(f"{job.namespace}/{job.id}".encode(errors="replace")).hexdigest()[:12]
        return self._folder / f"{re.sub(r'[^A-Za-z0-9]+', '-', job.id)[:40]}-{mark}{_SUFFIX}"

    def _forget_oldest(self) -> None:
        found = [(path, path.stat()) for path in self._all.glob(f"*/*{_SUFFIX}")]
        size_bytes = sum(stat.st_size for _, stat in found)
        for path, stat in sorted(found, key=lambda entry: entry[1].st_mtime):
            if size_bytes <= self._limit_bytes:
                return
            path.unlink(missing_ok=True)
            size_bytes -= stat.st_size


def _pieces(content: bytes) -> Iterator[bytes]:
    """The compressed batches; the last one is empty when the file is whole."""
    if not content.startswith(_MAGIC):
        return
    position = len(_MAGIC)
    while position + _LENGTH.size <= len(content):
        (length,) = _LENGTH.unpack_from(content, position)
        position += _LENGTH.size
        piece = content[position : position + length]
        if len(piece) < length:
            return
        yield piece
        position += length


def _batches(pieces: list[bytes]) -> Iterator[list[LogLine]]:
    room = MOST_LOG_BYTES
    for piece in pieces[:-1]:
        inflater = zlib.decompressobj()
        try:
            plain = inflater.decompress(piece, min(room, MOST_BATCH_BYTES))
            if not inflater.eof:
                raise KeptLogError
            entries = _decode(plain)
        except (zlib.error, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise KeptLogError from None
        room -= len(plain)
        yield [LogLine(at if 0 <= at <= _LATEST else 0.0, text) for at, text in entries]
