"""A draft as TOML to read, edit and keep in git. Secrets are names; what looks like a token is cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, get_args

from ..domain.toml import read_toml
from .draft import Draft, Kind, Pair, SecretPair
from .meaning import plain_reference
from .secret import Secret
from .timeout import split_timeout, timeout_text
from .tokens import mask_tokens

_EMPTY = Draft()
_PAIRS = ("env", "labels")
_UNWRITTEN = ("timeout_unit", "spend")
"""The unit is written with its amount; the sum is the timeout once more."""
_KINDS: tuple[str, ...] = get_args(Kind)


def write_draft(draft: Draft) -> str:
    """Every field that is not as an empty form has it, in the order of the form."""
    return "".join(f"{key} = {_toml(value)}\n" for key, value in _entries(draft))


def _entries(draft: Draft) -> Iterator[tuple[str, Any]]:
    for item in fields(Draft):
        value = getattr(draft, item.name)
        if item.name == "kind":
            yield "kind", value
        elif item.name == "timeout_amount":
            if value.strip():
                yield "timeout", timeout_text(value, draft.timeout_unit)
        elif item.name not in _UNWRITTEN and value != getattr(_EMPTY, item.name):
            yield item.name, _plain(item.name, value)


def _plain(field: str, value: Any) -> Any:
    """The value as TOML has it: a pair as `NAME=value`, one taken from the environment as `NAME`."""
    if field == "secrets":
        return [_secret_text(pair) for pair in value]
    if field in _PAIRS:
        return [pair.name if pair.value is None else f"{pair.name}={pair.value}" for pair in value]
    return list(value) if isinstance(value, tuple) else value


def _secret_text(pair: SecretPair) -> str:
    """The name, and what it refers to when its value is a reference to a variable: that is no secret."""
    text = pair.value.reveal() if pair.value else ""
    return f"{pair.name}={text}" if text and plain_reference(pair.name, text) else pair.name


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if len(value) < 2:
            return f"[{', '.join(map(_toml, value))}]"
        return "[\n" + "".join(f"    {_toml(item)},\n" for item in value) + "]"
    text = mask_tokens(str(value).encode("utf-8", "replace").decode())
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_draft(text: str) -> Draft:
    """The draft of a text. Raises ValueError with a reason; a key that is not known is one."""
    table = read_toml(text)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key == "timeout":
            values["timeout_amount"], values["timeout_unit"] = split_timeout(_text(key, value))
        elif key in ("timeout_amount", *_UNWRITTEN) or key not in Draft.__dataclass_fields__:
            raise ValueError(f"“{key}” is no field of a job")
        else:
            values[key] = _value(key, value)
    return replace(_EMPTY, **values)


def _value(key: str, value: Any) -> Any:
    if key == "kind":
        if not isinstance(value, str) or value not in _KINDS:
            raise ValueError(f"kind is one of {', '.join(_KINDS)}")
        return value
    default = getattr(_EMPTY, key)
    if default is None or isinstance(default, bool):
        if not isinstance(value, bool):
            raise ValueError(f"{key} is true or false")
        return value
    if isinstance(default, str):
        return _text(key, value)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{key} is a list of texts")
    if key == "secrets":
        return tuple(map(_secret_pair, value))
    return tuple(map(_pair, value)) if key in _PAIRS else tuple(value)


def _pair(text: str) -> Pair:
    name, equals, value = text.partition("=")
    return Pair(name, value if equals else None)


def _secret_pair(text: str) -> SecretPair:
    name, _, value = text.partition("=")
    return SecretPair(name, Secret(value) if value else None)


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{key} is text in quotes")
    return value
