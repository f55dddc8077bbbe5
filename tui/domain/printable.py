"""Characters of a log line that may reach a terminal, one by one.

`text.safe` is for names and messages, which people read; this is for output, which they also search,
copy and align: spaces of every kind stay one cell, and a character that cannot be shown leaves a mark.
"""

from __future__ import annotations

import re
import unicodedata

UNSHOWABLE = "\ufffd"
"""Stands for half a surrogate pair, private and unassigned characters."""

_VARIATION_SELECTOR = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Printable to Python, but they change the width of what is before them, each terminal in its own way."""
_SPACE_CONTROLS = "\n\v\f\x85"


def printable(text: str) -> str:
    """The text without anything a terminal would obey; tabs are the caller's to expand."""
    if text.isprintable() and (text.isascii() or not _VARIATION_SELECTOR.search(text)):
        return text
    return text.translate(_SHOWN)


def cell_width(character: str) -> int:
    """How many cells a printable character takes: 0 when it joins the one before."""
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class _Shown(dict[int, str]):
    """What each character is shown as, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        shown = self[code] = _shown(chr(code))
        return shown


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character in _SPACE_CONTROLS:
        return " "
    if category in ("Cs", "Co", "Cn"):
        return UNSHOWABLE
    if category in ("Cc", "Cf") or _VARIATION_SELECTOR.match(character):
        return ""
    return character


_SHOWN = _Shown({ord("\t"): "\t"})
