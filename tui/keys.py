"""The one table of keys. Bindings, footer, palette, help screen, README and read-only mode come from it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from textual.binding import Binding, BindingType

Scope = Literal["app", "move", "jobs", "job", "log", "compose", "line", "columns", "save", "dialog"]

SCOPE_TITLES: dict[Scope, str] = {
    "app": "Everywhere",
    "move": "Moving",
    "jobs": "Jobs",
    "job": "One job",
    "log": "Log",
    "compose": "New job",
    "line": "Editing the command line",
    "columns": "Choosing columns",
    "save": "Saving a log",
    "dialog": "Dialogs",
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


_NAMES = {shown: name for name, shown in _SHOWN.items() if len(shown) == 1 and name.isidentifier()}
"""What people write for a key to what Textual calls it."""


def shown_key(key: str) -> str:
    """A Textual key name as people write it."""
    return _SHOWN.get(key, key)


ACTIONS: tuple[Action, ...] = (
    # Everywhere
    Action(
        "app.help", "question_mark,f1", "help", "help", "What every key does, here first", "app", footer=True
    ),
    Action(
        "app.palette", "ctrl+p,colon", "command_palette", "palette", "Find an action or a job by name", "app"
    ),
    Action("app.back", "q", "back", "back", "One screen back; at the top level quit", "app", footer=True),
    Action(
        "app.escape", "escape", "escape", "back", "One step back: dialog, filter, screen. Never quits", "app"
    ),
    Action("app.quit", "ctrl+c", "leave", "quit", "Quit at once, from anywhere", "app", priority=True),
    Action("app.jobs", "1", "show_jobs", "jobs", "Go to the jobs table", "app"),
    # Moving in a table
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
    # Jobs table
    Action("jobs.open", "enter", "open_job", "open", "Open the job under the cursor", "jobs", footer=True),
    Action("jobs.logs", "l", "open_log", "logs", "Read the log of the job, full screen", "jobs", footer=True),
    Action(
        "jobs.cancel",
        "c",
        "cancel_job",
        "cancel",
        "Cancel the job, after a dialog that names it",
        "jobs",
        footer=True,
        writes=True,
        dangerous=True,
    ),
    Action("jobs.new", "n,2", "new_job", "new", "Compose a new job", "jobs", footer=True, writes=True),
    Action(
        "jobs.filter",
        "slash",
        "filter",
        "filter",
        "Show only jobs that match; enter keeps it",
        "jobs",
        footer=True,
    ),
    Action("jobs.refresh", "r,ctrl+r", "refresh_jobs", "refresh", "Read the whole list again now", "jobs"),
    Action(
        "jobs.auto_refresh",
        "A",
        "toggle_auto_refresh",
        "auto-refresh",
        "Stop asking the Hub, or go on",
        "jobs",
    ),
    Action(
        "jobs.edit",
        "e",
        "edit_job",
        "edit & rerun",
        "Compose a new job that begins as this one",
        "jobs",
        writes=True,
    ),
    Action(
        "jobs.rerun",
        "R",
        "rerun_job",
        "rerun",
        "Run this job once more as it is, after a dialog",
        "jobs",
        writes=True,
    ),
    Action("jobs.copy_id", "y", "copy_id", "copy id", "Copy the job's id", "jobs"),
    Action("jobs.sort_next", "full_stop", "sort_next", "sort →", "Sort by the next column", "jobs"),
    Action("jobs.sort_previous", "comma", "sort_previous", "sort ←", "Sort by the previous column", "jobs"),
    Action("jobs.sort_reverse", "S", "sort_reverse", "reverse", "Turn the order round", "jobs"),
    Action("jobs.watch", "w", "watch_job", "watch", "Call me when this job ends, or no longer", "jobs"),
    Action("jobs.columns", "C", "choose_columns", "columns", "Choose and order the columns", "jobs"),
    Action(
        "jobs.fold", "f", "fold", "fold", "Fold the runs that share this name into one row, or unfold", "jobs"
    ),
    Action("jobs.fold_all", "F", "fold_all", "fold all", "Fold all runs that share a name, or none", "jobs"),
    Action("jobs.preview", "v", "toggle_preview", "preview", "Show or hide the preview", "jobs"),
    # One job
    Action(
        "job.cancel",
        "c",
        "cancel_job",
        "cancel",
        "Cancel this job, after a dialog that names it",
        "job",
        footer=True,
        writes=True,
        dangerous=True,
    ),
    Action(
        "job.edit",
        "f2",
        "edit_job",
        "edit & rerun",
        "Compose a new job that begins as this one",
        "job",
        writes=True,
    ),
    Action(
        "job.rerun",
        "R",
        "rerun_job",
        "rerun",
        "Run this job once more as it is, after a dialog",
        "job",
        writes=True,
    ),
    Action("job.copy_id", "y", "copy_id", "copy", "Copy marked or selected lines, else the job's id", "job"),
    # Log pane
    Action(
        "log.follow", "G,end", "follow", "follow", "Go to the end and follow what arrives", "log", footer=True
    ),
    Action("log.top", "g,home", "top", "top", "Go to the first line", "log"),
    Action("log.down", "down,j", "line_down", "down", "One line down", "log"),
    Action("log.up", "up,k", "line_up", "up", "One line up; holds the page still", "log"),
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
    # Composer
    Action(
        "compose.submit",
        "ctrl+j,ctrl+enter",
        "submit",
        "submit",
        "Check the form and ask before it is sent",
        "compose",
        footer=True,
        writes=True,
    ),
    Action(
        "compose.line",
        "f2",
        "edit_line",
        "edit as text",
        "Edit the hf command as text; enter fills the form from it",
        "compose",
        footer=True,
    ),
    Action("compose.next", "tab", "app.focus_next", "next field", "Next field", "compose", priority=True),
    Action(
        "compose.previous",
        "shift+tab",
        "app.focus_previous",
        "previous field",
        "Previous field",
        "compose",
        priority=True,
    ),
    Action(
        "compose.leave",
        "escape",
        "leave_form",
        "back",
        "Back to the jobs; the draft is kept",
        "compose",
        footer=True,
    ),
    Action(
        "compose.form",
        "f3",
        "next_form",
        "as Python",
        "Show the job as hf line, as Python, as request",
        "compose",
        footer=True,
    ),
    Action(
        "compose.copy",
        "ctrl+y",
        "copy_text",
        "copy",
        "Copy the hf line, the Python or the request",
        "compose",
    ),
    Action(
        "compose.reveal", "f4", "reveal_secret", "secret", "Held: show the secret under the cursor", "compose"
    ),
    Action(
        "compose.save",
        "ctrl+s",
        "save_preset",
        "save",
        "Save the form as a preset, without secrets",
        "compose",
    ),
    Action(
        "compose.open",
        "ctrl+o",
        "open_preset",
        "presets",
        "Fill the form from a preset or one of the last submissions",
        "compose",
        footer=True,
    ),
    # The command line of the composer
    Action(
        "line.fill",
        "enter",
        "fill",
        "fill the form",
        "Fill the form from this line",
        "line",
        footer=True,
    ),
    Action(
        "line.leave",
        "escape",
        "leave",
        "leave as it was",
        "Back to the form, unchanged",
        "line",
        footer=True,
    ),
    # The dialog of columns
    Action("columns.down", "down,j", "down", "down", "One column down", "columns"),
    Action("columns.up", "up,k", "up", "up", "One column up", "columns"),
    Action("columns.toggle", "space", "show_or_hide", "show or hide", "Show or hide the column", "columns"),
    Action("columns.earlier", "K,shift+up", "earlier", "move up", "Further to the left", "columns"),
    Action("columns.later", "J,shift+down", "later", "move down", "Further to the right", "columns"),
    Action("columns.reset", "0", "reset", "as at first", "The columns as they were at first", "columns"),
    Action("columns.close", "enter,escape,q,C", "close", "done", "Keep it so", "columns"),
    # The dialog in which a log is saved
    Action(
        "save.save", "enter", "save", "save", "Write the file; one that is there is never replaced", "save"
    ),
    Action("save.leave", "escape", "leave", "leave", "Close; nothing is saved", "save"),
    # Dialogs
    Action("dialog.yes", "y", "yes", "yes", "Do what the dialog says", "dialog"),
    Action("dialog.no", "escape,n,q", "no", "no", "Close it; nothing happens", "dialog"),
)


class KeyTableError(ValueError):
    """Keys that cannot be given to an action: which, and why."""


def with_keys(table: Iterable[Action], keys_by_id: Mapping[str, str]) -> tuple[Action, ...]:
    """The table with other keys for some actions. Raises KeyTableError."""
    table = tuple(table)
    known = {action.id for action in table}
    for action_id in keys_by_id:
        if action_id not in known:
            close = difflib.get_close_matches(action_id, sorted(known), n=1)
            hint = f"; did you mean “{close[0]}”?" if close else ""
            raise KeyTableError(f"there is no action “{action_id}”{hint}")
    changed = tuple(
        replace(action, keys=_checked_keys(action.id, keys_by_id[action.id]))
        if action.id in keys_by_id
        else action
        for action in table
    )
    for action in changed:
        for other in changed:
            clash = set(action.keys.split(",")) & set(other.keys.split(","))
            rivals = other.scope == action.scope or other.priority
            if clash and rivals and other is not action and action.id in keys_by_id:
                raise KeyTableError(f"“{min(clash)}” is the key of {action.id} and of {other.id}")
    return changed


def _checked_keys(action_id: str, keys: str) -> str:
    names = [_NAMES.get(key.strip(), key.strip()) for key in keys.split(",")]
    if not all(names):
        raise KeyTableError(f"“{keys}” for {action_id} is no list of keys like x,ctrl+x")
    return ",".join(names)


def use_keys(keys_by_id: Mapping[str, str]) -> None:
    """Give actions other keys: to be called before any screen is imported."""
    global ACTIONS
    ACTIONS = with_keys(ACTIONS, keys_by_id)
    _BY_ID.update({action.id: action for action in ACTIONS})


def actions(scope: Scope) -> tuple[Action, ...]:
    """The actions of one scope, in the order of the table."""
    return tuple(action for action in ACTIONS if action.scope == scope)


def bindings(*scopes: Scope) -> list[BindingType]:
    """Textual bindings for the actions of these scopes."""
    return [
        Binding(
            action.keys,
            action.action,
            action.label,
            show=action.footer,
            key_display=action.key,
            priority=action.priority,
            tooltip=action.tooltip,
            id=action.id,
        )
        for scope in scopes
        for action in actions(scope)
    ]


def action_by_id(action_id: str) -> Action:
    """The action of that id; a KeyError is a mistake in the program."""
    return _BY_ID[action_id]


def key_table(scopes: Iterable[Scope] = tuple(SCOPE_TITLES)) -> str:
    """The table as Markdown, one section a scope: what the README shows."""
    sections = []
    for scope in scopes:
        rows = [f"| {_all_keys(action)} | {action.tooltip} |" for action in actions(scope)]
        sections.append(
            "\n".join([f"**{SCOPE_TITLES[scope]}**\n", "| key | what it does |", "| --- | --- |", *rows])
        )
    return "\n\n".join(sections)


def _all_keys(action: Action) -> str:
    return " ".join(f"`{shown_key(key)}`" for key in action.keys.split(","))


_BY_ID = {action.id: action for action in ACTIONS}
