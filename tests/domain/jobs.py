"""Jobs for tests: only what a test says is different from a plain running one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tui.domain.job import Job

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def job(number: int = 1, **different: Any) -> Job:
    """A job that was created an hour before noon and has run for half an hour at noon."""
    plain = Job(
        id=f"{number:024x}",
        stage="RUNNING",
        namespace="ada",
        created_at=NOON - timedelta(hours=1),
        started_at=NOON - timedelta(minutes=30),
        image="python:3.12",
        command=("python", "-c", "print(1)"),
        flavor="a10g-small",
        timeout_seconds=3600,
        labels={"name": f"job-{number}"},
    )
    return replace(plain, **different)
