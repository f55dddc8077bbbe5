"""What in a command only a shell would understand: found where no shell runs it.

What stands in quotes that a shell leaves alone is left alone, and so is the code behind `-c`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_HIDDEN = "\0"
"""Stands for a character in quotes."""

_OPERATOR = re.compile(r"\|\|?|\|&|&&|&")
_REDIRECTION = re.compile(
    r"""
      (?:\d|&)?>>?(?:&\d|[\w./~\-]+)?     # >  >>  2>  2>&1  >out.log
    | <<?<?[-\w./~]*                      # <  <in.txt  <<EOF
    | [<>]\(.*
    """,
    re.VERBOSE,
)
_NUMBER_COMPARED = re.compile(r"[<>]=?\d+(?:\.\d+)*")
_VARIABLE = re.compile(r"\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*[^}]*\}|\([^)]*\)?)|`[^`]*`?")
_GLOB = re.compile(r"(?:[\w.~\-]*/)*[\w.\-]*(?:\*|[\w.\-]\?[\w.\-])[\w.*?/\-]*")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_CODE_OPTION = re.compile(r"-[a-zA-Z]*[ce]|--eval|--command|--execute")
_PATTERN_OPTION = re.compile(r"--[a-z][\w-]*|-i?(?:name|path|regex|wholename)")
_BUILTINS = frozenset(("cd", "export", "source", ".", "set", "unset", "alias", "ulimit", "eval", "exec"))


@dataclass(slots=True)
class _Typed:
    """One word, character by character, quoted ones hidden."""

    unquoted: str = ""
    """Without what stands in any quotes."""

    expandable: str = ""
    """Without what stands in single quotes or behind a backslash: in double quotes a shell expands."""

    text: str = field(default="", repr=False)


def shell_pieces(command: str) -> tuple[str, ...]:
    """Return the pieces of a command that a shell would act upon, each once, in their order."""
    return tuple(dict.fromkeys(_pieces(list(_words(command)))))


def _pieces(words: list[_Typed]) -> Iterator[str]:
    if words and (words[0].unquoted in _BUILTINS or _ASSIGNMENT.match(words[0].unquoted)):
        yield words[0].text.partition("=")[0] + ("=…" if "=" in words[0].unquoted else "")
    for place, word in enumerate(words):
        before = words[place - 1].text if place else ""
        is_last = place == len(words) - 1
        if _CODE_OPTION.fullmatch(before):
            continue
        yield from _operators(word, is_last)
        yield from (match[0] for match in _VARIABLE.finditer(word.expandable))
        if place and _GLOB.fullmatch(word.unquoted) and not _PATTERN_OPTION.fullmatch(before):
            yield word.text


def _operators(word: _Typed, is_last: bool) -> Iterator[str]:
    text = word.unquoted
    if (_OPERATOR.fullmatch(text) and (text != "&" or is_last)) or _redirects(text):
        yield text
    elif text.endswith(";") and not is_last:
        yield ";"
    elif "://" not in text and (inside := re.search(r"&&|\|\|", text)):
        yield inside[0]


def _redirects(text: str) -> bool:
    return bool(_REDIRECTION.fullmatch(text)) and not _NUMBER_COMPARED.fullmatch(text)


def _words(command: str) -> Iterator[_Typed]:
    word: _Typed | None = None
    quote = ""
    place = 0
    while place < len(command):
        character = command[place]
        place += 1
        if not quote and character.isspace():
            if word is not None:
                yield word
            word = None
            continue
        word = word or _Typed()
        if character == quote or (not quote and character in "'\""):
            quote = "" if character == quote else character
            continue
        escaped = character == "\\" and quote != "'" and place < len(command)
        if escaped:
            character = command[place]
            place += 1
        word.text += character
        word.unquoted += _HIDDEN if quote or escaped else character
        word.expandable += _HIDDEN if quote == "'" or escaped else character
    if word is not None:
        yield word
