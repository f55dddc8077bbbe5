"""The user's own command when a watched job ends: told of the job by its environment, by no shell line."""

from __future__ import annotations

import logging
import shlex
import subprocess

from ..child_environment import child_environment
from ..domain.job import Job
from ..domain.text import safe
from ..hub.thread import run_blocking

LONGEST_SECONDS = 60.0
_log = logging.getLogger(__name__)


async def run_end_command(command: str, job: Job, state: str) -> None:
    """Run it beside everything else; what it prints goes nowhere, what it leaves behind is nobody's."""
    told = {
        "HF_JOB_ID": safe(job.id),
        "HF_JOB_NAME": safe(job.name),
        "HF_JOB_NAMESPACE": safe(job.namespace),
        "HF_JOB_STATE": state,
    }

    def run() -> None:
        subprocess.run(
            shlex.split(command),
            env={**child_environment(), **told},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_SECONDS,
            check=False,
            start_new_session=True,
        )

    try:
        await run_blocking(run)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        _log.warning("the command for ended jobs did not run: %s", type(error).__name__)
