"""Every pattern that reads what others wrote takes time in proportion to its length.

A name, a command or a log line of a stranger may be of any length: a pattern that begins anew at each letter
and reads to the end each time stops the interface for minutes, also from another thread (`re` keeps the GIL).
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from time import monotonic

import pytest

import tui

LENGTH = 30_000
MOST_SECONDS = 1.0
"""Seconds or minutes when it is the square of the length; some milliseconds when it is not."""
PIECES = (
    *"a0 -_:=[{(|%.,#/\\\"'\r\t\x1b\x9b\x9d━日",
    *(
        "\x1b[",
        "\x1b]",
        "token",
        "token=",
        "api_",
        "hf_",
        "a.",
        "a ",
        "a=",
        "0.",
        "0/",
        "1:",
        " |",
        "[[",
        "File ",
    ),
)
ENDS = ("", "!", "\x1bX")
READ_BY_OTHERS = ("tui.domain.", "tui.feeds.", "tui.hub.", "tui.presentation.", "tui.widgets.")
TYPED_BY_THE_USER = {"tui.domain.log_pattern"}
"""Reads patterns that the user types into the search of a log."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns of all modules that handle what comes from the Hub, by name."""
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if module.name.startswith(READ_BY_OTHERS) and module.name not in TYPED_BY_THE_USER:
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{module.name}.{name}", value


@pytest.mark.parametrize("pattern", [pytest.param(found, id=name) for name, found in patterns()])
def test_no_pattern_is_slow_on_any_text(pattern: re.Pattern[str]) -> None:
    for piece in PIECES:
        for end in ENDS:
            text = piece * (LENGTH // len(piece)) + end
            start = monotonic()
            pattern.search(text)
            pattern.sub("", text)
            assert monotonic() - start < MOST_SECONDS, f"{piece!r}, {end!r}"
