"""The hub's own files, named by the hash of their content, and the folders that clients bring them in.

hf_xet, with which huggingface_hub uploads, takes a folder for a content store (`local://<folder>`). It keeps
the store's index locked for as long as the upload's objects live, also while it then tells the hub about
the files (`batch`), so the hub hands out a folder for each upload and reads from a copy of what is in it.
"""

from __future__ import annotations

import asyncio
import os
import stat
import uuid
from collections.abc import Collection, Iterable
from pathlib import Path

from .clock import Clock
from .content_store import copy_store, files_of, in_use
from .content_work import work
from .folders import remove_folder

EMPTY_HASH = "0" * 64
UPLOAD_SECONDS = 24 * 3600
"""How long a folder that was handed out may be written to."""
SWEEP_SECONDS = 5
"""After so long the client of an upload is surely done with its folder."""
LOAN_SECONDS = 3600
"""How long a folder that was filled for a client may be read."""


class Contents:
    """Files by hash below one folder. Everything happens on the server's loop but copying and hashing."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self._files = root / "content"
        self._stores = root / "stores"
        self._home = root / "worker"
        self._clock = clock
        self._uploads: dict[Path, float] = {}
        """Folders handed out for an upload, and until when."""
        self._loans: dict[Path, float] = {}
        """Folders filled for a client to read from, and until when."""
        self._sizes: dict[str, int] = {}
        self._fetching = asyncio.Lock()

    def size_bytes(self, content_hash: str) -> int | None:
        """How big a content is; None when the hub has not got it."""
        return self._sizes.get(content_hash)

    def path(self, content_hash: str) -> Path:
        """Where a content that the hub has lies."""
        return self._files / content_hash

    def restore(self, named: Collection[str]) -> None:
        """Take up the contents of a hub before this one; those that no bucket names are removed."""
        for file in self._files.iterdir() if self._files.is_dir() else ():
            if file.name in named and stat.S_ISREG((status := file.lstat()).st_mode):
                self._sizes[file.name] = status.st_size
            else:
                remove_folder(file)

    def hand_out(self) -> tuple[Path, float]:
        """A new folder for one upload, and until when it may be used."""
        self.sweep()
        store, until = self._new_store(), self._clock.now() + UPLOAD_SECONDS
        self._uploads[store] = until
        return store, until

    async def take_in(self, hashes: Iterable[str]) -> None:
        """Move what was uploaded, and these hashes with it, to the hub's own files."""
        async with self._fetching:
            missing = {content_hash for content_hash in hashes if content_hash not in self._sizes}
            if EMPTY_HASH in missing:
                self._make_folder(self._files)
                self.path(EMPTY_HASH).touch(0o600)
                self._sizes[EMPTY_HASH] = 0
            for store in list(self._uploads):
                missing -= self._sizes.keys()
                if missing & files_of(store).keys():
                    await self._empty(store)
        asyncio.get_running_loop().call_later(SWEEP_SECONDS, self.sweep)

    async def lend(self, hashes: Iterable[str]) -> tuple[Path, float]:
        """A new store that holds these contents, for a client to read from."""
        self.sweep()
        store, until = self._new_store(), self._clock.now() + LOAN_SECONDS
        self._loans[store] = until
        paths = [str(self.path(content_hash)) for content_hash in set(hashes) - {EMPTY_HASH}]
        if paths:
            await work(self._home, {"task": "fill", "store": str(store), "paths": paths})
        return store, until

    async def adopt(self, files: list[Path]) -> list[str]:
        """Take files over as contents; returns their hashes."""
        if not files:
            return []
        self._make_folder(self._files)
        found = await work(self._home, {"task": "hash", "paths": [str(file) for file in files]})
        for file, (content_hash, size_bytes) in zip(files, found, strict=True):
            os.replace(file, self.path(content_hash))
            self._sizes[content_hash] = size_bytes
        return [content_hash for content_hash, _ in found]

    def forget(self, content_hash: str) -> None:
        """Remove a content that no bucket names, unless somebody may be about to name it."""
        if not self._uploads and self._sizes.pop(content_hash, None) is not None:
            self.path(content_hash).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove folders whose time is over, or whose content is the hub's and whose client is done."""
        now = self._clock.now()
        for store, until in (self._uploads | self._loans).items():
            if until <= now or (store in self._uploads and self._used_up(store)):
                self._uploads.pop(store, None)
                self._loans.pop(store, None)
                remove_folder(store)

    def _used_up(self, store: Path) -> bool:
        held = files_of(store).keys()
        return bool(held) and held <= self._sizes.keys() and not in_use(store)

    async def _empty(self, store: Path) -> None:
        """Fetch everything a store holds, by a copy: its client may still have it locked."""
        wanted = {name: size for name, size in files_of(store).items() if name not in self._sizes}
        self._make_folder(self._files)
        copy, incoming = self._new_store(), self._new_store()
        try:
            await asyncio.to_thread(copy_store, store, copy)
            files = [(name, size, str(incoming / name)) for name, size in wanted.items() if size]
            await work(self._home, {"task": "fetch", "store": str(copy), "files": files})
            for name, size, path in files:
                os.chmod(path, 0o600)
                os.replace(path, self.path(name))
                self._sizes[name] = size
        finally:
            remove_folder(copy)
            remove_folder(incoming)

    def _new_store(self) -> Path:
        store = self._stores / uuid.uuid4().hex
        store.mkdir(mode=0o700, parents=True)
        return store

    @staticmethod
    def _make_folder(folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
