"""What a uv script says of its own launch: the `[tool.hf-jobs]` table of its PEP 723 header.

Keys, types and refusals are those of huggingface_hub 2.4 (`hf jobs uv run`), so that a script that launches
there launches here, with the same values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from ..domain.toml import read_toml
from .checks import RefusedError, quoted

_START = re.compile(r"# /// ([a-zA-Z0-9-]+)")
_END = "# ///"
_TABLE = "[tool.hf-jobs]"


@dataclass(frozen=True, slots=True)
class ScriptHeader:
    """Launch values a script carries. What it does not say is None or empty. Names are those of the table."""

    image: str | None = None
    flavor: str | None = None
    python: str | None = None
    timeout: str | None = None
    name: str | None = None
    namespace: str | None = None
    network_group: str | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    """Names only: a script travels in public, values come from whoever runs it."""

    labels: Mapping[str, str] = field(default_factory=dict)
    volumes: tuple[str, ...] = ()
    network_aliases: tuple[str, ...] = ()


_KEYS = tuple(item.name for item in fields(ScriptHeader))


@lru_cache(maxsize=16)
def read_header(text: str) -> ScriptHeader:
    """The table of a script, empty when there is none. Raises RefusedError as `hf` refuses."""
    block = metadata_block(text)
    if block is None or "hf-jobs" not in block:
        return ScriptHeader()
    try:
        tool = read_toml(block).get("tool", {})
    except ValueError as error:
        raise RefusedError(f"the script's header is {error}") from None
    table = tool.get("hf-jobs", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise RefusedError(f"the script's tool.hf-jobs must be a table: {_TABLE}")
    if unknown := sorted(key for key in table if key not in _KEYS):
        raise RefusedError(
            f"the script's {_TABLE} has {', '.join(unknown)}, which it knows nothing of; "
            f"it takes {', '.join(_KEYS)}"
        )
    return ScriptHeader(
        **{key: _text(table, key) for key in ("image", "flavor", "python", "name", "namespace")},
        network_group=_text(table, "network_group"),
        timeout=_timeout(table),
        env=_texts_by_name(table, "env"),
        labels=_texts_by_name(table, "labels"),
        secrets=_secret_names(table),
        volumes=_texts(table, "volumes"),
        network_aliases=_texts(table, "network_aliases"),
    )


def metadata_block(text: str) -> str | None:
    """The content of the first `script` block of PEP 723, without its comment signs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    number = 0
    while number < len(lines):
        start = _START.fullmatch(lines[number])
        end = _end_of_block(lines, number + 1) if start else None
        if start is None or end is None:
            number += 1
        elif start[1] == "script":
            return "".join(f"{line[2:] or line[1:]}\n" for line in lines[number + 1 : end])
        else:
            number = end + 1
    return None


def _end_of_block(lines: list[str], first: int) -> int | None:
    """The last closing line among the comment lines that follow; None when nothing is closed."""
    end, number = None, first
    while number < len(lines) and (lines[number] == "#" or lines[number].startswith("# ")):
        if lines[number] == _END and number > first:
            end = number
        number += 1
    return end


def _wrong(key: str, wanted: str) -> RefusedError:
    return RefusedError(f"{quoted(key)} in the script's {_TABLE} must be {wanted}")


def _text(table: Mapping[str, Any], key: str) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise _wrong(key, "text in quotes")
    return value


def _timeout(table: Mapping[str, Any]) -> str | None:
    value = table.get("timeout")
    if isinstance(value, bool) or not isinstance(value, (str, int, type(None))):
        raise _wrong("timeout", 'text like "30m" or whole seconds')
    return None if value is None else str(value)


def _texts_by_name(table: Mapping[str, Any], key: str) -> Mapping[str, str]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise _wrong(key, "a table")
    for name, item in value.items():
        if not isinstance(item, str):
            raise _wrong(f"{key}.{name}", "text in quotes")
    return value


def _texts(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _wrong(key, "a list of texts")
    return tuple(value)


def _secret_names(table: Mapping[str, Any]) -> tuple[str, ...]:
    if isinstance(table.get("secrets"), dict):
        raise _wrong("secrets", 'a list of names, like ["HF_TOKEN"]: values never stand in a script')
    return _texts(table, "secrets")
