"""Keys of the jobs table and of one job. What can be done to a job can be done from both."""

from __future__ import annotations

from dataclasses import replace

from .action import Action


def _on_a_job(
    verb: str,
    keys: tuple[str, str],
    label: str,
    tooltip: str,
    *,
    footer: bool = False,
    writes: bool = False,
    dangerous: bool = False,
    job_tooltip: str = "",
) -> tuple[Action, Action]:
    """The same action in the table and where one job is shown, with the keys it has there."""
    in_table, beside_log = keys
    action = verb if verb.startswith("copy_") else f"{verb}_job"
    table_action = Action(f"jobs.{verb}", in_table, action, label, tooltip, "jobs", footer, writes, dangerous)
    job_action = replace(
        table_action, id=f"job.{verb}", keys=beside_log, tooltip=job_tooltip or tooltip, scope="job"
    )
    return table_action, job_action


_OPENING: tuple[Action, ...] = (
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
)

_SHARED: tuple[tuple[Action, Action], ...] = (
    _on_a_job("details", ("d", "d"), "details", "Everything the Hub tells of the job, in groups"),
    _on_a_job("raw", ("J", "J"), "JSON", "The job as the JSON that the Hub answers"),
    _on_a_job(
        "cancel",
        ("c", "c"),
        "cancel",
        "Cancel the job, after a dialog that names it; or all marked ones",
        footer=True,
        writes=True,
        dangerous=True,
    ),
    _on_a_job(
        "rerun",
        ("R", "R"),
        "rerun",
        "Run the job once more as it is, after a dialog; or all marked ones",
        writes=True,
    ),
    _on_a_job("edit", ("e", "f2"), "edit & rerun", "Compose a new job that begins as this one", writes=True),
    _on_a_job(
        "labels",
        ("L", "L"),
        "labels",
        "Change name and labels of the job, or of all marked ones",
        writes=True,
    ),
    _on_a_job("ports", ("P", "P"), "ports", "Expose or close ports of the job", writes=True),
    _on_a_job("ssh", ("s", "s"), "ssh", "Go into the running job over ssh; exit comes back", writes=True),
    _on_a_job(
        "browse", ("o,b", "b"), "browser", "Open the job's page in a browser; over SSH show its address"
    ),
    _on_a_job(
        "copy_id",
        ("y", "y"),
        "copy id",
        "Copy the job's id, or those of all marked ones",
        job_tooltip="Copy marked or selected lines, the line pointed at, else the job's id",
    ),
    _on_a_job(
        "copy_url", ("Y", "Y"), "copy URL", "Copy the address of the job's page; or of all marked ones"
    ),
    _on_a_job(
        "copy_command",
        ("ctrl+y", "ctrl+y"),
        "copy hf",
        "Copy the hf command that starts the same job, secrets as names; or of all marked ones",
    ),
    _on_a_job("watch", ("w", "W"), "watch", "Call me when the job ends, or no longer"),
)

_TABLE: tuple[Action, ...] = (
    Action("jobs.new", "n", "new_job", "new", "Compose a new job", "jobs", footer=True, writes=True),
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
        "Pause or resume auto-refresh",
        "jobs",
    ),
    Action("jobs.sort_next", "full_stop", "sort_next", "sort →", "Sort by the next column", "jobs"),
    Action("jobs.sort_previous", "comma", "sort_previous", "sort ←", "Sort by the previous column", "jobs"),
    Action("jobs.sort_reverse", "S", "sort_reverse", "reverse", "Turn the order round", "jobs"),
    Action("jobs.columns", "C", "choose_columns", "columns", "Choose and order the columns", "jobs"),
    Action(
        "jobs.fold", "f", "fold", "fold", "Fold the runs that share this name into one row, or unfold", "jobs"
    ),
    Action("jobs.fold_all", "F", "fold_all", "fold all", "Fold all runs that share a name, or none", "jobs"),
    Action("jobs.preview", "v", "toggle_preview", "preview", "Show or hide the preview", "jobs"),
)

JOBS: tuple[Action, ...] = (*_OPENING, *(in_table for in_table, _ in _SHARED), *_TABLE)

ONE_JOB: tuple[Action, ...] = tuple(beside_log for _, beside_log in _SHARED)

COLUMNS: tuple[Action, ...] = (
    Action("columns.down", "down,j", "down", "down", "One column down", "columns"),
    Action("columns.up", "up,k", "up", "up", "One column up", "columns"),
    Action("columns.toggle", "space", "show_or_hide", "show or hide", "Show or hide the column", "columns"),
    Action("columns.earlier", "K,shift+up", "earlier", "move up", "Further to the left", "columns"),
    Action("columns.later", "J,shift+down", "later", "move down", "Further to the right", "columns"),
    Action("columns.reset", "0", "reset", "as at first", "The columns as they were at first", "columns"),
    Action("columns.close", "enter,escape,q,C", "close", "done", "Keep it so", "columns"),
)
