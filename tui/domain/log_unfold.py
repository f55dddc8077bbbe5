"""What more there is to a line than what is shown of it: what Enter unfolds below it."""

from __future__ import annotations

import ast
import json

from .log_block import MOST_COLUMNS
from .printable import printable
from .terminal import states

_MOST_PARSED = 256 * 1024
_MOST_ROWS = 5_000


def unfolded(raw: str, shown: str) -> list[str]:
    """The lines that stand below a line when it is unfolded, printable; empty when it has no more to show.

    One with an object in it (JSON, or a dict as a Trainer prints it over its bar) has that object, a field a
    line; one that was drawn over and over has every state it went through; one that is cut has its rest.
    """
    if is_bar(raw):
        return [*_object_lines(shown), *states(raw.rstrip("\r\n"))[-_MOST_ROWS:]]
    if len(shown) > MOST_COLUMNS:
        return [shown[MOST_COLUMNS:]]
    return _object_lines(shown)[:_MOST_ROWS]


def is_bar(raw: str) -> bool:
    """Whether a line was drawn over and over, as progress bars are."""
    return "\r" in raw and "\r" in raw.strip("\r\n")


def _object_lines(shown: str) -> list[str]:
    begin = min((at for sign in "{[" if (at := shown.find(sign)) >= 0), default=-1)
    end = max(shown.rfind("}"), shown.rfind("]")) + 1
    if not 0 <= begin < end or len(shown) > _MOST_PARSED:
        return []
    for parse in (json.loads, ast.literal_eval):
        try:
            value = parse(shown[begin:end])
            text = json.dumps(value, indent=2, ensure_ascii=False, default=repr)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
        if isinstance(value, dict | list) and value:
            return [printable(line) for line in text.split("\n")]
    return []
