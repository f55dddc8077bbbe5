"""The log of one job: an append-only file that holds the very bytes of its stream (jobs-api.md §4).

Replaying a log is then sending a file, whatever its length, and following it is waiting for the file to
grow; nothing of a log is kept in memory but the last lines of one that is full (`log_limit.py`).
"""

from __future__ import annotations

import asyncio
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import accumulate
from json.encoder import encode_basestring
from pathlib import Path

from .clock import iso_millis, iso_seconds, start_marker
from .log_file import EVENT_END, whole_events
from .log_limit import LastLines, Line, LogLimit

SCAN_BYTES = 1 << 16


class JobLog:
    """The events of one job in wire form, and whoever waits for more of them."""

    def __init__(self, path: Path, limit: LogLimit | None = None) -> None:
        """`limit` None lets the log grow for as long as there is room."""
        self._path = path
        self._limit = limit
        self._last_lines: LastLines | None = None
        self._prepare: Callable[[JobLog], None] | None = None
        self._descriptor: int | None = None
        self._first_marker_bytes = 0
        self._trouble: OSError | None = None
        self._watchers: set[asyncio.Event] = set()
        self.size_bytes = 0
        self.ended = False
        """True when nothing more will come."""

    def mark_start(self, at_seconds: float) -> None:
        """Write the marker that opens every attempt; its timestamp has whole seconds."""
        self._write([(start_marker(at_seconds), iso_seconds(at_seconds))])
        if not self._first_marker_bytes:
            self._first_marker_bytes = self.size_bytes

    def append(self, texts: Iterable[str], at_seconds: float) -> None:
        """Write lines that came at one moment.

        Raises:
            OSError: They cannot be written; the log is then as it was before.
        """
        stamp = iso_millis(at_seconds)
        self._write([(text, stamp) for text in texts])

    def append_timed(self, lines: Iterable[tuple[float, str]]) -> None:
        """Write lines that each have their own moment."""
        self._write([(text, iso_millis(at_seconds)) for at_seconds, text in lines])

    def end(self) -> None:
        """Nothing more will come: let readers finish and the file rest."""
        if not self.ended and self._last_lines is not None:
            with suppress(OSError):  # the job has ended, whether they can be kept or not
                self._extend(b"".join(_event(*line) for line in self._last_lines.lines()))
            self._last_lines = None
        self.ended = True
        if self._descriptor is not None:
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None
        self._wake_watchers()

    def restore(self, *, began: bool) -> None:
        """Take up what another hub wrote; what cannot be read is told to whoever asks for it.

        `began` tells that there has to be something.
        """
        try:
            self.size_bytes, self._first_marker_bytes = whole_events(self._path)
        except OSError as error:
            if began or not isinstance(error, FileNotFoundError):
                self._trouble = error

    def last_written(self) -> float:
        """When the file was changed; 0 when there is none."""
        try:
            return self._path.lstat().st_mtime
        except OSError:
            return 0.0

    def prepare(self) -> None:
        """Write a made-up history, if it was not yet.

        Raises:
            OSError: It cannot be written, or what is there cannot be read.
        """
        if self._trouble is not None:
            raise OSError(self._trouble.errno, self._trouble.strerror)
        if self._prepare is not None:
            prepare, self._prepare = self._prepare, None
            ended, self.ended = self.ended, False
            try:
                prepare(self)
            except OSError:
                if not self.size_bytes:
                    self._prepare = prepare
                raise
            finally:
                if ended:
                    self.end()

    def open(self) -> int:
        """A descriptor to read the log with, once it has a size."""
        return os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)

    def prepare_with(self, prepare: Callable[[JobLog], None]) -> None:
        """Let this write what the log holds so far, when somebody first reads it."""
        self._prepare = prepare

    @property
    def prepared(self) -> bool:
        """False while a made-up history waits for its first reader."""
        return self._prepare is None

    def starts_of_tail(self, descriptor: int, line_count: int) -> tuple[int, int]:
        """How long the marker at the top is, and where the last lines begin; the marker is not counted."""
        if line_count * SHORTEST_EVENT_BYTES >= self.size_bytes:
            return self._first_marker_bytes, self._first_marker_bytes
        position, found, later = self.size_bytes, -1, b""
        while position > self._first_marker_bytes:
            begin = max(self._first_marker_bytes, position - SCAN_BYTES)
            block = os.pread(descriptor, position - begin, begin)
            searched = block + later[:1]
            position, later = begin, block
            if found + (ends := searched.count(EVENT_END)) < line_count:
                found += ends
                continue
            index = searched.rfind(EVENT_END)
            while index >= 0:
                found += 1
                if found == line_count:
                    return self._first_marker_bytes, begin + index + len(EVENT_END)
                index = searched.rfind(EVENT_END, 0, index)
        return self._first_marker_bytes, self._first_marker_bytes

    def watch(self, wake: asyncio.Event) -> None:
        """Set this event whenever the log grows or ends."""
        self._watchers.add(wake)

    def unwatch(self, wake: asyncio.Event) -> None:
        """Stop setting this event."""
        self._watchers.discard(wake)

    def _write(self, lines: Sequence[Line]) -> None:
        if self.ended or not lines:
            return
        if self._last_lines is not None:
            self._last_lines.take(lines)
            return
        events = b"".join([_event(text, stamp) for text, stamp in lines])
        if self._limit is None or self.size_bytes + len(events) <= self._limit.beginning_bytes:
            self._extend(events)
        else:
            self._fill(lines, self._limit)

    def _fill(self, lines: Sequence[Line], limit: LogLimit) -> None:
        """Write what still fits and that it was the last; hold the rest back."""
        events = [_event(*line) for line in lines]
        ends = list(accumulate(map(len, events)))
        fitting = bisect_right(ends, limit.beginning_bytes - self.size_bytes)
        self._extend(b"".join([*events[:fitting], _event(limit.notice(), lines[fitting][1])]))
        self._last_lines = LastLines(limit, _event)
        self._last_lines.take(lines[fitting:])

    def _extend(self, events: bytes) -> None:
        """Add whole events to the file, or nothing: half of one would spoil the next."""
        if self._trouble is not None:
            raise OSError(self._trouble.errno, self._trouble.strerror)
        if self._descriptor is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC
            self._descriptor = os.open(self._path, flags, 0o600)
        remaining, end = memoryview(events), self.size_bytes
        try:
            while remaining:
                written = os.pwrite(self._descriptor, remaining, end)
                remaining, end = remaining[written:], end + written
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._descriptor, self.size_bytes)
            raise
        self.size_bytes = end
        self._wake_watchers()

    def _wake_watchers(self) -> None:
        for wake in self._watchers:
            wake.set()


def _event(text: str, stamp: str) -> bytes:
    """One event in the only form the reference client reads: `data: {`, no name, no id."""
    event = f'data: {{"data":{encode_basestring(text)},"timestamp":"{stamp}"}}\n\n'
    return event.encode("utf-8", "replace")


SHORTEST_EVENT_BYTES = len(_event("", iso_seconds(0)))
