"""Keys of dialogs that ask, and of those with fields to fill in."""

from __future__ import annotations

from .action import Action

DIALOGS: tuple[Action, ...] = (
    Action("dialog.yes", "y", "yes", "yes", "Do what the dialog says", "dialog"),
    Action("dialog.no", "escape,n,q", "no", "no", "Close it; nothing happens", "dialog"),
)

FORMS: tuple[Action, ...] = (
    Action("form.save", "ctrl+s,ctrl+j", "save", "save", "Do what the fields say", "form"),
    Action("form.leave", "escape", "leave", "leave", "Close; nothing is changed", "form"),
)
