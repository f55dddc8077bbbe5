"""Python tracebacks found while lines arrive, so that a page can show them as their last line.

Known are the plain ones, chained ones, those drawn by rich, and those whose every line a launcher has put a
prefix before (`[rank3]: `), mixed with the lines of other ranks.

    Traceback (most recent call last):        hidden
      File "train.py", line 3, in <module>    hidden
    KeyError: 'loss'                          hidden: the next one was raised while it was handled
                                              hidden
    During handling of the above exception…   hidden
                                              hidden
    Traceback (most recent call last):        hidden
      File "train.py", line 5, in <module>    hidden
    RuntimeError: no loss                     shown

An exception group is shown as the line that names it; what is inside it comes after that line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .log_moves import Moved

HEADER = "Traceback (most recent call last)"
MOST_LINES = 4_000
"""A traceback longer than this is none."""

_HEADER = re.compile(r"^(.{0,80}?)(╭─+ )?" + re.escape(HEADER) + r"(:$| ─+╮$)")
_GROUP_HEADER = re.compile(r"^(.{0,80}?)  \+ Exception Group " + re.escape(HEADER) + ":$")
_GROUP_LINE = re.compile(r"^ {2,}[|+]")
_GROUP_NAME = re.compile(r"^  \| [A-Za-z_][\w.]*(?:: .*|:|)$")
_GROUP_END = re.compile(r"^ {4,}\+-+$")
_CHAINED = ("During handling of the above exception", "The above exception was the direct cause")
_LAST = re.compile(r"^[A-Za-z_][\w.]*(?:: .*|:|)$")


@dataclass
class Traceback:
    """One that is complete; when it turns out to be chained it grows."""

    hidden: list[int]
    """Numbers of the lines that its last line stands for."""
    last: int
    """Number of the line that names the exception."""

    @property
    def first(self) -> int:
        """Number of its first line."""
        return self.hidden[0]


@dataclass
class _Open:
    """One whose last line has not come, or may yet be followed by another it is chained to."""

    prefix: str
    drawn: bool
    """Whether it is in a box, as rich draws them."""
    lines: list[int]
    done: Traceback | None = None
    inside: bool = True
    """Whether the next lines are frames; else its last line has come and what follows decides."""
    chained: bool = False
    """Whether the words came that chain it to the next one."""
    group: bool = False
    """Whether it is a group of exceptions, with bars at the left."""
    name: int | None = None
    """Number of the line that names the group."""


@dataclass
class TracebackFinder:
    """Fed with every line from the first that has `HEADER` in it, as long as `busy`."""

    found: dict[int, Traceback] = field(default_factory=dict)
    """By the number of the last line."""
    _open: dict[str, _Open] = field(default_factory=dict)

    @property
    def busy(self) -> bool:
        """Whether the next line may belong to a traceback."""
        return bool(self._open)

    def feed(self, number: int, text: str) -> Traceback | None:
        """Take the next line; gives the traceback that it completes."""
        if HEADER in text and self._begins(number, text.rstrip()):
            return None
        for key, trace in list(self._open.items()):
            if not text.startswith(trace.prefix.rstrip()):
                if trace.prefix.strip() and len(trace.lines) > 1:
                    continue  # a line of somebody else's, in between
                if not text.startswith("  File "):
                    del self._open[key]
                    continue
                trace.prefix = ""
            done = self._step(trace, number, text[len(trace.prefix) :])
            if done is None and not trace.lines:
                del self._open[key]
            if done is not None or trace.prefix:
                return done
        return None

    def renumber(self, moved: Moved) -> None:
        """Lines of those that have not ended have other numbers; what was found is another's to correct."""
        for trace in self._open.values():
            trace.lines = moved.kept(trace.lines)
            trace.name = None if trace.name is None else moved.of(trace.name)

    def _begins(self, number: int, text: str) -> bool:
        if group := _GROUP_HEADER.match(text):
            self._begin(number, group[1], group=True)
        elif any(trace.group and _GROUP_LINE.match(text[len(key) :]) for key, trace in self._open.items()):
            return False
        elif header := _HEADER.match(text):
            self._begin(number, header[1], drawn=header[2] is not None)
        else:
            return False
        return True

    def _begin(self, number: int, prefix: str, *, drawn: bool = False, group: bool = False) -> None:
        trace = self._open.get(prefix)
        if trace is None or not trace.chained:
            trace = self._open[prefix] = _Open(prefix, drawn, [])
        trace.drawn, trace.inside, trace.chained = drawn, True, False
        trace.group, trace.name = group, None
        trace.lines.append(number)

    def _step(self, trace: _Open, number: int, text: str) -> Traceback | None:
        """One more line of it; `lines` is emptied when it is over."""
        trace.lines.append(number)
        if len(trace.lines) > MOST_LINES:
            trace.lines = []
        elif trace.group and _GROUP_LINE.match(text):
            if trace.name is None and _GROUP_NAME.match(text):
                trace.name = number
            elif trace.name is not None and _GROUP_END.match(text):
                return self._close(trace, trace.name)
        elif not trace.inside:
            trace.chained = trace.chained or text.startswith(_CHAINED)
            if text.strip() and not text.startswith(_CHAINED):
                trace.lines = []
        elif trace.group:
            trace.lines = []
        elif trace.drawn and text.startswith(("│", "╰")):
            trace.drawn = not text.startswith("╰")
        elif not trace.drawn and (text.startswith(" ") or not text.strip()):
            pass
        elif not trace.drawn and _LAST.match(text):
            return self._close(trace, number)
        else:
            trace.lines = []
        return None

    def _close(self, trace: _Open, last: int) -> Traceback:
        hidden = [line for line in trace.lines if line != last]
        if trace.done is not None:
            self.found.pop(trace.done.last, None)
            trace.done.hidden, trace.done.last = hidden, last
        else:
            trace.done = Traceback(hidden, last)
        trace.inside = False
        self.found[last] = trace.done
        return trace.done


def renumbered(found: Iterable[Traceback], moved: Moved) -> dict[int, Traceback]:
    """Tracebacks after their lines got other numbers, by the number of the last line."""
    kept: dict[int, Traceback] = {}
    for trace in found:
        if moved.kept([trace.last]):
            trace.hidden, trace.last = moved.kept(trace.hidden), moved.of(trace.last)
            kept[trace.last] = trace
    return kept
