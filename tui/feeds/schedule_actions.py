"""What the user does to scheduled jobs. Every action ends in a message; a write is never repeated.

When it stays open whether a write took effect, the scheduled job is looked at, and what is found is told.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.message import Message

from ..domain.errors import ErrorKind, HubError
from ..domain.labels import LabelEdit, LabelMerge, merge
from ..domain.schedule import ScheduledJob
from ..domain.text import short_id
from ..hub.client import HubClient
from ..messages.places import ScheduleActed, ScheduleActionFailed
from .schedule_feed import ScheduleFeed


class ScheduleActions:
    """Runs on the hub thread. Every action reads the list of its namespace afterwards."""

    def __init__(self, client: HubClient, feed: ScheduleFeed, post: Callable[[Message], object]) -> None:
        self._client = client
        self._feed = feed
        self._post = post

    async def suspend(self, schedule: ScheduledJob, *, suspended: bool) -> None:
        """Suspend it, or let it go on."""
        client, verb = self._client, "suspend" if suspended else "resume"
        call = client.suspend_schedule if suspended else client.resume_schedule
        said = "suspended: no further jobs start" if suspended else "active again"
        await self._change(
            verb,
            schedule,
            lambda: call(schedule.namespace, schedule.id),
            said,
            lambda now: now is not None and now.suspended == suspended,
            suspended=suspended,
        )

    async def reschedule(self, schedule: ScheduledJob, when: str) -> None:
        """Let it run at other times."""
        await self._change(
            "reschedule",
            schedule,
            lambda: self._client.reschedule(schedule.namespace, schedule.id, when),
            "rescheduled",
            lambda now: now is not None and now.schedule == when,
        )

    async def delete(self, schedule: ScheduledJob) -> None:
        """Delete it."""
        await self._change(
            "delete",
            schedule,
            lambda: self._client.delete_schedule(schedule.namespace, schedule.id),
            "deleted; the jobs it started stay",
            lambda now: now is None,
        )

    async def label(self, schedule: ScheduledJob, edit: LabelEdit) -> None:
        """Make an edit to its labels, read right before they are written; what others changed is said."""
        try:
            now = await self._client.get_schedule(schedule.namespace, schedule.id)
        except HubError as error:
            await self._failed("label", schedule, error)
            return
        merged = merge(edit, schedule.labels, now.labels)
        if dict(merged.labels) == dict(now.labels):
            await self._feed.read_namespace(schedule.namespace)
            self._post(ScheduleActed(schedule, merge=merged))
            return
        await self._change(
            "label",
            schedule,
            lambda: self._client.label_schedule(schedule.namespace, schedule.id, merged.labels),
            "",
            lambda found: found is not None and dict(found.labels) == dict(merged.labels),
            merged,
        )

    async def trigger(self, schedule: ScheduledJob) -> None:
        """Start one job of it now, with one POST."""
        try:
            job = await self._client.trigger_schedule(schedule.namespace, schedule.id)
        except HubError as error:
            if error.outcome_unclear:
                await self._look_for_job(schedule, error)
                return
            if error.kind is ErrorKind.CONFLICT:
                error.advice = (
                    "Its last job still runs: wait for its end or cancel it. "
                    "To let runs overlap, create it anew with concurrency on."
                )
            await self._failed("trigger", schedule, error)
            return
        self._post(ScheduleActed(schedule, "one job started now", job))
        await self._feed.read_namespace(schedule.namespace)

    async def _change(
        self,
        verb: str,
        schedule: ScheduledJob,
        send: Callable[[], Awaitable[ScheduledJob | None]],
        said: str,
        is_done: Callable[[ScheduledJob | None], bool],
        merged: LabelMerge | None = None,
        suspended: bool | None = None,
    ) -> None:
        try:
            await send()
        except HubError as error:
            if error.outcome_unclear:
                await self._look(verb, schedule, error, is_done)
            else:
                await self._failed(verb, schedule, error)
            return
        await self._feed.read_namespace(schedule.namespace)
        self._post(ScheduleActed(schedule, said, merge=merged, suspended=suspended))

    async def _look(
        self,
        verb: str,
        schedule: ScheduledJob,
        error: HubError,
        is_done: Callable[[ScheduledJob | None], bool],
    ) -> None:
        """Nobody knows what became of it: look, and tell."""
        try:
            now = await self._now(schedule)
        except HubError as failure:
            error.advice = f"Whether it was done could not be found out ({failure.short}): r looks again."
        else:
            error.advice = (
                "It was done all the same: nothing is left to do."
                if is_done(now)
                else "It has not been done, as a look at it shows. You can try again."
            )
        await self._failed(verb, schedule, error)

    async def _look_for_job(self, schedule: ScheduledJob, error: HubError) -> None:
        try:
            now = await self._now(schedule)
        except HubError as failure:
            error.advice = (
                f"Whether a job was started could not be found out ({failure.short}): "
                "look at the jobs before you try again."
            )
        else:
            if now is not None and now.last_job_id != schedule.last_job_id:
                error.advice = (
                    f"It was started all the same: job {short_id(now.last_job_id)}. Do not start it again."
                )
            else:
                error.advice = (
                    "No new job of it has appeared: most likely none was started, "
                    "but look at the jobs once more before you try again."
                )
        await self._failed("trigger", schedule, error)

    async def _now(self, schedule: ScheduledJob) -> ScheduledJob | None:
        """It as it is; None when it is no more."""
        try:
            return await self._client.get_schedule(schedule.namespace, schedule.id)
        except HubError as error:
            if error.kind is ErrorKind.NOT_FOUND:
                return None
            raise

    async def _failed(self, verb: str, schedule: ScheduledJob, error: HubError) -> None:
        self._post(ScheduleActionFailed(verb, schedule, error))
        await self._feed.read_namespace(schedule.namespace)
