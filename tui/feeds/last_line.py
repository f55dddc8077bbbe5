"""The last line of a job's log, for the column that shows it: one short look, not a stream."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from textual.message import Message

from ..domain.errors import HubError
from ..domain.job import Job
from ..domain.stream import MARKER_PREFIX
from ..domain.terminal import visible
from ..hub.client import HubClient
from ..hub.sse import LogDecoder
from ..messages import LastLineRead

MOST_SECONDS = 5.0
"""A job that prints nothing keeps its stream open: then there is no last line."""


async def read_last_line(client: HubClient, job: Job, post: Callable[[Message], object]) -> None:
    """Post the last line there is. A log that cannot be read is no news: the column stays as it was."""
    decoder = LogDecoder()
    with contextlib.suppress(HubError, TimeoutError):
        async with asyncio.timeout(MOST_SECONDS), client.log_events(job.namespace, job.id, tail=1) as chunks:
            async for chunk in chunks:
                lines = [line.text for line in decoder.feed(chunk) if not line.text.startswith(MARKER_PREFIX)]
                if lines:
                    post(LastLineRead(job.id, visible(lines[-1])))
                    return
