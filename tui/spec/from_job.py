"""A job that exists as a draft, to change and run again. Secrets come by name: the Hub keeps the values."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.job import Job
from tui.domain.job import Volume as JobVolume

from .draft import Draft, Pair, SecretPair, TimeoutUnit
from .in_volume import is_in_volume, is_script
from .job_spec import DEFAULT_UV_IMAGE
from .meaning import Verbatim, meaning
from .naming import DERIVED_NAME
from .quoting import join
from .uv_options import read_uv_words
from .volumes import HUB_PREFIX

_URL_PREFIXES = ("http://", "https://")
_PLURAL = {"model": "models/", "dataset": "datasets/", "space": "spaces/", "bucket": "buckets/"}
_UNITS: tuple[tuple[TimeoutUnit, int], ...] = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))


def draft_of_job(job: Job, own_namespace: str = "") -> Draft:
    """Every field the Hub tells of a job. `own_namespace` is the user's: it needs no mention."""
    amount, unit = _timeout(job.timeout_seconds)
    return Draft(
        **_program(job),  # type: ignore[arg-type]
        flavor=job.flavor,
        timeout_amount=amount,
        timeout_unit=unit,
        env=tuple(Pair(name, _as_it_stands(name, value)) for name, value in job.environment.items()),
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


def _as_it_stands(name: str, value: str) -> str:
    """The value; one that would mean something else if it were typed is marked, and stays what it is."""
    return value if meaning(name, value, is_secret=False) is None else Verbatim(value)


def _program(job: Job) -> dict[str, object]:
    """A uv job where its form can say the same; else the image and the whole command, which do."""
    if job.space_id:
        return {"kind": "space", "space": job.space_id, **_command(job.command)}
    mounts = [volume.mount_path.rstrip("/") for volume in job.volumes]
    uv = uv_fields(job.command, mounts)
    if uv is None:
        return {"kind": "image", "image": job.image, **_command(job.command)}
    return {**uv, "uv_image": "" if job.image == DEFAULT_UV_IMAGE else job.image}


def _command(words: Sequence[str]) -> dict[str, object]:
    if len(words) == 3 and tuple(words[:2]) == ("sh", "-c") and words[2].strip():
        return {"command": words[2], "shell": True}
    return {"command": join(words)}


def uv_fields(words: Sequence[str], mounts: Sequence[str]) -> dict[str, object] | None:
    """Return the fields of a draft for `uv run …`; None when the form of a uv job could not say the same.

    A script that was uploaded lies in a volume now. One named by another path would be looked for here.
    """
    if tuple(words[:2]) != ("uv", "run"):
        return None
    rest, dependencies, python = list(words[2:]), list[str](), ""
    while len(rest) > 1 and not rest[1].startswith("-"):
        if rest[0] == "--with":
            dependencies.append(rest[1])
            del rest[:2]
            continue
        if rest[0] == "--python":
            python = rest[1]
            del rest[:2]
        break
    options = read_uv_words(rest)
    before, program = rest[: options.count], rest[options.count :]
    if program and program[0].startswith(_URL_PREFIXES) and len(program) < len(words) - 2:
        # Only behind an option of uv a script on the web is left to the job to fetch.
        dependencies, python, before = [], "", list(words[2 : len(words) - len(program)])
    if options.lacks_value or not program:
        return None
    if any(is_script(word) and not is_in_volume(word, mounts) for word in rest):
        return None
    fields: dict[str, object] = {
        "dependencies": tuple(dependencies),
        "python": python,
        "uv_options": join(before),
    }
    if program[0].endswith(".py") or program[0].startswith(_URL_PREFIXES):
        return {"kind": "uv-script", "script": program[0], "command": join(program[1:]), **fields}
    return {"kind": "uv-command", "command": join(program), **fields}


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
