"""Rows and header of a table as strips of styled text; knows nothing of which row is where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ..presentation.cells import Cell, Row
from .table_layout import GAP, Placed, fit


class TablePainter(Generic[Row]):
    """Paints cells in the places it was given, with the styles it is told by name."""

    def __init__(self, style_named: Callable[[str], Style], *, ascii_only: bool = False) -> None:
        self._style_named = style_named
        self._styles: dict[str, Style] = {}
        self._bar, self._mark, self._gone = (">", "*", "x") if ascii_only else ("▌", "◆", "×")
        self._up, self._down = ("^", "v") if ascii_only else ("↑", "↓")

    def arrow(self, *, descending: bool) -> str:
        """The sign of an order."""
        return self._down if descending else self._up

    def forget_styles(self) -> None:
        """Ask for every style anew: the theme or the focus has changed."""
        self._styles.clear()

    def row(
        self,
        placed: Sequence[Placed[Row]],
        cells: Sequence[Cell],
        width: int,
        *,
        cursor: bool,
        marked: bool,
        gone: bool = False,
    ) -> Strip:
        """One row, exactly `width` terminal columns; struck through when it is `gone`."""
        over = self._style("cursor") if cursor else Style.null()
        if gone:
            over += Style(strike=True, dim=True)
        base = self._style("plain") + over
        segments = [self._lead(base, cursor=cursor, marked=marked, gone=gone)]
        for place, cell in zip(placed, cells, strict=True):
            text = fit(cell.text, place.width, right=place.column.right)
            # Turned round, a tone would become a coloured box: there the word says it alone.
            tone = base if over.reverse else self._style(cell.tone) + over
            segments.append(Segment(text, tone))
            segments.append(Segment(GAP, base))
        return Strip(segments).adjust_cell_length(width, base)

    def header(self, placed: Sequence[Placed[Row]], width: int, sorted_by: tuple[str, bool] | None) -> Strip:
        """The titles, the one that orders the rows with an arrow."""
        plain = self._style("header")
        segments = [Segment(" ", plain)]
        for place in placed:
            column, style, title = place.column, plain, place.column.title
            if sorted_by is not None and column.id == sorted_by[0]:
                style = self._style("sorted")
                title = f"{title}{self.arrow(descending=sorted_by[1])}"
            segments.append(Segment(fit(title, place.width, right=column.right), style))
            segments.append(Segment(GAP, plain))
        return Strip(segments).adjust_cell_length(width, plain)

    def blank(self, width: int) -> Strip:
        """A line below the last row."""
        return Strip.blank(width, self._style("plain"))

    def _lead(self, base: Style, *, cursor: bool, marked: bool, gone: bool) -> Segment:
        sign = self._gone if gone else self._mark if marked else self._bar if cursor else " "
        return Segment(sign, base + self._style("mark" if marked else "bar") if sign != " " else base)

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self._style_named(name)
        return self._styles[name]
