"""JSON as it comes: fast where well formed, forgiving where not, never anything but a ValueError."""

from __future__ import annotations

import json
from typing import Any

import msgspec


def decode_json(body: bytes) -> Any:
    """Read a JSON body. Half surrogates and broken UTF-8 become U+FFFD; what is no JSON is a ValueError."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _decode_forgivingly(body)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _decode_forgivingly(body: bytes) -> Any:
    try:
        return _printable_text(json.loads(body.decode("utf-8-sig", errors="replace")))
    except RecursionError:
        raise ValueError("nested too deep") from None


def _printable_text(value: Any) -> Any:
    """The same value with text that can be encoded: a lone surrogate would fail when it is written out."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_printable_text(item) for item in value]
    if isinstance(value, dict):
        return {_printable_text(key): _printable_text(item) for key, item in value.items()}
    return value
