"""Logs: lines on their way to the views that show them, and what is done with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

if TYPE_CHECKING:
    from ..domain.job import Job
    from ..domain.log_excerpt import Excerpt
    from ..domain.stream import LogLine, StreamState


@dataclass
class LogLinesArrived(Message):
    """The next lines of a job's log, in order."""

    job_id: str
    lines: list[LogLine]


@dataclass
class LogRestarted(Message):
    """Everything held of this log is void: what follows comes from its first line again."""

    job_id: str


@dataclass
class LogStateChanged(Message):
    """How the stream of a job's log is doing."""

    job_id: str
    state: StreamState


@dataclass
class LastLineRead(Message):
    """The last line of a job's log as it stands now."""

    job_id: str
    text: str


@dataclass
class LogSaved(Message):
    """Lines of a log are in a file."""

    path: str
    line_count: int


@dataclass
class LogNotSaved(Message):
    """They are not, and why."""

    path: str
    reason: str


@dataclass
class LastLineWanted(Message):
    """Read the last line of this job's log."""

    job: Job


class LogView(Protocol):
    """What shows a log: it is told of lines and of the state of the stream."""

    def append(self, lines: list[LogLine]) -> None: ...
    def clear(self) -> None: ...
    def show_state(self, state: StreamState) -> None: ...


@dataclass
class LogOpened(Message):
    """This view shows the job's log from now on, from its first line or from its last `tail` lines.

    Like its counterpart it is posted to the application itself: on the way up from a widget it could be
    overtaken by the one of the next screen.
    """

    job: Job
    view: LogView
    tail: int | None = None
    fresh: bool = False
    """Read it from the Hub even when this machine has kept it."""


@dataclass
class LogClosed(Message):
    """This view does not show the job's log any more."""

    job_id: str
    view: LogView


@dataclass
class LogCompleted(Message):
    """The log of an ended job was read to its end: worth keeping."""

    job: Job
    lines: Iterator[LogLine]


@dataclass
class SaveRequested(Message):
    """Write these lines of a log to a new file."""

    path: str
    excerpt: Excerpt
    times: bool
