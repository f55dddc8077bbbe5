"""Following the log of one job so that no line is lost and none comes twice (jobs-api.md §4).

A stream that ends says nothing about the job, and the reverse: the stage is asked beside the stream and
after it. Each connection replays the log, so a cut costs a replay and nothing else. Once the job has ended
the end of its log is compared with what was handed on, and read again where they differ.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Protocol

from ..domain.errors import HubError
from ..domain.job import Job
from ..domain.stream import MARKER_PREFIX, LogLine, StreamPhase, StreamState
from .client import HubClient
from .clock import Clock
from .log_connection import Ending, LogConnection, Patience
from .replay import Replay

_CHECKED_LINES = 64
_MOST_VAIN_CHECKS = 3
_AS_FAR_AS_KNOWN = "complete as far as can be told"
_MOST_TOLD_SECONDS = 300.0

_NOT_YET_ALIVE = (StreamPhase.CONNECTING, StreamPhase.RECONNECTING)


class LogSink(Protocol):
    """Takes what a reader brings, on the hub thread."""

    def lines(self, lines: list[LogLine]) -> None:
        """The next lines, in order."""

    def state(self, state: StreamState) -> None:
        """How the stream is doing, whenever that changes."""

    def restarted(self) -> None:
        """All lines so far are void: the log comes again from its first line."""


async def follow_log(
    client: HubClient,
    job: Job,
    sink: LogSink,
    *,
    tail: int | None = None,
    clock: Clock | None = None,
    patience: Patience | None = None,
) -> None:
    """Hand the log of a job to a sink until it is known to be complete, or refused."""
    await _Follower(client, job, sink, tail, clock or Clock(), patience or Patience()).run()


class _Follower:
    def __init__(
        self,
        client: HubClient,
        job: Job,
        sink: LogSink,
        tail: int | None,
        clock: Clock,
        patience: Patience,
    ) -> None:
        self._client = client
        self._job = job
        self._sink = sink
        self._tail = tail
        self._clock = clock
        self._patience = patience
        self._replay = Replay()
        self._state: StreamState | None = None
        self._failures = 0
        self._vain_checks = 0
        self._fresh = False
        """Whether the connection at work has brought a new line."""
        self._heard_out = False
        """Whether the last connection that was read went on until the Hub had no more to send."""

    async def run(self) -> None:
        """Connect, read, and connect again until there is nothing more to come."""
        self._say(StreamPhase.CONNECTING)
        try:
            while not await self._connect_once():
                pass
        except HubError as refusal:
            if self._heard_out and not self._job.live:
                self._say(StreamPhase.ENDED, f"{_AS_FAR_AS_KNOWN}: {refusal.title}", confirmed=False)
            else:
                self._say(StreamPhase.REFUSED, f"{refusal.title}. {refusal.advice}".strip())

    async def _connect_once(self) -> bool:
        """One connection and what follows from it; True when the log is complete."""
        was_live, told_seconds, self._fresh = self._job.live, None, False
        try:
            ending = await self._read_log()
            self._heard_out = ending in (Ending.CLEAN, Ending.QUIET)
            if not was_live and (self._replayed_whole() or await self._end_agrees()):
                self._say(StreamPhase.ENDED)
                return True
            how = ending.value
        except HubError as error:
            if not error.passing:
                raise
            how, told_seconds = error.short, error.retry_after_seconds
            self._heard_out = self._heard_out and not was_live
        if self._fresh:
            self._failures = 0
        if not was_live and not self._fresh:
            self._vain_checks += 1
            if self._vain_checks >= _MOST_VAIN_CHECKS:
                known = _AS_FAR_AS_KNOWN if self._heard_out else "whether it is complete could not be checked"
                self._say(StreamPhase.ENDED, f"{known}: {how}", confirmed=False)
                return True
        await self._before_next(how, told_seconds)
        return False

    async def _read_log(self) -> Ending:
        tail = self._tail if self._replay.empty else None
        self._replay.connected(tail=tail is not None)
        async with self._client.log_events(self._job.namespace, self._job.id, tail=tail) as chunks:
            return await self._connection(self._take).read(self._said_alive(chunks))

    async def _said_alive(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """Pass chunks on; that the stream lives is said once the first has been taken.

        Before it, of a log without a line, nothing is known: it may be about to come.
        """
        if not self._replay.empty or self._job.stage == "SCHEDULING":
            self._say_alive()
        async for chunk in chunks:
            yield chunk
            if self._state is not None and self._state.phase in _NOT_YET_ALIVE:
                self._say_alive()

    def _replayed_whole(self) -> bool:
        """Whether a replay has just gone by that brought all that was seen and nothing else."""
        return self._heard_out and not self._fresh and not self._replay.empty and self._replay.caught_up

    async def _end_agrees(self) -> bool:
        """Compare the last lines of an ended job's log with the last that were handed on: a cheap check.

        Where they are the whole log and go on beyond what is known they are handed on. A connection has then
        ended too early without a sign of it, and others may: two checks in a row have to agree.
        """
        checks_to_agree = 1
        while checks_to_agree:
            last, ending = await self._last_lines()
            if ending is not Ending.DEAD and self._replay.ends_with(last, _CHECKED_LINES):
                checks_to_agree -= 1
            elif ending is not Ending.DEAD and self._replay.extended_by(last, _CHECKED_LINES):
                self._replay.connected(tail=False)
                self._take(last)
                checks_to_agree = 2
            else:
                return False
        return True

    async def _last_lines(self) -> tuple[list[LogLine], Ending]:
        last: list[LogLine] = []

        def keep(lines: list[LogLine]) -> bool:
            last.extend(lines)
            return True

        stream = self._client.log_events(self._job.namespace, self._job.id, tail=_CHECKED_LINES)
        async with stream as chunks:
            return last, await self._connection(keep).read(chunks)

    def _connection(self, on_lines: Callable[[list[LogLine]], bool]) -> LogConnection:
        return LogConnection(
            self._job,
            self._clock,
            self._patience,
            on_lines=on_lines,
            on_silence=self._silence,
            look=self._look,
        )

    async def _before_next(self, how: str, told_seconds: float | None) -> None:
        """Wait as long as it takes until the next connection is likely to bring something."""
        if not self._job.live and self._fresh:
            return
        if self._job.live and not (await self._look()).live:
            return
        wait_seconds = min(
            self._patience.first_retry_seconds * 2.0**self._failures, self._patience.most_retry_seconds
        )
        wait_seconds = max(wait_seconds, min(told_seconds or 0.0, _MOST_TOLD_SECONDS))
        self._failures += 1
        if self._job.stage != "SCHEDULING":
            self._say(StreamPhase.RECONNECTING, f"{how}, next try in {wait_seconds:.0f} s")
        await self._clock.sleep(wait_seconds)
        if self._job.live:
            await self._look()

    async def _look(self) -> Job:
        """The job as it is now, or as it was if that cannot be found out at the moment."""
        try:
            self._job = await self._client.get_job(self._job.namespace, self._job.id)
        except HubError as error:
            if not error.passing:
                raise
        if self._state is not None and self._state.phase is StreamPhase.WAITING:
            self._say_alive()
        return self._job

    def _take(self, lines: list[LogLine]) -> bool:
        news = self._replay.feed(lines)
        if news.void:
            self._replay, self._tail, self._fresh = Replay(), None, True
            self._sink.restarted()
            return False
        if news.lines:
            self._fresh = True
            self._sink.lines(news.lines)
            if not all(line.text.startswith(MARKER_PREFIX) for line in news.lines):
                self._say(StreamPhase.LIVE)
        return True

    def _silence(self, silent: bool) -> None:
        if silent:
            self._say(StreamPhase.SILENT)
        else:
            self._say_alive()

    def _say_alive(self) -> None:
        if self._job.stage == "SCHEDULING":
            self._say(StreamPhase.WAITING, self._job.message)
        else:
            self._say(StreamPhase.LIVE)

    def _say(self, phase: StreamPhase, detail: str = "", *, confirmed: bool = True) -> None:
        if self._state is None or (self._state.phase, self._state.detail) != (phase, detail):
            self._state = StreamState(phase, detail, self._clock.now().timestamp(), confirmed)
            self._sink.state(self._state)
