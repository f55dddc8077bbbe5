"""Output of a job cut into the lines of its log (jobs-api.md §4: `data` is one line of text)."""

from __future__ import annotations

LINE_MAX_BYTES = 1 << 20


class LineCutter:
    """Turns blocks of bytes into lines; carriage returns stay, bytes that are not UTF-8 are replaced."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, block: bytes) -> list[str]:
        """The lines completed by this block; what is too long for a line is cut."""
        if b"\n" not in block:
            self._pending += block
            return self._overlong()
        *complete, rest = (bytes(self._pending) + block).split(b"\n")
        self._pending = bytearray(rest)
        lines = [line for raw in complete for line in _bounded(raw)]
        return lines + self._overlong()

    def flush(self) -> list[str]:
        """What was left without an end when the output closed."""
        rest, self._pending = bytes(self._pending), bytearray()
        return _bounded(rest) if rest else []

    def _overlong(self) -> list[str]:
        lines = []
        while len(self._pending) > LINE_MAX_BYTES:
            lines.append(_text(bytes(self._pending[:LINE_MAX_BYTES])))
            del self._pending[:LINE_MAX_BYTES]
        return lines


def _bounded(raw: bytes) -> list[str]:
    starts = range(0, len(raw), LINE_MAX_BYTES) or (0,)
    return [_text(raw[start : start + LINE_MAX_BYTES]) for start in starts]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
