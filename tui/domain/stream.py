"""A job's log as it arrives: lines, and how the stream that brings them is doing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

MARKER_PREFIX = "===== Job started"
"""Starts the first line of every attempt; a second one means the job was started again (jobs-api.md §4)."""


class LogLine(NamedTuple):
    """One line of output with the server's time, as unix seconds (0.0 when it gave none).

    `text` is remote and hostile: it may hold escape sequences, carriage returns and anything else.
    """

    at: float
    text: str


class StreamPhase(Enum):
    """How a log stream is doing; the value is the word shown."""

    CONNECTING = "connecting"
    WAITING = "waiting for the container"
    LIVE = "live"
    SILENT = "silent"
    RECONNECTING = "reconnecting"
    ENDED = "ended"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class StreamState:
    """The phase of a stream with the words that explain it."""

    phase: StreamPhase
    detail: str = ""
    """Why: the Hub's status message, the number of the attempt, the reason of a refusal."""
    since: float = 0.0
    """Unix seconds at which the phase began, 0.0 when it does not matter."""
    confirmed: bool = True
    """Of an ended stream, whether its end was compared with the Hub's."""

    @property
    def final(self) -> bool:
        """Whether nothing more will come without the user asking again."""
        return self.phase in (StreamPhase.ENDED, StreamPhase.REFUSED)
