"""The bytes of a log stream to lines, in batches (jobs-api.md §4).

An event is one `data:` line of JSON and a blank line. A block of whole events in that plain form becomes one
JSON array and is decoded in one go; whatever else comes (comments, other fields, CRLF, broken JSON) takes
the slow way, event by event, so that one odd event costs nobody else a line.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

import msgspec

from ..domain.convert import as_mapping, as_str, as_time
from ..domain.stream import LogLine
from .wire import decode_json

MOST_EVENT_BYTES = 8 * 1024 * 1024
KEPT_OF_A_CUT_EVENT = 64 * 1024
CUT_NOTICE = "… [this line was longer than 8 MB and is cut here]"

_PLAIN_START = b"data: {"
_END = b"\n\n"


class _Event(msgspec.Struct, gc=False):
    data: str
    timestamp: Annotated[datetime, msgspec.Meta(tz=True)]


_decode_one = msgspec.json.Decoder(_Event).decode
_decode_many = msgspec.json.Decoder(list[_Event]).decode


class LogDecoder:
    """Fed with chunks as they come from the socket, gives the lines they complete."""

    def __init__(self, most_event_bytes: int = MOST_EVENT_BYTES) -> None:
        self._most_event_bytes = most_event_bytes
        self._kept_bytes = min(KEPT_OF_A_CUT_EVENT, most_event_bytes)
        self._buffer = bytearray()
        self._held_cr = False
        self._skipping = False

    def feed(self, chunk: bytes) -> list[LogLine]:
        """The lines whose events end in this chunk."""
        if self._held_cr or b"\r" in chunk:
            chunk = self._with_plain_breaks(chunk)
        buffer = self._buffer
        searched = max(0, len(buffer) - 1)
        buffer += chunk
        lines: list[LogLine] = []
        end = buffer.rfind(_END, searched)
        if end >= 0:
            block = bytes(buffer[:end])
            del buffer[: end + 2]
            lines = self._decode_block(block)
        if len(buffer) > self._most_event_bytes + 1 and not self._skipping:
            self._skipping = True
            lines.append(_cut_line(bytes(buffer[: self._kept_bytes])))
        if self._skipping:
            del buffer[:-1]
        return lines

    def _with_plain_breaks(self, chunk: bytes) -> bytes:
        """CRLF and lone CR as LF; a CR at the end waits for what follows it."""
        if self._held_cr:
            chunk = b"\r" + chunk
        self._held_cr = chunk.endswith(b"\r")
        if self._held_cr:
            chunk = chunk[:-1]
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def _decode_block(self, block: bytes) -> list[LogLine]:
        if self._skipping:
            self._skipping = False
            _rest_of_cut, found, block = block.partition(_END)
            if not found:
                return []
        if block.startswith(_PLAIN_START) and len(block) <= self._most_event_bytes:
            joined = b"[" + block[len(_PLAIN_START) - 1 :].replace(b"\n\ndata: ", b",") + b"]"
            try:
                return [LogLine(event.timestamp.timestamp(), event.data) for event in _decode_many(joined)]
            except (msgspec.DecodeError, UnicodeDecodeError):
                pass
        lines = (self._decode_event(event) for event in block.split(_END))
        return [line for line in lines if line is not None]

    def _decode_event(self, event: bytes) -> LogLine | None:
        if len(event) > self._most_event_bytes:
            return _cut_line(event[: self._kept_bytes])
        fields = [line[5:].removeprefix(b" ") for line in event.split(b"\n") if line.startswith(b"data:")]
        if not fields:
            return None
        payload = b"\n".join(fields)
        try:
            read = _decode_one(payload)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return _lenient_line(payload)
        return LogLine(read.timestamp.timestamp(), read.data)


def _lenient_line(payload: bytes) -> LogLine:
    """A line from an event of another shape: what cannot be read is shown as it came, never dropped."""
    raw = payload.decode("utf-8", errors="replace")
    try:
        value = decode_json(payload)
    except ValueError:
        return LogLine(0.0, raw)
    event = as_mapping(value)
    moment = as_time(event.get("timestamp"))
    text = as_str(event.get("data"))
    if text is None:
        text = value if isinstance(value, str) else raw
    return LogLine(moment.timestamp() if moment else 0.0, text)


def _cut_line(beginning: bytes) -> LogLine:
    """A line that is too long to hold: its beginning, and a notice."""
    found = re.match(rb'data: ?\{"data": ?"(.*)', beginning, re.DOTALL)
    raw = re.sub(rb"\\(u[0-9a-fA-F]{0,3})?$", b"", found.group(1)) if found else beginning
    try:
        text = as_str(decode_json(b'"' + raw + b'"')) or ""
    except ValueError:
        text = raw.decode("utf-8", errors="replace")
    return LogLine(0.0, text.rstrip("\N{REPLACEMENT CHARACTER}") + CUT_NOTICE)
