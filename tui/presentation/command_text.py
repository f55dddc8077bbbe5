"""The command that starts the same job as one that exists."""

from __future__ import annotations

from ..domain.job import Job
from ..domain.text import safe
from ..spec.from_job import draft_of_job
from ..spec.line import hf_line
from ..spec.tokens import mask_tokens


def command_of(job: Job, user: str) -> str:
    """One line of shell; secrets are names in it, and what looks like a token is masked."""
    return safe(mask_tokens(hf_line(draft_of_job(job, user))))
