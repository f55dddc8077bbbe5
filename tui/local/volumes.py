"""Volumes of jobs: laid out in the job's folder before it runs, saved from there when it has ended.

A bucket's files are copied. A read-only copy lacks the right to write and is never saved. Of models,
datasets, Spaces and buckets of others nothing is here: their folders stay empty, and the log says so.
"""

from __future__ import annotations

import asyncio
import errno
import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from .buckets import Bucket, BucketFile, Buckets
from .content_work import ContentError
from .folders import remove_folder
from .harvest import Before, Harvest, Harvester
from .identity import Identity
from .mounts import Mounts

COPY_BLOCK_BYTES = 8 << 20
Say = Callable[[str], None]
"""Writes a line to the job's log."""


@dataclass(frozen=True, slots=True)
class BucketMount:
    """A bucket, or a folder of it, and where in the job's folder it lies."""

    path: PurePath
    """The mount path without its slash."""
    bucket: Bucket
    prefix: str
    read_only: bool
    files: Mapping[str, BucketFile]
    """As they were laid out."""

    def name(self, path: str) -> str:
        """The path in the bucket of a file in the mount."""
        return f"{self.prefix}/{path}" if self.prefix else path


class Volumes:
    """Where the volumes of all jobs come from and go to."""

    def __init__(self, root: Path, buckets: Buckets, identity: Identity) -> None:
        self.harvests = root / "harvests"
        self.buckets = buckets
        self.stopping = False
        """True breaks off what is being copied and saves nothing more."""
        self._identity = identity

    async def lay_out(self, volumes: Sequence[Mapping[str, Any]], job_folder: Path, say: Say) -> JobVolumes:
        """Make the folders of one attempt at a job; OSError when one cannot be had."""
        folders: dict[str, Path] = {}
        mounts: list[BucketMount] = []
        for volume in volumes:
            path = PurePath(volume["mountPath"].strip("/"))
            folders[f"/{path}"] = job_folder / path
            mount = self._bucket_mount(volume, path)
            if mount is not None:
                mounts.append(mount)
            else:
                say(
                    f"local hub: /{path} is empty, {volume['type']} {volume['source']} is not on this machine"
                )
        await asyncio.to_thread(self._make, list(folders.values()), mounts, job_folder)
        return JobVolumes(self, Mounts(folders), mounts, job_folder)

    def _bucket_mount(self, volume: Mapping[str, Any], path: PurePath) -> BucketMount | None:
        namespace, _, name = volume["source"].partition("/")
        if volume["type"] != "bucket" or self._identity.account(namespace) is None:
            return None
        bucket, prefix = self.buckets.get(namespace, name), volume.get("path", "").strip("/")
        if bucket is None:
            raise OSError(errno.ENOENT, f"there is no bucket {volume['source']} to mount at /{path}")
        files = bucket.below(prefix)
        if prefix and not files:
            raise OSError(errno.ENOENT, f"{volume['source']} has no folder {prefix} to mount at /{path}")
        return BucketMount(path, bucket, prefix, volume.get("readOnly") is True, files)

    def _make(self, folders: Sequence[Path], mounts: Sequence[BucketMount], job_folder: Path) -> None:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        for mount in mounts:
            for path, file in mount.files.items():
                target = job_folder / mount.path / path
                target.parent.mkdir(parents=True, exist_ok=True)
                self._copy(self.buckets.contents.path(file.content_hash), target)
                os.utime(target, (file.modified_at, file.modified_at))
                target.chmod(0o400 if mount.read_only else 0o600)
        for mount in mounts:
            for parent, _, _ in os.walk(job_folder / mount.path) if mount.read_only else ():
                os.chmod(parent, 0o500)

    def _copy(self, source: Path, target: Path) -> None:
        with source.open("rb") as reader, target.open("xb") as writer:
            while not self.stopping and (block := reader.read(COPY_BLOCK_BYTES)):
                writer.write(block)


class JobVolumes:
    """The volumes of one attempt at a job."""

    def __init__(
        self, volumes: Volumes, paths: Mounts, mounts: Sequence[BucketMount], job_folder: Path
    ) -> None:
        self.paths = paths
        self._volumes = volumes
        self._mounts = mounts
        self._job_folder = job_folder

    async def save(self, say: Say) -> None:
        """Bring what the job wrote into the buckets; the last who writes a file wins."""
        for mount in self._mounts:
            if mount.read_only or self._volumes.stopping:
                continue
            try:
                await self._save(mount, say)
            except (ContentError, OSError) as error:
                say(f"local hub: what was written to /{mount.path} could not be saved: {error}")

    async def _save(self, mount: BucketMount, say: Say) -> None:
        incoming = self._volumes.harvests / uuid.uuid4().hex
        incoming.mkdir(mode=0o700, parents=True)
        try:
            found = await asyncio.to_thread(self._harvest, mount, incoming)
            paths = [file.path for file in found.changed.values()]
            hashes = await self._volumes.buckets.contents.adopt(paths)
        finally:
            await asyncio.to_thread(remove_folder, incoming)
        self._record(mount, found, hashes)
        if found.left_out:
            words = "entries" if found.left_out > 1 else "entry"
            say(f"local hub: /{mount.path} has {found.left_out} {words} that a bucket cannot hold, not saved")

    def _harvest(self, mount: BucketMount, incoming: Path) -> Harvest:
        before = {path: Before(file.size_bytes, file.modified_at) for path, file in mount.files.items()}
        inner = [str(path.relative_to(mount.path)) for path in self._paths_in(mount.path)]
        return Harvester(before, inner, incoming).harvest(self._job_folder, mount.path)

    def _paths_in(self, path: PurePath) -> list[PurePath]:
        """Mounts that lie inside another one."""
        others = (PurePath(other.lstrip("/")) for other in self.paths.paths)
        return [other for other in others if other != path and other.is_relative_to(path)]

    def _record(self, mount: BucketMount, found: Harvest, hashes: Sequence[str]) -> None:
        buckets, bucket = self._volumes.buckets, mount.bucket
        for (path, file), content_hash in zip(found.changed.items(), hashes, strict=True):
            buckets.put(bucket, mount.name(path), content_hash, file.modified_at)
        for path in found.missing:
            if bucket.files.get(mount.name(path)) == mount.files[path]:
                buckets.remove(bucket, mount.name(path))
