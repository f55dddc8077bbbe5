"""`NAME=value` as `-e` and `-s` of `hf` take it: a line of dotenv, so quotes and `#` mean something.

The grammar is that of huggingface_hub 2.4's options, tried case by case. Files are read by python-dotenv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO

from dotenv.parser import parse_stream

from .checks import RefusedError

_LINE = re.compile(
    r"""
    (?:export[^\S\n]+)?
    (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    (?P<rest>.*)
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT = r"(?:#.*)?"
_BARE = re.compile(rf"\s*{_COMMENT}", re.DOTALL)
_QUOTED = re.compile(
    r"""\s*=\s*(?P<value>'(?:\\'|[^'])*'|"(?:\\"|[^"])*")\s*""" + _COMMENT,
    re.DOTALL,
)
_PLAIN = re.compile(r"\s*=\s*(?P<value>.*)", re.DOTALL)
_TRAILING_COMMENT = re.compile(r"\s#.*", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "$": "$"}


def read_assignments(text: str) -> Iterator[tuple[str, str | None]]:
    """The names and values in the text of one `-e`; a bare name has None. Unreadable lines are left out."""
    for line in text.splitlines():
        match = _LINE.fullmatch(line.strip())
        if match is None:
            continue
        rest = match["rest"]
        if _BARE.fullmatch(rest):
            yield match["name"], None
        elif quoted := _QUOTED.fullmatch(rest):
            yield match["name"], _unquote(quoted["value"])
        elif plain := _PLAIN.fullmatch(rest):
            yield match["name"], _unquote(_without_comment(rest, plain["value"]))


def _without_comment(rest: str, value: str) -> str:
    """Cut a comment that a blank precedes; directly after `=` that blank may stand before the value."""
    blank_before = rest[: len(rest) - len(value)][-1:].isspace()
    if blank_before and value.startswith("#"):
        return ""
    return _TRAILING_COMMENT.sub("", value, count=1).strip()


def _unquote(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1]
    if value.startswith('"') and value.endswith('"'):
        return _ESCAPED.sub(lambda match: _ESCAPES.get(match[1], match[0]), value[1:-1])
    return "" if value == "'" else value


def write_assignment(name: str, value: str | None) -> str | None:
    """The text for `-e` that gives this very value; None when no such text exists."""
    if value is None:
        return name
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    for text in (f"{name}={value}", f'{name}="{escaped}"'):
        if list(read_assignments(text)) == [(name, value)]:
            return text
    return None


def read_file(text: str) -> dict[str, str | None]:
    """The names and values of an env file; a bare name has None. `${NAME}` stays as it is, as with `hf`."""
    values: dict[str, str | None] = {}
    for binding in parse_stream(StringIO(text)):
        if binding.error:
            raise RefusedError(
                f"line {binding.original.line} is no NAME=value; correct it, or put # before it"
            )
        if binding.key is not None:
            values[binding.key] = binding.value
    return values
