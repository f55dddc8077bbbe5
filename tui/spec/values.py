"""Env, secrets and labels: rows and files of names and values, resolved as the `hf` command line does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, TypeVar

from . import checks
from .assignments import read_file, write_assignment
from .checks import RefusedError, quoted
from .collect import Collector
from .draft import Draft, Pair, SecretPair
from .environment import Environment
from .origins import Found, Origin, find_secret, find_variable
from .secret import Secret

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Values:
    """Names with what was found for each, in the order they are sent."""

    found: Mapping[str, Found] = field(default_factory=dict)

    @property
    def texts(self) -> dict[str, str]:
        """The values of variables, which are sent in clear."""
        return {name: found.text for name, found in self.found.items()}

    @property
    def secrets(self) -> dict[str, Secret]:
        """The values of secrets."""
        return {name: found.value for name, found in self.found.items()}

    @property
    def origins(self) -> dict[str, Origin]:
        """Where each value comes from."""
        return {name: found.origin for name, found in self.found.items()}


def environment_values(
    draft: Draft, environment: Environment, collector: Collector, of_script: Mapping[str, str]
) -> Values:
    """The script's variables, then the file's, then the rows'; the later ones win."""
    resolved: dict[str, Found] = {}
    for name, value in of_script.items():
        if collector.check("env", partial(checks.env_name, name), ""):
            text = collector.check("env", partial(checks.sendable, value), "")
            resolved[name] = Found(Secret(text), Origin("script"))
    rows = _rows("env", draft.env, partial(_variable_of_row, environment), checks.env_name, collector)
    entries = _file_entries("env_file", draft.env_file, checks.env_name, environment, collector)
    for name, given in entries.items():
        if name not in rows:
            read = partial(
                find_variable, name, given, environment, file=draft.env_file.strip(), siblings=entries
            )
            if (found := collector.check("env_file", read, None)) is not None:
                resolved[name] = found
    return Values({**resolved, **rows})


def _variable_of_row(environment: Environment, pair: Pair) -> Found:
    found = find_variable(pair.name.strip(), pair.value, environment)
    if found.origin.source == "typed" and write_assignment("NAME", found.text) is None:
        raise RefusedError("The value holds a line break that no `hf` command can say; put it in an env file")
    return found


def row_origins(draft: Draft, environment: Environment) -> dict[str, tuple[Origin | None, ...]]:
    """Where the value of each row comes from, by field; None while it cannot be found."""
    return {
        "env": tuple(_origin(partial(_variable_of_row, environment, pair)) for pair in draft.env),
        "secrets": tuple(
            _origin(partial(find_secret, pair.name.strip(), pair.value, environment))
            for pair in draft.secrets
        ),
    }


def _origin(find: Callable[[], Found]) -> Origin | None:
    try:
        return find().origin
    except RefusedError:
        return None


def secret_values(
    draft: Draft, environment: Environment, collector: Collector, of_script: Iterable[str]
) -> Values:
    """The file's secrets, then the rows', then what only the script names: that is looked up here."""
    entries = _file_entries("secrets_file", draft.secrets_file, checks.secret_name, environment, collector)
    in_file = partial(_secret_of_file, draft.secrets_file.strip(), entries, environment)
    rows: dict[str, Found] = {}
    seen: set[str] = set()
    for index, pair in enumerate(draft.secrets):
        name = pair.name.strip()
        if not name and pair.value is None:
            continue
        if collector.check("secrets", partial(_new_name, name, checks.secret_name, seen), "", index):
            read = partial(_secret_of_row, pair, entries, in_file, environment)
            if (found := collector.check("secrets", read, None, index)) is not None:
                rows[name] = found
    values: dict[str, Found] = {}
    for name in entries:
        if name not in seen and (found := collector.check("secrets_file", partial(in_file, name), None)):
            values[name] = found
    values |= rows
    for name in of_script:
        wanted = name not in entries and name not in seen
        if wanted and collector.check("secrets", partial(checks.secret_name, name), ""):
            read = partial(find_secret, name, None, environment)
            if (found := collector.check("secrets", read, None)) is not None:
                values[name] = found
    return Values(values)


def _secret_of_row(
    pair: SecretPair,
    entries: Mapping[str, str | None],
    in_file: Callable[[str], Found],
    environment: Environment,
) -> Found:
    """What the row gives; a bare name that is not set here leaves what the file has for it."""
    name = pair.name.strip()
    if not pair.value and name in entries and environment.secret(name) is None:
        return in_file(name)
    return find_secret(name, pair.value, environment)


def _secret_of_file(
    file: str, entries: Mapping[str, str | None], environment: Environment, name: str
) -> Found:
    return find_secret_entry(name, entries[name], environment, file=file, siblings=entries)


def find_secret_entry(
    name: str,
    value: str | None,
    environment: Environment,
    *,
    file: str,
    siblings: Mapping[str, str | None],
) -> Found:
    """`find_secret` for an entry of a file."""
    secret = None if value is None else Secret(value)
    return find_secret(name, secret, environment, file=file, siblings=siblings)


class FindEntry(Protocol):
    """`find_variable` and `find_secret_entry`."""

    def __call__(
        self,
        name: str,
        value: str | None,
        environment: Environment,
        /,
        *,
        file: str,
        siblings: Mapping[str, str | None],
    ) -> Found: ...


def refused_names(path: str, environment: Environment, find: FindEntry) -> tuple[str, ...]:
    """The entries of a file whose values cannot be sent."""
    file, names = path.strip(), list[str]()
    try:
        entries = _read_file(file, environment)
    except RefusedError:
        return ()
    for name, value in entries.items():
        try:
            find(name, value, environment, file=file, siblings=entries)
        except RefusedError:
            names.append(name)
    return tuple(names)


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
    read_value: Callable[[Pair], Value],
    read_name: Callable[[str], str],
    collector: Collector,
) -> dict[str, Value]:
    """The rows as a mapping; a row with neither name nor value is passed over."""
    values: dict[str, Value] = {}
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
        raise RefusedError(f"{quoted(name)} is there twice; keep one")
    seen.add(name)
    return name


def _file_entries(
    field: str,
    path: str,
    read_name: Callable[[str], str],
    environment: Environment,
    collector: Collector,
) -> Mapping[str, str | None]:
    """The entries of a file of assignments whose names can be sent; a bare name has None."""
    if not path.strip():
        return {}
    read = partial(_read_file, path.strip(), environment)
    entries: Mapping[str, str | None] = collector.check(field, read, {})
    return {
        name: value for name, value in entries.items() if collector.check(field, partial(read_name, name), "")
    }


def _read_file(path: str, environment: Environment) -> Mapping[str, str | None]:
    if path == "-":
        raise RefusedError("standard input cannot be read here; name a file")
    try:
        text = environment.read_text(environment.expand(path))
    except OSError as error:
        raise RefusedError(f"cannot read {path}: {error.strerror or 'no such file'}") from None
    except UnicodeDecodeError:
        raise RefusedError(f"{quoted(path)} is not UTF-8 text") from None
    return read_file(text)
