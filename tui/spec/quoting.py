"""Words in shell quoting, spelled as they were typed wherever a shell would read that the same."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable

_NOT_IN_DOUBLE = re.compile(r'["$`\\!\n]')
_SAME_IN_A_SHELL = re.compile(
    r"""
    (?:
        (?:(?<=\s)|\A)~/                 # what a shell expands, and `hf` is meant to be given
      | [\w@%+=:,./\- \t]
      | \\[^\n]
      | '[^'\n]*'
      | "[^"$`\\!\n]*"
    )*
    """,
    re.VERBOSE,
)


class Expanded(str):
    """A word that stands in double quotes on a line: it names a variable for the shell to fill in."""

    __slots__ = ()


def quote(word: str) -> str:
    """Return the word in quotes where it needs them, in those that are easier to read."""
    if "'" in word and not _NOT_IN_DOUBLE.search(word):
        return f'"{word}"'
    return shlex.quote(word)


def for_shell(word: str) -> str:
    """Return the word in quotes; a leading `~/` stays bare, so that a shell still expands it."""
    if isinstance(word, Expanded):
        return f'"{word}"'
    if word.startswith("~/"):
        return f"~/{quote(word[2:])}" if len(word) > 2 else word
    return quote(word)


def join(words: Iterable[str]) -> str:
    """Return the words as one line that `split` takes apart again."""
    return " ".join(map(quote, words))


def split(text: str) -> tuple[str, ...] | None:
    """Return the words of a line in which nothing is expanded; None while a quote is open."""
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return None


def spelled(text: str) -> str:
    """Return a line as typed if a shell makes the same words of it, else the words quoted for a shell.

    One with an open quote is a single word.
    """
    words = split(text)
    if words is None:
        return for_shell(text)
    typed = text.strip()
    return typed if _SAME_IN_A_SHELL.fullmatch(typed) else " ".join(map(for_shell, words))
