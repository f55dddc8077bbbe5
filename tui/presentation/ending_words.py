"""Why a job ended, in a sentence (jobs-api.md §2.1, §2.2). Safe to show."""

from __future__ import annotations

from ..domain.job import Ending, Job
from ..domain.text import safe

_CANCEL_REASONS = {
    "NO_CREDITS": "stopped by the Hub: the payer had no credit left",
    "NO_SUBSCRIPTION": "stopped by the Hub: the payer has no subscription that allows it",
    "RESOURCE_GROUP_LIMIT": "stopped by the Hub: the resource group had spent what it may; it stays stopped",
}
_ENDINGS = {
    Ending.COMPLETED: "its command ended without an error",
    Ending.TIMED_OUT: "it ran until its timeout and was stopped",
    Ending.OUT_OF_MEMORY: "it needed more memory than its hardware has",
    Ending.CANCELED: "somebody canceled it",
    Ending.DELETED: "it was deleted",
}


def ending_words(job: Job) -> str:
    """Why it ended; empty while it lives."""
    if job.ending is None:
        return ""
    if job.cancel_reason:
        return _CANCEL_REASONS.get(job.cancel_reason, f"stopped by the Hub: {safe(job.cancel_reason)}")
    if job.ending in _ENDINGS:
        return _ENDINGS[job.ending]
    code = job.exit_code
    return "it failed" if code is None else f"its command ended with exit code {code}"
