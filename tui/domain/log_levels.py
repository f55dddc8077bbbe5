"""Which lines of a log are errors and which are warnings, whoever wrote them.

There is no level in a log of a job, only text: so these are the ways in which common tools say it, and not
every line with the word in it (`0 errors`, `error_rate 0.1`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """A kind of line that can be gone to."""

    name: str
    pattern: re.Pattern[str]
    hints: tuple[str, ...]
    """In lower case: a text with none of these has no such line."""

    def holds(self, line: str) -> bool:
        """Whether the line is of this level."""
        return self.pattern.search(line) is not None

    def spans(self, line: str) -> list[tuple[int, int]]:
        """Where the line says so, in characters."""
        return [match.span() for match in self.pattern.finditer(line)]

    def rows(self, block: str) -> list[int]:
        """Which lines of a text of many lines are of this level."""
        folded = block.lower()
        if not any(hint in folded for hint in self.hints):
            return []
        search = self.pattern.search
        return [row for row, line in enumerate(block.split("\n")) if search(line)]


ERROR = Level(
    "error",
    re.compile(
        r"\b(?:ERROR|FATAL|CRITICAL|PANIC|SEVERE|FAILED)\b(?!\s*[=:]?\s*0\b)"
        r"|\b(?:[A-Z]\w*(?:Error|Exception)|\w*ExceptionGroup)\b(?=:|$)"
        r"|\b(?:[Ee]rror|fatal|panic|critical)(?:\[\w+\])?(?: TS\d+)?:(?!\s*\d*\.?\d+(?:\s|$))"
        r"|\b(?:Error|panicked|terminate called) (?=in|at|after|while|opening|reading|loading)"
        r"|\blevel\W{1,4}(?:error|fatal|critical)\b"
        r"|^[EF]\d{4} \d\d:\d\d|^npm (?:ERR!|error )|^E  +\S"
        r"|\bCUDA out of memory|\b(?:Segmentation fault|Bus error|No space left on device)\b|^Killed$"
        r"|: (?:command not found|No such file or directory|[Pp]ermission denied)$"
    ),
    ("error", "fatal", "critical", "panic", "severe", "failed", "exception", "terminate called", "\ne",
     "\nf", "npm err", "out of memory", "segmentation", "bus error", "no space", "killed",
     "not found", "no such file", "permission denied"),
)  # fmt: skip
WARNING = Level(
    "warning",
    re.compile(
        r"\b(?:WARNING|WARN)\b|\b[A-Z]?\w*Warning\b(?=:)|\bwarning:|\blevel\W{1,4}warn(?:ing)?\b"
        r"|^W\d{4} \d\d:\d\d|^npm warn\b|^\[W\d* |\bdeprecated\b"
    ),
    ("warn", "\nw", "[w", "deprecated"),
)


def level_of(line: str) -> Level | None:
    """What a line is, an error first."""
    return ERROR if ERROR.holds(line) else WARNING if WARNING.holds(line) else None
