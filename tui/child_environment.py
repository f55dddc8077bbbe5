"""What a program started from here may know: never a token, never where to find foreign code.

A pager, a browser or ssh has no use for the secrets of the shell this program was started from, and what it
starts in turn inherits them all.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from .spec.tokens import find_token, names_a_secret

ISOLATED = "-P"
"""For a Python of our own: a `tui.py` or `webbrowser.py` of the present folder is not imported."""


def child_environment(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Copy the environment, without what is a secret by its name or by its look."""
    environ = os.environ if environ is None else environ
    return {
        name: value
        for name, value in environ.items()
        if not names_a_secret(name) and find_token(value) is None
    }
