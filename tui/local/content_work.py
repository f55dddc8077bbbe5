"""Runs `content_worker.py`, apart from the hub's own process and from the user's settings and caches."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

WORKER = Path(__file__).with_name("content_worker.py")


class ContentError(Exception):
    """A content store could not be read or written."""


async def work(home: Path, order: Mapping[str, Any]) -> list[Any]:
    """Let the worker do one task, with its home in a folder; it dies with whoever waits for it."""
    os.makedirs(home, 0o700, exist_ok=True)
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-s", str(WORKER)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_environment(home),
        cwd=home,
    )
    try:
        result, complaint = await worker.communicate(json.dumps(order).encode())
    finally:
        if worker.returncode is None:
            worker.kill()
            await worker.wait()
    if worker.returncode != 0:
        raise ContentError(complaint.decode("utf-8", "replace").strip().rpartition("\n")[2])
    return list(json.loads(result))


def _environment(home: Path) -> dict[str, str]:
    library = importlib.util.find_spec("hf_xet")
    if library is None or library.origin is None:
        raise ContentError("hf_xet is not installed")
    return {
        "PYTHONPATH": str(Path(library.origin).parents[1]),
        "RUST_LOG": "off",
        **{name: str(home) for name in ("HOME", "HF_HOME", "TMPDIR")},
    }
