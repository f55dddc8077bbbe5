"""Why something cannot be done to a scheduled job now, in words."""

from __future__ import annotations

from .rules import READ_ONLY
from .schedule import ScheduledJob

NO_SCHEDULE = "no scheduled job under the cursor"


def why_not_schedule(
    action_id: str, schedule: ScheduledJob | None, *, writes: bool, read_only: bool, busy: str = ""
) -> str | None:
    """The reason why `action_id` cannot be done to it; None when it can. `busy` is what is being done."""
    if writes and read_only:
        return READ_ONLY
    verb = action_id.partition(".")[2]
    if verb in {"new", "refresh"}:
        return None
    if schedule is None:
        return NO_SCHEDULE
    if writes and busy:
        return f"{busy} the Hub has not answered yet"
    if verb == "last_job" and not schedule.last_job_id:
        return "it has not run yet: t starts one job now"
    return None
