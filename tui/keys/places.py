"""Keys of the screens beside the jobs: schedules, hardware, activity."""

from __future__ import annotations

from .action import Action

LISTS: tuple[Action, ...] = (
    Action(
        "list.filter",
        "slash",
        "filter",
        "filter",
        "Show only rows that match; enter keeps it",
        "list",
        footer=True,
    ),
    Action("list.sort_next", "full_stop", "sort_next", "sort →", "Sort by the next column", "list"),
    Action("list.sort_previous", "comma", "sort_previous", "sort ←", "Sort by the previous column", "list"),
    Action("list.sort_reverse", "S", "sort_reverse", "reverse", "Turn the order round", "list"),
)

SCHEDULES: tuple[Action, ...] = (
    Action(
        "schedules.last_job",
        "enter,l",
        "open_last_job",
        "last job",
        "Open the log of the last job of the schedule",
        "schedules",
        footer=True,
    ),
    Action(
        "schedules.suspend",
        "s",
        "suspend_or_resume",
        "suspend",
        "Suspend or resume the schedule, or all marked ones; asks for an organisation's",
        "schedules",
        footer=True,
        writes=True,
    ),
    Action(
        "schedules.trigger",
        "t",
        "trigger",
        "run now",
        "Start one job of the schedule now; a dialog names the price",
        "schedules",
        footer=True,
        writes=True,
    ),
    Action(
        "schedules.reschedule",
        "e",
        "reschedule",
        "reschedule",
        "Change when the schedule runs",
        "schedules",
        footer=True,
        writes=True,
    ),
    Action(
        "schedules.labels",
        "L",
        "edit_labels",
        "labels",
        "Change name and labels of the schedule, or of all marked ones",
        "schedules",
        writes=True,
    ),
    Action(
        "schedules.delete",
        "D,delete",
        "delete",
        "delete",
        "Delete the schedule, after a dialog that names it; or all marked ones",
        "schedules",
        writes=True,
        dangerous=True,
    ),
    Action(
        "schedules.new",
        "n",
        "new_schedule",
        "new",
        "Compose a new scheduled job",
        "schedules",
        footer=True,
        writes=True,
    ),
    Action(
        "schedules.details",
        "d",
        "open_details",
        "details",
        "Describe the schedule: all that the Hub tells, in groups",
        "schedules",
    ),
    Action("schedules.raw", "J", "open_raw", "JSON", "Show the raw JSON of the schedule", "schedules"),
    Action("schedules.copy_id", "y", "copy_id", "copy id", "Copy the id of the schedule", "schedules"),
    Action(
        "schedules.refresh",
        "r,ctrl+r",
        "refresh_list",
        "refresh",
        "Read the schedules again now",
        "schedules",
    ),
)

HARDWARE: tuple[Action, ...] = (
    Action(
        "hardware.new",
        "enter,n",
        "new_job",
        "new job on it",
        "Compose a new job on this hardware",
        "hardware",
        footer=True,
        writes=True,
    ),
    Action("hardware.copy_name", "y", "copy_name", "copy name", "Copy the name of the flavor", "hardware"),
    Action(
        "hardware.refresh",
        "r,ctrl+r",
        "refresh_list",
        "refresh",
        "Read the list of hardware again now",
        "hardware",
        footer=True,
    ),
)

ACTIVITY: tuple[Action, ...] = (
    Action(
        "activity.open",
        "enter",
        "open_entry",
        "all of it",
        "Show all of the request that was sent",
        "activity",
        footer=True,
    ),
    Action(
        "activity.copy",
        "y",
        "copy_line",
        "copy hf line",
        "Copy the hf command that does the same",
        "activity",
        footer=True,
    ),
)
