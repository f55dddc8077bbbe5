"""What the Hub answered, as JSON that can be read and copied."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..spec.tokens import mask_tokens
from .job_details import MASK

MOST_CHARACTERS = 200_000
"""Longer answers are cut: nobody reads them here, and painting them would hold up the keyboard."""


def raw_json(answer: Mapping[str, Any], *, revealed: bool) -> str:
    """Pretty JSON: what cannot be printed escaped, values of the environment masked until `revealed`."""
    try:
        text = json.dumps(_masked(answer, revealed=revealed), indent=2, ensure_ascii=False)
    except RecursionError:
        return "nested too deep to be shown"
    text = _printable(text if revealed else mask_tokens(text))
    if len(text) <= MOST_CHARACTERS:
        return text
    return f"{text[:MOST_CHARACTERS]}\n… cut: {len(text):,} characters"


def _masked(value: Any, *, revealed: bool) -> Any:
    """The same with secrets masked, and the values of an environment until `revealed`, however deep."""
    if isinstance(value, list):
        return [_masked(one, revealed=revealed) for one in value]
    if not isinstance(value, Mapping):
        return value
    shown = {}
    for key, one in value.items():
        hidden = key == "secrets" or (key == "environment" and not revealed)
        masks = isinstance(one, dict) and hidden
        shown[key] = dict.fromkeys(one, MASK) if masks else _masked(one, revealed=revealed)
    return shown


def _printable(text: str) -> str:
    if text.replace("\n", "").isprintable():
        return text
    return "".join(char if char == "\n" or char.isprintable() else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1] if ord(char) != 0x7F else "\\u007f"
