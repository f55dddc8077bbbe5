"""What stands between a program in a terminal and the clipboard of its user."""

from __future__ import annotations

from collections.abc import Mapping

NO_CLIPBOARD = {"linux", "dumb", "unknown"}
"""Values of TERM of terminals without a clipboard."""


def clipboard_obstacle(environment: Mapping[str, str]) -> str:
    """What may keep a copy from the clipboard, in a word; nothing where the terminal is spoken to itself."""
    term = environment.get("TERM", "")
    if environment.get("TMUX"):
        return "tmux"
    if environment.get("STY"):
        return "screen"
    return "this terminal" if term in NO_CLIPBOARD else ""
