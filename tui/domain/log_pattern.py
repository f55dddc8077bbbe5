"""Regular expressions looked for in millions of lines: read beforehand, for speed and for safety.

Python's engine cannot be stopped, so a pattern that may take for ever is not begun, and of a very long line
only the beginning is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MOST_CHARACTERS = 4096
"""What is looked at of one line: as much as is shown of it. Plain text is found in the whole of it."""

_CLASS = r"\[\^?\]?(?:\\.|[^\]\\])*\]"
_QUANTIFIER = r"[*+?][+?]?|\{\d*,?\d*\}[+?]?"
_GROUP = r"\(\?(?:P<\w+>|P=\w+\)|<?[=!]|>|[a-zA-Z-]*[:)]|#[^)]*\))"
_PIECE = re.compile(rf"\\.|{_CLASS}|{_GROUP}|{_QUANTIFIER}|.", re.DOTALL)
_QUANTIFIERS = re.compile(_QUANTIFIER)
_MANY = re.compile(r"[*+][+?]?|\{\d*,\d*\}[+?]?")
_OF_ONE_CASE = re.compile(
    r"(?:\\[wWdDsSb\W_]|\((?!\?)|[^\\\[(]|\[\^?(?:\\[wWdDsS\W]|[a-z]-[a-z]|\d-\d|[^\]\\-]|-(?=\]))+\])*"
)


@dataclass
class PatternShape:
    """What can be told of a pattern without trying it."""

    text: str
    required: str = field(default="", init=False)
    """A text that is in every match, as far as that is seen at once."""
    runs_away: bool = field(default=False, init=False)
    """Whether it repeats what repeats or has a choice: that can take for ever on a line it does not match."""

    def __post_init__(self) -> None:
        pieces: list[str] = _PIECE.findall(self.text)
        plain = not any(piece.startswith(("(", "|")) for piece in pieces)
        varied, run = [False], ""
        for piece, following in zip(pieces, [*pieces[1:], ""], strict=True):
            if piece.startswith("(") and not piece.endswith(")"):
                varied.append(False)
            elif piece == ")" and len(varied) > 1:
                inside = varied.pop()
                self.runs_away = self.runs_away or (inside and _MANY.fullmatch(following) is not None)
                varied[-1] = varied[-1] or inside
            elif piece == "|" or _QUANTIFIERS.fullmatch(piece):
                varied[-1] = True
            literal = _literal(piece)
            run = run + literal if literal and not _QUANTIFIERS.fullmatch(following) else ""
            if plain and len(run) > len(self.required):
                self.required = run

    @property
    def of_one_case(self) -> bool:
        """Whether it finds in ASCII text in lower case what it finds in any when case does not matter.

        It is taken to have no upper-case letter but in escapes.
        """
        return _OF_ONE_CASE.fullmatch(self.text) is not None


def _literal(piece: str) -> str:
    """The character that a piece stands for; empty when it is not one."""
    if len(piece) == 1:
        return "" if piece in ".^$*+?{}[]()|\\" else piece
    return piece[1] if len(piece) == 2 and piece[0] == "\\" and not piece[1].isalnum() else ""
