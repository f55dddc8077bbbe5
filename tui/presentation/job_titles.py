"""What a job is called and what it runs, in few words. Not safe to show yet: `domain.text.safe`."""

from __future__ import annotations

from ..domain.job import DEFAULT_UV_IMAGE, Job


def title(job: Job) -> str:
    """What a job is called: its name, else its script or image."""
    return job.name or what(job) or job.id


def what(job: Job) -> str:
    """What it runs, briefly: `x.py` for an uploaded script, `uv` for its image, else image or Space."""
    label, text = what_named(job)
    return f"{label} {text}" if label == "Space" else text


def what_named(job: Job) -> tuple[str, str]:
    """The same, with the word for what it is before it: script, Space or image."""
    script = next((part for part in job.command if part.endswith(".py")), "")
    if job.command[:2] == ("uv", "run") and script:
        return "script", script.removeprefix("/data/")
    if job.space_id:
        return "Space", job.space_id
    return "image", "uv" if job.image == DEFAULT_UV_IMAGE else job.image


def started_by(job: Job) -> str:
    """Who or what started it: a schedule, a webhook, a colleague."""
    if job.initiator is not None and job.initiator.kind not in ("", "user"):
        return f"{job.initiator.kind} {job.initiator.name}".rstrip()
    return (job.initiator.name if job.initiator else "") or job.created_by


def labels_line(job: Job) -> str:
    """Its labels without the name, `key=value` each."""
    return " ".join(f"{key}={value}" if value else key for key, value in job.labels.items() if key != "name")
