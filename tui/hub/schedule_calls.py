"""The part of the client that speaks of scheduled jobs: routes and shapes of jobs-api.md §7."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..domain.convert import as_mapping
from ..domain.job import Job
from ..domain.schedule import ScheduledJob
from ..domain.text import safe
from .answers import job_of, json_of, list_of, schedule_of
from .convert import schedules_from_json
from .request import Ask
from .transport import Reply


class ScheduleCalls:
    """Methods of `HubClient`; a write is sent once."""

    async def list_schedules(self, namespace: str) -> tuple[ScheduledJob, ...]:
        """Every scheduled job of a namespace, suspended ones included; it comes in one piece."""
        ask = await self._ask(
            f"list the scheduled jobs of {safe(namespace)}", "scheduled-jobs", namespace, namespace=namespace
        )
        return schedules_from_json(list_of(ask, await self._fetch(ask)), namespace)

    async def get_schedule(self, namespace: str, schedule_id: str) -> ScheduledJob:
        """One scheduled job as it is now."""
        return schedule_of(*await self._of_schedule("read", "GET", namespace, schedule_id))

    async def inspect_schedule(
        self, namespace: str, schedule_id: str
    ) -> tuple[ScheduledJob, Mapping[str, Any]]:
        """One scheduled job as it is now, and the whole answer as it came."""
        ask, reply = await self._of_schedule("read", "GET", namespace, schedule_id)
        return schedule_of(ask, reply), as_mapping(json_of(ask, reply))

    async def create_schedule(self, namespace: str, body: Mapping[str, Any]) -> ScheduledJob:
        """Create a scheduled job with one POST, like `create_job`."""
        ask = await self._ask(
            f"create a scheduled job in {safe(namespace)}",
            "scheduled-jobs",
            namespace,
            namespace=namespace,
            method="POST",
            body=body,
        )
        return schedule_of(ask, await self._fetch(ask))

    async def suspend_schedule(self, namespace: str, schedule_id: str) -> None:
        """Start no further jobs; the answer says nothing."""
        await self._of_schedule("suspend", "POST", namespace, schedule_id, "suspend")

    async def resume_schedule(self, namespace: str, schedule_id: str) -> None:
        """Go on; what was missed meanwhile is not made up for."""
        await self._of_schedule("resume", "POST", namespace, schedule_id, "resume")

    async def trigger_schedule(self, namespace: str, schedule_id: str) -> Job:
        """Start one job of it now; the new job. The next run stays when it is."""
        return job_of(*await self._of_schedule("trigger", "POST", namespace, schedule_id, "run"))

    async def reschedule(self, namespace: str, schedule_id: str, schedule: str) -> ScheduledJob:
        """Let it run at other times; the scheduled job as it is after that."""
        body = {"schedule": schedule}
        return schedule_of(
            *await self._of_schedule("reschedule", "POST", namespace, schedule_id, "schedule", body=body)
        )

    async def label_schedule(
        self, namespace: str, schedule_id: str, labels: Mapping[str, str]
    ) -> ScheduledJob:
        """Give it these labels in place of all it has."""
        body = {"labels": dict(labels)}
        return schedule_of(
            *await self._of_schedule("label", "PUT", namespace, schedule_id, "labels", body=body)
        )

    async def delete_schedule(self, namespace: str, schedule_id: str) -> None:
        """Delete it; the jobs it started stay."""
        await self._of_schedule("delete", "DELETE", namespace, schedule_id)

    async def _of_schedule(
        self,
        verb: str,
        method: str,
        namespace: str,
        schedule_id: str,
        *route: str,
        body: Mapping[str, Any] | None = None,
    ) -> tuple[Ask, Reply]:
        ask = await self._ask(
            "",
            "scheduled-jobs",
            namespace,
            schedule_id,
            *route,
            namespace=namespace,
            method=method,
            body=body,
        )
        ask = replace(ask, schedule_id=schedule_id)
        ask = replace(ask, doing=f"{verb} {ask.schedule_words}")
        return ask, await self._fetch(ask)

    # Given by the client

    async def _ask(
        self,
        doing: str,
        *route: str,
        namespace: str = "",
        job_id: str = "",
        method: str = "GET",
        params: Iterable[tuple[str, str]] = (),
        body: Mapping[str, Any] | None = None,
        public: bool = False,
    ) -> Ask:
        raise NotImplementedError

    async def _fetch(self, ask: Ask) -> Reply:
        raise NotImplementedError
