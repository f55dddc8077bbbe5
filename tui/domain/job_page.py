"""Where a job is reached from outside: its page on the web, and its container over ssh."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from .job import Job

_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def page_url(endpoint: str, job: Job) -> str:
    """The address of the job's page (jobs-api.md §1)."""
    return f"{endpoint.rstrip('/')}/jobs/{quote(job.namespace, safe='')}/{quote(job.id, safe='')}"


def ssh_command(job: Job) -> tuple[str, ...] | None:
    """What `hf jobs ssh` runs: `ssh [-p PORT] USER@HOST`; None when the address is none.

    The address comes from the Hub: a user or host that ssh could take for an option is refused.
    """
    try:
        address = urlsplit(job.ssh_url)
        port = address.port
    except ValueError:
        return None
    user, host = address.username or "", address.hostname or ""
    if address.scheme != "ssh" or not _USER.fullmatch(user) or not _HOST.fullmatch(host):
        return None
    return ("ssh", *(("-p", str(port)) if port else ()), f"{user}@{host}")
