"""Some hundred neighbouring lines of a log, packed into few bytes."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate

from .printable import UNSHOWABLE

MOST_COLUMNS = 4096
"""What is shown of one line; the whole of it is kept, found and copied."""
NOTE_COLUMNS = 16
"""Room after a cut line for the words that say so."""

Measure = Callable[[str], int]
"""Cells a text takes on the screen; asked only for texts with unusual characters."""

_HALF_PAIR = re.compile("[\ud800-\udfff]")
_LINE_OVERHEAD_BYTES = 14
_RAW_OVERHEAD_BYTES = 8
_ONE_CELL = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u0391-\u03a1\u03a3-\u0482"
    "\u2010-\u2027\u2030-\u205e\u2190-\u2319\u2500-\u25fc\u2800-\u28ff]*"
)


Row = tuple[float, str, str, int]
"""A line as it is kept: its time, what is shown, what came, how wide it is."""


class LogBlock:
    """Lines as they are shown, in one UTF-8 text; beside it times, widths, and raw texts that differ."""

    __slots__ = (
        "_measure",
        "_raw",
        "_raw_rows",
        "_raw_starts",
        "_shown",
        "_starts",
        "first",
        "times",
        "widths",
    )

    def __init__(self, first: int, measure: Measure) -> None:
        self.first = first
        """Number of its first line in the log."""
        self.times = array("d")
        self.widths = array("h")
        """Cells each line takes on the screen; negative when some characters are not one cell wide."""
        self._measure = measure
        self._shown: bytes | bytearray = bytearray()
        self._starts = array("I")
        self._raw: bytes | bytearray = bytearray()
        self._raw_rows = array("I")
        self._raw_starts = array("I")

    def __len__(self) -> int:
        return len(self._starts)

    @property
    def size_bytes(self) -> int:
        """Memory it takes, near enough to count by."""
        lines = _LINE_OVERHEAD_BYTES * len(self._starts) + _RAW_OVERHEAD_BYTES * len(self._raw_rows)
        return len(self._shown) + len(self._raw) + lines

    def extend_plain(self, times: Sequence[float], texts: Sequence[str]) -> None:
        """Add lines that are shown exactly as they came, one cell a character."""
        lengths = [len(text) for text in texts]
        self._starts.extend(accumulate((length + 1 for length in lengths[:-1]), initial=len(self._shown)))
        self._shown += ("\n".join(texts) + "\n").encode()
        self.times.extend(times)
        most = MOST_COLUMNS
        cut = most + NOTE_COLUMNS
        self.widths.extend([length if length <= most else cut for length in lengths])

    def append(self, at: float, shown: str, raw: str, width: int | None = None) -> None:
        """Add a line; the raw text is kept when it is not what is shown. A width not given is measured."""
        if raw != shown:
            self._raw_rows.append(len(self._starts))
            self._raw_starts.append(len(self._raw))
            self._raw += _encoded(raw)
        self._starts.append(len(self._shown))
        self._shown += shown.encode() + b"\n"
        self.times.append(at)
        self.widths.append(_screen_width(shown, self._measure) if width is None else width)

    def rows(self) -> list[Row]:
        """All that was added, line by line."""
        shown = self._shown.decode().split("\n")
        shown.pop()
        raw = shown.copy()
        for position, row in enumerate(self._raw_rows):
            raw[row] = self._raw_at(position)
        return list(zip(self.times, shown, raw, self.widths, strict=True))

    def extend(self, rows: Sequence[Row]) -> None:
        """Add lines of other blocks."""
        times, shown, raw, widths = zip(*rows, strict=True)
        joined = "\n".join(shown)
        if not joined.isascii() or shown != raw:
            for row in rows:
                self.append(*row)
            return
        lengths = (len(text) + 1 for text in shown[:-1])
        self._starts.extend(accumulate(lengths, initial=len(self._shown)))
        self._shown += (joined + "\n").encode()
        self.times.extend(times)
        self.widths.extend(widths)

    def remeasure(self, row: int, shown: str) -> None:
        """A line is shown as another text than it came with."""
        self.widths[row] = _screen_width(shown, self._measure)

    def seal(self) -> None:
        """Give back the room kept for growing; nothing is added after this."""
        self._shown, self._raw = bytes(self._shown), bytes(self._raw)
        self.times, self.widths, self._starts = self.times[:], self.widths[:], self._starts[:]

    def text(self, row: int) -> str:
        """A line as it is shown, without colours."""
        end = self._starts[row + 1] if row + 1 < len(self._starts) else len(self._shown)
        return self._shown[self._starts[row] : end - 1].decode()

    def raw(self, row: int) -> str:
        """A line as it came."""
        position = _find(self._raw_rows, row)
        if position is None:
            return self.text(row)
        return self._raw_at(position)

    def _raw_at(self, position: int) -> str:
        last = position + 1 == len(self._raw_starts)
        end = len(self._raw) if last else self._raw_starts[position + 1]
        return self._raw[self._raw_starts[position] : end].decode()

    def searched_text(self) -> str:
        """All lines, each ended by a line feed."""
        return self._shown.decode()


def one_cell_each(text: str) -> bool:
    """Whether every character takes one cell; of some that do it is not known, which only costs time."""
    return text.isascii() or _ONE_CELL.fullmatch(text) is not None


def _encoded(raw: str) -> bytes:
    try:
        return raw.encode()
    except UnicodeEncodeError:
        return _HALF_PAIR.sub(UNSHOWABLE, raw).encode()


def _find(rows: array[int], row: int) -> int | None:
    position = bisect_left(rows, row)
    return position if position < len(rows) and rows[position] == row else None


def _screen_width(shown: str, measure: Measure) -> int:
    cut = len(shown) > MOST_COLUMNS
    head = shown[:MOST_COLUMNS] if cut else shown
    if one_cell_each(head):
        return len(head) + NOTE_COLUMNS if cut else len(head)
    width = measure(head)
    return -(MOST_COLUMNS + NOTE_COLUMNS) if cut or width > MOST_COLUMNS else -width
