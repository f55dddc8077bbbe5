"""Into a running job over ssh, as `hf jobs ssh` does it."""

from __future__ import annotations

import shlex
import shutil
from typing import TYPE_CHECKING

from ..domain.job import Job
from ..domain.job_page import ssh_command
from ..domain.text import safe
from ..presentation.job_titles import title
from .handover import SSH_FAILED, hand_over

if TYPE_CHECKING:
    from textual.app import App

NO_KEY = "ssh could not go in. Is your public key in the settings of your account, under SSH keys?"


def open_ssh(app: App[int], job: Job) -> str:
    """Run ssh in this terminal until it ends; what there is to say afterwards, if anything."""
    command = ssh_command(job)
    if command is None or shutil.which(command[0]) is None:
        return "there is no ssh on this machine"
    greeting = f"{safe(title(job))}: {shlex.join(command)}\nexit or ctrl+d comes back to the dashboard."
    code, fault = hand_over(app, command, greeting=greeting)
    if code == SSH_FAILED:
        return NO_KEY
    return fault
