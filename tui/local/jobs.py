"""A job on the hub: what was asked for, what became of it, and its JSON (jobs-api.md §2.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from .clock import iso_millis
from .identity import Account
from .logs import JobLog
from .metrics import Metrics

Stage = Literal["SCHEDULING", "RUNNING", "COMPLETED", "CANCELED", "ERROR", "DELETED"]

LIVE_STAGES: frozenset[Stage] = frozenset({"SCHEDULING", "RUNNING"})
DEFAULT_TIMEOUT_SECONDS = 1800
WAITING_FOR_HARDWARE = "Waiting for hardware"
TIMED_OUT = "Job timeout"


@dataclass(frozen=True, slots=True)
class JobRequest:
    """What a client asked for, checked (jobs-api.md §3.3)."""

    command: tuple[str, ...]
    docker_image: str | None = None
    space_id: str | None = None
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Names and values; only the names ever leave the hub."""
    flavor: str = "cpu-basic"
    arch: str | None = None
    timeout_seconds: int = DEFAULT_TIMEOUT_SECONDS
    attempts: int = 1
    labels: Mapping[str, str] = field(default_factory=dict)
    volumes: tuple[Mapping[str, Any], ...] = ()
    expose: Mapping[str, list[int]] | None = None
    ssh: bool = False
    resource_group_id: str | None = None
    network: Mapping[str, Any] | None = None

    @property
    def argv(self) -> tuple[str, ...]:
        """What is executed; no shell, no entrypoint of the image."""
        return self.command + self.arguments

    def as_json(self) -> dict[str, Any]:
        """The fields a job shares with the spec of a scheduled job; absent ones left out."""
        optional: dict[str, Any] = {
            "dockerImage": self.docker_image,
            "spaceId": self.space_id,
            "secrets": list(self.secrets) or None,
            "arch": self.arch,
            "volumes": [dict(volume) for volume in self.volumes] or None,
            "expose": self.expose,
            "network": self.network,
            "resourceGroupId": self.resource_group_id,
        }
        return {
            "command": list(self.command),
            "arguments": list(self.arguments),
            "environment": dict(self.environment),
            "flavor": self.flavor,
            "timeout": self.timeout_seconds,
            "retry": self.attempts - 1,
            "labels": dict(self.labels),
        } | {name: value for name, value in optional.items() if value is not None}


def _unwatched() -> None:
    """Most hubs keep nothing."""


@dataclass(slots=True)
class Job:
    """One job and its state; changed only on the server's loop."""

    id: str
    request: JobRequest
    owner: Account
    created_by: Account
    created_at: float
    log: JobLog
    stage: Stage = "SCHEDULING"
    message: str | None = None
    started_at: float | None = None
    finished_at: float | None = None
    cancel_reason: str | None = None
    failure_count: int = 0
    initiator: Mapping[str, Any] | None = None
    on_this_machine: bool = False
    """Whether it runs as processes here, so that its ports are to be found here."""
    metrics: Metrics = field(default_factory=Metrics, repr=False)
    secrets_known: bool = True
    """False for a job from before the hub was started: the values of its secrets were not kept."""
    changed: Callable[[], None] = field(default=_unwatched, repr=False, compare=False)
    """Called after each change that is to be kept."""
    durations_known: bool = True
    """False for jobs from before the Hub kept durations: the whole object is then absent."""

    @property
    def live(self) -> bool:
        """Whether the job can still change by itself."""
        return self.stage in LIVE_STAGES

    @property
    def deadline(self) -> float | None:
        """When the job's time is up; None before it runs."""
        return None if self.started_at is None else self.started_at + self.request.timeout_seconds

    def begin(self, at_seconds: float) -> None:
        """SCHEDULING is over: the job runs."""
        self.stage, self.message, self.started_at = "RUNNING", None, at_seconds
        self.changed()
        self.log.mark_start(at_seconds)

    def finish(self, stage: Stage, message: str | None, at_seconds: float) -> None:
        """The job reached an end; its log may still get what is on the way."""
        self.stage, self.message, self.finished_at = stage, message, at_seconds
        self.failure_count += stage == "ERROR"
        self.changed()

    def fail_attempt(self) -> None:
        """An attempt failed and another is left."""
        self.failure_count += 1
        self.changed()

    def relabel(self, labels: Mapping[str, str]) -> None:
        """Replace all labels."""
        self.request = replace(self.request, labels=labels)
        self.changed()

    def expose(self, ports: Mapping[str, list[int]] | None) -> None:
        """Replace the exposed ports."""
        self.request = replace(self.request, expose=ports)
        self.changed()

    def as_json(self, now_seconds: float) -> dict[str, Any]:
        """The job as every endpoint returns it; durations are computed at each call."""
        optional: dict[str, Any] = {
            "startedAt": None if self.started_at is None else iso_millis(self.started_at),
            "finishedAt": None if self.finished_at is None else iso_millis(self.finished_at),
            "durations": self._durations(now_seconds) if self.durations_known else None,
        }
        return {
            "type": "job",
            "id": self.id,
            "createdAt": iso_millis(self.created_at),
            **{name: value for name, value in optional.items() if value is not None},
            **self.request.as_json(),
            "owner": self.owner.as_owner(),
            "createdBy": {"id": self.created_by.id, "name": self.created_by.name},
            "initiator": dict(self.initiator or self.created_by.as_owner()),
            "status": self._status(),
        }

    def _durations(self, now_seconds: float) -> dict[str, int]:
        """The shapes of jobs-api.md §2.1: only the total for a job that never ran."""
        end = now_seconds if self.finished_at is None else self.finished_at
        total = {"totalSecs": _whole_seconds(end - self.created_at)}
        if self.started_at is None:
            return total
        return {
            "schedulingSecs": _whole_seconds(self.started_at - self.created_at),
            "runningSecs": _whole_seconds(end - self.started_at),
        } | total

    def _status(self) -> dict[str, Any]:
        status: dict[str, Any] = {
            "stage": self.stage,
            "message": self.message,
            "failureCount": self.failure_count,
        }
        if self.cancel_reason is not None:
            status["cancelReason"] = self.cancel_reason
        if self.request.expose is not None:
            ports = self.request.expose["ports"]
            status["exposeUrls"] = [self._url(port) for port in ports]
        if self.request.ssh:
            status["sshUrl"] = f"ssh://{self.id}@ssh.hf.jobs"
        return status

    def _url(self, port: int) -> str:
        """Where an exposed port is reached."""
        return f"http://127.0.0.1:{port}" if self.on_this_machine else f"https://{self.id}--{port}.hf.jobs"


def _whole_seconds(seconds: float) -> int:
    return max(0, round(seconds))
