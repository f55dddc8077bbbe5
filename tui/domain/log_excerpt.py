"""Part of a log taken out of it, to be written to a file on another thread while the log goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from .log_block import LogBlock
from .logbook import LogBook
from .stream import LogLine

_NO_TIME = "-"


@dataclass(frozen=True)
class Excerpt:
    """Lines as they are shown: nothing in them can move a cursor."""

    sealed: tuple[LogBlock, ...]
    latest: tuple[tuple[int, float, str], ...]
    """The lines of the block that still grows: number, time, text."""
    keeps: Callable[[int], bool]
    """Which lines belong to it, by number."""
    prefix: Callable[[int], str] = lambda number: ""
    """What stands before a line, by its number."""

    def lines(self, *, times: bool = False) -> Iterator[str]:
        """The lines, with their times in UTC before them when asked for."""
        for number, at, text in self._all():
            line = f"{self.prefix(number)}{text}"
            yield f"{_utc(at)} {line}" if times else line

    def _all(self) -> Iterator[tuple[int, float, str]]:
        for block in self.sealed:
            for row in range(len(block)):
                if self.keeps(block.first + row):
                    yield block.first + row, block.times[row], block.text(row)
        for number, at, text in self.latest:
            if self.keeps(number):
                yield number, at, text


def excerpt(book: LogBook, keeps: Callable[[int], bool] = lambda number: True) -> Excerpt:
    """Lines of a book as it is now."""
    latest: tuple[tuple[int, float, str], ...] = ()
    if book.blocks:
        block = book.blocks[-1]
        latest = tuple((block.first + row, block.times[row], block.text(row)) for row in range(len(block)))
    return Excerpt(tuple(book.blocks[:-1]), latest, keeps)


def _utc(at: float) -> str:
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z" if at else _NO_TIME
    except (ValueError, OverflowError, OSError):
        return _NO_TIME


def whole_log(book: LogBook) -> Iterator[LogLine] | None:
    """Every line as it came, to be read on another thread; None when some of them are no longer held."""
    if book.first or not book.blocks:
        return None
    sealed, block = tuple(book.blocks[:-1]), book.blocks[-1]
    latest = [LogLine(block.times[row], block.raw(row)) for row in range(len(block))]
    held = (LogLine(old.times[row], old.raw(row)) for old in sealed for row in range(len(old)))
    return chain(held, latest)
