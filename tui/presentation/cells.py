"""What a table cell says and in which tone; colours belong to the theme, never to a cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from ..domain.query_values import Number, Unit

Tone = Literal["plain", "dim", "accent", "good", "warn", "bad", "strike"]
TONES: tuple[Tone, ...] = ("plain", "dim", "accent", "good", "warn", "bad", "strike")

Row = TypeVar("Row")


class Cell(NamedTuple):
    """Safe text (`domain.text.safe`) with a tone."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column of a table: how wide, when it goes, what it shows, how it sorts."""

    id: str
    title: str
    cell: Callable[[Row, datetime], Cell]
    sort_key: Callable[[Row, datetime], Any]
    """Any ordered value; the same kind for every row."""
    width: int
    """Terminal columns it needs."""
    grow: int = 0
    """Terminal columns it may take on top of that when there is room."""
    drop: int = 0
    """The higher, the sooner it goes when the table narrows; 0 stays always."""
    right: bool = False
    descending: bool = False
    """Whether its natural first order is largest first."""
    chosen: bool = True
    """Whether it is shown before anybody has chosen."""
    unit: Unit | None = None
    """Of what a filter can compare; None when the cell is only text."""
    number: Callable[[Row, datetime], Number] | None = None
    """What a filter compares."""
