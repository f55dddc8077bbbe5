"""A request that writes as the `hf` command that sends the same one (huggingface_hub 2.4, `cli/jobs.py`).

Values of variables and secrets are left out: `-e NAME` and `-s NAME` take them from where `hf` runs.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from tui.domain.convert import as_float, as_int, as_list, as_mapping, as_str, as_string_pairs, as_strings
from tui.domain.job import Job, Volume

from .draft import Draft, Pair
from .from_job import draft_of_job
from .line import hf_line

_JOB_VERBS = {"cancel": "cancel", "duplicate": "rerun", "labels": "labels", "expose": "expose"}
_SCHEDULE_VERBS = {
    "suspend": "suspend",
    "resume": "resume",
    "run": "trigger",
    "schedule": "reschedule",
    "labels": "labels",
}


def hf_of_request(method: str, path: str, body: Mapping[str, Any] | None, own_namespace: str = "") -> str:
    """The line of shell; empty for a request that `hf jobs` has no command for.

    `path` is what follows the host. `own_namespace` is the user's: it needs no mention.
    """
    match [unquote(part) for part in path.partition("?")[0].strip("/").split("/")]:
        case ["api", "jobs", namespace] if method == "POST":
            return hf_line(_draft(body or {}, namespace, own_namespace))
        case ["api", "scheduled-jobs", namespace] if method == "POST":
            return hf_line(_scheduled_draft(body or {}, namespace, own_namespace))
        case ["api", "jobs", namespace, job_id, verb] if verb in _JOB_VERBS:
            words = ["hf", "jobs", _JOB_VERBS[verb]]
        case ["api", "scheduled-jobs", namespace, job_id, verb] if verb in _SCHEDULE_VERBS:
            words = ["hf", "jobs", "scheduled", _SCHEDULE_VERBS[verb]]
        case ["api", "scheduled-jobs", namespace, job_id] if method == "DELETE":
            words, verb = ["hf", "jobs", "scheduled", "delete"], ""
        case _:
            return ""
    words.append(job_id if namespace == own_namespace else f"{namespace}/{job_id}")
    return shlex.join([*words, *_arguments(verb, body or {})])


def _arguments(verb: str, body: Mapping[str, Any]) -> list[str]:
    if verb == "labels":
        labels = as_string_pairs(body.get("labels"))
        return _labels(labels) if labels else ["--clear"]
    if verb == "expose":
        ports, public = _ports(body.get("ports")), _ports(body.get("portsPublic"))
        if not ports:
            return ["--clear"]
        options = [word for port in public for word in ("--public", port)]
        return [*(port for port in ports if port not in public), *options]
    return [as_str(body.get("schedule")) or ""] if verb == "schedule" else []


def _labels(labels: Mapping[str, str]) -> list[str]:
    """All of them by `-l`, the name among them: `--name` alone would keep the others there are."""
    return [word for key, value in labels.items() for word in ("-l", f"{key}={value}" if value else key)]


def _ports(value: Any) -> list[str]:
    return [str(port) for port in map(as_int, as_list(value)) if port is not None]


def _scheduled_draft(body: Mapping[str, Any], namespace: str, own_namespace: str) -> Draft:
    suspend, concurrency = body.get("suspend"), body.get("concurrency")
    return replace(
        _draft(as_mapping(body.get("jobSpec")), namespace, own_namespace),
        schedule=as_str(body.get("schedule")) or "",
        suspend=suspend if isinstance(suspend, bool) else None,
        concurrency=concurrency if isinstance(concurrency, bool) else None,
    )


def _draft(body: Mapping[str, Any], namespace: str, own_namespace: str) -> Draft:
    """The draft that builds this body, without a value of any variable or secret."""
    expose, network = as_mapping(body.get("expose")), as_mapping(body.get("network"))
    ssh = as_mapping(body.get("ssh")).get("enabled") is True
    job = Job(
        id="",
        stage="",
        namespace=namespace,
        image=as_str(body.get("dockerImage")) or "",
        space_id=as_str(body.get("spaceId")) or "",
        command=as_strings(body.get("command")) + as_strings(body.get("arguments")),
        secret_names=tuple(as_mapping(body.get("secrets"))),
        flavor=as_str(body.get("flavor")) or "",
        timeout_seconds=as_float(body.get("timeoutSeconds")),
        attempts=as_int(body.get("attempts")),
        labels=as_string_pairs(body.get("labels")),
        volumes=tuple(_volume(as_mapping(item)) for item in as_list(body.get("volumes"))),
        ports=tuple(map(int, _ports(expose.get("ports")))),
        public_ports=tuple(map(int, _ports(expose.get("portsPublic")))),
        network_group=as_str(network.get("group")) or "",
        network_aliases=as_strings(network.get("aliases")),
        resource_group_id=as_str(body.get("resourceGroupId")) or "",
    )
    names = as_mapping(body.get("environment"))
    return replace(
        draft_of_job(job, own_namespace),
        env=tuple(Pair(name, None) for name in names),
        name=job.name,
        ssh=ssh,
        attempts="" if job.attempts is None else str(job.attempts),
    )


def _volume(data: Mapping[str, Any]) -> Volume:
    return Volume(
        kind=as_str(data.get("type")) or "",
        source=as_str(data.get("source")) or "",
        mount_path=as_str(data.get("mountPath")) or "",
        path=as_str(data.get("path")) or "",
        revision=as_str(data.get("revision")) or "",
        read_only=data.get("readOnly") is True,
    )
