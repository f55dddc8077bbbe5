"""JSON of the Hub to domain objects, leniently (jobs-api.md §2.1, §1.1).

A job needs an id and a stage, nothing else: an unknown stage or flavor is kept as it is, a field of a wrong
type reads as not given. Nothing here raises, whatever the value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..domain.convert import (
    as_int,
    as_list,
    as_mapping,
    as_seconds,
    as_str,
    as_string_pairs,
    as_strings,
    as_time,
)
from ..domain.identity import Identity, Payer
from ..domain.job import TERMINAL_STAGES, Account, Job, Volume, created_from_id
from ..domain.schedule import ACTIVE, SUSPENDED, ScheduledJob


def job_from_json(item: Any, namespace: str) -> Job | None:
    """Read one job; None without an id and a stage. `namespace` is the one asked, for a job without owner."""
    data = as_mapping(item)
    status = as_mapping(data.get("status"))
    job_id, stage = as_str(data.get("id")), as_str(status.get("stage"))
    if not job_id or not stage:
        return None
    owner = as_mapping(data.get("owner"))
    expose = as_mapping(data.get("expose"))
    network = as_mapping(data.get("network"))
    durations = as_mapping(data.get("durations")) if stage in TERMINAL_STAGES else {}
    retry = as_int(data.get("retry"))
    return Job(
        id=job_id,
        stage=stage,
        namespace=as_str(owner.get("name")) or namespace,
        created_at=as_time(data.get("createdAt")) or created_from_id(job_id),
        started_at=as_time(data.get("startedAt")),
        finished_at=as_time(data.get("finishedAt")),
        image=as_str(data.get("dockerImage")) or "",
        space_id=as_str(data.get("spaceId")) or "",
        command=as_strings(data.get("command")) + as_strings(data.get("arguments")),
        environment=as_string_pairs(data.get("environment")),
        secret_names=_secret_names(data.get("secrets")),
        flavor=as_str(data.get("flavor")) or "",
        timeout_seconds=as_seconds(data.get("timeout")),
        attempts=None if retry is None else retry + 1,
        labels=as_string_pairs(data.get("labels")),
        volumes=tuple(_volume(entry) for entry in as_list(data.get("volumes")) if isinstance(entry, dict)),
        ports=_ports(expose.get("ports")),
        public_ports=_ports(expose.get("portsPublic")),
        message=as_str(status.get("message")) or "",
        cancel_reason=as_str(status.get("cancelReason")) or "",
        failure_count=as_int(status.get("failureCount")) or 0,
        network_group=as_str(network.get("group")) or "",
        network_aliases=as_strings(network.get("aliases")),
        resource_group_id=as_str(data.get("resourceGroupId")) or "",
        expose_urls=as_strings(status.get("exposeUrls")),
        ssh_url=as_str(status.get("sshUrl")) or "",
        owner_kind=as_str(owner.get("type")) or "user",
        created_by=as_str(as_mapping(data.get("createdBy")).get("name")) or "",
        initiator=_account(data.get("initiator")),
        ended_scheduling_seconds=as_seconds(durations.get("schedulingSecs")),
        ended_running_seconds=as_seconds(durations.get("runningSecs")),
    )


def jobs_from_json(items: list[Any], namespace: str) -> tuple[Job, ...]:
    """Read a page of jobs, leaving out what is none."""
    found = (job_from_json(item, namespace) for item in items)
    return tuple(job for job in found if job is not None)


def schedule_from_json(item: Any, namespace: str = "") -> ScheduledJob | None:
    """Read one scheduled job; None without an id. `namespace` is the one asked, for one without an owner."""
    data = as_mapping(item)
    schedule_id = as_str(data.get("id"))
    if not schedule_id:
        return None
    suspended, status = data.get("suspend") is True, as_mapping(data.get("status"))
    last_job, concurrent = as_mapping(status.get("lastJob")), data.get("concurrency")
    stage = {"stage": SUSPENDED if suspended else ACTIVE}
    shared = {key: data.get(key) for key in ("id", "createdAt", "owner", "initiator")}
    what = job_from_json({**as_mapping(data.get("jobSpec")), **shared, "status": stage}, namespace)
    assert what is not None  # it has an id and a stage
    return ScheduledJob(
        id=schedule_id,
        schedule=as_str(data.get("schedule")) or "",
        suspended=suspended,
        next_run_at=as_time(status.get("nextJobRunAt")),
        namespace=what.namespace,
        created_at=what.created_at,
        concurrent=concurrent if isinstance(concurrent, bool) else None,
        suspend_reason=as_str(data.get("suspendReason")) or "",
        last_job_id=as_str(last_job.get("id")) or "",
        last_run_at=as_time(last_job.get("at")),
        what=what,
    )


def schedules_from_json(items: list[Any], namespace: str) -> tuple[ScheduledJob, ...]:
    """Read the list of a namespace, leaving out what is none."""
    found = (schedule_from_json(item, namespace) for item in items)
    return tuple(schedule for schedule in found if schedule is not None)


def identity_from_json(item: Any) -> Identity | None:
    """Read the answer of whoami-v2; None without a name."""
    data = as_mapping(item)
    user = _payer(data, "user")
    if user is None:
        return None
    organisations = (_payer(entry, "org") for entry in as_list(data.get("orgs")))
    access_token = as_mapping(as_mapping(data.get("auth")).get("accessToken"))
    return Identity(
        user=user,
        organisations=tuple(payer for payer in organisations if payer is not None),
        token_name=as_str(access_token.get("displayName")) or "",
        token_role=as_str(access_token.get("role")) or "",
        token_rights=_token_rights(access_token),
    )


def _token_rights(access_token: Mapping[str, Any]) -> dict[str, tuple[str, ...]] | None:
    """What a fine-grained token may do, by namespace and under "" everywhere; None when that is not told."""
    data = as_mapping(access_token.get("fineGrained"))
    if access_token.get("role") != "fineGrained" or not isinstance(data.get("scoped"), list):
        return None
    rights = {"": as_strings(data.get("global"))}
    for scope in map(as_mapping, as_list(data.get("scoped"))):
        name = as_str(as_mapping(scope.get("entity")).get("name")) or ""
        if name:
            rights[name] = rights.get(name, ()) + as_strings(scope.get("permissions"))
    return rights


def _payer(value: Any, kind: str) -> Payer | None:
    data = as_mapping(value)
    name, can_pay = as_str(data.get("name")), data.get("canPay")
    if not name:
        return None
    plan = as_str(data.get("plan")) or ("pro" if data.get("isPro") is True else "")
    return Payer(name, kind, can_pay if isinstance(can_pay, bool) else None, plan)


def _secret_names(value: Any) -> tuple[str, ...]:
    """Names only: the Hub sends a list, older shapes are an object or nothing at all."""
    return tuple(value) if isinstance(value, dict) else as_strings(value)


def _ports(value: Any) -> tuple[int, ...]:
    return tuple(port for port in map(as_int, as_list(value)) if port is not None)


def _volume(data: dict[str, Any]) -> Volume:
    return Volume(
        kind=as_str(data.get("type")) or "",
        source=as_str(data.get("source")) or "",
        mount_path=as_str(data.get("mountPath")) or "",
        path=as_str(data.get("path")) or "",
        revision=as_str(data.get("revision")) or "",
        read_only=data.get("readOnly") is True,
    )


def _account(value: Any) -> Account | None:
    data = as_mapping(value)
    kind, name, account_id = (as_str(data.get(key)) or "" for key in ("type", "name", "id"))
    return Account(name, kind, account_id) if kind or name else None
