"""The log of one job: an append-only file that holds the very bytes of its stream (jobs-api.md §4).

Replaying a log is then sending a file, whatever its length, and following it is waiting for the file to
grow; nothing of a log is kept in memory.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable
from json.encoder import encode_basestring
from pathlib import Path

from .clock import iso_millis, iso_seconds, start_marker

EVENT_END = b"\n\n"
SCAN_BYTES = 1 << 16


class JobLog:
    """The events of one job in wire form, and whoever waits for more of them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._prepare: Callable[[JobLog], None] | None = None
        self._descriptor: int | None = None
        self._first_marker_bytes = 0
        self._watchers: set[asyncio.Event] = set()
        self.size_bytes = 0
        self.ended = False
        """True when nothing more will come."""

    def mark_start(self, at_seconds: float) -> None:
        """Write the marker that opens every attempt; its timestamp has whole seconds."""
        self._write(_event(start_marker(at_seconds), iso_seconds(at_seconds)))
        if not self._first_marker_bytes:
            self._first_marker_bytes = self.size_bytes

    def append(self, texts: Iterable[str], at_seconds: float) -> None:
        """Write lines that came at one moment."""
        stamp = iso_millis(at_seconds)
        self._write("".join([_event(text, stamp) for text in texts]))

    def append_timed(self, lines: Iterable[tuple[float, str]]) -> None:
        """Write lines that each have their own moment."""
        self._write("".join([_event(text, iso_millis(at_seconds)) for at_seconds, text in lines]))

    def end(self) -> None:
        """Nothing more will come: let readers finish and the file rest."""
        self.ended = True
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        self._wake_watchers()

    def open(self) -> int:
        """A descriptor to read the log with; a made-up history is written now if it was not yet."""
        if self._prepare is not None:
            prepare, self._prepare = self._prepare, None
            ended, self.ended = self.ended, False
            prepare(self)
            if ended:
                self.end()
        return os.open(self._path, os.O_RDONLY | os.O_CREAT, 0o600)

    def prepare_with(self, prepare: Callable[[JobLog], None]) -> None:
        """Let this write what the log holds so far, when somebody first reads it."""
        self._prepare = prepare

    @property
    def prepared(self) -> bool:
        """False while a made-up history waits for its first reader."""
        return self._prepare is None

    def starts_of_tail(self, descriptor: int, line_count: int) -> tuple[int, int]:
        """How long the marker at the top is, and where the last lines begin; the marker is not counted."""
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

    def _write(self, events: str) -> None:
        if self.ended or not events:
            return
        if self._descriptor is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            self._descriptor = os.open(self._path, flags, 0o600)
        remaining = memoryview(events.encode("utf-8", "replace"))
        while remaining:
            written = os.write(self._descriptor, remaining)
            self.size_bytes += written
            remaining = remaining[written:]
        self._wake_watchers()

    def _wake_watchers(self) -> None:
        for wake in self._watchers:
            wake.set()


def _event(text: str, stamp: str) -> str:
    """One event in the only form the reference client reads: `data: {`, no name, no id."""
    return f'data: {{"data":{encode_basestring(text)},"timestamp":"{stamp}"}}\n\n'
