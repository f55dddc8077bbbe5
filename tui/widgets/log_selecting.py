"""Text of a log selected with the mouse."""

from __future__ import annotations

from textual.events import Click
from textual.geometry import Offset
from textual.selection import Selection

from ..domain.log_block import MOST_COLUMNS
from ..domain.log_moves import Moved
from .log_marking import LogMarking
from .log_painter import LogPainter


class LogSelecting(LogMarking):
    """What is selected is known by line and character, so it stays while the page moves."""

    _clicked: tuple[int, int] | None = None

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text: plain, and whole where a line was too long to show."""
        start, end = selection
        first = self.book.first if start is None else max(start.y, self.book.first)
        last = self.book.end - 1 if end is None else min(end.y, self.book.end - 1)
        shown = [number for number in range(first, last + 1) if self.rows.shows(number)]
        lines = [self.book.line(number) for number in shown]
        if not lines:
            return None
        if end is not None and end.y == last and end.x < MOST_COLUMNS:
            lines[-1] = lines[-1][: max(0, end.x)]
        if start is not None and start.y == first:
            lines[0] = lines[0][max(0, start.x) :]
        return "\n".join(lines), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint what is selected now."""
        self.painter.selection = selection
        self.painter.forget()
        self.repaint_all()

    def on_click(self, event: Click) -> None:
        """A click points at a line, a double click selects it; all of a log would be too much by mistake."""
        self._clicked = event.style.meta.get("offset")
        if self._clicked is not None and self.can_focus:
            self.move_point_to(self._clicked[1])

    def text_select_all(self) -> None:
        """Select the line that was clicked."""
        if self._clicked is not None:
            line = self._clicked[1]
            self.screen.selections = {self: Selection(Offset(0, line), Offset(MOST_COLUMNS, line))}

    def _renumber(self, moved: Moved) -> None:
        super()._renumber(moved)
        if selection := self.painter.selection:
            ends = [end and Offset(end.x, moved.of(end.y)) for end in selection]
            self.screen.selections = {**self.screen.selections, self: Selection(*ends)}

    def _set_up(self, painter: LogPainter) -> None:
        super()._set_up(painter)
        painter.selection = self.text_selection if self.is_attached else None
