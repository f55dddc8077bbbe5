"""The screen as the terminal drew it, frame by frame, and the dialogs on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOP = re.compile(r"(?:╭─|\+-) (?P<title>\S.*?) ?(?:─+╮|-+\+|─*(?=▌)|-*(?=\|))")
"""Up to the corner, or to a message that lies over it."""
_BOTTOM = "╰+"


@dataclass(frozen=True, slots=True)
class Box:
    """A framed part of the screen."""

    title: str
    at: tuple[int, int]
    """Row and column of its first corner."""
    text: str
    """All that stands in it, without blanks: a line break falls anywhere."""

    def names(self, word: str) -> bool:
        """Whether a word stands in the title or the text, however it is broken."""
        return without_blanks(word) in without_blanks(self.title) + "\n" + self.text


def without_blanks(text: str) -> str:
    """The text without blanks, which a break of line adds or takes away; signs as `--ascii` has them."""
    return "".join(text.split()).replace("…", "~")


def boxes(rows: Sequence[str]) -> list[Box]:
    """Every framed part, from the top; rows hold one character a cell."""
    found = []
    for number, row in enumerate(rows):
        for top in _TOP.finditer(row):
            first, last = top.span()
            inside = []
            for below in rows[number + 1 :]:
                if first >= len(below) or below[first] in _BOTTOM:
                    break
                inside.append(below[first + 1 : last - 1])
            found.append(Box(top["title"], (number, first), without_blanks("".join(inside))))
    return found
