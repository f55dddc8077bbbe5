"""A submit: what must travel with the job first, then one POST, then one message on what came of it."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from textual.message import Message

from ..domain.errors import HubError
from ..domain.text import safe
from ..domain.units import plural
from ..hub.client import HubClient
from ..hub.clock import Clock
from ..hub.uploads import upload
from ..messages import ActionFailed, JobCreated, ScheduleCreated, SubmitProgressed, SubmitWithdrawn
from ..spec.job_spec import JobSpec
from ..spec.render import BucketFolder, Upload, request_body
from .comparison import differences, schedule_differences
from .lost_answer import what_became_of

SUBMIT = "submit"

_LOOK_AFTER_SECONDS = 2.0
"""A request that seemed lost gets this long to take effect before the job is looked for."""

Post = Callable[[Message], object]


class Submission:
    """One job on its way. It can be withdrawn until its POST begins, and only on the loop it runs on."""

    def __init__(
        self,
        client: HubClient,
        spec: JobSpec,
        namespace: str,
        post: Post,
        *,
        scripts: Mapping[str, bytes] | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`scripts` holds what was fetched of the web, by address."""
        self._client, self._spec, self._namespace, self._post = client, spec, namespace, post
        self._scripts = scripts or {}
        self._clock = clock or Clock()
        self._task: asyncio.Task[Any] | None = None
        self._sent = self._told = False

    async def run(self) -> None:
        """Upload, send, tell."""
        self._task = asyncio.current_task()
        try:
            await self._run()
        except asyncio.CancelledError:
            if not self._sent:
                self._told = True
                self._post(SubmitWithdrawn())
            raise

    @property
    def unfinished_words(self) -> str:
        """One line for whoever leaves now, empty once it has been told what came of it. For any thread."""
        if self._told:
            return ""
        scheduled = self._spec.schedule is not None
        what = f"{'scheduled job' if scheduled else 'job'} “{safe(self._spec.name)}”"
        if not self._sent:
            return f"Left before {what} was sent: nothing was created, and its draft is kept."
        look = ["hf", "jobs", *(["scheduled"] if scheduled else []), "ls", "-a", "--name", self._spec.name]
        look += ["--namespace", self._namespace] if self._namespace else []
        return (
            f"Left while {what} was being sent: whether it was created is not known. "
            f"Look before you send it again: {safe(shlex.join(look))}. Its draft is kept."
        )

    async def withdraw(self) -> None:
        """Stop before anything is sent; once it is, this does nothing."""
        if not self._sent and self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        began_at, payer, body = self._clock.now(), self._namespace, dict[str, Any]()
        outcome: Message
        try:
            payer = payer or (await self._client.whoami()).name
            body = request_body(self._spec, upload=await self._uploaded(payer))
            self._sent, began_at = True, self._clock.now()
            self._post(SubmitProgressed("sending the job…", can_withdraw=False))
            outcome = await self._send(payer, body)
        except HubError as error:
            if error.outcome_unclear:
                await self._clock.sleep(_LOOK_AFTER_SECONDS)
                error.advice = await what_became_of(self._client, payer, self._spec, body, began_at)
            outcome = ActionFailed(SUBMIT, error)
        self._told = True
        self._post(outcome)

    async def _send(self, payer: str, body: Mapping[str, Any]) -> Message:
        if self._spec.schedule is not None:
            schedule = await self._client.create_schedule(payer, body)
            return ScheduleCreated(schedule, self._spec.name, schedule_differences(body, schedule))
        job = await self._client.create_job(payer, body)
        return JobCreated(job, differences(body, job))

    async def _uploaded(self, namespace: str) -> Upload | None:
        spec = self._spec
        if not spec.needs_upload:
            return None
        files = {file.source: file.remote_name for file in spec.upload_files}
        folders = tuple(folder.source for folder in spec.local_folders)
        self._post(SubmitProgressed(f"uploading {_listed(tuple(files), folders)}…", can_withdraw=True))
        done = await upload(self._client, namespace, files, folders, contents=self._scripts)
        return Upload(
            BucketFolder(done.bucket, done.scripts_path) if files else None,
            {source: BucketFolder(done.bucket, path) for source, path in done.folder_paths.items()},
        )


async def submit(
    client: HubClient, spec: JobSpec, namespace: str, post: Post, *, clock: Clock | None = None
) -> None:
    """Start a job, without a way to withdraw it."""
    await Submission(client, spec, namespace, post, clock=clock).run()


def _listed(files: tuple[str, ...], folders: tuple[str, ...]) -> str:
    """What is uploaded: its name when it is one thing, else how many.

    Without the folders around it, which the form shows: they would push out how to stop it.
    """
    if len(files) + len(folders) == 1:
        return safe(PurePath((*files, *folders)[0]).name)
    parts = [plural(len(files), "file")] if files else []
    return " and ".join(parts + ([plural(len(folders), "folder")] if folders else []))
