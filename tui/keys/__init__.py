"""The one table of keys. Bindings, footer, palette, help screen, README and read-only mode come from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from textual.binding import Binding, BindingType

from ..domain.nearest import nearest
from .action import SCOPE_TITLES, TYPED_NAMES, Action, Scope, shown_key
from .compose import COMMAND_LINE, COMPOSER
from .details import DETAILS
from .dialogs import DIALOGS, FORMS, REFUSALS
from .everywhere import EVERYWHERE, MOVING
from .jobs import COLUMNS, JOBS, ONE_JOB
from .log import JOINED, LOG, SAVING, SEVERAL
from .places import ACTIVITY, HARDWARE, LISTS, SCHEDULES

__all__ = [
    "ACTIONS",
    "SCOPE_TITLES",
    "Action",
    "KeyTableError",
    "Scope",
    "action_by_id",
    "actions",
    "bindings",
    "key_table",
    "shown_key",
    "use_keys",
    "with_keys",
]

ACTIONS: tuple[Action, ...] = (
    *EVERYWHERE,
    *MOVING,
    *JOBS,
    *ONE_JOB,
    *DETAILS,
    *LOG,
    *SEVERAL,
    *JOINED,
    *COMPOSER,
    *COMMAND_LINE,
    *SCHEDULES,
    *HARDWARE,
    *ACTIVITY,
    *LISTS,
    *COLUMNS,
    *SAVING,
    *DIALOGS,
    *REFUSALS,
    *FORMS,
)


class KeyTableError(ValueError):
    """Keys that cannot be given to an action: which, and why."""


def with_keys(table: Iterable[Action], keys_by_id: Mapping[str, str]) -> tuple[Action, ...]:
    """The table with other keys for some actions. Raises KeyTableError."""
    table = tuple(table)
    known = {action.id for action in table}
    for action_id in keys_by_id:
        if action_id not in known:
            close = nearest(action_id, sorted(known))
            hint = f"; did you mean “{close}”?" if close else ""
            raise KeyTableError(f"there is no action “{action_id}”{hint}")
    changed = tuple(
        replace(action, keys=_checked_keys(action.id, keys_by_id[action.id]))
        if action.id in keys_by_id
        else action
        for action in table
    )
    for action in changed:
        for other in changed:
            clash = set(action.keys.split(",")) & set(other.keys.split(","))
            rivals = other.scope == action.scope or other.priority
            if clash and rivals and other is not action and action.id in keys_by_id:
                raise KeyTableError(f"“{min(clash)}” is the key of {action.id} and of {other.id}")
    return changed


def _checked_keys(action_id: str, keys: str) -> str:
    names = [TYPED_NAMES.get(key.strip(), key.strip()) for key in keys.split(",")]
    if not all(names):
        raise KeyTableError(f"“{keys}” for {action_id} is no list of keys like x,ctrl+x")
    return ",".join(names)


def use_keys(keys_by_id: Mapping[str, str]) -> None:
    """Give actions other keys: to be called before any screen is imported."""
    global ACTIONS
    ACTIONS = with_keys(ACTIONS, keys_by_id)
    _BY_ID.update({action.id: action for action in ACTIONS})


def actions(scope: Scope) -> tuple[Action, ...]:
    """The actions of one scope, in the order of the table."""
    return tuple(action for action in ACTIONS if action.scope == scope)


def bindings(*scopes: Scope) -> list[BindingType]:
    """Textual bindings for the actions of these scopes."""
    return [
        Binding(
            action.keys,
            action.action,
            action.label,
            show=action.footer,
            key_display=action.key,
            priority=action.priority,
            tooltip=action.tooltip,
            id=action.id,
        )
        for scope in scopes
        for action in actions(scope)
    ]


def action_by_id(action_id: str) -> Action:
    """The action of that id; a KeyError is a mistake in the program."""
    return _BY_ID[action_id]


def key_table(scopes: Iterable[Scope] = tuple(SCOPE_TITLES)) -> str:
    """The table as Markdown, one section a scope: what the README shows."""
    sections = []
    for scope in scopes:
        rows = [f"| {_all_keys(action)} | {action.tooltip} |" for action in actions(scope)]
        sections.append(
            "\n".join([f"**{SCOPE_TITLES[scope]}**\n", "| key | what it does |", "| --- | --- |", *rows])
        )
    return "\n\n".join(sections)


def _all_keys(action: Action) -> str:
    return " ".join(f"`{shown_key(key)}`" for key in action.keys.split(","))


_BY_ID = {action.id: action for action in ACTIONS}
