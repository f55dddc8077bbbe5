"""Keys of dialogs that ask, and of those with fields to fill in."""

from __future__ import annotations

from .action import Action

DIALOGS: tuple[Action, ...] = (
    Action("dialog.yes", "y", "yes", "yes", "Do what the dialog says", "dialog"),
    Action("dialog.no", "escape,n,q", "no", "no", "Close it; nothing happens", "dialog"),
    Action(
        "dialog.down",
        "down,j",
        "scroll_text(1)",
        "down",
        "Scroll down, where the text is longer than the screen",
        "dialog",
    ),
    Action("dialog.up", "up,k", "scroll_text(-1)", "up", "Scroll up", "dialog"),
)

REFUSALS: tuple[Action, ...] = (
    Action("refusal.page", "o", "go_on('page')", "page", "Open the page of the Hub that helps", "refusal"),
    Action("refusal.payer", "p", "go_on('payer')", "namespace", "Bill it to another namespace", "refusal"),
    Action("refusal.edit", "e", "go_on('edit')", "edit", "Edit & rerun with what it lacks", "refusal"),
    Action("refusal.job", "l", "go_on('job')", "job", "Open the job that is in the way", "refusal"),
)

FORMS: tuple[Action, ...] = (
    Action("form.save", "ctrl+s,ctrl+j", "save", "save", "Do what the fields say", "form"),
    Action("form.leave", "escape", "leave", "leave", "Close; nothing is changed", "form"),
)
