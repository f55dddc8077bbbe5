"""The colours and weights a program gave its output: the one kind of escape sequence that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

Colour = int | tuple[int, int, int]
"""0–255 of the terminal's palette (0–15 are the user's own), or red, green and blue."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How a piece of text looks; blinking and hidden text are left out on purpose."""

    foreground: Colour | None = None
    background: Colour | None = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False


PLAIN = Ink()
_ON = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse", 9: "strike", 21: "underline"}
_OFF = {22: ("bold", "dim"), 23: ("italic",), 24: ("underline",), 27: ("reverse",), 29: ("strike",)}
_PALETTE, _RGB = 5, 2
_UNDERLINE_COLOUR = 58
_MEANINGLESS = 9999


def apply_sgr(ink: Ink, parameters: str) -> Ink:
    """The ink after `ESC [ parameters m`; what is not understood changes nothing."""
    if not set(parameters) <= set("0123456789;:"):
        return ink
    codes = iter(parameters.split(";"))
    for code in codes:
        head, *rest = code.split(":")
        ink = _apply_code(ink, _number(head), iter(rest) if rest else codes, colons=bool(rest))
    return ink


def _apply_code(ink: Ink, code: int, more: Iterator[str], *, colons: bool) -> Ink:
    if code == 0:
        return PLAIN
    if code == 4 and colons:
        return replace(ink, underline=next(more, "1") != "0")
    if code in _ON:
        return replace(ink, **{_ON[code]: True})
    if code in _OFF:
        return replace(ink, **dict.fromkeys(_OFF[code], False))
    if code in (38, 48, _UNDERLINE_COLOUR):
        colour = _extended_colour(more, colons=colons)
        if colour is None or code == _UNDERLINE_COLOUR:
            return ink
        return replace(ink, foreground=colour) if code == 38 else replace(ink, background=colour)
    return _apply_basic_colour(ink, code)


def _apply_basic_colour(ink: Ink, code: int) -> Ink:
    if 30 <= code <= 37:
        return replace(ink, foreground=code - 30)
    if 90 <= code <= 97:
        return replace(ink, foreground=code - 82)
    if 40 <= code <= 47:
        return replace(ink, background=code - 40)
    if 100 <= code <= 107:
        return replace(ink, background=code - 92)
    if code == 39:
        return replace(ink, foreground=None)
    if code == 49:
        return replace(ink, background=None)
    return ink


def _extended_colour(more: Iterator[str], *, colons: bool) -> Colour | None:
    """`5;n` or `2;r;g;b`; written with colons there may be a colour space before the red."""
    kind = _number(next(more, ""))
    if kind == _PALETTE:
        index = _number(next(more, None))
        return index if index <= 255 else None
    if kind != _RGB:
        return None
    digits = list(more)[-3:] if colons else [next(more, None) for _ in range(3)]
    values = [_number(value) for value in digits]
    if len(values) != 3 or max(values) > 255:
        return None
    return values[0], values[1], values[2]


def _number(digits: str | None) -> int:
    """An empty parameter is a zero; one that is missing or absurd is a number that means nothing."""
    if digits is None or len(digits) > 4:
        return _MEANINGLESS
    return int(digits) if digits else 0
