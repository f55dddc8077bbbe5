"""Signs that a terminal may draw at double width, or not at all, as plain letters of one cell: `--ascii`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from rich.cells import cell_len, set_cell_size

_SIGNS = {
    "…": "~",
    "–": "-",
    "—": "-",
    "·": ".",
    "•": "*",
    "×": "x",
    "±": "+",
    "≤": "<",
    "≥": ">",
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "‹": "<",
    "›": ">",
    "←": "<",
    "→": ">",
    "↑": "^",
    "↓": "v",
    "↻": "@",
    "⏎": "<",
    "▲": "^",
    "▼": "v",
    "▶": ">",
    "◀": "<",
    "▸": ">",
    "▾": "v",
    "●": "*",
    "○": "o",
    "◆": "*",
    "◇": "o",
    "◉": "*",
    "■": "#",
    "□": "o",
    "✓": "+",
    "✗": "X",
    "✔": "+",
    "⚠": "!",
    "⊘": "0",
    "⋯": "~",
    "┊": "|",
    "╸": "-",
    "╺": "-",
    "▔": "-",
    "▁": "_",
}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_UPRIGHT_BLOCKS = "▌▍▎▏▊▉▋▐▕"


def _frame(code: int) -> str:
    name = unicodedata.name(chr(code), "")
    if chr(code) in _UPRIGHT_BLOCKS or name.endswith("VERTICAL"):
        return "|"
    if name.endswith("HORIZONTAL"):
        return "-"
    return "#" if name.endswith(("BLOCK", "SHADE", "EIGHTHS", "HALF")) else "+"


@cache
def _table() -> dict[int, str]:
    pictures = dict.fromkeys(range(0x2400, 0x2421), "^")
    frames = {code: _frame(code) for code in range(0x2500, 0x25A0)}
    return pictures | frames | {ord(sign): letter for sign, letter in _SIGNS.items()}


def ascii_text(text: str) -> str:
    """The same text with the signs of the interface as letters; what people wrote in their language stays."""
    return text if text.isascii() else text.translate(_table())


def pure_ascii(text: str) -> str:
    """The same text in as many cells, without a character that is not ASCII: letters, else `?`."""
    if text.isascii():
        return text
    plain = _NOT_ASCII.sub(lambda run: _of_width(run[0]), ascii_text(text))
    return set_cell_size(plain, cell_len(text))


def _of_width(run: str) -> str:
    return set_cell_size("".join(map(_plain, run)), cell_len(run))


@cache
def _plain(sign: str) -> str:
    """The letter below an accent, or a `?` for each cell."""
    letters = "".join(part for part in unicodedata.normalize("NFKD", sign) if part.isascii())
    return letters if letters.isprintable() and len(letters) == cell_len(sign) else "?" * cell_len(sign)
