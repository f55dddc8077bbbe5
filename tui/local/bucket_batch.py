"""Changes to a bucket: NDJSON lines `addFile`, `copyFile`, `deleteFile`, each of which may fail alone.

Forms as huggingface_hub sends and reads them (`HfApi._batch_bucket_files`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .buckets import Bucket, Buckets, is_file_path
from .clock import Clock
from .content_work import ContentError
from .replies import Refusal

CONTENT_HASH = re.compile(r"[0-9a-f]{64}")
CHANGES_MAX = 2000
MTIME_MAX_MILLIS = 253_402_300_799_000
"""The last second of the year 9999."""


MayCopy = Callable[[str, str], bool]
"""Name of a bucket, hash of a content."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a batch, checked."""

    kind: str
    path: str
    content_hash: str = ""
    modified_at: float | None = None
    """None is now."""
    source: tuple[str, str] = ("", "")
    """Type and name of what a file is copied from."""


def read_changes(body: bytes) -> list[Change]:
    """The changes asked for; a line that is none of them spoils the whole batch."""
    lines = [line for line in body.split(b"\n") if line.strip()]
    if not 1 <= len(lines) <= CHANGES_MAX:
        raise Refusal(400, f"Invalid body: expected 1 to {CHANGES_MAX} lines, got {len(lines)}")
    return [_change(line, number) for number, line in enumerate(lines, 1)]


def _change(line: bytes, number: int) -> Change:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, f"Invalid body: line {number} is not JSON") from error
    if not isinstance(fields, dict) or fields.get("type") not in ("addFile", "copyFile", "deleteFile"):
        raise Refusal(400, f"Invalid body: line {number}: type must be addFile, copyFile or deleteFile")
    kind, path = fields["type"], fields.get("path")
    if not isinstance(path, str) or not is_file_path(path):
        raise Refusal(400, f"Invalid body: line {number}: path must name a file below the bucket")
    if kind == "deleteFile":
        return Change(kind, path)
    content_hash, mtime = fields.get("xetHash"), fields.get("mtime")
    if not isinstance(content_hash, str) or not CONTENT_HASH.fullmatch(content_hash):
        raise Refusal(400, f"Invalid body: line {number}: xetHash must be 64 hex digits")
    if mtime is not None and not _is_millis(mtime):
        raise Refusal(400, f"Invalid body: line {number}: mtime must be a time in milliseconds")
    source_type, source_id = fields.get("sourceRepoType", ""), fields.get("sourceRepoId", "")
    if not isinstance(source_type, str) or not isinstance(source_id, str):
        raise Refusal(400, f"Invalid body: line {number}: sourceRepoType and sourceRepoId must be texts")
    modified_at = None if mtime is None else mtime / 1000
    return Change(kind, path, content_hash, modified_at, (source_type, source_id))


def _is_millis(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MTIME_MAX_MILLIS


async def apply(
    changes: Iterable[Change], bucket: Bucket, buckets: Buckets, clock: Clock, may_copy: MayCopy
) -> list[dict[str, str]]:
    """Carry changes out in their order; returns those that failed, with the reason.

    `may_copy` tells whether a bucket that the user can read has that content.
    """
    changes = list(changes)
    added = [change.content_hash for change in changes if change.kind == "addFile"]
    unread = ""
    try:
        await buckets.contents.take_in(added)
    except ContentError as error:
        unread = f": {error}"
    failed = []
    for change in changes:
        reason = _apply_one(change, bucket, buckets, clock, may_copy)
        if reason:
            failed.append({"path": change.path, "error": reason + unread})
    return failed


def _apply_one(change: Change, bucket: Bucket, buckets: Buckets, clock: Clock, may_copy: MayCopy) -> str:
    """Why a change could not be made; empty when it was."""
    if change.kind == "deleteFile":
        return "" if buckets.remove(bucket, change.path) else "File not found"
    kind, name = change.source
    if change.kind == "copyFile" and not (kind == "bucket" and may_copy(name, change.content_hash)):
        return "Not in a bucket of this hub, which is all that a local hub can copy from"
    modified_at = clock.now() if change.modified_at is None else change.modified_at
    try:
        buckets.put(bucket, change.path, change.content_hash, modified_at)
    except KeyError:
        return "Content was not uploaded"
    return ""
