"""A row of a log as a strip whose segments know which characters of which line they are, for the mouse."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ..presentation.log_line import Piece, cells, window


def strip_of(number: int, gutter: list[Piece], pieces: list[Piece], columns: int, ground: Style) -> Strip:
    """The row of a line, `columns` cells wide, filled up with the ground or cut."""
    start = next((piece.start for piece in pieces if piece.start is not None), 0)
    left = start - sum(len(piece.text) for piece in gutter)
    row: list[Piece] = []
    for piece in gutter:
        row.append(Piece(piece.text, piece.style, left))
        left += len(piece.text)
    row += pieces
    missing = columns - sum(cells(piece.text) for piece in row)
    if missing > 0:
        row = _padded(row, missing, ground)
    elif missing < 0:
        row = window(row, 0, columns)
    return Strip([_segment(piece, number) for piece in row], columns)


def _padded(row: list[Piece], missing: int, style: Style) -> list[Piece]:
    """Filled up with spaces, in the last piece if possible: each piece costs its colours on the wire."""
    if row and row[-1].style == style:
        return [*row[:-1], row[-1]._replace(text=row[-1].text + " " * missing)]
    start = None
    if row and row[-1].start is not None:
        start = row[-1].start + len(row[-1].text)
    return [*row, Piece(" " * missing, style, start if row else 0)]


def _segment(piece: Piece, number: int) -> Segment:
    if piece.start is None:
        return Segment(piece.text, piece.style)
    return Segment(piece.text, piece.style + Style.from_meta({"offset": (piece.start, number)}))
