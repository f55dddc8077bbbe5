"""The styles of a log page, and the marks laid over its text."""

from __future__ import annotations

from typing import NamedTuple

from rich.style import Style


class LogLook(NamedTuple):
    """The styles of a log page; all but `text` are laid over it."""

    text: Style
    timestamp: Style
    number: Style
    marker: Style
    notice: Style
    error: Style
    warning: Style
    point: Style
    hit: Style
    hit_current: Style
    selection: Style
