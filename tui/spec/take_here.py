"""The change of a draft by which a value is taken from this machine, in place of what is typed or filed."""

from __future__ import annotations

from dataclasses import replace

from .draft import Draft, Pair, SecretPair
from .environment import Environment
from .meaning import LOGIN
from .origins import find_variable
from .values import find_secret_entry, refused_names


def take_here(
    draft: Draft, field: str, index: int, environment: Environment
) -> tuple[Draft, tuple[str, ...]]:
    """Return the draft with a value looked up by its own name, and the names this was done to.

    `index` is the row of `env` or `secrets`. Of a file it is every value that cannot be sent: each gets a
    row, which wins. The token of the login moves from the variables to the secrets.
    """
    if field == "secrets" and 0 <= index < len(draft.secrets):
        row = draft.secrets[index]
        rows = (*draft.secrets[:index], SecretPair(row.name), *draft.secrets[index + 1 :])
        return replace(draft, secrets=rows), _named(row.name)
    if field == "env" and 0 <= index < len(draft.env):
        pair = draft.env[index]
        if pair.name.strip() == LOGIN:
            others = (*draft.env[:index], *draft.env[index + 1 :])
            return replace(_with_secrets(draft, (LOGIN,)), env=others), (LOGIN,)
        pairs = (*draft.env[:index], Pair(pair.name, None), *draft.env[index + 1 :])
        return replace(draft, env=pairs), _named(pair.name)
    if field == "secrets_file":
        names = refused_names(draft.secrets_file, environment, find_secret_entry)
        return _with_secrets(draft, names), names
    if field == "env_file":
        names = refused_names(draft.env_file, environment, find_variable)
        names = tuple(name for name in names if name != LOGIN)
        return replace(draft, env=(*draft.env, *(Pair(name, None) for name in names))), names
    return draft, ()


def _named(name: str) -> tuple[str, ...]:
    return (name.strip(),) if name.strip() else ()


def _with_secrets(draft: Draft, names: tuple[str, ...]) -> Draft:
    known = {pair.name.strip() for pair in draft.secrets}
    return replace(
        draft, secrets=(*draft.secrets, *(SecretPair(name) for name in names if name not in known))
    )
