"""Lines of a log marked with the keyboard, and what is taken out of it: copied, saved, read elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from enum import Enum
from typing import Any, NamedTuple

from ..domain.log_excerpt import Excerpt, excerpt
from ..domain.log_moves import Moved
from ..domain.text import safe
from ..domain.units import plural
from .log_finding import LogFinding
from .log_painter import LogPainter

MOST_QUOTED = 60
"""Characters of a copied line that are repeated to say which one it was."""
MOST_COPIED_BYTES = 56_000
"""What one OSC 52 sequence can carry through the terminals and multiplexers people use: 75 KB in base64."""


class Part(Enum):
    """How much of a log is meant; the value is the word for it."""

    ALL = "the whole log"
    SHOWN = "what is shown"
    MARKED = "the marked lines"


class Copied(NamedTuple):
    """What is put on the clipboard, and how to say it."""

    text: str
    said: str


def cut_for_terminal(text: str) -> Copied:
    """As many lines of a text as a terminal takes."""
    lines = text.split("\n")
    return _cut(lines, len(lines))


def lines_for_terminal(lines: Iterable[str]) -> tuple[list[str], int]:
    """The first lines, as many as a terminal takes, and how many were left out."""
    taken: list[str] = []
    size_bytes = left_out = 0
    for line in lines:
        size_bytes += len(line.encode()) + 1
        if size_bytes > MOST_COPIED_BYTES:
            left_out += 1
        else:
            taken.append(line)
    return taken, left_out


def _cut(lines: Iterable[str], count: int) -> Copied:
    taken, left_out = lines_for_terminal(lines)
    said = f"copied {plural(count, 'line')}"
    if left_out:
        kept = f"copied the first {len(taken):,} of {count:,} lines"
        said = f"{kept}: a terminal takes no more than 56 KB; ctrl+s saves all"
    return Copied("\n".join(taken), said)


class LogMarking(LogFinding):
    """Marking begins at the line pointed at and goes on to wherever it is moved."""

    def __init__(self, **options: Any) -> None:
        self._anchor: int | None = None
        super().__init__(**options)

    @property
    def marking(self) -> bool:
        """Whether lines are being marked."""
        return self._anchor is not None

    @property
    def marked(self) -> range:
        """Numbers of the marked lines, those between them that are not shown included."""
        if self._anchor is None or self.point is None:
            return range(0)
        return range(min(self._anchor, self.point), max(self._anchor, self.point) + 1)

    @property
    def marked_count(self) -> int:
        """How many lines are marked."""
        marked = self.marked
        if self.shape.chosen is None and self.shape.start <= marked.start:
            return len(marked)
        return sum(map(self.shape.chooses, marked))

    def toggle_marking(self) -> None:
        """Begin to mark lines, or let go of the marks."""
        if self.marking:
            self._anchor = None
        elif len(self.book):
            self.hold()
            self.point_at(self.nearest_line() if self.point is None else self.point)
            self._anchor = self.point
        self._show_marked()

    def move_point(self, rows: int) -> None:
        """Point at the line so many rows away, at least at the next one; the page goes with it."""
        if self.point is None:
            return
        number = self._line_on(self.rows.row_of(self.point) + rows)
        if number == self.point:  # below it its own rows, above it the row that says how long nothing came
            number = self._line_on(self.rows.row_of(number + 1 if rows > 0 else number) - 2 * (rows < 0))
        self.point_at(number)
        on_page = self.row_on_page(number)
        top = round(self.scroll_y)
        if not top <= on_page < top + self.page_rows:
            self.scroll_to(y=on_page if on_page < top else on_page - self.page_rows + 1)
            self.hold()
        self._show_marked()

    def _line_on(self, row: int) -> int:
        return self.rows.locate(min(max(0, row), self.rows.total - 1))[0]

    def move_point_to(self, number: int) -> None:
        """Let the marks end at this line."""
        self.point_at(min(max(number, self.shape.first), self.book.end - 1))
        self._show_marked()

    def nearest_line(self) -> int:
        """The line that keys mean when none is pointed at: the last one while following, else the top one."""
        lines = self.lines_on_page()
        if not lines:
            return self.book.first
        return lines[-1] if self.following else lines[0]

    def lines_on_page(self) -> list[int]:
        """Numbers of the lines that can be seen."""
        first = max(0, round(self.scroll_y) - self._lead_rows)
        rows = range(first, min(first + self.page_rows, self.rows.total))
        return sorted({self.rows.locate(row)[0] for row in rows})

    def excerpt(self, part: Part) -> Excerpt:
        """Lines of the log, to be written elsewhere."""
        if part is Part.ALL:
            return excerpt(self.book)
        if part is Part.MARKED:
            marked, chooses = self.marked, copy(self.shape).chooses
            return excerpt(self.book, lambda number: number in marked and chooses(number))
        return excerpt(self.book, copy(self.shape).chooses)

    def copied_lines(self) -> Copied:
        """The marked lines, as many of them as a terminal takes."""
        lines = map(self.copied_text, filter(self.shape.chooses, self.marked))
        return _cut(lines, self.marked_count)

    @property
    def line_in_sight(self) -> int | None:
        """Number of the line pointed at, while it can be seen."""
        return self.point if self.point is not None and self.point in self.lines_on_page() else None

    def copied_line(self, number: int) -> Copied:
        """One line, and its beginning to know it by."""
        text = self.copied_text(number)
        copied = cut_for_terminal(text)
        begins = safe(text[:MOST_QUOTED].strip())
        more = "…" if len(text) > MOST_QUOTED else ""
        return copied._replace(said=f"copied the line “{begins}{more}”") if copied.text else copied

    def copied_text(self, number: int) -> str:
        """A line as it is copied."""
        return self.book.line(number)

    def _show_marked(self) -> None:
        self.painter.marked = self.marked
        self.painter.forget()
        self.repaint_all()

    def _renumber(self, moved: Moved) -> None:
        super()._renumber(moved)
        if self._anchor is not None:
            self._anchor = moved.of(self._anchor)
        self.painter.marked = self.marked

    def _set_up(self, painter: LogPainter) -> None:
        super()._set_up(painter)
        painter.marked = self.marked

    def _start_over(self) -> None:
        super()._start_over()
        self._anchor = None
