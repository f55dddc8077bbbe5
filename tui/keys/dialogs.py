"""Keys of dialogs that ask."""

from __future__ import annotations

from .action import Action

DIALOGS: tuple[Action, ...] = (
    Action("dialog.yes", "y", "yes", "yes", "Do what the dialog says", "dialog"),
    Action("dialog.no", "escape,n,q", "no", "no", "Close it; nothing happens", "dialog"),
)
