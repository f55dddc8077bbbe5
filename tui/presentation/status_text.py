"""The status line of the jobs table: how many, by what filter, how fresh, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from textual.content import Content

from ..domain.errors import HubError
from ..domain.snapshot import Snapshot
from ..domain.text import safe
from ..domain.units import clock_time, countdown, plural
from .job_text import toned


@dataclass(frozen=True, slots=True)
class Trouble:
    """A poll that failed: the rows are kept, and are as old as the last one that succeeded."""

    error: HubError
    retry_at: datetime | None
    """None when nothing is tried again by itself."""


def jobs_status(
    snapshot: Snapshot,
    *,
    shown: int,
    marked: int = 0,
    filter_text: str,
    trouble: Trouble | None,
    fetched_at: datetime | None,
    now: datetime,
    writes: bool,
    mistake: str = "",
    paused: str = "",
    sorted_by: str = "",
    ascii_only: bool = False,
) -> Content:
    """One line. Trouble comes first, else what an empty table means, else the counts, after `paused`.

    Without rows trouble is said in short: it fills the screen then.
    """
    if mistake:
        return toned(f" {safe(mistake)}", "bad")
    if trouble is not None:
        sign = "!" if ascii_only else "⚠"
        return _trouble(trouble, fetched_at if snapshot.jobs else None, now, sign, brief=not snapshot.jobs)
    if fetched_at is None:
        return toned(" loading jobs…", "dim")
    total = len(snapshot.jobs)
    if not total and snapshot.complete:
        return toned(" no jobs here yet" + ("; n composes the first one" if writes else ""), "accent")
    if not shown and filter_text:
        return toned(f" no jobs match “{safe(filter_text)}”: esc clears the filter", "warn")
    counted = plural(total, "job") if shown == total else f"{shown:,} of {plural(total, 'job')}"
    more = "" if snapshot.complete else " · reading more…"
    if snapshot.remembered_at is not None:
        more = f" · as of {clock_time(snapshot.remembered_at)}, from the last session · reading them anew…"
    more = f" · {marked:,} marked, esc unmarks{more}" if marked else more
    kept = f" · filter “{safe(filter_text)}”, esc clears it" if filter_text else ""
    order = f" · sort {safe(sorted_by)}" if sorted_by else ""
    words = f"{counted}{kept}{order}{more}"
    if paused:
        return Content.assemble(toned(f" {paused}", "warn"), toned(f" · {words}", "dim"))
    return toned(f" {words}", "dim")


def _trouble(
    trouble: Trouble, fetched_at: datetime | None, now: datetime, sign: str, *, brief: bool
) -> Content:
    error = trouble.error
    parts = [f" {sign} {error.short}" if brief else f" {sign} {error.short}: {safe(error.title)}"]
    if trouble.retry_at is not None:
        parts.append(f"retry in {countdown((trouble.retry_at - now).total_seconds())}")
    if fetched_at is not None:
        parts.append(f"rows as of {clock_time(fetched_at)}")
    if brief:
        return Content.styled(" · ".join(parts), "$text-error bold")
    return Content.assemble(
        Content.styled(" · ".join([*parts, "r retries now"]), "$text-error bold"),
        toned(f"  {safe(error.advice)}" if error.advice else "", "plain"),
    )
