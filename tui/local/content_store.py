"""A content store in a folder as hf_xet writes it: what it holds, whether it is in use, a copy of it.

There is a shard for each upload: a header, then for each file its hash and the segments it is made of
(https://huggingface.co/docs/xet/shard). Nothing but the hashes and sizes of files is read here.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

CONTENT = "xet/xorbs"
SHARDS = CONTENT + "/shards"
INDEX_SUFFIX = ".redb"
INDEX = CONTENT + "/global_dedup_lookup" + INDEX_SUFFIX
HEADER_BYTES = RECORD_BYTES = 48
FILE_HEADER = struct.Struct("<32sII8x")
SEGMENT = struct.Struct("<32sIIII")
LAST_HASH = b"\xff" * 32
WITH_VERIFICATION = 1 << 31
WITH_METADATA = 1 << 30


def files_of(store: Path) -> dict[str, int]:
    """Sizes in bytes by hash of the files in a store; a shard that is half written tells nothing."""
    files: dict[str, int] = {}
    for shard in (store / SHARDS).glob("*.mdb"):
        try:
            files.update(_files_in(shard.read_bytes()))
        except (OSError, struct.error):
            continue
    return files


def in_use(store: Path) -> bool:
    """Whether a client holds the store's index locked."""
    try:
        with open(store / INDEX, "rb") as index:
            fcntl.flock(index, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in (errno.EACCES, errno.EAGAIN)
    return False


def copy_store(store: Path, copy: Path) -> None:
    """Another store with the same content: the big files, which never change, are shared."""
    shutil.copytree(store / CONTENT, copy / CONTENT, copy_function=_copy_or_link)


def _files_in(shard: bytes) -> Iterator[tuple[str, int]]:
    position = HEADER_BYTES
    while True:
        file_hash, flags, segments = FILE_HEADER.unpack_from(shard, position)
        if file_hash == LAST_HASH:
            return
        first = position + RECORD_BYTES
        starts = range(first, first + segments * RECORD_BYTES, RECORD_BYTES)
        yield _written(file_hash), sum(SEGMENT.unpack_from(shard, start)[2] for start in starts)
        verifications = segments if flags & WITH_VERIFICATION else 0
        position = first + (segments + verifications + bool(flags & WITH_METADATA)) * RECORD_BYTES


def _written(file_hash: bytes) -> str:
    """A hash as clients write it: four little-endian numbers in hex digits."""
    return "".join(f"{number:016x}" for number in struct.unpack("<4Q", file_hash))


def _copy_or_link(source: str, target: str) -> None:
    if source.endswith(INDEX_SUFFIX):
        shutil.copyfile(source, target)
    else:
        os.link(source, target)
