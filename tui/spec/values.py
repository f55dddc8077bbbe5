"""Env, secrets and labels: rows and files of names and values, resolved as the `hf` command line does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from . import checks
from .assignments import read_file, write_assignment
from .checks import RefusedError
from .collect import Collector
from .draft import Draft, Pair, SecretPair
from .environment import Environment
from .secret import Secret


def environment_values(
    draft: Draft, environment: Environment, collector: Collector, of_script: Mapping[str, str]
) -> dict[str, str]:
    """The script's variables, then the file's, then the rows'; the later ones win."""
    resolved: dict[str, str] = {}
    for name, value in of_script.items():
        if collector.check("env", partial(checks.env_name, name), ""):
            resolved[name] = collector.check("env", partial(checks.sendable, value), "")
    values = _file_values("env_file", draft.env_file, checks.env_name, environment, collector)
    resolved.update({name: secret.reveal() for name, secret in values.items()})
    resolved.update(_rows("env", draft.env, partial(_env_value, environment), checks.env_name, collector))
    return resolved


def _env_value(environment: Environment, pair: Pair) -> str:
    if pair.value is not None:
        value = checks.sendable(pair.value)
        if write_assignment("NAME", value) is None:
            raise RefusedError(
                "the value holds a line break that no `hf` command can say; put it in an env file"
            )
        return value
    if pair.name.strip() == "HF_TOKEN":
        raise RefusedError("HF_TOKEN belongs to the secrets: env values can be read by all who see the job")
    found = environment.variable(pair.name.strip())
    if found is None:
        raise RefusedError(f"{pair.name.strip()} is not set here; type a value, or export it and start again")
    return checks.sendable(found)


def secret_values(
    draft: Draft, environment: Environment, collector: Collector, of_script: Iterable[str]
) -> dict[str, Secret]:
    """The file's secrets, then the rows', then what only the script names: that is looked up here."""
    values = _file_values("secrets_file", draft.secrets_file, checks.secret_name, environment, collector)
    seen: set[str] = set()
    for index, pair in enumerate(draft.secrets):
        name = pair.name.strip()
        if not name and pair.value is None:
            continue
        if collector.check("secrets", partial(_new_name, name, checks.secret_name, seen), "", index):
            value = collector.check("secrets", partial(_secret_value, pair, values, environment), None, index)
            if value is not None:
                values[name] = value
    for name in of_script:
        if name not in values and name not in seen:
            wanted = SecretPair(name)
            if collector.check("secrets", partial(checks.secret_name, name), ""):
                value = collector.check("secrets", partial(_secret_value, wanted, {}, environment), None)
                values.update({} if value is None else {name: value})
    return values


def _secret_value(pair: SecretPair, of_file: Mapping[str, Secret], environment: Environment) -> Secret:
    name = pair.name.strip()
    value = pair.value
    if value is None:
        value = environment.secret(name)
    if value is None:
        value = of_file.get(name)
    if value is None:
        raise RefusedError(_unset_secret(name))
    checks.sendable(value.reveal())
    return value


def _unset_secret(name: str) -> str:
    if name == "HF_TOKEN":
        return "HF_TOKEN is not set here and nobody is logged in; run `hf auth login`, or type a token"
    return f"{name} is not set here; type its value, or export it and start again"


def label_values(draft: Draft, collector: Collector) -> dict[str, str]:
    """The labels, with `name` among them when one is given."""
    labels = _rows(
        "labels", draft.labels, lambda pair: checks.label_value(pair.value or ""), checks.label_key, collector
    )
    name = draft.name.strip()
    if name and "name" in labels:
        collector.refuse("name", "there is a label `name` too; keep one of the two")
    elif name:
        labels["name"] = collector.check("name", partial(checks.label_value, name), "")
    return labels


def _rows(
    field: str,
    pairs: tuple[Pair, ...],
    read_value: Callable[[Pair], str],
    read_name: Callable[[str], str],
    collector: Collector,
) -> dict[str, str]:
    """The rows as a mapping; a row with neither name nor value is passed over."""
    values: dict[str, str] = {}
    seen: set[str] = set()
    for index, pair in enumerate(pairs):
        name = pair.name.strip()
        if not name and not pair.value:
            continue
        if collector.check(field, partial(_new_name, name, read_name, seen), "", index):
            value = collector.check(field, partial(read_value, pair), None, index)
            if value is not None:
                values[name] = value
    return values


def _new_name(name: str, read_name: Callable[[str], str], seen: set[str]) -> str:
    if not name:
        raise RefusedError("give it a name, or clear the row")
    read_name(name)
    if name in seen:
        raise RefusedError(f"{name} is there twice; keep one")
    seen.add(name)
    return name


def _file_values(
    field: str,
    path: str,
    read_name: Callable[[str], str],
    environment: Environment,
    collector: Collector,
) -> dict[str, Secret]:
    """What a file of assignments gives, wrapped, since nothing tells yet whether it is secret."""
    if not path.strip():
        return {}
    read = partial(_read_file, path.strip(), environment)
    assignments: Mapping[str, str | None] = collector.check(field, read, {})
    values: dict[str, Secret] = {}
    for name, value in assignments.items():
        found = Secret(value) if value is not None else environment.secret(name)
        if collector.check(field, partial(read_name, name), "") and found is None:
            collector.refuse(field, f"{name} has no value in the file and is not set here")
        elif (
            found is not None
            and collector.check(field, partial(checks.sendable, found.reveal()), None) is not None
        ):
            values[name] = found
    return values


def _read_file(path: str, environment: Environment) -> Mapping[str, str | None]:
    if path == "-":
        raise RefusedError("standard input cannot be read here; name a file")
    try:
        text = environment.read_text(environment.expand(path))
    except OSError as error:
        raise RefusedError(f"cannot read {path}: {error.strerror or 'no such file'}") from None
    except UnicodeDecodeError:
        raise RefusedError(f"{path} is not UTF-8 text") from None
    return read_file(text)
