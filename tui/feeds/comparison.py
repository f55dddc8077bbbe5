"""What the Hub answered to a submit, held against what was asked: it drops what it does not know."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from ..domain.convert import as_list, as_mapping, as_str, as_strings
from ..domain.job import Job
from ..domain.text import safe


def differences(body: Mapping[str, Any], job: Job) -> tuple[str, ...]:
    """One sentence for each thing that is not as asked.

    What was not asked for is the Hub's to choose, and what its answer leaves out is no difference.
    """
    words = as_strings(body.get("command")) + as_strings(body.get("arguments"))
    pairs = [
        ("hardware", as_str(body.get("flavor")) or "", job.flavor),
        ("image", as_str(body.get("dockerImage")) or "", job.image),
        ("Space", as_str(body.get("spaceId")) or "", job.space_id),
        ("command", shlex.join(words), shlex.join(job.command)),
        ("timeout", _seconds(body.get("timeoutSeconds")), _seconds(job.timeout_seconds)),
        ("number of volumes", _count(body.get("volumes")), _count(list(job.volumes))),
        ("secrets", _names(body.get("secrets")), ", ".join(sorted(job.secret_names))),
    ]
    labels = [
        (f"label {key}", str(value), job.labels.get(key, "nothing"))
        for key, value in as_mapping(body.get("labels")).items()
    ]
    found = [
        f"{what}: asked for {asked}, got {got}"
        for what, asked, got in pairs
        if asked and got and asked != got
    ]
    found += [f"{what}: asked for {asked!r}, got {got!r}" for what, asked, got in labels if asked != got]
    return tuple(map(safe, found))


def _seconds(value: Any) -> str:
    return f"{value:g} s" if isinstance(value, (int, float)) else ""


def _count(value: Any) -> str:
    return str(len(as_list(value)) or "")


def _names(value: Any) -> str:
    return ", ".join(sorted(as_mapping(value)))
