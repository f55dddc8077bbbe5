"""Where a value comes from, and the value itself: what is typed may stand for a variable of this machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from . import checks
from .checks import RefusedError, quoted
from .environment import Environment
from .meaning import LOGIN, Placeholder, Reference, alike, meaning
from .secret import Secret
from .tokens import names_a_secret

Source = Literal["typed", "environment", "login", "file", "script"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from. Holds no value."""

    source: Source
    variable: str = ""
    """The variable of this machine, when what was given is a reference to one (`spec.meaning`)."""

    file: str = ""
    """The file that gave the value or the reference, as it was named; empty for what was typed."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it comes from."""

    value: Secret
    origin: Origin

    @property
    def text(self) -> str:
        """The value of a variable, which is no secret."""
        return self.value.reveal()


def _instead(name: str, file: str) -> str:
    """What to do about a value that was never put in."""
    if file:
        return f"write its value there, or add {name} to the rows, which win"
    return "type the value, or take it from this machine"


def _where(name: str, file: str) -> str:
    return f"{quoted(name)} in {file}" if file else quoted(name)


def find_secret(
    name: str,
    value: Secret | None,
    environment: Environment,
    *,
    file: str = "",
    siblings: Mapping[str, str | None] | None = None,
) -> Found:
    """The value of a secret; without one, or with an empty one, it is looked up by the secret's own name.

    `siblings` are the other entries of the `file`, which a reference may name too.
    Raises RefusedError for a placeholder, and when there is no such variable.
    """
    if value is not None and not value and file:
        raise RefusedError(f"{_where(name, file)} has an empty value; {_instead(name, file)}")
    if not value:
        return _from_here(name, name, environment, Origin("environment", file=file))
    text = value.reveal()
    meant = meaning(name, text)
    if isinstance(meant, Placeholder):
        raise RefusedError(f"{_where(name, file)} {meant.reason}; {_instead(name, file)}")
    if isinstance(meant, Reference):
        sibling = (siblings or {}).get(meant.variable)
        if sibling and meant.variable != name and meaning(meant.variable, sibling) is None:
            return Found(Secret(checks.sendable(sibling)), Origin("file", meant.variable, file))
        if (variable := _variable(name, meant, lambda one: environment.secret(one) is not None)) is not None:
            return _from_here(name, variable, environment, Origin("environment", variable, file))
    checks.sendable(text)
    return Found(value, Origin("file" if file else "typed", file=file))


def find_variable(
    name: str,
    value: str | None,
    environment: Environment,
    *,
    file: str = "",
    siblings: Mapping[str, str | None] | None = None,
) -> Found:
    """The value of a variable that the job sees in clear; None takes it from here by its own name.

    Raises RefusedError as `find_secret` does, and for the token of the login: it belongs to the secrets.
    """
    if value is None:
        return _in_clear(name, name, environment, Origin("environment", file=file))
    meant = meaning(name, value, is_secret=False)
    if isinstance(meant, Placeholder) and names_a_secret(name):
        raise RefusedError(f"{_where(name, file)} {meant.reason}; {_instead(name, file)}")
    if isinstance(meant, Reference):
        sibling = (siblings or {}).get(meant.variable)
        if sibling and meant.variable != name and meaning(meant.variable, sibling, is_secret=False) is None:
            return Found(Secret(checks.sendable(sibling)), Origin("file", meant.variable, file))
        variable = _variable(name, meant, lambda one: environment.variable(one) is not None)
        if variable is not None:
            return _in_clear(name, variable, environment, Origin("environment", variable, file))
    return Found(Secret(checks.sendable(value)), Origin("file" if file else "typed", file=file))


def _variable(name: str, meant: Reference, is_set: Callable[[str], bool]) -> str | None:
    """The variable that a reference names; None when the text is more likely the value itself."""
    names = [meant.variable]
    if meant.loose:
        names += [name] if alike(name, meant.variable) else []
        names.append(meant.variable.upper())
    found = next((one for one in names if is_set(one)), None)
    if found is not None or not meant.sure:
        return found
    return name if name in names else meant.variable


def _from_here(name: str, variable: str, environment: Environment, origin: Origin) -> Found:
    found = environment.secret(variable)
    if found is None:
        raise RefusedError(_unset(name, variable, origin.file))
    if not found:
        raise RefusedError(f"{quoted(variable)} is empty here; type a value, or export it and start again")
    checks.sendable(found.reveal())
    is_login = variable == LOGIN and not environment.variable(LOGIN)
    source: Source = "login" if is_login else "environment"
    return Found(found, Origin(source, origin.variable, origin.file))


def _in_clear(name: str, variable: str, environment: Environment, origin: Origin) -> Found:
    if LOGIN in (name, variable):
        raise RefusedError(f"{LOGIN} belongs to the secrets: env values can be read by all who see the job")
    found = environment.variable(variable)
    if found is None:
        raise RefusedError(_unset(name, variable, origin.file))
    return Found(Secret(checks.sendable(found)), origin)


def _unset(name: str, variable: str, file: str) -> str:
    """Why a variable that is to be taken from here cannot be."""
    if variable == LOGIN:
        return f"{LOGIN} is not set here and nobody is logged in; run `hf auth login`, or type a token"
    if variable != name:
        return (
            f"{quoted(variable)} is not set here, and {_where(name, file)} refers to it; "
            f"export {variable} and start again, or {_instead(name, file)}"
        )
    if file:
        return (
            f"{_where(name, file)} has no value and is not set here; write one, "
            "or quotes around a value that goes on over several lines"
        )
    return f"{quoted(variable)} is not set here; type its value, or export it and start again"
