"""Keys of the jobs table and of one job."""

from __future__ import annotations

from .action import Action

JOBS: tuple[Action, ...] = (
    Action("jobs.open", "enter", "open_job", "open", "Open the job under the cursor", "jobs", footer=True),
    Action(
        "jobs.logs",
        "l",
        "open_log",
        "logs",
        "Read the log of the job, full screen; of all marked jobs, merged",
        "jobs",
        footer=True,
    ),
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
)

ONE_JOB: tuple[Action, ...] = (
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
)

COLUMNS: tuple[Action, ...] = (
    Action("columns.down", "down,j", "down", "down", "One column down", "columns"),
    Action("columns.up", "up,k", "up", "up", "One column up", "columns"),
    Action("columns.toggle", "space", "show_or_hide", "show or hide", "Show or hide the column", "columns"),
    Action("columns.earlier", "K,shift+up", "earlier", "move up", "Further to the left", "columns"),
    Action("columns.later", "J,shift+down", "later", "move down", "Further to the right", "columns"),
    Action("columns.reset", "0", "reset", "as at first", "The columns as they were at first", "columns"),
    Action("columns.close", "enter,escape,q,C", "close", "done", "Keep it so", "columns"),
)
