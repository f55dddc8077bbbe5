"""Carries file contents in and out of a content store with hf_xet, as a program of its own.

hf_xet brings threads, a log folder and signal handling along, which the hub's process shall not have; and a
process can be killed when the hub stops in the middle of a big file. Standard input is one JSON object,
standard output is one; see `main` for the three tasks.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import hf_xet


def main() -> None:
    """Do one task and say what came of it."""
    order = json.load(sys.stdin)
    match order["task"]:
        case "fetch":
            fetch(order["store"], order["files"])
            result: list[list[Any]] = []
        case "fill":
            fill(order["store"], order["paths"])
            result = []
        case _:
            result = [[found.hash, found.file_size] for found in hf_xet.hash_files(order["paths"])]
    json.dump(result, sys.stdout)


def fetch(store: str, files: list[list[Any]]) -> None:
    """Write files of a store (hash, size in bytes, path to write to)."""
    with hf_xet.XetSession().new_file_download_group(**_access(store)) as group:
        for file_hash, size_bytes, path in files:
            group.start_download_file(hf_xet.XetFileInfo(file_hash, size_bytes), path)


def fill(store: str, paths: list[str]) -> None:
    """Put files into a store."""
    with hf_xet.XetSession().new_upload_commit(**_access(store)) as commit:
        for path in paths:
            commit.start_upload_file(path, sha256=hf_xet.SKIP_SHA256)


def _access(store: str) -> dict[str, Any]:
    """A folder asks for no token, the library does."""
    return {
        "endpoint": f"local://{store}",
        "token": "none",
        "token_expiry_unix_secs": int(time.time()) + 86_400,
    }


if __name__ == "__main__":
    main()
