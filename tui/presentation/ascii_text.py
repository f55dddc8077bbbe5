"""Signs that a terminal may draw at double width, or not at all, as plain letters of one cell: `--ascii`."""

from __future__ import annotations

import unicodedata
from functools import cache

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
