"""What the demo's histories are written in: one job's life, and a schedule that repeats one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .demo_load import TRAINING
from .jobs import Stage
from .simulation import Load, Role, Script

UV_IMAGE = "ghcr.io/astral-sh/uv:python3.12-bookworm"


@dataclass(frozen=True, slots=True)
class Past:
    """What became of one job; times in seconds."""

    name: str
    command: str
    flavor: str
    script: Script
    age: float
    """Since it was created."""
    waited: float | None
    """In SCHEDULING; None for a job that never ran."""
    stage: Stage = "COMPLETED"
    ran: float | None = None
    """None is as long as the script lasts, or until now for a live job."""
    message: str | None = None
    cancel_reason: str | None = None
    image: str | None = UV_IMAGE
    space: str | None = None
    owner: str = "ada"
    by_colleague: bool = False
    timeout: int = 1800
    labels: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ("HF_TOKEN",)
    volumes: tuple[Mapping[str, Any], ...] = ()
    attempts: int = 1
    initiator: Mapping[str, Any] | None = None
    load: Load = TRAINING
    expose: Mapping[str, list[int]] | None = None
    requeued_every: float | None = None
    """For a job that waits: it is put on a machine so often, and each time that fails."""
    legacy: bool = False
    """From before the Hub kept durations."""

    @property
    def role(self) -> Role:
        """What another job of the same request plays."""
        failure = self.message if self.stage == "ERROR" else None
        waits = None if self.stage == "SCHEDULING" else 8.0
        return Role(self.script, self.load, failure, waits, self.requeued_every)


@dataclass(frozen=True, slots=True)
class Planned:
    """One scheduled job; its runs do what a job of the past did."""

    id: str
    run: Past
    expression: str
    age: float
    suspended: bool = False
    concurrent: bool = False
