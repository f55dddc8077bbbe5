"""Keys of the log pane."""

from __future__ import annotations

from .action import Action

LOG: tuple[Action, ...] = (
    Action(
        "log.follow", "G,end", "follow", "follow", "Go to the end and follow what arrives", "log", footer=True
    ),
    Action("log.top", "g,home", "top", "top", "Go to the first line", "log"),
    Action(
        "log.down",
        "down,j",
        "line_down",
        "down",
        "One line down; at the end of the log, to the next line of the page",
        "log",
    ),
    Action(
        "log.up",
        "up,k",
        "line_up",
        "up",
        "One line up; holds the page still. At its top, to the line before",
        "log",
    ),
    Action("log.page_down", "pagedown,space", "page_down", "page down", "One page down", "log"),
    Action("log.page_up", "pageup", "page_up", "page up", "One page up", "log"),
    Action("log.half_down", "ctrl+d", "half_down", "half page down", "Half a page down", "log"),
    Action("log.half_up", "ctrl+u", "half_up", "half page up", "Half a page up", "log"),
    Action("log.left", "left,h", "column_left", "left", "Scroll to the left", "log"),
    Action("log.right", "right", "column_right", "right", "Scroll to the right", "log"),
    Action(
        "log.search", "slash", "screen.search", "search", "Search the log; context stays", "log", footer=True
    ),
    Action("log.next", "n", "next_hit", "next", "Next hit", "log"),
    Action("log.previous", "N", "previous_hit", "previous", "Previous hit", "log"),
    Action("log.wrap", "w", "toggle_wrap", "wrap", "Wrap long lines, or not", "log", footer=True),
    Action(
        "log.timestamps",
        "t",
        "cycle_timestamps",
        "times",
        "Timestamps: off, local, UTC, age, since start",
        "log",
        footer=True,
    ),
    Action("log.numbers", "number_sign", "toggle_numbers", "numbers", "Line numbers on or off", "log"),
    Action(
        "log.filter", "ampersand", "screen.filter_log", "only", "Show only lines that match; ! inverts", "log"
    ),
    Action("log.next_error", "e", "next_error", "error ↓", "Next error", "log", footer=True),
    Action("log.previous_error", "E", "previous_error", "error ↑", "Error before", "log"),
    Action("log.next_warning", "x", "next_warning", "warning ↓", "Next warning", "log"),
    Action("log.previous_warning", "X", "previous_warning", "warning ↑", "Warning before", "log"),
    Action(
        "log.unfold",
        "enter",
        "unfold",
        "unfold",
        "Unfold the line: a traceback, a progress bar, an object, what was cut",
        "log",
    ),
    Action("log.folds", "z", "toggle_folds", "tracebacks", "Fold all tracebacks, or none", "log"),
    Action("log.mark", "v", "mark", "mark", "Mark lines from here on; y copies them", "log"),
    Action(
        "log.save", "ctrl+s", "screen.save_log", "save", "Save the log, what is shown, or the marks", "log"
    ),
    Action("log.pager", "o", "screen.open_pager", "pager", "Read what is shown in $PAGER", "log"),
    Action("log.whole", "0", "whole", "whole", "Show the whole log; once more reads it anew", "log"),
    Action("log.tail", "1", "window(1)", "1,000 lines", "Show the last 1,000 lines", "log"),
    Action("log.minute", "2", "window(2)", "1 m", "Show the last minute", "log"),
    Action("log.five_minutes", "3", "window(3)", "5 m", "Show the last 5 minutes", "log"),
    Action("log.quarter", "4", "window(4)", "15 m", "Show the last 15 minutes", "log"),
    Action("log.hour", "5", "window(5)", "1 h", "Show the last hour", "log"),
    Action("log.day", "6", "window(6)", "24 h", "Show the last 24 hours", "log"),
)

SEVERAL: tuple[Action, ...] = (
    Action(
        "logs.jobs",
        "J",
        "choose_jobs",
        "jobs",
        "List the jobs of the page, take one out or add it back",
        "logs",
        footer=True,
    ),
    Action(
        "logs.copy", "y", "copy", "copy", "Copy marked or selected lines, else the line pointed at", "logs"
    ),
)

JOINED: tuple[Action, ...] = (
    Action("joined.down", "down,j", "down", "down", "One job down", "joined"),
    Action("joined.up", "up,k", "up", "up", "One job up", "joined"),
    Action("joined.turn", "space", "turn", "out or back", "Take the job out, or add it back", "joined"),
    Action("joined.close", "enter,escape,q,J", "close", "done", "Back to the page", "joined"),
)

SAVING: tuple[Action, ...] = (
    Action(
        "save.save", "enter", "save", "save", "Write the file; one that is there is never replaced", "save"
    ),
    Action("save.leave", "escape", "leave", "leave", "Close; nothing is saved", "save"),
)
