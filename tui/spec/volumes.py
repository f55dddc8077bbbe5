"""Volumes as text: `hf://[TYPE/]OWNER/NAME[@REVISION][/PATH]:/MOUNT[:ro|:rw]` or `FOLDER:/MOUNT[:ro|:rw]`.

The grammar is that of the `hf` command line (jobs-api.md §3.3, §10).
"""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import unquote

from .checks import REPO_ID, RefusedError, quoted, sendable
from .collect import Collector
from .draft import Draft
from .environment import Environment
from .job_spec import LocalFolder, Volume, VolumeType

HUB_PREFIX = "hf://"

_TYPES: dict[str, VolumeType] = {
    "models": "model",
    "datasets": "dataset",
    "spaces": "space",
    "buckets": "bucket",
}
_SINGULAR = {singular: plural for plural, singular in _TYPES.items()}
_REVISION = re.compile(r"refs/(?:convert/[\w.-]+|pr/\d+)|[^/]*")
"""A pull request or conversion holds slashes; any other revision ends at the first."""


def volume_specs(draft: Draft, environment: Environment) -> tuple[str, ...]:
    """The rows that hold something, as `hf` is given them."""
    return tuple(environment.expand(text) for text in map(str.strip, draft.volumes) if text)


def read_volumes(
    draft: Draft, environment: Environment, collector: Collector
) -> tuple[Volume | LocalFolder, ...]:
    """The volumes of a draft, no two at one place."""
    volumes: list[Volume | LocalFolder] = []
    mounted: set[str] = set()
    for index, text in enumerate(map(str.strip, draft.volumes)):
        if not text:
            continue
        volume = collector.check(
            "volumes", partial(read_volume, environment.expand(text), environment), None, index
        )
        if volume is None:
            continue
        if volume.mount_path in mounted:
            collector.refuse(
                "volumes", f"{volume.mount_path} is taken by a volume above; choose another place", index
            )
        mounted.add(volume.mount_path)
        volumes.append(volume)
    return tuple(volumes)


def read_volume(text: str, environment: Environment) -> Volume | LocalFolder:
    """One volume from its text."""
    sendable(text)
    is_hub = text.startswith(HUB_PREFIX)
    location, mount_path, read_only = split_mount(text.removeprefix(HUB_PREFIX))
    if is_hub:
        return _hub_volume(location, mount_path, read_only)
    if not environment.is_dir(location):
        raise RefusedError(f"no such folder: {location}; for a repository or bucket write hf://…")
    return LocalFolder(location, mount_path, read_only=read_only is not False)


def split_mount(text: str) -> tuple[str, str, bool | None]:
    """Location, mount path and read-only mark; the last `:/` parts the first two."""
    read_only = {":ro": True, ":rw": False}.get(text[-3:])
    body = text if read_only is None else text[:-3]
    location, colon, rest = body.rpartition(":/")
    if not colon:
        raise RefusedError("says nowhere to mount; end it with a place in the job, like :/inputs")
    if not location:
        raise RefusedError("says nothing to mount; write hf://… or a folder before the colon")
    if not rest:
        raise RefusedError("cannot be mounted at /; choose a folder, like :/inputs")
    return location, f"/{rest}", read_only


def _hub_volume(location: str, mount_path: str, read_only: bool | None) -> Volume:
    first, _, rest = location.partition("/")
    if first in _SINGULAR:
        raise RefusedError(f"write {_SINGULAR[first]}/ instead of {first}/")
    if first == "kernels":
        raise RefusedError("jobs mount models, datasets, spaces and buckets; no kernels")
    volume_type = _TYPES.get(first, "model")
    body = (rest if first in _TYPES else location).strip("/")
    source, revision, path = _bucket_parts(body) if volume_type == "bucket" else _repository_parts(body)
    if path.startswith("/") or "//" in path:
        raise RefusedError("has an empty step in its path; write each / once")
    return Volume(volume_type, source, mount_path, revision, read_only, path or None)


def _bucket_parts(body: str) -> tuple[str, None, str]:
    source, path = _split_source(body)
    if "@" in source:
        raise RefusedError("buckets have no revisions; remove the part from @ on")
    return _checked(source), None, path


def _repository_parts(body: str) -> tuple[str, str | None, str]:
    before, at, after = body.partition("@")
    if not at or before.count("/") > 1:
        source, path = _split_source(body)
        return _checked(source), None, path
    match = _REVISION.match(after)
    revision = match[0] if match else ""
    if not unquote(revision):
        raise RefusedError("has nothing after @; name a branch, tag or commit, or remove it")
    return _checked(before), unquote(revision), after[len(revision) :].removeprefix("/")


def _split_source(body: str) -> tuple[str, str]:
    owner, _, rest = body.partition("/")
    name, _, path = rest.partition("/")
    return f"{owner}/{name}", path


def _checked(source: str) -> str:
    if not REPO_ID.fullmatch(source) or "--" in source or ".." in source:
        raise RefusedError(f"{quoted(source)} is no owner/name on the Hub")
    return source
