"""A pasted shell line into words, and into what only a shell could have made of it.

`shlex` refuses an open quote and keeps `| tee log` as words; here the words before it are used and the
rest is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_OPERATORS = "|;&<>()\n"
_ESCAPED_IN_DOUBLE = '\\"$`'
_STAND_IN = re.compile(r"<[A-Za-z][^<>|&;\n]*>|\$?\{\{[^{}\n]*\}\}|\{[A-Za-z_][\w.]*[(\[][^{}\n]*\}")
_ANSI_C = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}


@dataclass(slots=True)
class Word:
    """One argument of a command."""

    text: str = ""
    expands: bool = False
    """Whether a shell would have put something else in its place, as for `$HOME` or `*.py`."""

    typed: str = ""
    """As it stood on the line, quotes and all."""


@dataclass(slots=True)
class ShellLine:
    """The first command of a text."""

    words: list[Word] = field(default_factory=list)
    rest: str = ""
    """What follows the first command: from a pipe, a redirection, a comment or a line break on."""

    is_open: bool = False
    """Whether a quote is never closed; the last word then holds all that follows it."""


def split_line(text: str) -> ShellLine:
    """Read the first command of a text. Never raises."""
    return _Splitter(text.replace("\\\r\n", "\\\n")).line


class _Splitter:
    """One pass over the characters; a word is open from its first character or quote on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.line = ShellLine()
        self.word: Word | None = None
        self.word_start = 0
        while self.position < len(text):
            if self._ends_here():
                break
            self._step()
        self._close()

    def _ends_here(self) -> bool:
        character = self.text[self.position]
        if character == "<" and self._stand_in():
            return False
        if character not in _OPERATORS and not (character == "#" and self.word is None):
            return False
        start = self.position
        if character in "<>" and self.word is not None and self.word.text.isdecimal():
            start -= len(self.word.text)
            self.word = None
        self.line.rest = self.text[start:].strip()
        return True

    def _step(self) -> None:
        if self.word is None:
            self.word_start = self.position
        if stand_in := self._stand_in():
            self._add(stand_in)
            self.position += len(stand_in)
            return
        if substitution := self._substitution():
            self._substitute(substitution)
            return
        character = self.text[self.position]
        self.position += 1
        if character.isspace():
            self.position -= 1
            self._close()
            self.position += 1
        elif character == "\\":
            self._escape()
        elif character == "'":
            self._add(self._until_single())
        elif character == '"':
            self._double()
        elif character == "$" and self.text[self.position : self.position + 1] == "'":
            self.position += 1
            self._ansi_c()
        else:
            self._add(character)
            self._open().expands |= character in "*?`" or self._is_variable(character)

    def _open(self) -> Word:
        if self.word is None:
            self.word = Word()
        return self.word

    def _add(self, text: str) -> None:
        self._open().text += text

    def _close(self) -> None:
        if self.word is not None:
            self.word.typed = self.text[self.word_start : self.position]
            self.line.words.append(self.word)
        self.word = None

    def _stand_in(self) -> str:
        """What a guide has in place of a value, which no shell could read: `<your token>`, `{{ token }}`."""
        if self.word is None or "=" not in self.word.text or self.text[self.position] not in "<{$":
            return ""
        match = _STAND_IN.match(self.text, self.position)
        return match[0] if match else ""

    def _substitution(self) -> str:
        """A command within the line, from `$(` or a backtick to its end; empty when it has none."""
        if self.text[self.position] == "`":
            end = self.text.find("`", self.position + 1)
        elif self.text.startswith("$(", self.position):
            end = self._closing(self.position + 2)
        else:
            return ""
        return self.text[self.position : end + 1] if end >= 0 else ""

    def _closing(self, position: int) -> int:
        """Where the parenthesis ends that is open at a position, quotes aside; -1 when it never does."""
        depth, quote = 1, ""
        while position < len(self.text):
            character = self.text[position]
            if character == "\\" and quote != "'":
                position += 1
            elif quote or character in "'\"":
                quote = "" if character == quote else quote or character
            elif character in "()":
                depth += 1 if character == "(" else -1
                if not depth:
                    return position
            position += 1
        return -1

    def _substitute(self, text: str) -> None:
        self._add(text)
        self._open().expands = True
        self.position += len(text)

    def _is_variable(self, character: str) -> bool:
        following = self.text[self.position : self.position + 1]
        return character == "$" and (following.isalnum() or following in ("_", "{", "("))

    def _escape(self) -> None:
        following = self.text[self.position : self.position + 1]
        self.position += 1
        if following != "\n":
            self._add(following)

    def _until_single(self) -> str:
        end = self.text.find("'", self.position)
        self.line.is_open |= end < 0
        end = len(self.text) if end < 0 else end
        quoted = self.text[self.position : end]
        self.position = end + 1
        return quoted

    def _double(self) -> None:
        word = self._open()
        while self.position < len(self.text):
            if substitution := self._substitution():
                self._substitute(substitution)
                continue
            character = self.text[self.position]
            self.position += 1
            if character == '"':
                return
            if character == "\\" and self.text[self.position : self.position + 1] in (
                *_ESCAPED_IN_DOUBLE,
                "\n",
            ):
                self._escape()
                continue
            word.text += character
            word.expands |= character == "`" or self._is_variable(character)
        self.line.is_open = True

    def _ansi_c(self) -> None:
        word = self._open()
        while self.position < len(self.text):
            character = self.text[self.position]
            self.position += 1
            if character == "'":
                return
            if character == "\\" and self.position < len(self.text):
                character = self.text[self.position]
                character = _ANSI_C.get(character, character)
                self.position += 1
            word.text += character
        self.line.is_open = True
