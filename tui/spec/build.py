"""A draft into a job that can be sent, or into all the faults of its fields at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from . import checks
from .checks import RefusedError
from .collect import Collector, Errors
from .draft import DEFAULT_FLAVOR, Draft
from .environment import Environment
from .job_spec import ARTIFACTS_MOUNT_PATH, JobSpec, Schedule
from .merge import Merged, merged
from .naming import config_parts
from .price import typed_usd
from .program import Program, read_program
from .schedule import cron
from .timeout import timeout_seconds, timeout_text
from .values import environment_values, label_values, secret_values
from .volumes import read_volumes, volume_specs

Value = TypeVar("Value")

_MOST_PORTS = 20
_HIGHEST_PORT = 65535
_MOST_ATTEMPTS = 1000


def build(draft: Draft, environment: Environment) -> JobSpec | Errors:
    """Check every field by the Hub's own rules (jobs-api.md §3.3) and resolve what is named but not given."""
    collector = Collector()
    whole = merged(draft, environment, collector)
    spec, program = _spec(whole, environment, collector)
    _check_together(spec, whole.draft, collector)
    if collector.errors:
        return tuple(map(whole.own_row, collector.errors))
    volumes = volume_specs(whole.draft, environment)
    return replace(spec, labels=_with_name(spec, whole.draft, program, volumes), draft=draft)


def _spec(whole: Merged, environment: Environment, collector: Collector) -> tuple[JobSpec, Program]:
    """Every field by itself, with empty values where something was refused."""
    draft = whole.draft
    program = read_program(draft, environment, collector)
    is_space = program.reference.startswith(checks.SPACE_PREFIXES)
    spec = JobSpec(
        image=None if is_space else program.reference,
        space_id=checks.space_id(program.reference) if is_space else None,
        command=program.command,
        flavor=collector.check("flavor", partial(_flavor, draft.flavor.strip() or DEFAULT_FLAVOR), ""),
        timeout_seconds=_timeout(draft, collector),
        environment=(variables := environment_values(draft, environment, collector, whole.header.env)).texts,
        secrets=(secrets := secret_values(draft, environment, collector, whole.header.secrets)).secrets,
        labels=label_values(draft, collector),
        namespace=_optional("namespace", draft.namespace, checks.namespace, collector),
        volumes=read_volumes(draft, environment, collector),
        expose=_ports("expose", draft.expose, collector),
        expose_public=_ports("expose_public", draft.expose_public, collector),
        ssh=draft.ssh,
        attempts=_optional("attempts", draft.attempts, _attempts, collector),
        network_group=_optional("network_group", draft.network_group, checks.network_group, collector),
        network_aliases=_aliases(draft, collector),
        resource_group_id=_optional("resource_group", draft.resource_group, checks.resource_group, collector),
        schedule=_schedule(draft, collector),
        from_script=whole.from_script,
        variable_origins=variables.origins,
        secret_origins=secrets.origins,
    )
    return spec, program


def _with_name(spec: JobSpec, draft: Draft, program: Program, volumes: tuple[str, ...]) -> Mapping[str, str]:
    if "name" in spec.labels:
        return spec.labels
    attempts = () if spec.attempts is None else (str(spec.attempts),)
    parts = config_parts(
        flavor=spec.flavor,
        timeout=timeout_text(draft.timeout_amount, draft.timeout_unit),
        namespace=spec.namespace or "",
        environment=spec.environment,
        secret_names=spec.secrets,
        volumes=volumes,
        network_group=spec.network_group or "",
        network_aliases=spec.network_aliases,
        extra=(*program.name_extra, *attempts),
    )
    return {**spec.labels, "name": program.default_name(parts)}


def _optional(field: str, text: str, read: Callable[[str], Value], collector: Collector) -> Value | None:
    return collector.check(field, partial(read, text.strip()), None) if text.strip() else None


def _flavor(text: str) -> str:
    if any(character.isspace() for character in text):
        raise RefusedError("a flavor is one word, like cpu-basic; choose one from the list")
    return checks.sendable(text)


def _timeout(draft: Draft, collector: Collector) -> int | None:
    _optional("spend", draft.spend, _unpayable, collector)
    read = partial(timeout_seconds, unit=draft.timeout_unit)
    return _optional("timeout_amount", draft.timeout_amount, read, collector)


def _unpayable(text: str) -> None:
    typed_usd(text)
    raise RefusedError("pays for less than a minute: allow more, or choose cheaper hardware")


def _attempts(text: str) -> int:
    return checks.whole_number(text, lowest=1, highest=_MOST_ATTEMPTS)


def _ports(field: str, texts: tuple[str, ...], collector: Collector) -> tuple[int, ...]:
    ports: dict[int, None] = {}
    for index, text in enumerate(texts):
        port = partial(checks.whole_number, text.strip(), lowest=1, highest=_HIGHEST_PORT)
        if text.strip() and (number := collector.check(field, port, None, index)):
            ports[number] = None
    return tuple(ports)


def _aliases(draft: Draft, collector: Collector) -> tuple[str, ...]:
    aliases: dict[str, None] = {}
    for index, text in enumerate(map(str.strip, draft.network_aliases)):
        if text and collector.check("network_aliases", partial(checks.network_alias, text), "", index):
            if text in aliases:
                collector.refuse("network_aliases", f"{checks.quoted(text)} is there twice; keep one", index)
            aliases[text] = None
    return tuple(aliases)


def _schedule(draft: Draft, collector: Collector) -> Schedule | None:
    text = _optional("schedule", draft.schedule, cron, collector)
    return None if text is None else Schedule(text, draft.suspend, draft.concurrency)


def _check_together(spec: JobSpec, draft: Draft, collector: Collector) -> None:
    """Faults that only show when several fields are looked at."""
    ports = dict.fromkeys((*spec.expose, *spec.expose_public))
    if len(ports) > _MOST_PORTS:
        collector.refuse(
            "expose", f"are {len(ports)} ports with the public ones: the Hub exposes {_MOST_PORTS} at most"
        )
    if spec.network_aliases and not draft.network_group.strip():
        collector.refuse("network_group", "name a group for the aliases to be known in")
    if spec.schedule is not None:
        if spec.ssh:
            collector.refuse("ssh", "scheduled jobs take no SSH; switch it off, or remove the schedule")
        if draft.network_group.strip():
            collector.refuse("network_group", "scheduled jobs join no group; remove it, or the schedule")
    if spec.upload_files:
        for index, text in enumerate(draft.volumes):
            if text.strip().removesuffix(":ro").removesuffix(":rw").endswith(f":{ARTIFACTS_MOUNT_PATH}"):
                collector.refuse(
                    "volumes",
                    f"{ARTIFACTS_MOUNT_PATH} is where the script arrives; mount it elsewhere",
                    index,
                )
