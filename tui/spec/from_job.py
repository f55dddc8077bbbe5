"""A job that exists as a draft, to change and run again. Secrets come by name: the Hub keeps the values."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from tui.domain.job import Job
from tui.domain.job import Volume as JobVolume

from .draft import Draft, Pair, SecretPair, TimeoutUnit
from .job_spec import DEFAULT_UV_IMAGE
from .naming import DERIVED_NAME
from .program import SCRIPT_SUFFIXES
from .volumes import HUB_PREFIX

_PLURAL = {"model": "models/", "dataset": "datasets/", "space": "spaces/", "bucket": "buckets/"}
_UNITS: tuple[tuple[TimeoutUnit, int], ...] = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
_OPTION = re.compile(r"--(with|python)")


def draft_of_job(job: Job, own_namespace: str = "") -> Draft:
    """Every field the Hub tells of a job. `own_namespace` is the user's: it needs no mention."""
    amount, unit = _timeout(job.timeout_seconds)
    return Draft(
        **_program(job),  # type: ignore[arg-type]
        flavor=job.flavor,
        timeout_amount=amount,
        timeout_unit=unit,
        env=tuple(Pair(name, value) for name, value in job.environment.items()),
        secrets=tuple(SecretPair(name) for name in job.secret_names),
        labels=tuple(Pair(key, value) for key, value in job.labels.items() if key != "name"),
        name="" if DERIVED_NAME.search(job.name) else job.name,
        namespace="" if job.namespace == own_namespace else job.namespace,
        volumes=tuple(_volume(volume) for volume in job.volumes),
        expose=tuple(str(port) for port in job.ports if port not in job.public_ports),
        expose_public=tuple(map(str, job.public_ports)),
        ssh=bool(job.ssh_url),
        network_group=job.network_group,
        network_aliases=job.network_aliases,
        resource_group=job.resource_group_id,
        attempts="" if job.attempts is None or job.attempts == 1 else str(job.attempts),
    )


def _program(job: Job) -> dict[str, object]:
    """A uv command where one can be typed; else the image and the whole command, which say the same."""
    if job.space_id:
        return {"kind": "space", "space": job.space_id, **_command(job.command)}
    uv = _uv(job.command)
    if uv is None:
        return {"kind": "image", "image": job.image, **_command(job.command)}
    image = "" if job.image == DEFAULT_UV_IMAGE else job.image
    return {"kind": "uv-command", "uv_image": image, **uv}


def _command(words: Sequence[str]) -> dict[str, object]:
    if len(words) == 3 and tuple(words[:2]) == ("sh", "-c") and words[2].strip():
        return {"command": words[2], "shell": True}
    return {"command": shlex.join(words)}


def _uv(words: Sequence[str]) -> dict[str, object] | None:
    """The parts of `uv run …`; None when the form of a uv job could not say the same.

    A script that was uploaded lies in a bucket now: named as a file it would be looked for here.
    """
    if tuple(words[:2]) != ("uv", "run"):
        return None
    rest, dependencies, python = list(words[2:]), list[str](), ""
    while len(rest) > 1 and (option := _OPTION.fullmatch(rest[0])):
        value = rest[1]
        if option[1] == "with" and not python:
            dependencies.append(value)
        elif option[1] == "python" and not python:
            python = value
        else:
            return None
        del rest[:2]
    if not rest or rest[0].startswith(("-", "http://", "https://")):
        return None
    if any(word.endswith(SCRIPT_SUFFIXES) for word in rest):
        return None
    return {"dependencies": tuple(dependencies), "python": python, "command": shlex.join(rest)}


def _timeout(seconds: float | None) -> tuple[str, TimeoutUnit]:
    if not seconds:
        return "", Draft().timeout_unit
    whole = int(seconds)
    unit, length = next((unit, length) for unit, length in _UNITS if whole % length == 0)
    return str(whole // length), unit


def _volume(volume: JobVolume) -> str:
    revision = f"@{volume.revision.replace('%', '%25').replace('/', '%2F')}" if volume.revision else ""
    path = f"/{volume.path.strip('/')}" if volume.path.strip("/") else ""
    access = ":ro" if volume.read_only else ":rw" if volume.kind == "bucket" else ""
    place = f"{_PLURAL.get(volume.kind, '')}{volume.source}{revision}{path}"
    return f"{HUB_PREFIX}{place}:{volume.mount_path}{access}"
