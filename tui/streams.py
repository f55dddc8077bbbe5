"""The standard streams: whether they reach a full-screen terminal, and which characters it takes."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from typing import TextIO

NEEDS_TERMINAL = "hf-jobs-tui needs a terminal; `hf jobs` is for scripts and pipes."
DUMB_TERMINALS = frozenset({"dumb", "unknown"})
"""What TERM says where the cursor cannot be moved."""
_LETTERS = "hf-jobs-tui.letters"
"""Name of the codec error handler that writes plain letters in place of what an encoding lacks."""


def use_letters() -> None:
    """Write plain letters where the encoding of stdout or stderr lacks a character.

    Textual writes to stderr. Python's own handlers would fill the screen with `\\u25cf`, or fail.
    """
    codecs.register_error(_LETTERS, _letters)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not _is_utf8(stream.encoding):
            stream.reconfigure(errors=_LETTERS)


def why_no_full_screen(environment: Mapping[str, str]) -> str | None:
    """Why the dashboard cannot be shown, in a sentence; None when it can.

    All three streams are asked: Textual reads stdin, writes to stderr and takes the size from stdout.
    """
    streams: tuple[TextIO | None, ...] = (sys.stdin, sys.stdout, sys.stderr)
    if not all(stream is not None and stream.isatty() for stream in streams):
        return NEEDS_TERMINAL
    terminal = environment.get("TERM", "").strip()
    if not terminal:
        return "hf-jobs-tui needs a full-screen terminal: TERM is not set."
    if terminal in DUMB_TERMINALS:
        return f"hf-jobs-tui needs a full-screen terminal: TERM is {terminal}."
    return None


def encoding_without_glyphs() -> str | None:
    """The encoding of the terminal when it is not UTF-8: from then on only ASCII is written to it."""
    stream = sys.__stderr__
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if stream is None or _is_utf8(encoding):
        return None
    if isinstance(stream, TextIOWrapper):  # also where an encoding has other bytes for ASCII
        stream.reconfigure(encoding="ascii", errors=_LETTERS)
    return encoding


def _is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name == "utf-8"


def _letters(error: UnicodeError) -> tuple[str | bytes, int]:
    from .presentation.ascii_text import pure_ascii

    if not isinstance(error, UnicodeEncodeError):
        raise error
    return pure_ascii(error.object[error.start : error.end]), error.end
