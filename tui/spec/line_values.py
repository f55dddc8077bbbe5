"""Variables and secrets as `-e` and `-s` of an `hf` line: a shell fills in what is taken from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from .assignments import write_assignment
from .draft import Draft, Pair, SecretPair
from .job_spec import JobSpec
from .meaning import plain_reference
from .origins import Origin
from .quoting import Expanded


@dataclass(frozen=True, slots=True)
class LineValues:
    """The words after `-e` and after `-s`. No secret's value is among them."""

    variables: tuple[str, ...]
    secrets: tuple[str, ...]


def line_values(job: JobSpec | Draft) -> LineValues:
    """The rows of a form; of a spec also what its files only refer to, which `hf` would send as text."""
    if isinstance(job, JobSpec):
        draft, variables, secrets = job.draft, job.variable_origins, job.secret_origins
    else:
        draft, variables, secrets = job, {}, {}
    env = [_variable(pair, variables) for pair in draft.env if pair.name.strip()]
    rows = [_secret(pair, secrets) for pair in draft.secrets if pair.name.strip()]
    return LineValues(
        (*_of_file(draft.env, variables), *env),
        (*_of_file(draft.secrets, secrets), *rows),
    )


def _of_file(rows: tuple[Pair, ...] | tuple[SecretPair, ...], origins: Mapping[str, Origin]) -> Iterator[str]:
    typed = {pair.name.strip() for pair in rows}
    for name, origin in origins.items():
        if name not in typed and origin.file and origin.source != "file" and origin.variable:
            yield _from_here(name, origin.variable)


def _variable(pair: Pair, origins: Mapping[str, Origin]) -> str:
    name = pair.name.strip()
    if pair.value is None:
        return name
    by_text = partial(plain_reference, name, pair.value, is_secret=False)
    if variable := _referred(name, origins, by_text):
        return _from_here(name, variable)
    return write_assignment(name, pair.value) or name


def _secret(pair: SecretPair, origins: Mapping[str, Origin]) -> str:
    name = pair.name.strip()
    if not pair.value:
        return name
    variable = _referred(name, origins, partial(plain_reference, name, pair.value.reveal()))
    return _from_here(name, variable) if variable else name


def _referred(name: str, origins: Mapping[str, Origin], by_text: Callable[[], str | None]) -> str | None:
    origin = origins.get(name)
    return by_text() if origin is None else origin.variable


def _from_here(name: str, variable: str) -> str:
    return name if name == variable else Expanded(f"{name}=${variable}")
