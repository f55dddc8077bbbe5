"""What the Hub answered to a submit, held against what was asked: it drops what it does not know."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from ..domain.convert import as_list, as_mapping, as_str, as_strings
from ..domain.job import Job
from ..domain.schedule import ScheduledJob
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


def schedule_differences(body: Mapping[str, Any], schedule: ScheduledJob) -> tuple[str, ...]:
    """The same for a scheduled job: what each run is, and when there is one."""
    asked = as_mapping(body.get("jobSpec"))
    times = as_str(body.get("schedule")) or ""
    found = [*differences(asked, schedule.what)]
    if schedule.schedule and schedule.schedule != times:
        found.insert(0, safe(f"schedule: asked for {times}, got {schedule.schedule}"))
    flags = [
        ("suspended", body.get("suspend"), schedule.suspended),
        ("overlapping runs", body.get("concurrency"), schedule.concurrent),
    ]
    found += [
        f"{what}: asked for {_yes_or_no(wanted)}, got {_yes_or_no(got)}"
        for what, wanted, got in flags
        if isinstance(wanted, bool) and got is not None and wanted != got
    ]
    return tuple(found)


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _seconds(value: Any) -> str:
    return f"{value:g} s" if isinstance(value, (int, float)) else ""


def _count(value: Any) -> str:
    return str(len(as_list(value)) or "")


def _names(value: Any) -> str:
    return ", ".join(sorted(as_mapping(value)))
