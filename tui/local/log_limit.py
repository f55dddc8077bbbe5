"""What a log keeps when it is full: its beginning, and at the end of the job the last lines before that end.

Positions in a log never move, since readers stand in the middle of it and clients that connect again count
the events they have seen. So nothing of the beginning is dropped to make room: what comes after the limit is,
but for the last lines, which hold the cause of a failure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .sizes import size_text

LOG_MAX_BYTES = 256 << 20
LAST_LINES_SHARE = 16
LAST_LINES_MAX_BYTES = 1 << 20
LONGEST_ESCAPE_BYTES = 6
"""`\\u0000` for a character of a log line."""

Line = tuple[str, str]
"""A text and the moment it came at, as the wire writes it."""


@dataclass(frozen=True, slots=True)
class LogLimit:
    """How large a log may become, in bytes of its stream."""

    max_bytes: int = LOG_MAX_BYTES

    @property
    def last_lines_bytes(self) -> int:
        """The part that is left free for the last lines."""
        return min(LAST_LINES_MAX_BYTES, self.max_bytes // LAST_LINES_SHARE)

    @property
    def beginning_bytes(self) -> int:
        """The part that is filled as lines come."""
        return self.max_bytes - self.last_lines_bytes

    def notice(self) -> str:
        """The line that stands where the limit was reached."""
        return (
            f"local hub: this log has reached its limit of {size_text(self.max_bytes)} (--max-log); of the "
            f"lines that follow, the last {size_text(self.last_lines_bytes)} are shown when the job has ended"
        )


class LastLines:
    """Holds the last lines of a full log and counts those dropped before them."""

    def __init__(self, limit: LogLimit, event: Callable[[str, str], bytes]) -> None:
        self._max_bytes = limit.last_lines_bytes
        self._event = event
        self._lines: deque[tuple[Line, int]] = deque()
        self._bytes = 0
        self._dropped = 0

    def take(self, lines: Iterable[Line]) -> None:
        """Take lines in and drop the oldest of them; a line too long for all the room keeps its end."""
        for text, stamp in lines:
            size = len(self._event(text, stamp))
            if size > self._max_bytes:
                text = "…" + text[-(self._max_bytes // LONGEST_ESCAPE_BYTES // 2) :]
                size = len(self._event(text, stamp))
            self._lines.append(((text, stamp), size))
            self._bytes += size
            while self._bytes > self._max_bytes and len(self._lines) > 1:
                self._bytes -= self._lines.popleft()[1]
                self._dropped += 1

    def lines(self) -> list[Line]:
        """What is written when the job has ended."""
        kept = [line for line, _ in self._lines]
        if not self._dropped:
            return kept
        counted = "1 line" if self._dropped == 1 else f"{self._dropped:,} lines"
        return [(f"local hub: {counted} dropped here", kept[0][1]), *kept]
