"""Keys that work on every screen, and in every table."""

from __future__ import annotations

from .action import Action

EVERYWHERE: tuple[Action, ...] = (
    Action(
        "app.help", "question_mark,f1", "help", "help", "What every key does, here first", "app", footer=True
    ),
    Action(
        "app.palette", "ctrl+p,colon", "command_palette", "palette", "Find an action or a job by name", "app"
    ),
    Action(
        "app.back",
        "q",
        "back",
        "back",
        "Back one screen, or to the group opened in place; at the top level quit",
        "app",
        footer=True,
    ),
    Action(
        "app.escape", "escape", "escape", "back", "One step back: dialog, filter, screen. Never quits", "app"
    ),
    Action("app.quit", "ctrl+c", "leave", "quit", "Quit at once, from anywhere", "app", priority=True),
    Action(
        "app.suspend",
        "ctrl+z",
        "suspend_process",
        "suspend",
        "Suspend to the shell, fg resumes; in the form and in a text ctrl+z undoes",
        "app",
        priority=True,
    ),
    Action("app.jobs", "1", "show_jobs", "jobs", "Go to the jobs table", "app"),
    Action("app.new", "2", "show_composer", "new job", "Go to the form of a new job", "app", writes=True),
    Action("app.schedules", "3", "show_place('schedules')", "schedules", "Go to the scheduled jobs", "app"),
    Action("app.hardware", "4", "show_place('hardware')", "hardware", "Go to the hardware on offer", "app"),
    Action(
        "app.activity",
        "5",
        "show_place('activity')",
        "activity",
        "Go to what was sent to the Hub, with its hf commands",
        "app",
    ),
)

MOVING: tuple[Action, ...] = (
    Action("move.down", "down,j", "cursor_down", "down", "One row down", "move"),
    Action("move.up", "up,k", "cursor_up", "up", "One row up", "move"),
    Action("move.page_down", "pagedown", "page_down", "page down", "One page down", "move"),
    Action("move.page_up", "pageup", "page_up", "page up", "One page up", "move"),
    Action("move.half_down", "ctrl+d", "half_down", "half page down", "Half a page down", "move"),
    Action("move.half_up", "ctrl+u", "half_up", "half page up", "Half a page up", "move"),
    Action("move.top", "g,home", "top", "top", "First row", "move"),
    Action("move.bottom", "G,end", "bottom", "bottom", "Last row", "move"),
    Action("move.left", "left,h", "columns_left", "columns ←", "Back to the first columns", "move"),
    Action(
        "move.right", "right", "columns_right", "columns →", "On to the columns that have no room", "move"
    ),
    Action("move.mark", "space", "mark", "mark", "Mark the row, or take its mark away", "move"),
    Action(
        "move.mark_range", "V,ctrl+@", "mark_range", "mark range", "Mark from the last mark to here", "move"
    ),
    Action("move.mark_all", "asterisk", "mark_all", "mark all", "Mark every row that is shown", "move"),
    Action("move.unmark", "u", "clear_marks", "unmark", "Take every mark away", "move"),
)
