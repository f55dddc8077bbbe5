"""Keys of the details of a job."""

from __future__ import annotations

from .action import Action

DETAILS: tuple[Action, ...] = (
    Action(
        "details.values",
        "v",
        "toggle_values",
        "values",
        "Show the values of the environment, or mask them again",
        "details",
        footer=True,
    ),
    Action(
        "details.view",
        "tab",
        "toggle_view",
        "JSON",
        "What the Hub answered as JSON, or in groups",
        "details",
        footer=True,
    ),
    Action("details.log", "l,enter", "open_log", "log", "Read the log of the job", "details", footer=True),
    Action("details.read", "r", "read_again", "read again", "Ask the Hub once more", "details"),
    Action("details.down", "j", "scroll_details(1)", "down", "One line down", "details"),
    Action("details.up", "k", "scroll_details(-1)", "up", "One line up", "details"),
    Action("details.top", "g", "top", "top", "To the first line", "details"),
    Action("details.bottom", "G", "bottom", "bottom", "To the last line", "details"),
)
