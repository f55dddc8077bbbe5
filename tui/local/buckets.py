"""Buckets: names for contents, as much of them as jobs and `hf buckets sync` need (jobs-api.md §10)."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .body_reader import is_clean_text
from .clock import Clock, iso_millis
from .contents import Contents
from .identity import Account

BUCKET_NAME = re.compile(r"[A-Za-z0-9](?:[\w-]|\.(?!\.)){0,94}\w|[A-Za-z0-9]", re.ASCII)
PATH_MAX_CHARS = 1024
NAME_MAX_BYTES = 255


@dataclass(frozen=True, slots=True)
class BucketFile:
    """A file in a bucket: what is in it, and when it was changed by its owner and put here."""

    content_hash: str
    size_bytes: int
    modified_at: float
    uploaded_at: float

    def as_json(self, path: str) -> dict[str, Any]:
        """An entry of a listing."""
        return {
            "type": "file",
            "path": path,
            "size": self.size_bytes,
            "xetHash": self.content_hash,
            "mtime": iso_millis(self.modified_at),
            "uploadedAt": iso_millis(self.uploaded_at),
        }


@dataclass(slots=True)
class Bucket:
    """One bucket and its files by path."""

    owner: Account
    name: str
    private: bool
    created_at: float
    updated_at: float
    id: str = field(default_factory=lambda: secrets.token_hex(12))
    files: dict[str, BucketFile] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """`owner/name`, which clients call its id."""
        return f"{self.owner.name}/{self.name}"

    def as_json(self) -> dict[str, Any]:
        """The answer to a question for the bucket."""
        return {
            "_id": self.id,
            "id": self.full_name,
            "author": self.owner.name,
            "private": self.private,
            "createdAt": iso_millis(self.created_at),
            "updatedAt": iso_millis(self.updated_at),
            "size": sum(file.size_bytes for file in self.files.values()),
            "totalFiles": len(self.files),
            "repoType": "bucket",
        }

    def below(self, folder: str) -> dict[str, BucketFile]:
        """The files of a folder by their paths in it; an empty name is the whole bucket."""
        start = folder.strip("/") + "/" if folder.strip("/") else ""
        return {path[len(start) :]: file for path, file in self.files.items() if path.startswith(start)}

    def tree(self, prefix: str, *, recursive: bool) -> Iterator[dict[str, Any]]:
        """Entries whose path starts with a text, as the Hub means it: "logs" also finds "logs.json"."""
        folders: set[str] = set()
        for path, file in sorted(self.files.items()):
            if not path.startswith(prefix):
                continue
            end = path.find("/", len(prefix) + 1)
            if recursive or end < 0:
                yield file.as_json(path)
            elif path[:end] not in folders:
                folders.add(path[:end])
                yield {"type": "directory", "path": path[:end], "uploadedAt": iso_millis(file.uploaded_at)}


class Buckets:
    """All buckets of a hub, and which contents they name."""

    def __init__(self, contents: Contents, clock: Clock) -> None:
        self.contents = contents
        self.on_change: Callable[[Bucket], None] | None = None
        """Called after each change that is to be kept."""
        self._clock = clock
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self._uses: Counter[str] = Counter()

    def get(self, namespace: str, name: str) -> Bucket | None:
        """The bucket of that name."""
        return self._buckets.get((namespace, name))

    def of(self, namespace: str) -> list[Bucket]:
        """The buckets of a namespace."""
        return [bucket for bucket in self._buckets.values() if bucket.owner.name == namespace]

    def create(self, owner: Account, name: str, *, private: bool) -> Bucket:
        """Add an empty bucket."""
        now = self._clock.now()
        bucket = self._buckets[owner.name, name] = Bucket(owner, name, private, now, now)
        self._changed(bucket)
        return bucket

    def restore(self, bucket: Bucket) -> None:
        """Add a bucket of a hub before this one."""
        self._buckets[bucket.owner.name, bucket.name] = bucket
        self._uses.update(file.content_hash for file in bucket.files.values())

    def delete(self, bucket: Bucket) -> None:
        """Remove a bucket and its files."""
        for path in list(bucket.files):
            self.remove(bucket, path)
        del self._buckets[bucket.owner.name, bucket.name]
        self._changed(bucket)

    def put(self, bucket: Bucket, path: str, content_hash: str, modified_at: float) -> None:
        """Name a content that the hub has; KeyError when it has not."""
        size_bytes = self.contents.size_bytes(content_hash)
        if size_bytes is None:
            raise KeyError(content_hash)
        self._uses[content_hash] += 1
        self.remove(bucket, path)
        bucket.updated_at = self._clock.now()
        bucket.files[path] = BucketFile(content_hash, size_bytes, modified_at, bucket.updated_at)
        self._changed(bucket)

    def remove(self, bucket: Bucket, path: str) -> bool:
        """Take a name away; False when there is no such file."""
        file = bucket.files.pop(path, None)
        if file is None:
            return False
        bucket.updated_at = self._clock.now()
        self._uses[file.content_hash] -= 1
        if not self._uses[file.content_hash]:
            del self._uses[file.content_hash]
            self.contents.forget(file.content_hash)
        self._changed(bucket)
        return True

    def _changed(self, bucket: Bucket) -> None:
        if self.on_change is not None:
            self.on_change(bucket)


def is_file_path(path: str) -> bool:
    """Whether a path in a bucket can be laid out below a folder without leaving it."""
    parts = path.split("/")
    return (
        is_clean_text(path)
        and len(path) <= PATH_MAX_CHARS
        and not any(char < " " or char == "\x7f" for char in path)
        and not any(part in ("", ".", "..") or len(part.encode()) > NAME_MAX_BYTES for part in parts)
    )
