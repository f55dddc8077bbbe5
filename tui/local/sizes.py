"""Sizes as the flags of the hub take them and its words show them: `256M`, `1.5G`."""

from __future__ import annotations

import re

_UNITS = {"G": 1 << 30, "M": 1 << 20, "K": 1 << 10, "": 1}
_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,3})?)\s*([GMK]?)(?:i?B)?", re.ASCII | re.IGNORECASE)


def parse_size(text: str) -> int:
    """Bytes of a size.

    Raises:
        ValueError: Not a size; says what one looks like.
    """
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not a size like 512M or 1.5G")
    number, unit = found.groups()
    return int(float(number) * _UNITS[unit.upper()])


def size_text(size_bytes: int) -> str:
    """The size in the largest unit it fills."""
    for unit, factor in _UNITS.items():
        if size_bytes >= factor:
            return f"{round(size_bytes / factor, 1):g}{unit}"
    return "0"
