"""One row of the table of keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal[
    "app",
    "move",
    "jobs",
    "job",
    "details",
    "log",
    "compose",
    "line",
    "schedules",
    "hardware",
    "activity",
    "list",
    "columns",
    "save",
    "logs",
    "joined",
    "dialog",
    "refusal",
    "form",
]

SCOPE_TITLES: dict[Scope, str] = {
    "app": "Everywhere",
    "move": "Moving",
    "jobs": "Jobs",
    "job": "One job",
    "details": "Details of a job or schedule",
    "log": "Log",
    "compose": "New job",
    "line": "Editing the command line",
    "schedules": "Schedules",
    "hardware": "Hardware",
    "activity": "Activity",
    "list": "Order and filter (schedules, hardware, activity)",
    "columns": "Choosing columns",
    "save": "Saving a log",
    "logs": "Logs of several jobs",
    "joined": "Choosing the jobs of a page",
    "dialog": "Dialogs",
    "refusal": "Refused by the Hub (what is offered)",
    "form": "Labels and ports",
}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can do."""

    id: str
    """Stable name by which users rebind it."""
    keys: str
    """Textual key names, comma separated; the first one is shown."""
    action: str
    """Name of the Textual action that carries it out."""
    label: str
    """One or two words for the footer."""
    tooltip: str
    """One sentence for help, palette and README."""
    scope: Scope
    footer: bool = False
    writes: bool = False
    """Changes something on the Hub: refused and hidden in read-only mode."""
    dangerous: bool = False
    """Destroys something: always behind a dialog."""
    priority: bool = False
    """Works also while a text field has the cursor."""

    @property
    def key(self) -> str:
        """The first key, as people write it: "ctrl+j", "/", "↓"."""
        return shown_key(self.keys.split(",")[0])


_SHOWN = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "full_stop": ".",
    "comma": ",",
    "number_sign": "#",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "space": "space",
    "asterisk": "*",
    "ampersand": "&",
    "ctrl+@": "ctrl+space",
}


TYPED_NAMES = {shown: name for name, shown in _SHOWN.items() if len(shown) == 1 and name.isidentifier()}
"""What people write for a key to what Textual calls it."""


def shown_key(key: str) -> str:
    """A Textual key name as people write it."""
    return _SHOWN.get(key, key)
