"""One line of a log as styled pieces: its colours, the hits in it, cut where it is too long to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from rich.cells import get_character_cell_size
from rich.color import Color
from rich.style import Style

from ..domain.ink import Colour, Ink
from ..domain.log_block import MOST_COLUMNS, one_cell_each
from ..domain.terminal import Run

_EXTREME_PALETTE = {0, 7, 15, 16, 231, *range(232, 238), *range(250, 256)}


class Mark(NamedTuple):
    """Characters of a line that look different: a hit, a selection."""

    start: int
    end: int
    style: Style


class Piece(NamedTuple):
    """Text of one style; `start` is its place in the line, None for words that are not part of it."""

    text: str
    style: Style
    start: int | None


@lru_cache(maxsize=1024)
def ink_style(ink: Ink) -> Style:
    """The same look for Rich; palette colours stay palette colours, which the theme maps.

    Black or white text without a background of its own is left to the page: one of the two cannot be read
    on a dark page, the other not on a light one.
    """
    own_ground = ink.background is not None or ink.reverse
    return Style(
        color=_colour(ink.foreground) if own_ground or not _is_extreme(ink.foreground) else None,
        bgcolor=_colour(ink.background),
        bold=ink.bold or None,
        dim=ink.dim or None,
        italic=ink.italic or None,
        underline=ink.underline or None,
        reverse=ink.reverse or None,
        strike=ink.strike or None,
    )


def shows_ink(variables: Mapping[str, str]) -> bool:
    """Whether the theme shows the colours of a job's own output; one without colours does not."""
    return variables.get("log-ink") != "none"


def _colour(colour: Colour | None) -> Color | None:
    if colour is None:
        return None
    return Color.from_ansi(colour) if isinstance(colour, int) else Color.from_rgb(*colour)


def _is_extreme(colour: Colour | None) -> bool:
    if isinstance(colour, tuple):
        return max(colour) < 56 or min(colour) > 200
    return colour in _EXTREME_PALETTE


def line_pieces(
    runs: Iterable[Run], base: Style, marks: Sequence[Mark] = (), *, coloured: bool = True
) -> list[Piece]:
    """The shown part of a line in pieces of one style each, marks over colours.

    Without colours bold, underline and the like stay.
    """
    pieces: list[Piece] = []
    start = columns = 0
    for text, ink in runs:
        kept = _fitting(text, MOST_COLUMNS - columns)
        shown_ink = ink if coloured else replace(ink, foreground=None, background=None)
        pieces.append(Piece(kept, base + ink_style(shown_ink), start))
        start += len(kept)
        columns += cells(kept)
        if len(kept) < len(text):
            break
    for mark in marks:
        pieces = [part for piece in pieces for part in _marked(piece, mark)]
    return pieces


def cells(text: str) -> int:
    """Cells the text takes, character by character: what a row is broken by."""
    return len(text) if one_cell_each(text) else sum(map(get_character_cell_size, text))


def window(pieces: Iterable[Piece], first_cell: int, columns: int) -> list[Piece]:
    """What of the pieces is on the cells from `first_cell` on, half a character as a space."""
    shown: list[Piece] = []
    column = -first_cell
    for piece in pieces:
        if column >= columns:
            break
        width = cells(piece.text)
        if column + width > 0 and piece.text:
            shown.append(_cropped(piece, column, columns, plain=one_cell_each(piece.text)))
        column += width
    return [piece for piece in shown if piece.text]


def row_breaks(text: str, columns: int) -> list[int]:
    """Where the rows of a wrapped line begin, in characters, for lines with unusual characters.

    Must agree with `domain.log_rows.rows_of`: a character belongs to the row its last cell falls on, rows
    being one cell narrower than the page.
    """
    breaks = [0]
    column = 0
    for position, character in enumerate(text):
        width = get_character_cell_size(character)
        column += width
        while width and (column - 1) // (columns - 1) >= len(breaks):
            breaks.append(position)
    return breaks


def characters(pieces: Iterable[Piece], start: int, end: int) -> list[Piece]:
    """The pieces from one character of them all up to, but without, another."""
    kept: list[Piece] = []
    position = 0
    for text, style, place in pieces:
        left, right = max(start - position, 0), min(end - position, len(text))
        if left < right:
            kept.append(Piece(text[left:right], style, None if place is None else place + left))
        position += len(text)
    return kept


def short_size(size_bytes: int) -> str:
    """`38 KB`: a size in few characters."""
    for unit in ("B", "KB", "MB"):
        if size_bytes < 1024:
            return f"{size_bytes} {unit}"
        size_bytes = round(size_bytes / 1024)
    return f"{size_bytes:,} GB"


def _fitting(text: str, columns: int) -> str:
    head = text[: max(0, columns)]
    while cells(head) > columns:
        head = head[: -max(1, (cells(head) - columns) // 2)]
    return head


def _marked(piece: Piece, mark: Mark) -> Iterable[Piece]:
    text, style, start = piece
    if start is None or mark.end <= start or mark.start >= start + len(text):
        return [piece]
    left, right = max(0, mark.start - start), min(len(text), mark.end - start)
    parts = (
        Piece(text[:left], style, start),
        Piece(text[left:right], style + mark.style, start + left),
        Piece(text[right:], style, start + right),
    )
    return [part for part in parts if part.text]


def _cropped(piece: Piece, column: int, columns: int, *, plain: bool) -> Piece:
    """The part of a piece that starts at `column` (left of the edge when negative) which can be seen."""
    text, style, start = piece
    if plain:
        left = max(0, -column)
        return Piece(text[left : columns - column], style, None if start is None else start + left)
    shown: list[str] = []
    skipped = 0
    for character in text:
        width = get_character_cell_size(character)
        end = column + width
        if column >= columns and width:
            break
        if end <= 0 and not shown:
            skipped += 1
        elif column < 0 or end > columns:
            shown.append(" " * (min(end, columns) - max(column, 0)))
        else:
            shown.append(character)
        column = end
    return Piece("".join(shown), style, None if start is None else start + skipped)
